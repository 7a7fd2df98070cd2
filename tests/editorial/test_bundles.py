"""Records that wait for each other are approved together, or none is."""

from typing import Any

import pytest

from editorial import actions, review
from editorial.bundles import Approval, NotTogether, approve_each, bundle_of
from editorial.errors import Blocked, NoteMissing, OwnWork
from editorial.models import Record, User
from publication.models import Entry
from sources.models import Source
from tests.building import agree, evidence
from tests.desk import TITLE, Desk, desk, sentences
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Therapy

pytestmark = pytest.mark.django_db


@pytest.fixture
def base() -> Desk:
    return desk()


def seen(records: list[Record]) -> list[Approval]:
    for record in records:
        record.refresh_from_db()
    return [Approval(r, review.content_digest(r), str(r.revision)) for r in records]


def agree_to_all(base: Desk, by: User) -> None:
    for record in base.records:
        agree(record, by)


def test_bundle_has_each_record_before_what_rests_on_it(base: Desk) -> None:
    bundle = bundle_of(base.therapy)
    assert [row.public_id for row in bundle.rows] == [r.public_id for r in base.records]
    assert (bundle.missing, bundle.is_judged) == ((), False)
    agree_to_all(base, base.reviewer)
    assert bundle_of(base.therapy).is_judged
    assert [row.public_id for row in bundle_of(base.source).rows] == [base.source.public_id]


def test_what_nobody_submitted_is_named(base: Desk) -> None:
    actions.recall(base.mechanism, by=base.editor)
    bundle = bundle_of(base.therapy)
    assert [one.public_id for one in bundle.missing] == [base.mechanism.public_id]
    assert not bundle.is_judged
    actions.recall(base.therapy, by=base.editor)
    assert bundle_of(base.therapy).rows == ()


def test_all_are_approved_in_order_each_with_its_own_digest(base: Desk) -> None:
    agree_to_all(base, base.reviewer)
    approvals = seen(base.records)
    approve_each(approvals, by=base.reviewer, note="Read together.")
    entries = Entry.objects.order_by("seq")
    assert [e.public_id for e in entries] == [r.public_id for r in base.records]
    assert [e.digest for e in entries] == [one.digest for one in approvals]
    assert {e.note for e in entries} == {"Read together."}


def refused(base: Desk, by: User, approvals: list[Approval], note: str = "Read.") -> NotTogether:
    with pytest.raises(NotTogether) as refusal:
        approve_each(approvals, by=by, note=note)
    assert not Entry.objects.exists()
    assert {type(r).objects.get(pk=r.pk).state for r in base.records} == {"in-review"}  # type: ignore[attr-defined]
    return refusal.value


def test_one_that_is_refused_keeps_all_back(base: Desk) -> None:
    agree_to_all(base, base.reviewer)
    pair = base.therapy.pairs()[0].digest
    actions.judge(base.therapy, pair=pair, verdict="disagree", by=person_of(), note="No.")
    problem = refused(base, base.reviewer, seen(base.records))
    assert (problem.record, type(problem.problem)) == (base.therapy, Blocked)
    assert "Nothing was approved, because of “Drug A”" in str(problem)


def person_of() -> User:
    return staff("reviewer", "Another Reviewer")


def test_order_is_not_the_callers_to_break(base: Desk) -> None:
    agree_to_all(base, base.reviewer)
    assert isinstance(refused(base, base.reviewer, seen(base.records)[::-1]).problem, Blocked)


@pytest.mark.parametrize("note", ["", " "])
def test_note_is_needed(base: Desk, note: str) -> None:
    agree_to_all(base, base.reviewer)
    problem = refused(base, base.reviewer, seen(base.records), note)
    assert isinstance(problem.problem, NoteMissing)


def test_nobody_approves_a_bundle_with_own_work(base: Desk) -> None:
    agree_to_all(base, base.reviewer)
    own = person_of()
    actions.request_changes(base.mechanism, by=base.reviewer, note="Once more.")
    actions.submit(base.mechanism, by=own)
    agree(base.mechanism, base.reviewer)
    assert isinstance(refused(base, own, seen(base.records)).problem, OwnWork)


# The page


def posted(html: str, note: str = "Read together.") -> dict[str, str]:
    fields = {k: v for k, v in fields_of(html, "bundle").items() if k != "csrfmiddlewaretoken"}
    return {**fields, "note": note}


def test_page_shows_what_is_approved_and_approves_it(base: Desk) -> None:
    agree_to_all(base, base.reviewer)
    client = signed_in(base.reviewer)
    html = client.get(page(base.therapy, "review")).content.decode()
    assert page(base.therapy, "bundle") in html
    html = client.get(page(base.therapy, "bundle")).content.decode()
    assert "You have declared no interests" in html
    assert "Beside the statements" in html
    for words in (
        TITLE,
        sentences(1)[0],
        "B-cell depletion",
        "B-cell depletion is what it does.",
        "Example, Ann",
        "all 3",
    ):
        assert words in html
    answer = client.post(page(base.therapy, "bundle"), posted(html))
    assert answer.status_code == 302
    assert Entry.objects.count() == 3


