"""Two forms of one record are open at once: each field stays as the one who changed it left it."""

from typing import Any

import pytest
from django.urls import reverse

from editorial import actions, editing
from editorial.models import User
from publication.models import Contribution
from sources.models import FieldReading, Passage, Source
from tests.building import claim, document_of, evidence, source_with_text, therapy
from tests.html import texts
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Claim, Therapy

pytestmark = pytest.mark.django_db

FIRST = "Ocrelizumab depletes B cells."
SECOND = "Headache occurs."
THIRD = "It is given every six months."
TEXT = f"A title\n{FIRST} {SECOND} {THIRD}"


@pytest.fixture
def ann() -> User:
    return staff("editor", "Ann")


@pytest.fixture
def bob() -> User:
    return staff("editor", "Bob")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT, title="A title")


@pytest.fixture
def record(source: Source) -> Therapy:
    record = therapy("Ocrelizumab", synonyms=["OCR"])
    claim(record, FIRST, source=source, topic="outcome", outcome="relapses")
    claim(record, SECOND, source=source, topic="safety", position=1)
    return record


def opened(user: User, row: Any) -> dict[str, Any]:
    html = signed_in(user).get(page(row, "change")).content.decode()
    return fields_of(html, f"{row._meta.model_name}_form")


def save(user: User, row: Any, fields: dict[str, Any], button: str = "_continue") -> Any:
    """The answer, redirects followed: 302 stands first in its ``redirect_chain``. Where it is
    asked whether the passages say so, they do.
    """
    posted, client = {**fields, button: "1"}, signed_in(user)
    answer = client.post(page(row, "change"), posted, follow=True)
    box = answer.context.get("asked")
    if box and not box.is_answered:
        answer = client.post(page(row, "change"), {**posted, box.name: box.value}, follow=True)
    return answer


def is_saved(answer: Any) -> bool:
    return bool(answer.redirect_chain)


def clashing(answer: Any) -> list[str]:
    """The places on which the page asks to decide."""
    cells = answer.context["clashes"]
    return [clash.place for clash in cells]


# One therapy, two claims


def test_two_claims_of_one_record_are_edited_at_once(ann: User, bob: User, record: Therapy) -> None:
    one, other = record.claims.order_by("pk")
    mine, theirs = opened(ann, one), opened(bob, other)
    assert is_saved(save(bob, other, {**theirs, "text": "Headaches are seen."}))
    answer = save(ann, one, {**mine, "text": "It depletes B cells."})
    assert is_saved(answer)
    assert "kept so" not in answer.content.decode()
    assert [c.text for c in record.claims.order_by("pk")] == [
        *("It depletes B cells.", "Headaches are seen.")
    ]
    assert {c.user_id for c in editing.contributions(record)} == {ann.pk, bob.pk}


def test_two_windows_of_one_person_are_two_forms(ann: User, record: Therapy) -> None:
    row = record.claims.get(topic="outcome")
    one, other = opened(ann, row), opened(ann, row)
    assert is_saved(save(ann, row, {**one, "outcome": "relapse rate"}))
    assert is_saved(save(ann, row, {**other, "comparator": "placebo"}))
    row.refresh_from_db()
    assert (row.outcome, row.comparator) == ("relapse rate", "placebo")


def test_claim_and_its_row_in_the_record_are_edited_at_once(
    ann: User, bob: User, record: Therapy
) -> None:
    row = record.claims.get(topic="outcome")
    of_claim, of_record = opened(ann, row), opened(bob, record)
    assert is_saved(save(ann, row, {**of_claim, "outcome": "relapse rate"}))
    assert is_saved(save(bob, record, {**of_record, "claims-0-text": "Reworded."}))
    row.refresh_from_db()
    assert (row.outcome, row.text) == ("relapse rate", "Reworded.")


