"""The queue says what its records, their judgements and the log say, after every step."""

import pytest

from editorial import actions, review, waiting
from editorial.bundles import bundle_of
from editorial.models import InReview, Need, Record, User
from editorial.verify import queue
from publication.verify import unwatched
from sources.actions import set_standing
from sources.models import Passage, Source
from tests.building import (
    agree,
    claim,
    document_of,
    mechanism,
    not_stated,
    person,
    publish,
    source_with_text,
    therapy,
)
from therapies.models import Evidence, Mechanism, Therapy

pytestmark = pytest.mark.django_db

TEXT = "A source. Drug A depletes B cells. Drug A may reduce relapses."


@pytest.fixture
def editor() -> User:
    return person("editor", "Edda Brandt")


@pytest.fixture
def reviewer() -> User:
    return person("reviewer", "Ruth Vance")


@pytest.fixture
def named() -> Mechanism:
    return mechanism("B-cell depletion")


@pytest.fixture
def source() -> Source:
    return source_with_text(TEXT)


@pytest.fixture
def record(source: Source, named: Mechanism, editor: User) -> Therapy:
    drug = therapy("Drug Ä")
    claim(drug, "Drug A depletes B cells.", source=source, acts_by=named)
    claim(drug, "Drug A may reduce relapses.", source=source, topic="outcome")
    return actions.submit(drug, by=editor, note="Please look at the second.")


def row(record: Record) -> InReview:
    return InReview.objects.with_waits().get(public_id=record.public_id)


def lists(record: Record) -> list[str]:
    """Under which names the queue has it."""
    rows = InReview.objects.filter(public_id=record.public_id)
    return [
        name
        for name in ("disputed", "unjudged", "waiting", "bundled", "ready")
        if getattr(rows, name)().exists()
    ]


def test_row_says_what_was_submitted_by_whom(record: Therapy, editor: User) -> None:
    now = row(record)
    assert (now.key, now.name, now.version) == (("therapy", record.public_id), "Drug Ä", 1)
    assert (now.submitter_id, now.submitter_name) == (editor.pk, "Edda Brandt")
    assert now.note == "Please look at the second."
    assert now.words == "drug a edda brandt"
    assert (now.pairs, now.agreed, now.disputed, now.unjudged, now.faults) == (2, 0, 0, 2, 0)
    assert now.reviewer is None


def test_each_judgement_is_counted_as_it_stands(record: Therapy, reviewer: User) -> None:
    first, second = record.pairs()
    actions.judge(record, pair=first.digest, verdict="unsure", by=reviewer)
    assert lists(record) == ["unjudged"]
    actions.judge(record, pair=first.digest, verdict="disagree", by=reviewer, note="No.")
    assert (row(record).disputed, lists(record)) == (1, ["disputed"])
    actions.judge(record, pair=first.digest, verdict="agree", by=reviewer)
    assert (row(record).agreed, lists(record)) == (1, ["unjudged"])
    actions.judge(record, pair=second.digest, verdict="agree", by=person("reviewer"))
    assert lists(record) == ["waiting"]


def test_who_is_not_sure_leaves_it_open_to_others(record: Therapy, reviewer: User) -> None:
    agree(record, person("reviewer"))
    actions.judge(record, pair=record.pairs()[0].digest, verdict="unsure", by=reviewer)
    assert row(record).is_judged


def test_record_waits_until_all_that_it_rests_on_is_public(
    record: Therapy, source: Source, named: Mechanism, reviewer: User
) -> None:
    agree(record, reviewer)
    assert lists(record) == ["waiting"]
    publish(source)
    assert lists(record) == ["waiting"]
    claim(named, "Drug A depletes B cells.", source=source)
    actions.submit(named, by=person("editor"))
    assert lists(record) == ["waiting", "bundled"]
    agree(named, reviewer)
    digest = review.content_digest(named)
    actions.approve(named, by=reviewer, digest=digest, note="Read.")
    assert lists(record) == ["ready"]
    actions.withdraw(named, by=reviewer, note="Wrong.")
    assert lists(record) == ["waiting"]


def test_retraction_of_a_source_makes_it_wait_again(
    record: Therapy, source: Source, named: Mechanism, reviewer: User
) -> None:
    publish(source)
    unmet = Need.objects.filter(record_type="source", met=False)
    assert not unmet.exists()
    set_standing(source, standing="retracted", by=reviewer, note="Notice.")
    assert unmet.exists()


