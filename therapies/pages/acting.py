"""Which therapies act by a mechanism, as approved claims have it, and how surely they say so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from publication import plainly
from publication.plainly import LISTED
from publication.published import in_order
from therapies.choices import FAVOURABLE, SAYS_SO, Certainty, Direction
from therapies.pages.marks import CERTAINTY, DISAGREE, PARTLY, Mark
from therapies.pages.snapshot import Snapshot
from therapies.pages.void import directions
from therapies.published import PublishedClaim, PublishedMechanism, PublishedSubject, with_below

VOID = Mark("void", "Only a retracted or withdrawn source says so")


@dataclass(frozen=True, slots=True)
class Acting:
    """That a therapy acts by a mechanism; ``mark`` says what is not plain about it."""

    therapy: str
    """Its public id, as is the next."""
    mechanism: str
    mark: Mark | None


@dataclass(slots=True)
class _Said:
    """One claim that names the mechanism, and what it rests on."""

    certainty: str
    directions: set[str] = field(default_factory=set)
    """What passages do for it, without those of a source that was retracted or withdrawn."""
    is_sound: bool = False
    """Whether a source that was neither retracted nor withdrawn supports it."""


def acting(mechanisms: Any, snapshot: Snapshot) -> list[Acting]:
    """The therapies of which a claim says that they act by one of these, or may; public ids, or a
    query that finds them.

    What nobody says but to deny it, or to aim at it, is not among them.
    """
    public = PublishedClaim.objects.as_of(snapshot.seq).order_by()
    rows = public.filter(subject_type="therapy", mechanism_id__in=mechanisms)
    claims = list(rows)
    said = {row.told: _Said(row.certainty) for row in claims}
    for told, direction, is_void in directions(claims, snapshot.seq):
        if not (is_void and direction in FAVOURABLE):
            said[told].directions.add(direction)
        said[told].is_sound |= direction in FAVOURABLE and not is_void
    by_pair: dict[tuple[str, str], list[_Said]] = {}
    for row in claims:
        by_pair.setdefault((row.subject_id, row.mechanism_id), []).append(said[row.told])
    return [
        Acting(therapy, mechanism, _mark(found))
        for (therapy, mechanism), found in by_pair.items()
        if any(one.certainty in SAYS_SO for one in found)
    ]


def acting_by_kinds(
    mechanisms: Collection[str], by_id: Mapping[str, PublishedSubject], snapshot: Snapshot
) -> list[Acting]:
    """The same with those that act by a kind of one of these, which are said to act by it then;
    what is said of the mechanism itself goes before what is said of a kind.
    """
    below = by_above(by_id)
    kinds = {one: [one, *(row.public_id for _, row in below_it(one, below))] for one in mechanisms}
    every = {kind for those in kinds.values() for kind in those}
    found = acting(every, snapshot)
    marks: dict[str, dict[str, Mark | None]] = {}
    for act in found:
        marks.setdefault(act.mechanism, {})[act.therapy] = act.mark
    made = []
    for one, those in kinds.items():
        by: dict[str, Mark | None] = {}
        for kind in reversed(those):
            by |= marks.get(kind, {})
        made += [Acting(therapy, one, mark) for therapy, mark in by.items()]
    return made


def with_kinds(public_id: str, seq: int) -> dict[str, PublishedMechanism]:
    """By id, a mechanism and its kinds, their kinds, and so on, as far as they are public; those of
    the same are in the order of their names.
    """
    itself_too = LISTED & with_below(PublishedMechanism, public_id, seq)
    found = plainly.rows(PublishedMechanism, seq, itself_too)
    return {row.public_id: row for row in sorted(found, key=in_order)}


class _OneOf(Protocol):
    """A mechanism and what it is a kind of, by their public ids."""

    @property
    def public_id(self) -> str: ...
    @property
    def one_of_id(self) -> str: ...


K = TypeVar("K", bound=_OneOf)


def by_above(rows: Mapping[str, K]) -> dict[str, list[K]]:
    """The records that are one of another, by the id of that one."""
    found: dict[str, list[K]] = {}
    for row in rows.values():
        found.setdefault(row.one_of_id, []).append(row)
    return found


def below_it(public_id: str, by_above: Mapping[str, Sequence[K]]) -> list[tuple[int, K]]:
    """The kinds of a mechanism with how far below it they are, each behind what it is a kind of.

    Each is met once, also where records name each other in a circle.
    """
    met = {public_id}
    found: list[tuple[int, K]] = []

    def walk(above: str, depth: int) -> None:
        for row in by_above.get(above, ()):
            if row.public_id not in met:
                met.add(row.public_id)
                found.append((depth, row))
                walk(row.public_id, depth + 1)

    walk(public_id, 1)
    return found


def _mark(found: Iterable[_Said]) -> Mark | None:
    """Of all that is said: whether anything sound is left, then whether it is denied or disputed,
    then how surely the surest says it.
    """
    sound = [said for said in found if said.is_sound]
    positive = [said for said in sound if said.certainty in SAYS_SO]
    if not positive:
        return VOID
    denied = any(said.certainty == Certainty.NEGATED for said in sound)
    if denied or any(Direction.DISPUTES in said.directions for said in positive):
        return DISAGREE
    stated = [said for said in positive if said.certainty == Certainty.STATED]
    if not stated:
        return CERTAINTY[Certainty.HEDGED]
    return None if any(Direction.SUPPORTS in said.directions for said in stated) else PARTLY