def test_page_shows_what_each_review_page_shows(base: Desk) -> None:
    """Else something would be approved that was on nobody's screen."""
    for record in (base.source, base.mechanism, base.therapy):
        actions.request_changes(record, by=base.reviewer, note="More.")
    row = base.mechanism.claims.get()
    evidence(row, sentences(2)[1], source=base.source, direction="disputes")
    row.refresh_from_db()
    row.weighing = "The first trial is larger."
    row.save()
    Therapy.objects.filter(pk=base.therapy.pk).update(synonyms=["Panacea"])
    Source.objects.filter(pk=base.source.pk).update(licence="CC-BY-4.0")
    for record in base.records:
        record.refresh_from_db()
        actions.submit(record, by=base.editor)
    agree_to_all(base, base.reviewer)
    html = signed_in(base.reviewer).get(page(base.therapy, "bundle")).content.decode()
    for words in ("The first trial is larger.", "Disputes", "Panacea", "CC BY 4.0", "Agree"):
        assert words in html


def test_page_says_what_was_withdrawn(base: Desk) -> None:
    agree_to_all(base, base.reviewer)
    approve_each(seen(base.records[:1]), by=base.reviewer, note="First.")
    actions.withdraw(base.source, by=base.reviewer, note="A wrong work.")
    source = Source.objects.get(pk=base.source.pk)
    actions.submit(actions.revise(source, by=base.editor), by=base.editor)
    html = signed_in(base.reviewer).get(page(base.therapy, "bundle")).content.decode()
    assert "Withdrawn." in html
    assert "A wrong work." in html


def test_page_that_another_person_opened_approves_nothing(base: Desk) -> None:
    agree_to_all(base, base.reviewer)
    html = signed_in(base.reviewer).get(page(base.therapy, "bundle")).content.decode()
    answer = signed_in(person_of()).post(page(base.therapy, "bundle"), posted(html))
    assert (answer.status_code, Entry.objects.count()) == (409, 0)
    assert "Another person than you, Another Reviewer, opened this page." in answer.content.decode()


def test_page_of_an_earlier_moment_approves_nothing(base: Desk) -> None:
    agree_to_all(base, base.reviewer)
    client = signed_in(base.reviewer)
    old = posted(client.get(page(base.therapy, "bundle")).content.decode(), "Thought of long.")
    actions.request_changes(base.mechanism, by=base.reviewer, note="Once more.")
    actions.submit(base.mechanism, by=base.editor)
    answer = client.post(page(base.therapy, "bundle"), old)
    html = answer.content.decode()
    assert (answer.status_code, Entry.objects.count()) == (409, 0)
    assert "Nothing was approved" in html
    assert "Thought of long." in html


def test_page_refuses_own_work_and_other_roles(base: Desk) -> None:
    agree_to_all(base, base.reviewer)
    base.editor.groups.add(*base.reviewer.groups.all())
    client: Any = signed_in(base.editor)
    html = client.get(page(base.therapy, "bundle")).content.decode()
    assert "Not for you to approve: you contributed" in html
    assert "Approve and publish" not in html
    answer = client.post(page(base.therapy, "bundle"), posted(html, "Mine."))
    assert (answer.status_code, Entry.objects.count()) == (403, 0)


@pytest.mark.parametrize("meanwhile", ["recalled", "approved"])
def test_page_of_another_bundle_approves_nothing_and_keeps_the_note(
    base: Desk, meanwhile: str
) -> None:
    agree_to_all(base, base.reviewer)
    client = signed_in(base.reviewer)
    old = posted(client.get(page(base.therapy, "bundle")).content.decode(), "Thought of long.")
    if meanwhile == "recalled":
        actions.recall(base.therapy, by=base.editor)
    else:
        approve_each(seen(base.records[:1]), by=base.reviewer, note="First.")
    before = Entry.objects.count()
    answer = client.post(page(base.therapy, "bundle"), old)
    assert (answer.status_code, Entry.objects.count()) == (409, before)
    assert "is not what was on your page any more" in answer.content.decode()
    assert "Thought of long." in answer.content.decode()


def test_page_says_what_is_missing(base: Desk) -> None:
    actions.recall(base.mechanism, by=base.editor)
    html = signed_in(base.reviewer).get(page(base.therapy, "bundle")).content.decode()
    assert "is needed too and is draft" in html
    assert page(base.mechanism, "review") in html
    actions.recall(base.therapy, by=base.editor)
    html = signed_in(base.reviewer).get(page(base.therapy, "bundle")).content.decode()
    assert "The record is now “draft”" in html
