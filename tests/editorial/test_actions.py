"""Review actions on real records: who may, from where, and what is written."""

import json
from typing import TypeVar

import pytest
from django.core.exceptions import ValidationError

from editorial import actions, review
from editorial.editing import contributions, editing, has_contributed
from editorial.errors import (
    AlreadyPublicAddress,
    Blocked,
    Locked,
    NotAllowed,
    NoteMissing,
    NotPublic,
    OwnWork,
    StaleContent,
    StaleEdit,
    Unchanged,
    UnknownPair,
    WrongState,
)
from editorial.models import Judgement, Record, ReviewEvent, User
from editorial.slugs import free_slug
from publication import log
from publication.errors import FrozenRow
from publication.models import Entry
from sources.actions import set_standing
from sources.choices import Standing
from sources.models import Source
from tests.building import (
    agree,
    claim,
    evidence,
    mechanism,
    not_stated,
    person,
    publish,
    source_with_text,
    therapy,
)
from therapies.models import Claim, Mechanism, Therapy

pytestmark = pytest.mark.django_db

R = TypeVar("R", bound=Record)

TEXT = "A source. Drug A depletes B cells. Drug A may reduce relapses."


def in_review(editor: User | None = None) -> Therapy:
    source = publish(source_with_text(TEXT))
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=source)
    return actions.submit(record, by=editor or person("editor"))


def approve(record: Therapy, by: User) -> Therapy:
    return actions.approve(record, by=by, digest=review.content_digest(record), note="Checked.")


def discard(record: R, by: User) -> R:
    return actions.discard(record, by=by, digest=review.content_digest(record))


def test_approval_publishes_one_entry_with_everything_in_it() -> None:
    editor, reviewer = person("editor", "Ed Itor"), person("reviewer", "Re Viewer")
    record = in_review(editor)
    agree(record, reviewer)
    done = approve(record, reviewer)
    entry = log.latest_approval("therapy", record.public_id)
    assert entry is not None
    assert done.state == "approved"
    assert entry.version == 1
    assert entry.stored == done.content()
    assert entry.contributor_list == [{"id": editor.pk, "name": "Ed Itor"}]
    assert (entry.approver_id, entry.approver_name) == (reviewer.pk, "Re Viewer")
    assert [j["by"]["name"] for j in entry.judgement_list] == ["Re Viewer"]
    assert entry.note == "Checked."
    assert entry.demonstration is False


def test_submitter_cannot_review_even_as_superuser() -> None:
    root = User.objects.create_superuser("root")
    record = in_review(root)
    pair = record.pairs()[0].digest
    with pytest.raises(OwnWork):
        actions.take(record, by=root)
    with pytest.raises(OwnWork):
        actions.judge(record, pair=pair, verdict="agree", by=root)
    agree(record, person("reviewer"))
    with pytest.raises(OwnWork):
        approve(record, root)
    with pytest.raises(OwnWork):
        actions.reject(record, by=root, note="No.")
    assert not log.is_public("therapy", record.public_id)


def test_editing_makes_a_contributor_for_good() -> None:
    reviewer = person("reviewer")
    record = in_review()
    record = actions.request_changes(record, by=reviewer, note="Please say more.")
    with editing(record, by=reviewer, seen_revision=record.revision, what="helped out"):
        pass
    other = person("editor")
    actions.submit(record, by=other)
    assert has_contributed(record, reviewer)
    with pytest.raises(OwnWork):
        approve(record, reviewer)
    third = person("reviewer")
    agree(record, third)
    approve(record, third)
    names = [c["id"] for c in Entry.objects.latest("seq").contributor_list]
    assert names[1:] == [reviewer.pk, other.pk]


def test_contributors_start_anew_after_a_public_version() -> None:
    editor, reviewer = person("reviewer"), person("reviewer")
    record = in_review(editor)
    agree(record, reviewer)
    approve(record, reviewer)
    assert contributions(record) == []
    revised = actions.revise(record, by=reviewer)
    actions.submit(revised, by=reviewer)
    agree(revised, editor)
    assert approve(revised, editor).state == "approved"
    assert Entry.objects.latest("seq").version == 2


