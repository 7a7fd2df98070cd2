"""A mechanism's page: what acts by it or by a kind of it, and its kinds as a tree."""

import pytest
from django.test import Client

from sources.actions import set_standing
from tests.building import (
    claim,
    evidence,
    mechanism,
    person,
    publish,
    source_with_text,
    therapy,
)
from tests.html import attributes, links, texts
from therapies.models import Mechanism

pytestmark = pytest.mark.django_db

WORDS = "It depletes cells."


@pytest.fixture
def kinds() -> dict[str, Mechanism]:
    """Depletion, B-cell depletion below it, memory B-cell depletion below that."""
    source = publish(source_with_text(WORDS, title="First"))
    found: dict[str, Mechanism] = {}
    above = None
    for name in ("Depletion", "B-cell depletion", "Memory B-cell depletion"):
        row = mechanism(name, broader=above)
        claim(row, WORDS, source=source)
        found[name] = above = publish(row)
    for name, acts_by in (("Drug A", "Depletion"), ("Drug B", "Memory B-cell depletion")):
        drug = therapy(name)
        claim(drug, WORDS, source=source, acts_by=found[acts_by])
        publish(drug)
    return found


def test_what_acts_by_a_kind_of_it_is_named_with_the_kind(
    client: Client, kinds: dict[str, Mechanism]
) -> None:
    assert texts(client.get("/mechanisms/depletion/"), "ul", "plain")[0] == (
        "Drug A Drug B by Memory B-cell depletion"
    )
    assert texts(client.get("/mechanisms/b-cell-depletion/"), "ul", "plain")[0] == (
        "Drug B by Memory B-cell depletion"
    )


def test_kinds_stand_as_a_tree(client: Client, kinds: dict[str, Mechanism]) -> None:
    page = client.get("/mechanisms/depletion/")
    assert texts(page, "ul", "tree") == ["B-cell depletion Memory B-cell depletion"]
    depths = [a["class"] for a in attributes(page, "li") if str(a.get("class")).startswith("depth")]
    assert depths == ["depth-1", "depth-2"]
    assert "/mechanisms/depletion/" in links(client.get("/mechanisms/b-cell-depletion/"))


def test_what_acts_by_it_comes_first_and_only_its_own_topics_follow(
    client: Client, kinds: dict[str, Mechanism]
) -> None:
    page = client.get("/mechanisms/depletion/")
    assert texts(page, "h2") == [
        "Therapies that act by it", "How it works", "Kinds of it", "Sources", "Cite and check",
    ]  # fmt: skip


def test_page_costs_the_same_however_deep_the_tree_is(
    client: Client, kinds: dict[str, Mechanism], django_assert_num_queries: object
) -> None:
    # head, row, entry, mechanisms, who acts by them, keys of what it is made of, hash; sources,
    # mechanisms, claims, passages, therapies, demonstration
    with django_assert_num_queries(13):  # type: ignore[operator]
        client.get("/mechanisms/depletion/")
    with django_assert_num_queries(8):  # type: ignore[operator]
        client.get("/mechanisms/depletion/")


def acting(client: Client, path: str = "/mechanisms/depletion/") -> str:
    return texts(client.get(path), "ul", "plain")[0]


@pytest.mark.parametrize(
    ("certainty", "direction", "said"),
    [
        ("stated", "supports", "Drug C"),
        ("stated", "partly-supports", "Drug C Partly supported"),
        ("hedged", "supports", "Drug C The source is not sure"),
    ],
)
def test_what_is_not_plainly_said_to_act_by_it_is_marked(
    client: Client, certainty: str, direction: str, said: str
) -> None:
    source, acts = publish(source_with_text(WORDS, title="First")), mechanism("Depletion")
    claim(acts, WORDS, source=source)
    drug = therapy("Drug C")
    claim(drug, WORDS, source=source, acts_by=publish(acts), certainty=certainty,
          direction=direction)  # fmt: skip
    publish(drug)
    assert acting(client) == said


def test_surest_of_several_claims_counts(client: Client, kinds: dict[str, Mechanism]) -> None:
    source, drug = publish(source_with_text(f"Third. {WORDS}", title="Third")), therapy("Drug C")
    for certainty in ("hedged", "stated"):
        claim(drug, WORDS, source=source, acts_by=kinds["Depletion"], certainty=certainty)
    publish(drug)
    assert "Drug C Drug" not in acting(client)
    assert "not sure" not in acting(client)


def test_what_another_source_denies_or_disputes_is_at_odds(
    client: Client, kinds: dict[str, Mechanism]
) -> None:
    other = publish(source_with_text("Third. It spares cells.", title="Third"))
    denied, disputed = therapy("Drug C"), therapy("Drug D")
    first = publish(source_with_text(f"Fourth. {WORDS}", title="Fourth"))
    for drug in (denied, disputed):
        row = claim(drug, WORDS, source=first, acts_by=kinds["Depletion"])
    evidence(row, "It spares cells.", source=other, direction="disputes")
    row.weighing = "The newer one counts."
    row.save()
    claim(denied, "It spares cells.", source=other, acts_by=kinds["Depletion"], certainty="negated")
    publish(denied)
    publish(disputed)
    assert acting(client).endswith("Drug C Sources disagree Drug D Sources disagree")


def test_what_only_a_retracted_source_says_is_marked_and_relates_nothing(
    client: Client, kinds: dict[str, Mechanism]
) -> None:
    source, drug = publish(source_with_text(f"Third. {WORDS}", title="Third")), therapy("Drug C")
    claim(drug, WORDS, source=source, acts_by=kinds["Depletion"])
    publish(drug)
    assert "Depletion: Drug C" in texts(client.get("/therapies/drug-a/"), "ul", "plain")
    by, note = person("reviewer"), "Figures were made up."
    set_standing(source, standing="retracted", by=by, note=note)
    said = "Drug C Only a retracted or withdrawn source says so"
    assert said in acting(client)
    assert f"Depletion: {said}" in texts(client.get("/therapies/drug-a/"), "ul", "plain")
    assert "Others that act alike" not in texts(client.get("/therapies/drug-c/"), "h2")


def test_full_support_that_was_retracted_leaves_what_the_rest_does(
    client: Client, kinds: dict[str, Mechanism]
) -> None:
    whole, part = (
        publish(source_with_text(f"{title}. {WORDS}", title=title)) for title in ("Whole", "Part")
    )
    drug = therapy("Drug C")
    row = claim(drug, WORDS, source=whole, acts_by=kinds["Depletion"])
    evidence(row, WORDS, source=part, direction="partly-supports")
    publish(drug)
    assert "Partly" not in acting(client)
    set_standing(whole, standing="retracted", by=person("reviewer"), note="Made up.")
    assert "Drug C Partly supported" in acting(client)
    page = client.get("/therapies/drug-c/")
    assert "Partly supported" in texts(page, "p", "mark")
    margin = texts(page, "div", "margin")[0]
    assert "1 bears it out in part; 1 more was retracted or withdrawn." in margin
