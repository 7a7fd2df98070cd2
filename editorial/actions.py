"""What people do to records: one function a verb, one transaction each, the actor always ``by``.

Every function checks role, state and four eyes before it writes, raises a named
``EditorialError`` otherwise, and returns the locked record as it is afterwards.
"""

from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

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
    NoteMissing,
    NotPublic,
    OwnWork,
    StaleContent,
    UnknownPair,
)
from editorial.models import Judgement, Record, ReviewEvent, User
from editorial.pairs import Blocker, Pair
from editorial.permissions import require
from editorial.review import standing_judgements, unjudged
from editorial.states import MOVES, Action, State, next_state
from publication import log
from publication.canonical import canonical, digest, digest_of
from publication.difference import compare
from publication.entries import APPROVE, WITHDRAW
from publication.models import Contribution
from publication.published import PublishedAddress

R = TypeVar("R", bound=Record)


def submit(record: R, *, by: User, note: str = "") -> R:
    """Send a draft to review; the submitter vouches for it and becomes a contributor."""
    with transaction.atomic():
        locked = _begin(record, Action.SUBMIT, by=by, note=note)
        own = [b for b in locked.blockers() if b.own]
        if own:
            raise Blocked(own)
        record_contribution(locked, by=by, what="submitted")
        return _finish(locked, Action.SUBMIT, by=by, note=note, content=locked.content())


def take(record: R, *, by: User) -> R:
    """Say who reviews; another reviewer may take it over."""
    with transaction.atomic():
        locked = _begin(record, Action.TAKE, by=by)
        locked.reviewer = by
        return _finish(locked, Action.TAKE, by=by)


def judge(record: R, *, pair: str, verdict: Judgement.Verdict | str, by: User, note: str = "") -> R:
    """Agree or disagree that a pair's passage bears on its statement as directed."""
    with transaction.atomic():
        locked = _begin(record, Action.JUDGE, by=by)
        if pair not in {p.digest for p in locked.pairs()}:
            raise UnknownPair(
                "This pair of claim and passage is not part of the present content. "
                "Reload the review page and judge the present one."
            )
        Judgement.objects.create(
            pair=pair,
            record_type=locked.record_type,
            public_id=locked.public_id,
            user_id=by.pk,
            user_name=by.display_name,
            verdict=Judgement.Verdict(verdict),
            note=note,
            at=timezone.now(),
        )
        return locked


def request_changes(record: R, *, by: User, note: str) -> R:
    """Send the record back to its editors with a note."""
    return _plain(record, Action.REQUEST_CHANGES, by=by, note=note)


def reject(record: R, *, by: User, note: str) -> R:
    """Close the review without publishing; ``reopen`` makes it a draft again."""
    return _plain(record, Action.REJECT, by=by, note=note)


def revise(record: R, *, by: User) -> R:
    """Open a draft on an approved record; readers keep the public version."""
    return _plain(record, Action.REVISE, by=by)


def reopen(record: R, *, by: User) -> R:
    """Make a rejected record a draft again."""
    return _plain(record, Action.REOPEN, by=by)


def discard(record: R, *, by: User, digest: str) -> R:
    """Drop the draft whose digest was on the screen: the rows go back to the last approved
    content. What is dropped stays on record in the event.
    """
    with transaction.atomic():
        locked = _begin(record, Action.DISCARD, by=by)
        entry = log.latest_approval(locked.record_type, locked.public_id)
        if entry is None:
            raise NotPublic(
                "There is no approved version to go back to. A draft that was never approved "
                "can be submitted and rejected."
            )
        dropped = locked.content()
        if digest_of(dropped) != digest:
            raise StaleContent([], known=False)
        locked.restore(entry.body)
        return _finish(locked, Action.DISCARD, by=by, content=dropped)


def approve(record: R, *, by: User, digest: str, note: str) -> R:
    """Publish exactly the content whose digest was on the reviewer's screen."""
    with transaction.atomic():
        locked = _begin(record, Action.APPROVE, by=by, note=note)
        people = contributions(locked)
        if not people:
            raise NoContributor(
                "Nobody is recorded as contributor of this version, so nobody vouches for it. "
                "Send it back; it has to be submitted by a person."
            )
        content, pairs = locked.content(), locked.pairs()
        _require_seen(locked, seen=digest, content=content)
        _require_ready(locked, content=content, unjudged=unjudged(pairs, people))
        version, judgements = coming_version(locked), standing_judgements(pairs, people)
        log.append(
            action=APPROVE,
            record_type=locked.record_type,
            public_id=locked.public_id,
            version=version,
            content=content,
            contributors=[{"id": p.user_id, "name": p.user_name} for p in people],
            approver={"id": by.pk, "name": by.display_name},
            judgements=judgements,
            note=note.strip(),
            demonstration=_demonstration(by, people, judgements),
        )
        return _finish(locked, Action.APPROVE, by=by, note=note, content=content, version=version)