def test_what_was_left_alone_is_kept_as_the_other_saved_it_and_told(
    ann: User, bob: User, record: Therapy
) -> None:
    mine, theirs = opened(ann, record), opened(bob, record)
    save(bob, record, {**theirs, "brands": "Ocrevus", "claims-1-text": "Headaches are seen."})
    answer = save(ann, record, {**mine, "synonyms": "OCR\r\nOcre"})
    said = answer.content.decode()
    assert "kept so: Brand names; Claim “Headaches are seen.”, Text." in said
    record.refresh_from_db()
    assert (record.brands, record.synonyms) == (["Ocrevus"], ["OCR", "Ocre"])
    assert record.claims.get(topic="safety").text == "Headaches are seen."


# One field


def test_same_field_changed_alike_is_no_clash(ann: User, bob: User, record: Therapy) -> None:
    mine = {**opened(ann, record), "brands": "Ocrevus"}
    save(bob, record, {**opened(bob, record), "brands": "Ocrevus\r\n"})
    before = Contribution.objects.count()
    assert is_saved(save(ann, record, mine))
    assert Contribution.objects.count() == before


def test_same_field_changed_differently_is_asked_and_the_rest_is_merged(
    ann: User, bob: User, record: Therapy
) -> None:
    row = record.claims.get(topic="outcome")
    mine = {**opened(ann, row), "outcome": "mine", "comparator": "placebo"}
    save(bob, row, {**opened(bob, row), "outcome": "theirs", "effect_size": "40 %"})
    answer = save(ann, row, mine)
    assert not is_saved(answer)
    assert clashing(answer) == ["Outcome"]
    assert "Size of effect" in texts(answer, "li")
    row.refresh_from_db()
    assert (row.outcome, row.comparator) == ("theirs", "")
    again = fields_of(answer.content.decode(), "claim_form")
    assert (again["outcome"], again["comparator"], again["effect_size"]) == (
        *("mine", "placebo", "40 %"),
    )
    assert is_saved(save(ann, row, again))
    row.refresh_from_db()
    assert (row.outcome, row.comparator, row.effect_size) == ("mine", "placebo", "40 %")


def test_who_saves_between_two_answers_is_asked_about_again(
    ann: User, bob: User, record: Therapy
) -> None:
    mine = {**opened(ann, record), "brands": "mine"}
    save(bob, record, {**opened(bob, record), "brands": "theirs"})
    again = fields_of(save(ann, record, mine).content.decode(), "therapy_form")
    save(bob, record, {**opened(bob, record), "brands": "theirs anew"})
    answer = save(ann, record, again)
    assert (is_saved(answer), clashing(answer)) == (False, ["Brand names"])
    record.refresh_from_db()
    assert record.brands == ["theirs anew"]


def test_words_and_how_sure_they_are_go_together(ann: User, bob: User, record: Therapy) -> None:
    """The words of one person with the certainty of another are what neither meant."""
    row = record.claims.get(topic="safety")
    mine = {**opened(ann, row), "certainty": "negated"}
    save(bob, row, {**opened(bob, row), "text": "It does not help."})
    answer = save(ann, row, mine)
    assert (is_saved(answer), clashing(answer)) == (False, ["Text", "Certainty"])
    row.refresh_from_db()
    assert (row.text, row.certainty) == ("It does not help.", "stated")


@pytest.mark.parametrize(
    ("name", "theirs", "mine"),
    [
        ("courses", ["rrms"], ["ppms"]),
        ("serious", "on", None),
        ("acts_by", None, None),
        ("position", "3", "4"),
    ],
)
def test_field_of_any_kind_is_merged_when_left_alone(
    ann: User, bob: User, record: Therapy, name: str, theirs: Any, mine: Any
) -> None:
    row = record.claims.get(topic="safety")
    Claim.objects.filter(pk=row.pk).update(harm="headache")
    untouched = {**opened(ann, row), "text": "Reworded."}
    changed = {k: v for k, v in opened(bob, row).items() if k != name or theirs is not None}
    save(bob, row, {**changed, **({name: theirs} if theirs else {})})
    held = Claim.objects.values_list(name, flat=True).get(pk=row.pk)
    assert is_saved(save(ann, row, untouched))
    row.refresh_from_db()
    assert (row.text, Claim.objects.values_list(name, flat=True).get(pk=row.pk)) == (
        *("Reworded.", held),
    )
    if mine:
        clash = save(ann, row, {**untouched, name: mine})
        assert (is_saved(clash), len(clashing(clash))) == (False, 1)


