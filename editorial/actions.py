"""What people do to records: one function a verb, one transaction each, the actor always ``by``.

``perform`` is the kernel of all: it checks the whole row of the table of moves before anything is
written, raises a named ``EditorialError`` otherwise, and returns the locked record as it is
afterwards. A verb adds what is its own. An app above adds a move to its records' ``moves`` and,
where the move does more than change the state, a verb.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.utils import timezone

from editorial import review
from editorial.editing import (
    coming_version,
    contributions,
    has_contributed,
    lock,
    record_contribution,
)
from editorial.errors import (
    AlreadyPublicAddress,
    Blocked,
    NoContributor,
    NoSuchChoice,
    NoteMissing,
    NotPublic,
    OwnWork,
    StaleContent,
    UnknownMove,
    UnknownPair,
)
from editorial.models import Judgement, Record, ReviewEvent, User
from editorial.moves import (
    APPROVE,
    DISCARD,
    JUDGE,
    REJECT,
    REOPEN,
    REQUEST_CHANGES,
    REVISE,
    SUBMIT,
    TAKE,
    WITHDRAW,
    Move,
    Public,
)
from editorial.pairs import Blocker, Pair
from editorial.permissions import require
from editorial.review import standing_judgements, unjudged
from editorial.states import State
from publication import log
from publication.canonical import canonical, digest, digest_of
from publication.difference import compare
from publication.entries import Entry
from publication.published import PublishedAddress

R = TypeVar("R", bound=Record)

_IDENTITY = ("schema", "type", "id", "slug", "name")
"""What an entry that publishes no content says of its record."""


@dataclass(slots=True)
class Step(Generic[R]):
    """A move under way: its record is locked, its row of the table is checked."""

    record: R
    move: Move
    by: User
    note: str
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
        """Append the move's entry to the publication log."""
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
            judgements=[dict(judgement) for judgement in judgements],
            note=self.note,
            # The word of any demonstration account makes it one.
            demonstration=User.objects.filter(pk__in=people, demonstration=True).exists(),
        )

    def mark(self, **more: str) -> None:
        """Append an entry that publishes nothing but says something of the newest version."""
        newest = self.newest
        if newest is None:
            raise NotPublic("There is no approved version of which it could be said.")
        identity = {key: newest.body[key] for key in _IDENTITY}
        self.append({**identity, **more}, version=newest.version)


Effect = Callable[[Step[R]], None]


def _nothing(step: Step[R]) -> None:
    """Most moves only change the state."""


def perform(record: R, move: Move, *, by: User, note: str = "", effect: Effect[R] = _nothing) -> R:
    """Do one move of the record's table: whole, in one transaction, or not at all.

    ``effect`` is what the move does beside the state, between the checks and the writing of state
    and event. Raises ``UnknownMove``, ``NotAllowed``, ``WrongState``, ``OwnWork``,
    ``NoteMissing`` or ``NotPublic``, checked in this order, and what ``effect`` raises.
    """
    if move not in record.moves:
        raise UnknownMove(f"“{move.label}” is nothing that can be done to a {record.record_type}.")
    require(by, move.role)
    with transaction.atomic():
        step = _begin(record, move, by=by, note=note.strip())
        effect(step)
        if bool(step.entry) is not bool(move.log_action):
            raise RuntimeError(
                f"{move.name}: the table says {move.log_action or 'nothing'!r} goes into the log, "
                f"and {step.entry or 'nothing'} did."
            )
        if not move.of_a_pair:
            _finish(step)
        return step.record


def _begin(record: R, move: Move, *, by: User, note: str) -> Step[R]:
    """Lock the row and check it against the table."""
    locked = lock(record)
    move.next_state(locked.working_state)
    if move.fresh_eyes and has_contributed(locked, by):
        raise OwnWork(
            f"{by.display_name} contributed to this version and cannot review it. "
            "Somebody who did not touch it has to."
        )
    if move.note_required and not note:
        raise NoteMissing(f"{move.label}: write a note that gives the reason.")
    if not review.is_public_enough(locked, move):
        raise NotPublic(_NEEDS[move.needs_public])
    return Step(locked, move, by, note)