def test_approval_needs_every_pair_agreed_by_a_non_contributor() -> None:
    record = in_review()
    reviewer = person("reviewer")
    with pytest.raises(Blocked, match="Not judged"):
        approve(record, reviewer)
    pair = record.pairs()[0].digest
    actions.judge(record, pair=pair, verdict="disagree", by=reviewer, note="No.")
    with pytest.raises(Blocked, match=f"Judged “disagree” by {reviewer.display_name}"):
        approve(record, reviewer)
    actions.judge(record, pair=pair, verdict="agree", by=reviewer)
    assert approve(record, reviewer).state == "approved"


def test_disagreement_of_another_reviewer_stands_in_the_way() -> None:
    record = in_review()
    first, second = person("reviewer"), person("reviewer")
    agree(record, first)
    actions.judge(record, pair=record.pairs()[0].digest, verdict="disagree", by=second, note="No.")
    with pytest.raises(Blocked):
        approve(record, first)


def test_judgement_of_a_later_contributor_no_longer_counts() -> None:
    record = in_review()
    judge, other = person("reviewer"), person("reviewer")
    agree(record, judge)
    actions.request_changes(record, by=other, note="Wait.")
    actions.submit(record, by=judge)
    with pytest.raises(Blocked, match="Not judged"):
        approve(record, other)


def test_judgement_is_bound_to_the_text_it_was_given_on() -> None:
    record = in_review()
    reviewer = person("reviewer")
    agree(record, reviewer)
    actions.request_changes(record, by=reviewer, note="Reword.")
    row = record.claims.get()
    row.text = "Drug A is a cure."
    row.save()
    actions.submit(record, by=person("editor"))
    with pytest.raises(Blocked, match="Not judged"):
        approve(record, reviewer)


def test_judging_a_pair_of_older_content_is_refused() -> None:
    record = in_review()
    reviewer = person("reviewer")
    with pytest.raises(UnknownPair, match="Reload"):
        actions.judge(record, pair="0" * 64, verdict="agree", by=reviewer)
    assert Judgement.objects.filter(pair="0" * 64).count() == 0


def test_approval_of_a_stale_digest_is_refused_with_the_difference() -> None:
    record = in_review()
    reviewer = person("reviewer")
    seen = review.content_digest(record)
    actions.request_changes(record, by=reviewer, note="Reword.")
    row = record.claims.get()
    row.text = "Drug A is a cure."
    row.save()
    actions.submit(record, by=person("editor"))
    agree(record, reviewer)
    with pytest.raises(StaleContent) as refusal:
        actions.approve(record, by=reviewer, digest=seen, note="Checked.")
    assert [(c.before, c.after) for c in refusal.value.changes] == [
        ("Drug A depletes B cells.", "Drug A is a cure.")
    ]
    with pytest.raises(StaleContent, match="not on record"):
        actions.approve(record, by=reviewer, digest="0" * 64, note="Checked.")
    assert not log.is_public("therapy", record.public_id)


def test_change_behind_the_workflow_makes_the_submission_stale() -> None:
    record = in_review()
    reviewer = person("reviewer")
    agree(record, reviewer)
    Therapy.objects.filter(pk=record.pk).update(state="draft")
    Claim.objects.filter(therapy=record).update(text="Drug A is a cure.")
    Therapy.objects.filter(pk=record.pk).update(state="in-review")
    with pytest.raises(StaleContent, match="Drug A is a cure"):
        approve(record, reviewer)


@pytest.mark.parametrize(
    "action", [actions.request_changes, actions.reject, actions.withdraw], ids=lambda f: f.__name__
)
def test_decision_without_a_reason_is_refused(action) -> None:  # type: ignore[no-untyped-def]
    record = in_review()
    with pytest.raises(NoteMissing):
        action(record, by=person("reviewer"), note="  ")
    with pytest.raises(NoteMissing):
        actions.approve(record, by=person("reviewer"), digest="", note="")