def test_source_that_is_retracted_in_review_waits_until_it_is_lifted(
    source: Source, editor: User, reviewer: User
) -> None:
    publish(source)
    record = actions.submit(actions.revise(source, by=editor), by=editor)
    agree(record, reviewer)
    assert lists(record) == ["ready"]
    set_standing(record, standing="retracted", by=reviewer, note="Notice.")
    assert [what for _, what in waiting.out_of_step()] == []
    assert lists(record) == ["waiting"]
    found = bundle_of(record)
    assert (found.is_judged, [b.code for b in found.stuck]) == (False, ["source-retracted"])
    set_standing(record, standing="current", by=person("reviewer"), note="Lifted.")
    assert [what for _, what in waiting.out_of_step()] == []
    assert lists(record) == ["ready"]


def test_text_that_came_later_waits_for_an_approval_with_it(
    source: Source, editor: User, reviewer: User
) -> None:
    publish(source)
    actions.revise(source, by=editor)
    later = document_of(Source.objects.get(pk=source.pk), "Drug A is given by mouth.")
    drug = therapy("Drug B")
    row_of = claim(drug, "Drug A depletes B cells.", source=_other(source))
    Evidence.objects.create(claim=row_of, passage=Passage.of(later, 0, 25))
    actions.submit(drug, by=editor)
    told = [(b.code, b.waits_for) for b in drug.blockers() if not b.own]
    assert [code for code, _ in told] == ["text-not-approved"]
    assert [one and one.public_id for _, one in told] == [source.public_id]
    assert row(drug).waits
    publish(Source.objects.get(pk=source.pk))
    assert not row(drug).waits


def _other(source: Source) -> Source:
    other = source_with_text(f"{TEXT} More.", title="Another", slug="another")
    publish(other)
    return other


def test_what_was_looked_for_in_vain_rests_on_its_sources(record: Therapy, source: Source) -> None:
    drug = therapy("Drug C")
    claim(drug, "Drug A depletes B cells.", source=source)
    not_stated(drug, "safety")
    actions.submit(drug, by=person("editor"))
    needs = row(drug).needs.order_by("text").values_list("public_id", "text")
    assert list(needs) == [
        (source.public_id, ""),
        (source.public_id, source.documents.get().sha256),
    ]


def test_reviewer_is_named_from_when_they_took_it(record: Therapy, reviewer: User) -> None:
    actions.take(record, by=reviewer)
    now = row(record)
    assert now.reviewer == reviewer
    assert now.reviewing_since is not None
    assert now.last_judged_at == now.reviewing_since
    actions.judge(record, pair=record.pairs()[0].digest, verdict="agree", by=reviewer)
    later = row(record)
    assert later.reviewing_since == now.reviewing_since
    assert later.last_judged_at is not None
    assert later.last_judged_at > now.reviewing_since


def test_nobody_is_offered_their_own_work(record: Therapy, editor: User, reviewer: User) -> None:
    assert not InReview.objects.reviewable_by(editor).exists()
    assert InReview.objects.reviewable_by(reviewer).count() == 1


@pytest.mark.parametrize("end", ["recall", "request_changes", "reject"])
def test_row_goes_with_the_review(record: Therapy, editor: User, reviewer: User, end: str) -> None:
    by = editor if end == "recall" else reviewer
    getattr(actions, end)(record, by=by, note="Why not.")
    assert not InReview.objects.exists()
    assert not Need.objects.exists()


def test_row_that_is_out_of_step_is_found_and_written_anew(record: Therapy) -> None:
    def told() -> list[str]:
        return [what for _, what in waiting.out_of_step()]

    assert told() == []
    InReview.objects.update(agreed=2, note="Another.")
    assert told() == ["is listed in the queue with another note, agreed"]
    Need.objects.update(met=True)
    assert told()[0].endswith("note, agreed, list of what it rests on")
    InReview.objects.all().delete()
    assert told() == ["is in review, and no queue lists it"]
    assert waiting.list_all() == 1
    assert told() == []
    assert list(queue(unwatched)) == []
    type(record).objects.filter(pk=record.pk).update(state="draft")
    assert told() == ["is draft, and the queue lists it as in review"]
    assert (waiting.list_all(), InReview.objects.count()) == (1, 0)


def test_what_others_write_in_their_drafts_is_not_kept_in_the_queue(
    source: Source, editor: User
) -> None:
    broad, narrow = mechanism("Cell depletion"), mechanism("B-cell depletion", broader=None)
    narrow.broader = broad
    narrow.save()
    claim(narrow, "Drug A depletes B cells.", source=source)
    actions.submit(narrow, by=editor)
    broad.broader = narrow
    broad.save()
    record = Mechanism.objects.get(pk=narrow.pk)
    assert "circle" in [blocker.code for blocker in record.blockers()]
    assert [what for _, what in waiting.out_of_step()] == []