def test_refused_form_shows_what_the_other_saved_and_says_so(
    ann: User, bob: User, record: Therapy
) -> None:
    mine = {**opened(ann, record), "name": ""}
    save(bob, record, {**opened(bob, record), "brands": "Ocrevus"})
    answer = save(ann, record, mine)
    assert not is_saved(answer)
    assert (clashing(answer), "Brand names" in texts(answer, "li")) == ([], True)
    assert fields_of(answer.content.decode(), "therapy_form")["brands"] == "Ocrevus"


# Rows


def test_row_deleted_by_another_stays_deleted_where_it_was_left_alone(
    ann: User, bob: User, record: Therapy
) -> None:
    mine = {**opened(ann, record), "brands": "Ocrevus"}
    save(bob, record, {**opened(bob, record), "claims-1-DELETE": "on"})
    answer = save(ann, record, mine)
    assert is_saved(answer)
    assert f"Claim “{SECOND}”, deleted" in answer.content.decode()
    assert [c.text for c in record.claims.all()] == [FIRST]


def test_row_deleted_by_both_is_gone(ann: User, bob: User, record: Therapy) -> None:
    mine = {**opened(ann, record), "claims-1-DELETE": "on"}
    save(bob, record, {**opened(bob, record), "claims-1-DELETE": "on"})
    assert is_saved(save(ann, record, mine))
    assert [c.text for c in record.claims.all()] == [FIRST]


def test_row_deleted_by_another_comes_back_only_where_it_was_typed_in(
    ann: User, bob: User, record: Therapy
) -> None:
    mine = {**opened(ann, record), "claims-1-text": "Mine."}
    save(bob, record, {**opened(bob, record), "claims-1-DELETE": "on", "claims-0-DELETE": "on"})
    answer = save(ann, record, mine)
    assert (is_saved(answer), clashing(answer)) == (False, ["Claim"])
    assert record.claims.count() == 0
    again = fields_of(answer.content.decode(), "therapy_form")
    assert is_saved(save(ann, record, again))
    assert [c.text for c in record.claims.all()] == ["Mine."]


def test_same_new_row_twice_is_made_once(ann: User, record: Therapy) -> None:
    """The same press again, before the page was there."""
    added = {"claims-2-topic": "safety", "claims-2-text": "New.", "claims-2-certainty": "stated"}
    mine = {**opened(ann, record), **added}
    assert is_saved(save(ann, record, mine))
    before = Therapy.objects.get().revision
    assert is_saved(save(ann, record, mine))
    assert record.claims.filter(text="New.").count() == 1
    assert Therapy.objects.get().revision == before


def test_row_is_not_deleted_when_what_it_does_not_show_was_changed(
    ann: User, bob: User, record: Therapy, source: Source
) -> None:
    row = record.claims.get(topic="safety")
    mine = {**opened(ann, record), "claims-1-DELETE": "on"}
    new = {"evidence-1-source": source.pk, "evidence-1-quote": THIRD}
    save(bob, row, {**opened(bob, row), **new, "evidence-1-direction": "supports"})
    answer = save(ann, record, mine)
    assert (is_saved(answer), record.claims.count()) == (False, 2)
    assert clashing(answer) == [f"Claim “{SECOND}”"]


def test_claims_own_page_deletes_the_claim_that_was_seen(
    ann: User, bob: User, record: Therapy
) -> None:
    row, other = record.claims.order_by("-topic")
    client = signed_in(ann)
    html = client.get(page(row, "delete")).content.decode()
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    save(bob, other, {**opened(bob, other), "text": "Another claim."})
    save(bob, row, {**opened(bob, row), "text": "Changed."})
    answer = client.post(page(row, "delete"), {"post": "yes", "seen": seen}, follow=True)
    assert "The claim is not the one that you saw." in answer.content.decode()
    save(bob, other, {**opened(bob, other), "text": "Another claim again."})
    row.refresh_from_db()
    client.post(page(row, "delete"), {"post": "yes", "seen": row.mark()})
    assert [c.text for c in record.claims.all()] == ["Another claim again."]