def test_roles_are_demanded() -> None:
    record = in_review()
    with pytest.raises(NotAllowed, match="not an active reviewer"):
        approve(record, person("editor"))
    with pytest.raises(NotAllowed):
        actions.withdraw(record, by=person("administrator"), note="x")
    gone = person("reviewer")
    gone.is_active = False
    gone.save()
    with pytest.raises(NotAllowed):
        approve(record, gone)


def test_submission_needs_evidence_for_every_claim() -> None:
    record = therapy("Drug A")
    with pytest.raises(Blocked, match="neither a claim"):
        actions.submit(record, by=person("editor"))
    Claim.objects.create(therapy=record, topic="safety", text="Safe.", certainty="stated")
    with pytest.raises(Blocked, match="No passage supports the claim “Safe.”"):
        actions.submit(record, by=person("editor"))
    assert ReviewEvent.objects.count() == 0


def test_approval_waits_for_sources_and_named_records() -> None:
    source = source_with_text(TEXT)
    record = therapy("Drug A")
    named = mechanism("B-cell depletion")
    claim(record, "Drug A depletes B cells.", source=source, acts_by=named)
    actions.submit(record, by=person("editor"))
    reviewer = person("reviewer")
    agree(record, reviewer)
    with pytest.raises(Blocked) as refusal:
        approve(record, reviewer)
    assert [b.code for b in refusal.value.blockers] == ["not-public", "not-public"]
    publish(source)
    claim(named, "Drug A depletes B cells.", source=source)
    publish(named)
    assert approve(record, reviewer).state == "approved"


def test_approval_refuses_a_retracted_source() -> None:
    record = in_review()
    reviewer = person("reviewer")
    set_standing(
        Source.objects.get(), standing=Standing.RETRACTED, by=reviewer, note="Notice of 2026."
    )
    agree(record, reviewer)
    with pytest.raises(Blocked, match="is retracted"):
        approve(record, reviewer)


def test_standing_is_said_once() -> None:
    source, by = publish(source_with_text("A source.")), person("reviewer")
    set_standing(source, standing=Standing.CORRECTED, by=by, note="Notice.")
    head = log.head_seq()
    with pytest.raises(Unchanged, match="marked as corrected already"):
        set_standing(source, standing=Standing.CORRECTED, by=by, note="Notice.")
    assert log.head_seq() == head


def test_address_of_another_record_is_never_given_away() -> None:
    record = in_review()
    reviewer = person("reviewer")
    agree(record, reviewer)
    approve(record, reviewer)
    record = actions.revise(record, by=reviewer)
    Therapy.objects.filter(pk=record.pk).update(slug="moved")
    publish(record)
    late = therapy("Drug A, again", slug="drug-a")
    claim(late, "Drug A may reduce relapses.", source=Source.objects.get(), topic="outcome")
    actions.submit(late, by=person("editor"))
    agree(late, reviewer)
    with pytest.raises(AlreadyPublicAddress, match="drug-a"):
        approve(late, reviewer)


def test_address_is_never_another_record_s_id() -> None:
    record = in_review()
    therapy("Drug B", public_id="abcdefghjkmn")
    late = therapy("Drug A, again", slug="abcdefghjkmn")
    with pytest.raises(ValidationError, match="id of another record"):
        late.full_clean()
    claim(late, "Drug A may reduce relapses.", source=Source.objects.get(), topic="outcome")
    actions.submit(late, by=person("editor"))
    reviewer = person("reviewer")
    agree(late, reviewer)
    with pytest.raises(AlreadyPublicAddress, match="abcdefghjkmn"):
        approve(late, reviewer)
    assert free_slug(Therapy, "abcdefghjkmn") == "abcdefghjkmn-2"
    assert free_slug(Therapy, record.public_id) == f"{record.public_id}-2"


