"""The table of moves, each start state against each move, and moves that an app adds."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from editorial import actions, moves, review
from editorial.errors import (
    Blocked,
    NoContributor,
    NotAllowed,
    NoteMissing,
    NotPublic,
    NotText,
    OwnWork,
    UnknownMove,
    WrongState,
)
from editorial.models import Judgement, Record, ReviewEvent, User, record_classes
from editorial.moves import MOVES, Move, Public
from editorial.performing import Step, perform
from editorial.states import Role, State
from publication import log, published
from publication.entries import Entry
from publication.errors import UnknownAction
from sources.models import Source
from sources.moves import SET_STANDING
from tests.building import agree, claim, person, publish, source_with_text, therapy
from tests.workroom import page, pressed, signed_in, staff
from therapies.models import Therapy

S = State
ALLOWED = {
    (S.DRAFT, moves.SUBMIT): S.IN_REVIEW,
    (S.CHANGES_REQUESTED, moves.SUBMIT): S.IN_REVIEW,
    (S.IN_REVIEW, moves.TAKE): S.IN_REVIEW,
    (S.IN_REVIEW, moves.ASSIGN): S.IN_REVIEW,
    (S.IN_REVIEW, moves.JUDGE): S.IN_REVIEW,
    (S.IN_REVIEW, moves.REQUEST_CHANGES): S.CHANGES_REQUESTED,
    (S.IN_REVIEW, moves.APPROVE): S.APPROVED,
    (S.IN_REVIEW, moves.REJECT): S.REJECTED,
    (S.APPROVED, moves.REVISE): S.DRAFT,
    (S.DRAFT, moves.DISCARD): S.APPROVED,
    (S.IN_REVIEW, moves.RECALL): S.DRAFT,
    (S.DRAFT, moves.DROP): S.DISCARDED,
    (S.REJECTED, moves.REOPEN): S.DRAFT,
    (S.DISCARDED, moves.REOPEN): S.DRAFT,
    **{(state, moves.WITHDRAW): state for state in S},
}
TEXT = "A source. Drug A depletes B cells."


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
@pytest.mark.parametrize("state", State)
def test_next_state_follows_the_table_and_refuses_the_rest(state: State, move: Move) -> None:
    if (state, move) in ALLOWED:
        assert move.next_state(state) == ALLOWED[state, move]
        return
    with pytest.raises(WrongState, match=f"the record is {state.label}"):
        move.next_state(state)


def test_every_decision_needs_fresh_eyes() -> None:
    assert {move for move in MOVES if move.fresh_eyes} == {
        moves.TAKE,
        moves.JUDGE,
        moves.APPROVE,
        moves.REJECT,
    }


def test_decisions_are_offered_with_approval_first() -> None:
    decisions = [move for move in MOVES if move.decides]
    assert decisions == [moves.APPROVE, moves.REQUEST_CHANGES, moves.REJECT]


@pytest.mark.parametrize("model", record_classes().values(), ids=lambda m: m.__name__)
def test_a_move_s_name_tells_it_from_all_others(model: type[Record]) -> None:
    names = [move.name for move in model.moves]
    assert len(names) == len(set(names))
    assert model.moves[: len(MOVES)] == MOVES


@pytest.mark.parametrize("model", record_classes().values(), ids=lambda m: m.__name__)
def test_what_a_move_appends_can_be_folded(model: type[Record]) -> None:
    appended = {move.log_action for move in model.moves if move.log_action}
    assert appended == set(published.tables()[model.record_type].log_actions())


# A move that an app above adds: a row of the table is all that the kernel needs.

CHECK = Move(
    "check",
    "Look again",
    frozenset({S.APPROVED}),
    None,
    Role.REVIEWER,
    fresh_eyes=True,
    note_required=True,
    needs_public=Public.NOW,
    done="{record} was looked at again.",
)


@pytest.fixture
def checking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Therapy, "moves", (*Therapy.moves, CHECK))


def public_therapy(**people: Any) -> Therapy:
    source = publish(source_with_text(TEXT))
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=source)
    return publish(record, **people)


@pytest.mark.django_db
@pytest.mark.usefixtures("checking")
def test_added_move_is_performed_and_recorded() -> None:
    record, by = public_therapy(), person("reviewer")
    revision = record.revision

    done = perform(record, CHECK, by=by, note=" Still true. ")

    assert (done.working_state, done.revision) == (S.APPROVED, revision + 1)
    event = ReviewEvent.objects.latest("pk")
    assert (event.action, event.actor_id, event.note) == ("check", by.pk, "Still true.")
    assert (event.from_state, event.to_state) == ("approved", "approved")


@pytest.mark.django_db
@pytest.mark.usefixtures("checking")
def test_added_move_is_offered_to_those_who_may() -> None:
    editor = person("editor")
    record = public_therapy(editor=editor)

    offered = {o.move: o.refusal for o in review.offers(record, person("reviewer"))}
    assert offered[CHECK] == ""
    assert {o.move: o.refusal for o in review.offers(record, editor)}[CHECK] == (
        "needs the role reviewer"
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("checking")
def test_table_is_enforced_whole() -> None:
    insider = person("reviewer")
    record, by = public_therapy(), person("reviewer")

    with pytest.raises(NotAllowed):
        perform(record, CHECK, by=person("editor"), note="-")
    with pytest.raises(NoteMissing, match="Look again"):
        perform(record, CHECK, by=by, note="  ")
    actions.revise(record, by=insider)
    with pytest.raises(WrongState, match="Cannot check: the record is draft"):
        perform(record, CHECK, by=by, note="-")
    publish(record, editor=insider)
    actions.withdraw(record, by=by, note="-")
    with pytest.raises(NotPublic):
        perform(record, CHECK, by=by, note="-")
    assert not ReviewEvent.objects.filter(action="check").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("checking")
def test_added_move_wants_eyes_as_fresh_as_its_row_says(monkeypatch: pytest.MonkeyPatch) -> None:
    anywhere = replace(CHECK, sources=frozenset(S), needs_public=Public.NOTHING)
    monkeypatch.setattr(Therapy, "moves", (*Therapy.moves, anywhere))
    record, by = therapy("Drug A"), person("reviewer")
    claim(record, "Drug A depletes B cells.", source=source_with_text(TEXT))
    actions.submit(record, by=by)

    with pytest.raises(OwnWork):
        perform(record, anywhere, by=by, note="-")


@pytest.mark.django_db
@pytest.mark.usefixtures("checking")
def test_who_contributed_to_what_readers_see_has_no_fresh_eyes_for_it() -> None:
    author = person("editor")
    author.groups.add(Group.objects.get(name="reviewer"))
    record = public_therapy(editor=author)

    assert {o.move: o.refusal for o in review.offers(record, author)}[CHECK].startswith(
        "you contributed"
    )
    with pytest.raises(OwnWork):
        perform(record, CHECK, by=author, note="-")
    second = publish(record, reviewer=author)  # may review another's version
    assert perform(second, CHECK, by=author, note="-").working_state == S.APPROVED


@pytest.mark.django_db
def test_move_of_another_type_is_unknown() -> None:
    record, by = public_therapy(), person("reviewer")
    with pytest.raises(UnknownMove, match="“Change the standing” is nothing that can be done"):
        perform(record, SET_STANDING, by=by, note="-")
    with pytest.raises(UnknownMove):
        perform(record, replace(moves.APPROVE, fresh_eyes=False), by=by, note="-")


@pytest.mark.django_db
def test_move_that_is_logged_must_log_and_no_other_may() -> None:
    record, by = public_therapy(), person("reviewer")
    head, events = log.head_seq(), ReviewEvent.objects.count()

    with pytest.raises(RuntimeError, match="withdraw: the table says 'withdraw'"):
        perform(record, moves.WITHDRAW, by=by, note="-", effect=lambda step: None)
    with pytest.raises(UnknownAction):
        perform(record, moves.REVISE, by=by, effect=Step.mark)
    with pytest.raises(RuntimeError, match="withdraw goes into the log once"):
        perform(record, moves.WITHDRAW, by=by, note="-", effect=mark_twice)
    assert (log.head_seq(), ReviewEvent.objects.count()) == (head, events)
    record.refresh_from_db()
    assert record.working_state == S.APPROVED


def mark_twice(step: Step[Any]) -> None:
    step.mark()
    step.mark()


@pytest.mark.django_db
def test_move_that_does_more_is_never_performed_without_what_it_does() -> None:
    record, by = therapy("Drug A"), person("editor")
    for move in (m for m in MOVES if m.by_verb):
        with pytest.raises(RuntimeError, match=f"{move.name} is done by its verb"):
            perform(record, move, by=by, note="-")
    with pytest.raises(RuntimeError, match="submit: the event keeps the content, and got none"):
        perform(record, moves.SUBMIT, by=by, effect=lambda step: None)
    record.refresh_from_db()
    assert record.working_state == S.DRAFT
    assert not ReviewEvent.objects.exists()


def test_row_that_does_more_has_to_say_that_a_verb_does_it() -> None:
    for more in ({"log_action": "check"}, {"takes": ("digest",)}, {"keeps_content": True}):
        with pytest.raises(ValueError, match="check does more than change the state"):
            replace(CHECK, **more)


@pytest.mark.django_db
def test_note_is_kept_as_text_or_refused() -> None:
    record, by = public_therapy(), person("reviewer")
    for note in ("a\0b", "a\ud800b", "a\x02b", "a\u202eb", "x" * 4001):
        with pytest.raises(NotText, match="The note cannot be kept"):
            actions.withdraw(record, by=by, note=note)
    for note in ("\u200b", "\N{SOFT HYPHEN} \N{ZERO WIDTH JOINER}"):
        with pytest.raises(NotText, match="is not seen"):
            actions.withdraw(record, by=by, note=note)
    for note in ("", " \n", "\N{NO-BREAK SPACE}"):
        with pytest.raises(NoteMissing):
            actions.withdraw(record, by=by, note=note)
    assert log.is_public("therapy", record.public_id)
    actions.withdraw(record, by=by, note="  Wrong, λ and 中.\n")
    assert Entry.objects.latest("seq").note == "Wrong, λ and 中."


@pytest.mark.django_db
def test_standing_is_a_move_like_any_other() -> None:
    source, by = publish(source_with_text(TEXT)), person("reviewer")
    offers = {o.move for o in review.offers(source, by)}
    assert SET_STANDING in offers
    assert SET_STANDING not in {o.move for o in review.offers(Source.objects.create(slug="s"), by)}


@pytest.mark.parametrize("model", record_classes().values(), ids=lambda m: m.__name__)
def test_workroom_s_verbs_are_of_moves_that_the_record_knows(model: type[Record]) -> None:
    verbs = admin.site._registry[model].verbs  # type: ignore[attr-defined]
    assert set(verbs) == {move for move in model.moves if move.by_verb}


@pytest.mark.django_db
@pytest.mark.parametrize("more", [{}, {"note_required": False}, {"warning": "Think twice."}])
def test_added_move_is_done_on_the_review_page(
    more: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    move = replace(CHECK, **more)
    monkeypatch.setattr(Therapy, "moves", (*Therapy.moves, move))
    record, reviewer = public_therapy(), staff("reviewer")
    client = signed_in(reviewer)

    posted = pressed(client.get(page(record, "review")).content.decode(), "check")
    assert posted is not None
    assert ("note" in posted) is move.note_required
    if move.note_required:
        posted["note"] = "Still true."
    assert client.post(page(record, "act"), posted).status_code == 302
    assert ReviewEvent.objects.latest("pk").action == "check"


@pytest.mark.django_db
def test_every_move_is_offered_with_a_form_that_gives_what_it_asks_for() -> None:
    """Each state of a therapy and of a source, as somebody sees it who has both roles."""
    user = staff("reviewer")
    user.groups.add(Group.objects.get(name="editor"))
    met = set()
    every = in_every_state(by=user)
    sent = every[1]
    for record in every:
        html = signed_in(user).get(page(record, "review")).content.decode()
        for offer in review.offers(record, user):
            if offer.refusal:
                assert record == sent
                assert offer.refusal.startswith("you contributed")
                continue
            posted = pressed(html, offer.move.name)
            assert posted is not None, offer.move.name
            wanted = {*offer.move.takes, *(["note"] if offer.move.note_required else [])}
            assert wanted <= set(posted)
            met.add(offer.move)
    assert met == {*Source.moves} - {moves.JUDGE}  # which each pair has its own form for


def in_every_state(*, by: User) -> list[Record]:
    """A source in each state, one of them public before, and what ``by`` submitted and began."""
    editor, reviewer = person("editor"), person("reviewer")
    mine = source_with_text("My source.", title="My source")
    found: list[Record] = [
        actions.recall(actions.submit(mine, by=by), by=by),
        actions.submit(source_with_text("Sent by me.", title="Sent by me"), by=by),
    ]
    for state in S:
        source = source_with_text(f"{state} source.", title=f"{state} source")
        if state == S.DISCARDED:
            source = actions.drop(source, by=editor, note="-")
        if state in (S.APPROVED, S.DRAFT):
            source = publish(source, editor=editor, reviewer=reviewer)
        if state == S.DRAFT:
            source = actions.revise(source, by=editor)
        if state in (S.IN_REVIEW, S.CHANGES_REQUESTED, S.REJECTED):
            source = actions.submit(source, by=editor)
        if state == S.IN_REVIEW:
            agree(source, reviewer)  # or it could not be approved
        if state == S.CHANGES_REQUESTED:
            source = actions.request_changes(source, by=reviewer, note="-")
        if state == S.REJECTED:
            source = actions.reject(source, by=reviewer, note="-")
        assert source.working_state == state
        found.append(source)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(set(S) - {S.IN_REVIEW}))
def test_pairs_are_judged_in_review_alone(state: State) -> None:
    by = person("editor")
    record = next(r for r in in_every_state(by=by) if r.working_state == state)
    pair = record.pairs()[0].digest if record.pairs() else "0" * 64
    before = Judgement.objects.count()
    with pytest.raises(WrongState, match="Cannot judge"):
        actions.judge(record, pair=pair, verdict="agree", by=person("reviewer"))
    assert Judgement.objects.count() == before


@pytest.mark.django_db
def test_where_there_is_nothing_to_judge_nothing_is_approved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=publish(source_with_text(TEXT)))
    sent = actions.submit(record, by=person("editor"))
    monkeypatch.setattr(Therapy, "pairs", lambda record: [])
    reviewer, digest = person("reviewer"), review.content_digest(sent)
    with pytest.raises(Blocked, match="There is nothing to judge"):
        actions.approve(sent, by=reviewer, digest=digest, note="Checked.")


@pytest.mark.django_db
def test_content_that_nobody_contributed_to_is_not_approved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = therapy("Drug A")
    claim(record, "Drug A depletes B cells.", source=publish(source_with_text(TEXT)))
    sent, reviewer = actions.submit(record, by=person("editor")), person("reviewer")
    agree(sent, reviewer)
    monkeypatch.setattr(actions, "contributions", lambda record: [])
    with pytest.raises(NoContributor):
        actions.approve(sent, by=reviewer, digest=review.content_digest(sent), note="Checked.")
    assert not log.is_public("therapy", sent.public_id)
