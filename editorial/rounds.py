"""Second rounds: what a person reviewed last, and what was disagreed with since an approval."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from editorial import review
from editorial.models import Judgement, Record, Reply, ReviewEvent, User
from editorial.moves import REJECT, REQUEST_CHANGES, SUBMIT
from editorial.pairs import Bound

_ANSWERED = frozenset({REQUEST_CHANGES.name, REJECT.name})


@dataclass(frozen=True, slots=True)
class Round:
    """A review of the person that was followed by another submission."""

    submitted: ReviewEvent
    """What they reviewed."""
    at: dt.datetime
    """When they did something last."""
    asked: ReviewEvent | None
    """The decision with which they ended it, if they did."""

    @property
    def body(self) -> dict[str, Any]:
        """The content that they saw."""
        return self.submitted.body


def last_round(record: Record, by: User, events: Sequence[ReviewEvent]) -> Round | None:
    """The person's newest review of an earlier submission of the coming version; ``events`` are
    the record's, oldest first.
    """
    submissions = [event for event in _of_coming(events) if event.action == SUBMIT.name]
    if len(submissions) < 2:
        return None
    asked = [e for e in events if e.actor_id == by.pk and e.action in _ANSWERED]
    judged = (
        Judgement.objects.filter(
            record_type=record.record_type, public_id=record.public_id, user_id=by.pk
        )
        .filter(at__lt=submissions[-1].at)
        .order_by("at")
        .last()
    )
    last = max([e.at for e in asked] + [j.at for j in [judged] if j], default=None)
    seen = [event for event in submissions if last is not None and event.at <= last]
    if not seen or last is None or seen[-1] == submissions[-1]:
        return None
    ended = next((e for e in reversed(asked) if e.at >= seen[-1].at), None)
    return Round(seen[-1], last, ended)


def _of_coming(events: Sequence[ReviewEvent]) -> Sequence[ReviewEvent]:
    """Those of the newest version that somebody submitted."""
    version = max((e.version for e in events if e.action == SUBMIT.name), default=0)
    return [event for event in events if event.version == version]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Somebody's newest word on a pair, while no later version was approved, and what the editors
    said to it.
    """

    judgement: Judgement
    place: Bound
    """The pair as it was: which statement, which passage."""
    stands: bool
    """Whether the pair is part of the present content, so that it stands in the way."""
    replies: tuple[Reply, ...]
    counts: bool
    """Whether it stands in the way: the pair is there, and who judged it has not worked on the
    version since, whereby a judgement is no outsider's any more.
    """

    typed: str = ""
    """An answer to it that is not sent."""

    @property
    def group(self) -> str:
        return self.place.group


def disagreements(
    record: Record,
    events: Sequence[ReviewEvent],
    present: Collection[str],
    insiders: Collection[int],
) -> list[Disagreement]:
    """Oldest first; ``present`` has the digests of the present pairs, ``insiders`` the ids of who
    contributed. Judgements on contents of
    which no submission is on record are told by nothing and left out.
    """
    by_record = {"record_type": record.record_type, "public_id": record.public_id}
    newest: dict[tuple[str, int], Judgement] = {}
    for judgement in Judgement.objects.filter(**by_record).order_by("pk"):
        newest[judgement.pair, judgement.user_id] = judgement
    against = [j for j in newest.values() if j.verdict == Judgement.Verdict.DISAGREE]
    if not against:
        return []
    places = _places(record, _of_coming(events))
    said: dict[int, list[Reply]] = {}
    for reply in Reply.objects.filter(judgement__in=against).order_by("pk"):
        said.setdefault(reply.judgement_id, []).append(reply)
    return [
        Disagreement(
            j,
            places[j.pair],
            stands=j.pair in present,
            replies=tuple(said.get(j.pk, ())),
            counts=j.pair in present and j.user_id not in insiders,
        )
        for j in sorted(against, key=lambda j: j.pk)
        if j.pair in places
    ]


def _places(record: Record, events: Sequence[ReviewEvent]) -> dict[str, Bound]:
    """By digest, the pairs of every content that was submitted as this version."""
    return {
        bound.digest: bound
        for event in events
        if event.action == SUBMIT.name
        for bound in record.bound(event.body)
    }


def of(record: Record) -> list[Disagreement]:
    """The record's disagreements, for a page that has nothing of it at hand yet."""
    present = {pair.digest for pair in record.pairs()}
    insiders = {person.user_id for person in review.contributors(record)}
    return disagreements(record, review.events(record), present, insiders)