@pytest.mark.parametrize(
    "state", ["draft", "in-review", "changes-requested", "approved", "rejected"]
)
def test_withdraw_works_in_every_working_state(state: str) -> None:
    record = in_review()
    reviewer = person("reviewer")
    agree(record, reviewer)
    approve(record, reviewer)
    Therapy.objects.filter(pk=record.pk).update(state=state)
    done = actions.withdraw(record, by=reviewer, note="Wrong.")
    assert done.state == state
    assert not log.is_public("therapy", record.public_id)
    with pytest.raises(NotPublic):
        actions.withdraw(record, by=reviewer, note="Again.")


def test_withdrawn_record_becomes_public_again_by_approval() -> None:
    record = in_review()
    reviewer = person("reviewer")
    agree(record, reviewer)
    approve(record, reviewer)
    actions.withdraw(record, by=reviewer, note="Wrong.")
    publish(record)
    assert log.is_public("therapy", record.public_id)
    assert [e.version for e in log.entries("therapy", record.public_id)] == [1, 1, 2]


def test_discard_puts_back_the_last_public_content() -> None:
    record = in_review()
    reviewer = person("reviewer")
    agree(record, reviewer)
    approve(record, reviewer)
    before = record.content()
    actions.revise(record, by=reviewer)
    record.refresh_from_db()
    row = record.claims.get()
    row.text = "Other."
    row.save()
    extra = claim(record, "Drug A may reduce relapses.", source=Source.objects.get())
    evidence(row, "A source", source=Source.objects.get())
    not_stated(record, "safety")
    done = discard(record, reviewer)
    assert done.state == "approved"
    assert done.content() == before
    assert not Claim.objects.filter(pk=extra.pk).exists()


def test_discard_brings_back_a_deleted_claim() -> None:
    record = in_review()
    reviewer = person("reviewer")
    agree(record, reviewer)
    approve(record, reviewer)
    before = record.content()
    actions.revise(record, by=reviewer)
    record.claims.get().delete()
    assert discard(record, reviewer).content() == before


def test_discard_without_public_version_is_refused() -> None:
    with pytest.raises(NotPublic, match="no approved version"):
        discard(therapy("Drug A"), person("editor"))


def test_discard_of_a_draft_that_changed_meanwhile_is_refused() -> None:
    record, editor = publish(source_with_text(TEXT)), person("editor")
    record = actions.revise(record, by=editor)
    seen = review.content_digest(record)
    with editing(record, by=editor, seen_revision=record.revision, what="worked on it") as locked:
        locked.publisher = "Hours of work"
        locked.save()
    with pytest.raises(StaleContent, match="Read the present one"):
        actions.discard(record, by=person("editor"), digest=seen)
    assert Source.objects.get().publisher == "Hours of work"


def test_what_was_discarded_is_on_record() -> None:
    record, editor = publish(source_with_text(TEXT)), person("editor")
    record = actions.revise(record, by=editor)
    record.publisher = "Hours of work"
    record.save()
    discard(record, editor)
    dropped = ReviewEvent.objects.latest("pk")
    assert (dropped.action, json.loads(dropped.content)["publisher"]) == (
        "discard",
        "Hours of work",
    )
    assert Source.objects.get().publisher == ""


def test_contributor_of_a_discarded_draft_stays_one() -> None:
    record, editor = publish(source_with_text(TEXT)), person("reviewer")
    record = actions.revise(record, by=editor)
    with editing(record, by=editor, seen_revision=record.revision, what="worked on it"):
        pass
    record.refresh_from_db()
    record = actions.revise(discard(record, person("editor")), by=person("editor"))
    record = actions.submit(record, by=person("editor"))
    with pytest.raises(OwnWork):
        actions.take(record, by=editor)


def test_rejected_record_can_be_reopened() -> None:
    record = in_review()
    actions.reject(record, by=person("reviewer"), note="Too thin.")
    with pytest.raises(WrongState):
        actions.submit(record, by=person("editor"))
    assert actions.reopen(record, by=person("editor")).state == "draft"