_NEEDS = {
    Public.NOW: "The record is not public now, so there is nothing that this could be done to.",
    Public.ONCE: "There is no approved version to go back to. A draft that was never approved "
    "can be submitted and rejected.",
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


def submit(record: R, *, by: User, note: str = "") -> R:
    """Send a draft to review; the submitter vouches for it and becomes a contributor."""

    def vouch(step: Step[R]) -> None:
        own = [blocker for blocker in step.record.blockers() if blocker.own]
        if own:
            raise Blocked(own)
        record_contribution(step.record, by=by, what="submitted")
        step.content = step.record.content()

    return perform(record, SUBMIT, by=by, note=note, effect=vouch)


def take(record: R, *, by: User, note: str = "") -> R:
    """Say who reviews; another reviewer may take it over."""

    def name(step: Step[R]) -> None:
        step.record.reviewer = by

    return perform(record, TAKE, by=by, note=note, effect=name)


def judge(record: R, *, pair: str, verdict: Judgement.Verdict | str, by: User, note: str = "") -> R:
    """Agree or disagree that a pair's passage bears on its statement as directed."""
    if verdict not in Judgement.Verdict.values:
        raise NoSuchChoice("A judgement is agree or disagree.")

    def keep(step: Step[R]) -> None:
        if pair not in {p.digest for p in step.record.pairs()}:
            raise UnknownPair(
                "This pair of claim and passage is not part of the present content. "
                "Reload the review page and judge the present one."
            )
        Judgement.objects.create(
            pair=pair,
            record_type=step.record.record_type,
            public_id=step.record.public_id,
            user_id=by.pk,
            user_name=by.display_name,
            verdict=Judgement.Verdict(verdict),
            note=note,
            at=timezone.now(),
        )

    return perform(record, JUDGE, by=by, note=note, effect=keep)


def request_changes(record: R, *, by: User, note: str) -> R:
    """Send the record back to its editors with a note."""
    return perform(record, REQUEST_CHANGES, by=by, note=note)


def reject(record: R, *, by: User, note: str) -> R:
    """Close the review without publishing; ``reopen`` makes it a draft again."""
    return perform(record, REJECT, by=by, note=note)


def revise(record: R, *, by: User) -> R:
    """Open a draft on an approved record; readers keep the public version."""
    return perform(record, REVISE, by=by)


def reopen(record: R, *, by: User) -> R:
    """Make a rejected record a draft again."""
    return perform(record, REOPEN, by=by)


def discard(record: R, *, by: User, digest: str, note: str = "") -> R:
    """Drop the draft whose digest was on the screen: the rows go back to the last approved
    content. What is dropped stays on record in the event.
    """

    def drop(step: Step[R]) -> None:
        step.content = step.record.content()
        if digest_of(step.content) != digest:
            raise StaleContent([], known=False)
        newest = step.newest
        if newest is not None:  # which the table demands
            step.record.restore(newest.body)

    return perform(record, DISCARD, by=by, note=note, effect=drop)


def approve(record: R, *, by: User, digest: str, note: str) -> R:
    """Publish exactly the content whose digest was on the reviewer's screen."""

    def publish(step: Step[R]) -> None:
        people = contributions(step.record)
        if not people:
            raise NoContributor(
                "Nobody is recorded as contributor of this version, so nobody vouches for it. "
                "Send it back; it has to be submitted by a person."
            )
        step.content, pairs = step.record.content(), step.record.pairs()
        _require_seen(step.record, seen=digest, content=step.content)
        _require_ready(step.record, content=step.content, unjudged=unjudged(pairs, people))
        step.append(
            step.content,
            version=coming_version(step.record),
            contributors=[{"id": p.user_id, "name": p.user_name} for p in people],
            judgements=standing_judgements(pairs, people),
        )

    return perform(record, APPROVE, by=by, note=note, effect=publish)


def withdraw(record: R, *, by: User, note: str) -> R:
    """The emergency exit: take the public version down at once; the working state stays."""
    return perform(record, WITHDRAW, by=by, note=note, effect=Step.mark)


Verb = Callable[..., Record]
VERBS: dict[Move, Verb] = {
    SUBMIT: submit,
    TAKE: take,
    JUDGE: judge,
    APPROVE: approve,
    WITHDRAW: withdraw,
    DISCARD: discard,
}
"""The verbs of moves that do more than change the state."""


def _require_seen(locked: Record, *, seen: str, content: dict[str, Any]) -> None:
    """The content must be the one on the reviewer's screen, which must be the one submitted."""
    present = digest_of(content)
    newest = review.submission(locked)
    if seen == present and newest is not None and newest.digest == present:
        return
    basis = review.submission(locked, seen) if seen != present else newest
    body = basis.body if basis is not None else None
    raise StaleContent(compare(body, content) if body else [], known=body is not None)


def _require_ready(locked: Record, *, content: dict[str, Any], unjudged: list[Pair]) -> None:
    """Everything that approval demands of the content, all reasons at once."""
    taken = (
        PublishedAddress.objects.filter(record_type=locked.record_type, slug=content["slug"])
        .exclude(public_id=locked.public_id)
        .exists()
    )
    if taken:
        raise AlreadyPublicAddress(
            f"The address “{content['slug']}” belongs to another record, now or in the past. "
            "Send it back and choose another address."
        )
    blockers = [*locked.blockers()]
    blockers += [
        Blocker("not-judged", f"Not judged “agree” by a reviewer: {p.heading}: {p.statement}")
        for p in unjudged
    ]
    if blockers:
        raise Blocked(blockers)
