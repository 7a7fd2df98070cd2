"""The kernel of everything that people do to records: one move, whole or not at all.

``perform`` checks the whole row of the table of moves before anything is written, and raises a
named ``EditorialError`` otherwise. It is open: an app above adds a move to its records' ``moves``,
and, where the move does more than change the state, a verb that hands its effect to ``perform``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils import timezone

from editorial import interests, review, waiting
from editorial.editing import coming_version
from editorial.errors import (
    DateDoubtful,
    NoteMissing,
    NotPublic,
    NotSubmitter,
    NotText,
    Outdated,
    OwnWork,
    UnknownMove,
)
from editorial.locking import lock, whole
from editorial.models import Record, ReviewEvent, User
from editorial.moves import SUBMIT, Move, Public
from editorial.noting import says_something, written
from editorial.permissions import require, still_holds
from editorial.states import State
from publication import log
from publication.canonical import canonical, digest
from publication.clock import DoubtfulDate, WrongClock
from publication.entries import Entry
from publication.errors import UnfitText

R = TypeVar("R", bound=Record)

_IDENTITY = ("type", "id", "slug", "name")
"""What an entry that publishes no content says of its record."""


@dataclass(slots=True)
class Step(Generic[R]):
    """A move under way: its record is locked, its row of the table is checked."""

    record: R
    move: Move
    by: User
    """The person as the database has them now."""
    note: str
    dated: str = ""
    """The day that the person confirmed, where the machine's date is in doubt."""
    content: dict[str, Any] | None = None
    """What the event bears the digest of."""
    entry: Entry | None = None
    """What was appended to the log."""

    @property
    def newest(self) -> Entry | None:
        """The approval of the newest version, withdrawn or not."""
        return log.latest_approval(self.record.record_type, self.record.public_id)

    def append(
        self,
        content: Mapping[str, Any],
        *,
        version: int,
        contributors: Sequence[log.Person] = (),
        judgements: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """Append the move's one entry to the publication log."""
        if self.entry is not None:
            raise RuntimeError(f"{self.move.name} goes into the log once, and did already.")
        people = [
            self.by.pk,
            *(p["id"] for p in contributors),
            *(j["by"]["id"] for j in judgements),
        ]
        self.entry = log.append(
            action=self.move.log_action,
            record_type=self.record.record_type,
            public_id=self.record.public_id,
            version=version,
            content=dict(content),
            contributors=contributors,
            approver={"id": self.by.pk, "name": self.by.display_name},
            interests=interests.stated(self.by),
            judgements=[dict(judgement) for judgement in judgements],
            note=self.note,
            # The word of any demonstration account makes it one.
            demonstration=User.objects.filter(pk__in=people, demonstration=True).exists(),
            dated=self.dated,
        )
        self.note = self.entry.note  # which says so where a date was confirmed

    def mark(self, **more: str) -> None:
        """Append an entry that publishes nothing but says something of the newest version."""
        newest = self.newest
        if newest is None:
            raise NotPublic("There is no approved version of which it could be said.")
        identity = {key: newest.body[key] for key in _IDENTITY} | {"schema": self.record.schema}
        self.append({**identity, **more}, version=newest.version)


Effect = Callable[[Step[R]], None]


def _nothing(step: Step[R]) -> None:
    """Most moves only change the state."""


def perform(
    record: R,
    move: Move,
    *,
    by: User,
    note: str = "",
    seen: str | None = None,
    dated: str = "",
    effect: Effect[R] = _nothing,
) -> R:
    """Do one move of the record's table: whole, in one transaction, or not at all.

    ``seen`` is ``review.token``, or the content's digest, as it was when the person looked;
    ``None`` where there is no screen. ``dated`` is the day (``YYYY-MM-DD``) that the person
    confirmed after a ``DateDoubtful``. ``effect`` is what the move does beside the state, between
    the checks and the writing of state and event.

    Raises ``UnknownMove``, ``NotAllowed``, ``NotText``, ``Busy``, ``OwnWork``, ``NotSubmitter``,
    ``Outdated``, ``WrongState``, ``NoteMissing`` or ``NotPublic``, checked in this order, and what
    ``effect`` raises; ``RuntimeError`` when the effect is not the one that the table says.
    """
    if move not in record.moves:
        raise UnknownMove(f"“{move.label}” is nothing that can be done to a {record.record_type}.")
    if move.by_verb and effect is _nothing:
        raise RuntimeError(f"{move.name} is done by its verb, which hands over the effect.")
    require(by, move.role)
    note = written(note)
    with whole():
        step = _begin(record, move, by=by, note=note, seen=seen)
        step.dated = dated
        _do(step, effect)
        if bool(step.entry) is not bool(move.log_action):
            raise RuntimeError(
                f"{move.name}: the table says {move.log_action or 'nothing'!r} goes into the log, "
                f"and {step.entry or 'nothing'} did."
            )
        if move.keeps_content and step.content is None:
            raise RuntimeError(f"{move.name}: the event keeps the content, and got none.")
        if not move.of_a_pair:
            _finish(step)
            _list(step)
        return step.record


def _begin(record: R, move: Move, *, by: User, note: str, seen: str | None) -> Step[R]:
    """Lock the row, read the person's rights anew, and check both against the table."""
    locked = lock(record)
    by = still_holds(by, move.role)
    if review.is_own_work(locked, move, by):
        raise OwnWork(
            f"{by.display_name} contributed to this version and cannot review it. "
            "Somebody who did not touch it has to."
        )
    if move.by_submitter and not review.has_submitted(locked, by):
        raise NotSubmitter(
            f"{locked.name} was not submitted by {by.display_name}, so it is not theirs to take "
            "back. A reviewer can send it back."
        )
    if seen is not None and not review.is_what_was_seen(locked, move, seen):
        raise Outdated(_what_happened(locked, move, by))
    move.next_state(locked.working_state)
    if move.note_required and not says_something(note):
        raise NoteMissing(f"{move.label}: write a note that gives the reason.")
    if not review.is_public_enough(locked, move):
        raise NotPublic(_NEEDS[move.needs_public])
    if move.log_action:
        log.hold()  # what the effect reads of other records is then as the entry finds it
    return Step(locked, move, by, note)


def _what_happened(record: Record, move: Move, by: User) -> str:
    """Why the page that the person looked at is not the present one."""
    events = review.events(record)
    last = events[-1] if events else None
    if last is None:
        return "The record was changed after this page was opened. Nothing was done: look again."
    at = f"{timezone.localtime(last.at):%d %B %Y, %H:%M} UTC"
    if (last.action, last.actor_id) == (move.name, by.pk):
        return f"You did this already, on {at}. Nothing was done again."
    return (
        "Something was done to the record after this page was opened, and nothing of yours was "
        f"done. The last step: {last.action.replace('_', ' ')}, {last.actor_name}, {at}. "
        "Look again, then decide."
    )


def _do(step: Step[R], effect: Effect[R]) -> None:
    """The effect, and what the log refuses as a sentence for the person."""
    try:
        effect(step)
    except DoubtfulDate as problem:
        raise DateDoubtful(str(problem), today=problem.today) from problem
    except WrongClock as problem:
        raise DateDoubtful(str(problem), today="") from problem
    except UnfitText as problem:
        raise NotText(str(problem)) from problem


def _list(step: Step[R]) -> None:
    """Put the queue in step with what was done; an entry about the record may change what it rests
    on.
    """
    if step.move == SUBMIT or (step.entry and step.record.working_state == State.IN_REVIEW):
        waiting.list_submitted(step.record)
    elif step.record.working_state == State.IN_REVIEW:
        waiting.list_anew(step.record)
    else:
        waiting.drop(step.record)
    if step.entry is not None:
        waiting.look_again(step.record.record_type, step.record.public_id)


_NEEDS = {
    Public.NOW: "The record is not public now, so there is nothing that this could be done to.",
    Public.ONCE: "There is no approved version to go back to. A draft that was never approved is "
    "discarded as a record.",
    Public.NEVER: "The record was public, so it stays; its draft can be discarded.",
}


def _finish(step: Step[R]) -> None:
    """Write the new state and the event."""
    record, move = step.record, step.move
    before = record.working_state
    record.state = move.next_state(before)
    if record.working_state != State.IN_REVIEW:
        record.reviewer = None
    record.revision += 1
    record.save(update_fields=["state", "reviewer", "revision", "changed_at"])
    text = canonical(step.content) if step.content is not None else ""
    ReviewEvent.objects.create(
        record_type=record.record_type,
        public_id=record.public_id,
        version=step.entry.version if step.entry else coming_version(record),
        action=move.name,
        from_state=before,
        to_state=record.state,
        actor_id=step.by.pk,
        actor_name=step.by.display_name,
        note=step.note,
        digest=digest(text) if text else "",
        content=text if move.keeps_content else "",
        at=timezone.now(),
    )
