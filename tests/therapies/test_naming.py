"""What therapies and mechanisms are called and what they are one of."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from editorial import actions
from extraction.names.grammar import is_name
from publication import log
from tests.building import claim, mechanism, person, publish, source_with_text, therapy
from tests.html import links, text_of
from tests.openapi import read
from therapies.models import Mechanism, Therapy
from therapies.vocabulary import load

pytestmark = pytest.mark.django_db

TEXT = "Drug A reduced relapses."


def with_claim(record: Any, title: str) -> Any:
    source = publish(source_with_text(TEXT, title=title) if title == "First" else _other(title))
    claim(record, TEXT, source=source, topic="outcome")
    return record


def _other(title: str) -> Any:
    return source_with_text(f"{title}. {TEXT}", title=title)


def test_class_that_is_not_public_is_plain_words_and_blocks_nothing(client: Any) -> None:
    group = therapy("Antibodies", kind="drug-class")
    drug = with_claim(therapy("Drug A", member_of=group), "First")
    assert drug.blockers() == []
    publish(drug)
    page = client.get("/therapies/drug-a/")
    assert "Therapies › Antibodies Drug A" in text_of(page)
    assert "/therapies/antibodies/" not in links(page)
    assert read("therapies/drug-a/")["member_of"] == {
        "type": "therapy",
        "id": group.public_id,
        "name": "Antibodies",
        **dict.fromkeys(("slug", "url", "api_url")),
        "marks": [],
    }
    assert read("therapies/?class=antibodies")["count"] == 1


def test_public_class_is_linked_and_lists_its_members(client: Any) -> None:
    group = publish(with_claim(therapy("Antibodies", kind="drug-class"), "First"))
    publish(with_claim(therapy("Drug A", member_of=group), "Second"))
    assert "/therapies/antibodies/" in links(client.get("/therapies/drug-a/"))
    page = client.get("/therapies/antibodies/")
    assert "Therapies of this class Drug A" in text_of(page)
    assert "/therapies/drug-a/" in links(page)
    assert "Therapies of this class" not in text_of(client.get("/therapies/antibodies/v/1/"))
    for asked in ("antibodies", group.public_id, "ANTIBODIES"):
        assert read(f"therapies/?class={asked}")["count"] == 1
    shown = text_of(client.get("/therapies/", {"class": group.public_id}))
    assert "Drug A" in shown


def test_approved_content_depends_on_no_other_record_s_name(client: Any) -> None:
    group = therapy("Antibodies", kind="drug-class")
    drug = publish(with_claim(therapy("Drug A", member_of=group), "First"))
    group.name = "Monoclonal antibodies"
    group.save()
    entry = log.latest_approval("therapy", drug.public_id)
    assert entry is not None
    assert Therapy.objects.get(pk=drug.pk).content() == entry.stored
    publish(with_claim(group, "Second"))
    assert "› Monoclonal antibodies" in text_of(client.get("/therapies/drug-a/"))
    assert "› Antibodies" in text_of(client.get("/therapies/drug-a/v/1/"))


def test_class_comes_back_with_a_discarded_draft() -> None:
    group, editor = therapy("Antibodies", kind="drug-class"), person("editor")
    drug = publish(with_claim(therapy("Drug A", member_of=group, brands=["Aba"]), "First"))
    before = drug.content()
    draft = actions.revise(drug, by=editor)
    draft.member_of, draft.brands = None, []
    draft.save()
    assert "member_of" not in draft.content()
    back = actions.discard(draft, by=editor, digest=actions.digest_of(draft.content()))
    assert back.content() == before


def test_nothing_is_one_of_itself() -> None:
    first, second = therapy("One"), therapy("Two")
    second.member_of = first
    second.save()
    first.member_of = second
    with pytest.raises(ValidationError, match="itself"):
        first.clean()
    alone = mechanism("Blocking")
    alone.broader = alone
    with pytest.raises(ValidationError, match="itself"):
        alone.clean()


def test_mechanisms_have_broader_ones(client: Any) -> None:
    wide = publish(with_claim(mechanism("Depletion"), "First"))
    publish(with_claim(mechanism("B-cell depletion", broader=wide), "Second"))
    assert "Mechanisms › Depletion" in text_of(client.get("/mechanisms/b-cell-depletion/"))
    assert "Kinds of it B-cell depletion" in text_of(client.get("/mechanisms/depletion/"))
    assert read("mechanisms/b-cell-depletion/")["broader"]["name"] == "Depletion"
    assert Mechanism.objects.get(name="Depletion").content().get("broader") is None


def test_brand_names_stand_apart_and_are_found(client: Any) -> None:
    publish(with_claim(therapy("Drug A", brands=["Abarix"], synonyms=["DA-1"]), "First"))
    said = text_of(client.get("/therapies/drug-a/"))
    assert "Brand name Abarix Also called DA-1" in said
    record = read("therapies/?q=abarix")["results"][0]
    assert (record["brands"], record["synonyms"]) == (["Abarix"], ["DA-1"])


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("selectively deplete B cells", False),
        ("depletes B cells", False),
        ("depleting B cells", False),
        ("target effector T cells", False),
        ("reset the immune system", False),
        ("B-cell depletion", True),
        ("depletion of B cells", True),
        ("B-cell-depleting therapy", False),
        ("inhibition of S1P receptors", True),
        ("immune tolerance", True),
    ],
)
def test_what_a_verb_says_is_no_name(form: str, name: bool) -> None:
    assert is_name(load(), form) is name


def test_brands_of_the_vocabulary_are_read_like_any_name() -> None:
    entry = load().therapy("Natalizumab")
    assert entry is not None
    assert "Tysabri" in entry.brands
    assert "Tysabri" not in entry.synonyms
    assert set(entry.names) >= {"Natalizumab", "Tysabri", "Tyruko"}
    group = load().class_of("Natalizumab")
    assert group is not None
    assert group.name == "Monoclonal antibodies"
    assert load().class_of("Monoclonal antibodies") is None


def test_draft_of_a_public_class_names_no_member(client: Any) -> None:
    group = publish(with_claim(therapy("Antibodies", kind="drug-class"), "First"))
    draft = actions.revise(group, by=person("editor"))
    draft.name = "Antibodies of the future"
    draft.save()
    publish(with_claim(therapy("Drug A", member_of=draft), "Second"))
    assert read("therapies/drug-a/")["member_of"]["name"] == "Antibodies"
    for address in ("/therapies/", "/therapies/drug-a/", "/api/v1/therapies/"):
        assert b"future" not in client.get(address).content
    assert read("therapies/?class=antibodies")["count"] == 1


def test_circle_of_classes_goes_through_no_review() -> None:
    first, second = therapy("One"), therapy("Two")
    with_claim(first, "First")
    Therapy.objects.filter(pk=first.pk).update(member_of=second)
    Therapy.objects.filter(pk=second.pk).update(member_of=first)
    first.refresh_from_db()
    assert [blocker.code for blocker in first.blockers()] == ["circle"]
    third = therapy("Three", member_of=first)
    third.clean()


def test_renamed_class_has_one_name_on_every_page(client: Any) -> None:
    group = publish(with_claim(therapy("Antibodies", kind="drug-class"), "First"))
    publish(with_claim(therapy("Drug A", member_of=group), "Second"))
    draft = actions.revise(group, by=person("editor"))
    draft.name = "Antibody drugs"
    draft.save()
    publish(draft)
    for address in ("/therapies/", "/therapies/drug-a/", f"/therapies/?class={group.public_id}"):
        said = text_of(client.get(address))
        assert "Antibody drugs" in said
        assert "Antibodies" not in said
    assert read("therapies/?class=antibody+drugs")["count"] == 1
    assert "Antibodies" in text_of(client.get("/therapies/?as_of=4"))


def test_circle_through_what_readers_see_is_refused() -> None:
    group = publish(with_claim(therapy("Antibodies", kind="drug-class"), "First"))
    drug = publish(with_claim(therapy("Drug A", member_of=group), "Second"))
    editor = person("editor")
    draft = actions.revise(drug, by=editor)
    draft.member_of = None
    draft.save()
    other = actions.revise(group, by=editor)
    other.member_of = draft
    with pytest.raises(ValidationError, match="“Drug A” is of “Antibodies” itself"):
        other.clean()
    other.save()
    assert [blocker.code for blocker in other.blockers()] == ["circle"]


def test_withdrawn_class_is_called_what_readers_called_it() -> None:
    group = publish(with_claim(therapy("Antibodies", kind="drug-class"), "First"))
    group = actions.withdraw(group, by=person("reviewer"), note="Wrong.")
    draft = actions.revise(group, by=person("editor"))
    draft.name = "Nobody approved this"
    draft.save()
    assert therapy("Drug A", member_of=draft).content()["member_of"]["name"] == "Antibodies"
