"""How far a record in review is from an approval, and what it waits for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from editorial.models import InReview, Judgement, Record, record_classes
from editorial.pairs import Blocker, Needed, Pair
from editorial.review import is_agreed, is_disputed
from editorial.states import State


@dataclass(frozen=True, slots=True)
class Awaited:
    """Another record that has to be public first, and how far that is."""

    record: Record
    why: tuple[Blocker, ...]
    row: InReview | None
    """None while it is not in review."""

    @property
    def ends_with_approval(self) -> bool:
        return self.row is not None and all(blocker.ends_with_approval for blocker in self.why)

    @property
    def reasons(self) -> list[str]:
        """Why it is waited for, where that is more than that it is not public."""
        return [blocker.message for blocker in self.why if blocker.code != "not-public"]

    @property
    def said(self) -> str:
        """Where it stands, in a few words."""
        if self.row is None:
            return self.record.working_state.label
        return f"{State.IN_REVIEW.label}: {in_words(self.row)}"


@dataclass(frozen=True, slots=True)
class Readiness:
    """What an approval would find now."""

    pairs: int
    judged: int
    """Pairs on which somebody who counts has said a word."""
    agreed: int
    disputed: int
    faults: tuple[Blocker, ...]
    """The record's own."""
    awaited: tuple[Awaited, ...]

    @property
    def left(self) -> int:
        """Pairs that lack an agreement."""
        return self.pairs - self.agreed

    @property
    def progress(self) -> str:
        return f"{self.judged} of {self.pairs} judged, {self.agreed} agreed"

    @property
    def is_judged(self) -> bool:
        return not (self.left or self.faults)

    @property
    def is_ready(self) -> bool:
        return self.is_judged and not self.awaited

    @property
    def may_be_bundled(self) -> bool:
        """Whether it waits for nothing but records in review whose approval ends the wait."""
        return bool(self.awaited) and all(one.ends_with_approval for one in self.awaited)


def readiness(
    pairs: Sequence[Pair], said: Mapping[str, Sequence[Judgement]], blockers: Sequence[Blocker]
) -> Readiness:
    """From what the review page has at hand: pairs, by digest the judgements that count, and what
    stands in the way besides.
    """
    words = [said.get(pair.digest, ()) for pair in pairs]
    return Readiness(
        pairs=len(pairs),
        judged=sum(bool(judgements) for judgements in words),
        agreed=sum(is_agreed(judgements) for judgements in words),
        disputed=sum(is_disputed(judgements) for judgements in words),
        faults=tuple(blocker for blocker in blockers if blocker.own),
        awaited=tuple(_awaited(blocker for blocker in blockers if not blocker.own)),
    )


def _awaited(blockers: Iterable[Blocker]) -> list[Awaited]:
    why: dict[Needed, list[Blocker]] = {}
    for blocker in blockers:
        if blocker.waits_for is not None:
            why.setdefault(blocker.waits_for, []).append(blocker)
    records = records_of(why)
    rows = {
        row.key: row for row in InReview.objects.filter(public_id__in=[n.public_id for n in why])
    }
    return [
        Awaited(records[one], tuple(found), rows.get((one.record_type, one.public_id)))
        for one, found in why.items()
        if one in records
    ]


def records_of(needed: Iterable[Needed]) -> dict[Needed, Record]:
    """The working records, in one query a type."""
    needed = list(needed)
    needed = list(needed)
    found: dict[Needed, Record] = {}
    for kind, model in record_classes().items():
        wanted = {one.public_id: one for one in needed if one.record_type == kind}
        if wanted:
            rows = model._default_manager.filter(public_id__in=wanted)
            found |= {wanted[row.public_id]: row for row in rows}
    return found


def in_words(row: InReview) -> str:
    """Where the review of a record stands, but for what it waits for."""
    if row.disputed:
        return f"{row.disputed} of {row.pairs} disagreed with"
    if row.unjudged:
        return f"{row.unjudged} of {row.pairs} not agreed to yet"
    return "all agreed to"