def test_frozen_states_refuse_edits_of_the_record_and_its_parts() -> None:
    record = in_review()
    row = record.claims.get()
    with (
        pytest.raises(Locked, match="is in review"),
        editing(record, by=person("editor"), seen_revision=record.revision, what="x"),
    ):
        pass
    with pytest.raises(Locked):
        row.save()
    with pytest.raises(Locked):
        row.delete()
    with pytest.raises(Locked):
        row.evidence.get().delete()


def test_stale_edit_is_refused_before_anything_is_written() -> None:
    record = therapy("Drug A")
    with editing(record, by=person("editor"), seen_revision=0, what="x") as locked:
        locked.name = "Drug B"
        locked.save()
    with (
        pytest.raises(StaleEdit),
        editing(record, by=person("editor"), seen_revision=0, what="y"),
    ):
        pytest.fail("the block must not run")
    assert Therapy.objects.get().name == "Drug B"


def test_demonstration_accounts_mark_what_they_take_part_in() -> None:
    source = publish(source_with_text(TEXT), editor=person("editor", demonstration=True))
    assert Entry.objects.get().demonstration is True
    record = mechanism("B-cell depletion")
    claim(record, "Drug A depletes B cells.", source=source)
    publish(record)
    assert Entry.objects.latest("seq").demonstration is False


def test_demonstration_account_that_judged_marks_the_approval() -> None:
    record = in_review()
    agree(record, person("reviewer", demonstration=True))
    approve(record, person("reviewer"))
    assert Entry.objects.latest("seq").demonstration is True


def test_part_cannot_be_moved_out_of_a_frozen_record() -> None:
    record, other = in_review(), therapy("Drug B")
    row = record.claims.get()
    row.therapy = other
    with pytest.raises(Locked, match="Drug A is in review"):
        row.save()
    support = record.claims.get().evidence.get()
    support.claim = claim(other, "Drug A may reduce relapses.", source=Source.objects.get())
    with pytest.raises(Locked, match="Drug A is in review"):
        support.save()


def test_records_are_never_deleted() -> None:
    record = therapy("Drug A")
    with pytest.raises(FrozenRow, match="never deleted"):
        record.delete()


def test_machine_drafts_are_vouched_for_by_their_submitter() -> None:
    source = publish(source_with_text(TEXT))
    record = Mechanism.objects.create(name="M", slug="m", machine_proposed=True)
    claim(record, "Drug A depletes B cells.", source=source)
    editor = person("editor")
    actions.submit(record, by=editor)
    assert [c.user_id for c in contributions(record)] == [editor.pk]


def test_offers_say_why_an_action_is_refused() -> None:
    editor = person("reviewer")
    record = in_review(editor)
    refused = {o.move.name: o.refusal for o in review.offers(record, editor)}
    assert refused["approve"].startswith("you contributed")
    assert refused["request_changes"] == ""
    assert {o.move.name: o.refusal for o in review.offers(record, person("reviewer"))} == {
        "take": "",
        "assign": "",
        "request_changes": "",
        "approve": "",
        "reject": "",
    }


@pytest.mark.parametrize("kind", [Therapy, Mechanism, Source])
def test_where_nothing_is_to_judge_not_all_is_judged(
    kind: type[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    record, editor, reviewer = (
        kind._default_manager.create(slug="empty"),
        person(),
        person("reviewer"),
    )
    with pytest.raises(Blocked):
        actions.submit(record, by=editor)
    monkeypatch.setattr(type(record), "blockers", lambda self: [])  # a type that forgot to say so
    with pytest.raises(Blocked, match="There is nothing to judge"):
        actions.submit(record, by=editor)
    with monkeypatch.context() as before:
        before.setattr(review, "_faults", lambda *given, **more: [])
        record = actions.submit(record, by=editor)
    with pytest.raises(Blocked, match="There is nothing to judge"):
        actions.approve(record, by=reviewer, digest=review.content_digest(record), note="Read.")