def withdraw(record: R, *, by: User, note: str) -> R:
    """The emergency exit: take the public version down at once; the working state stays."""
    with transaction.atomic():
        locked = _begin(record, Action.WITHDRAW, by=by, note=note)
        entry = log.latest_approval(locked.record_type, locked.public_id)
        if entry is None or not log.is_public(locked.record_type, locked.public_id):
            raise NotPublic("The record is not public, so there is nothing to withdraw.")
        body = entry.body
        log.append(
            action=WITHDRAW,
            record_type=locked.record_type,
            public_id=locked.public_id,
            version=entry.version,
            content={key: body[key] for key in ("schema", "type", "id", "slug", "name")},
            contributors=[],
            approver={"id": by.pk, "name": by.display_name},
            judgements=[],
            note=note.strip(),
            demonstration=by.demonstration,
        )
        return _finish(locked, Action.WITHDRAW, by=by, note=note, version=entry.version)


def _plain(record: R, action: Action, *, by: User, note: str = "") -> R:
    with transaction.atomic():
        locked = _begin(record, action, by=by, note=note)
        return _finish(locked, action, by=by, note=note)


def _begin(record: R, action: Action, *, by: User, note: str = "") -> R:
    """Lock the row, then check role, state, four eyes and note, in that order."""
    move = MOVES[action]
    require(by, move.role)
    locked = lock(record)
    next_state(locked.working_state, action)
    if move.fresh_eyes and has_contributed(locked, by):
        raise OwnWork(
            f"{by.display_name} contributed to this version and cannot review it. "
            "Somebody who did not touch it has to."
        )
    if move.note_required and not note.strip():
        raise NoteMissing(f"{move.label}: write a note that gives the reason.")
    return locked


def _finish(
    locked: R,
    action: Action,
    *,
    by: User,
    note: str = "",
    content: dict[str, Any] | None = None,
    version: int | None = None,
) -> R:
    """Write the new state and the event."""
    before = locked.working_state
    locked.state = next_state(before, action)
    if locked.working_state != State.IN_REVIEW:
        locked.reviewer = None
    locked.revision += 1
    locked.save(update_fields=["state", "reviewer", "revision", "changed_at"])
    text = canonical(content) if content is not None else ""
    ReviewEvent.objects.create(
        record_type=locked.record_type,
        public_id=locked.public_id,
        version=version or coming_version(locked),
        action=action,
        from_state=before,
        to_state=locked.state,
        actor_id=by.pk,
        actor_name=by.display_name,
        note=note.strip(),
        digest=digest(text) if text else "",
        content=text if action in (Action.SUBMIT, Action.DISCARD) else "",
        at=timezone.now(),
    )
    return locked


def _require_seen(locked: Record, *, seen: str, content: dict[str, Any]) -> None:
    """The content must be the one on the reviewer's screen, which must be the one submitted."""
    present = digest(canonical(content))
    submissions = ReviewEvent.objects.filter(
        record_type=locked.record_type, public_id=locked.public_id, action=Action.SUBMIT
    )
    newest = submissions.order_by("-pk").first()
    if seen == present and newest is not None and newest.digest == present:
        return
    basis = submissions.filter(digest=seen).order_by("-pk").first() if seen != present else newest
    body = _body(basis)
    raise StaleContent(compare(body, content) if body else [], known=body is not None)


def _body(event: ReviewEvent | None) -> dict[str, Any] | None:
    import json

    return json.loads(event.content) if event is not None else None


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


def _demonstration(by: User, people: list[Contribution], judgements: list[dict[str, Any]]) -> bool:
    """True when any of those whose word the entry rests on is a demonstration account."""
    ids = [by.pk, *(p.user_id for p in people), *(j["by"]["id"] for j in judgements)]
    return User.objects.filter(pk__in=ids, demonstration=True).exists()