# Passages


def test_passage_is_merged_as_a_whole(
    ann: User, bob: User, record: Therapy, source: Source
) -> None:
    """A direction that somebody changed is about the passage that stood there."""
    row = record.claims.get(topic="outcome")
    mine = {**opened(ann, row), "evidence-0-quote": THIRD}
    save(bob, row, {**opened(bob, row), "evidence-0-direction": "disputes"})
    answer = save(ann, row, mine)
    assert not is_saved(answer)
    assert clashing(answer) == [f"Evidence “{FIRST}”, {name}" for name in ("Quote", "Direction")]


def test_two_passages_of_one_claim_are_edited_at_once(
    ann: User, bob: User, record: Therapy, source: Source
) -> None:
    row = record.claims.get(topic="outcome")
    evidence(row, THIRD, source=source)
    mine = {**opened(ann, row), "evidence-0-direction": "partly-supports"}
    save(bob, row, {**opened(bob, row), "evidence-1-direction": "disputes"})
    assert is_saved(save(ann, row, mine))
    assert [e.direction for e in row.evidence.order_by("pk")] == ["partly-supports", "disputes"]


# Sources


def test_fields_and_readings_of_a_source_are_edited_at_once(
    ann: User, bob: User, source: Source
) -> None:
    document = source.documents.get()
    start = TEXT.index(SECOND)
    passage = Passage.of(document, start, start + len(SECOND))
    FieldReading.objects.create(source=source, field="container_title", passage=passage)
    mine = {**opened(ann, source), "volume": "7", "authors": "Okafor | Ada"}
    theirs = {**opened(bob, source), "issue": "3", "publisher": "A house"}
    row = next(n for n, v in theirs.items() if v == "container_title").removesuffix("-field")
    assert is_saved(save(bob, source, {**theirs, f"{row}-quote": THIRD}))
    assert is_saved(save(ann, source, mine))
    source.refresh_from_db()
    assert (source.volume, source.issue, source.publisher) == ("7", "3", "A house")
    assert [author["family"] for author in source.authors] == ["Okafor"]
    assert source.field_readings.get(field="container_title").passage.exact == THIRD


def test_title_that_somebody_typed_goes_before_one_that_is_to_be_made(ann: User, bob: User) -> None:
    source = Source.objects.create(slug="untitled", kind="web-page")
    document_of(source, TEXT)
    mine = {**opened(ann, source), "take_made_title": "on"}
    save(bob, source, {**opened(bob, source), "title": "Their title"})
    assert is_saved(save(ann, source, mine))
    source.refresh_from_db()
    assert (source.title, source.title_made) == ("Their title", False)


# Submitting


def test_save_and_submit_saves_alone_when_not_all_was_seen(
    ann: User, bob: User, record: Therapy
) -> None:
    row = record.claims.get(topic="outcome")
    mine = {**opened(ann, record), "brands": "Ocrevus"}
    save(bob, row, {**opened(bob, row), "outcome": "relapse rate"})
    answer = save(ann, record, mine, "_submit_for_review")
    record.refresh_from_db()
    assert (record.brands, record.state) == (["Ocrevus"], "draft")
    assert "Saved, but not submitted." in answer.content.decode()
    assert answer.redirect_chain == [(page(record, "change"), 302)]
    save(ann, record, fields_of(answer.content.decode(), "therapy_form"), "_submit_for_review")
    record.refresh_from_db()
    assert record.state == "in-review"


def test_frozen_record_gives_back_all_that_was_typed(ann: User, bob: User, record: Therapy) -> None:
    mine = {**opened(ann, record), "brands": "mine", "claims-0-text": "Mine."}
    actions.submit(record, by=bob)
    answer = save(ann, record, mine)
    assert not is_saved(answer)
    assert clashing(answer) == ["Brand names", f"Claim “{FIRST}”, Text"]
    assert reverse("admin:index") in answer.content.decode()
