"""Which way the statements on each outcome and harm point, counted and never added up.

A sentence is one statement on each outcome or harm that it names. What a source only suggests,
denies or aims at is counted as that, and so is what only retracted or withdrawn sources say.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from publication.folding import folded
from therapies.choices import Certainty, EffectDirection, Topic
from therapies.statements import Claim, Saying, Weigh, rests_on, sayings, subject_of
from therapies.weighed import place_of


class Bearing(StrEnum):
    """Which way a statement points, in the order in which it is told."""

    BETTER = "better"
    WORSE = "worse"
    NO_DIFFERENCE = "no-difference"
    MIXED = "mixed"
    NAMED = "named"
    """The source does not say which way."""
    DISPUTED = "disputed"
    UNSURE = "unsure"
    PARTLY = "partly"
    DENIED = "denied"
    AIM = "aim"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Column:
    """One outcome or harm, by its folded form."""

    key: str
    is_harm: bool
    name: str
    """As first written."""
    therapies: int
    """How many of those that are asked about are said anything of."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is told of one therapy on one outcome or harm."""

    counts: tuple[tuple[Bearing, int], ...]
    sources: int
    """That support it, wholly or in part; not those that were retracted or withdrawn."""
    claim_id: str
    """Where the first statement stands."""

    @property
    def statements(self) -> int:
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class Passed:
    """What is told of one therapy on one outcome or harm, and of none of the courses asked for."""

    without: int
    """Statements that name no course."""
    of_others: int
    """Statements that name other courses alone."""
    claim_id: str
    """Where the first of them stands."""


def on_subjects(claims: Iterable[Claim]) -> list[Claim]:
    """Those that name an outcome or harm, outside the summary."""
    return [c for c in claims if c["topic"] != Topic.SUMMARY and subject_of(c)]


def naming(claims: Iterable[Claim], courses: Collection[str]) -> list[Claim]:
    """Those that name one of the courses; all where none is asked for."""
    wanted = set(courses)
    return [c for c in claims if not wanted or wanted & set(c["values"]["courses"])]


def is_harm(claim: Claim) -> bool:
    """Whether what it is on is a harm; a value that is no word is none."""
    return bool(folded(str(claim["values"]["harm"] or "")))


def columns(claims_of: Iterable[Sequence[Claim]]) -> list[Column]:
    """Outcomes, then harms; of each, as patients weigh them, then what is told of most of the
    therapies.
    """
    names: dict[tuple[bool, str], str] = {}
    told: Counter[tuple[bool, str]] = Counter()
    for claims in claims_of:
        for key in dict.fromkeys(_keyed(claims, names)):
            told[key] += 1
    order = sorted(names, key=lambda key: (key[0], place_of(key[1]), -told[key], key[1]))
    return [Column(key[1], key[0], names[key], told[key]) for key in order]


def _keyed(
    claims: Iterable[Claim], names: dict[tuple[bool, str], str]
) -> Iterable[tuple[bool, str]]:
    for claim in claims:
        key = is_harm(claim), folded(subject_of(claim))
        names.setdefault(key, subject_of(claim))
        yield key


def cells(claims: Iterable[Claim], weigh: Weigh) -> Mapping[tuple[bool, str], Cell]:
    """By column, what is told of one therapy."""
    return {key: _cell(sayings(found), weigh) for key, found in _by_column(claims).items()}


def passed(claims: Iterable[Claim], courses: Collection[str]) -> Mapping[tuple[bool, str], Passed]:
    """By column, what is told of one therapy where none of it names one of the courses."""
    found = _by_column(claims)
    return {key: _passed(sayings(of)) for key, of in found.items() if not naming(of, courses)}


def _passed(found: Sequence[Saying]) -> Passed:
    named = sum(any(claim["values"]["courses"] for claim in saying.claims) for saying in found)
    return Passed(len(found) - named, named, str(found[0].claims[0]["id"]))


def _by_column(claims: Iterable[Claim]) -> Mapping[tuple[bool, str], Sequence[Claim]]:
    found: dict[tuple[bool, str], list[Claim]] = {}
    for claim in claims:
        found.setdefault((is_harm(claim), folded(subject_of(claim))), []).append(claim)
    return found


def _cell(found: Sequence[Saying], weigh: Weigh) -> Cell:
    counts = Counter(bearing(saying, weigh) for saying in found)
    sound = {s for saying in found for s in saying.sources if weigh(s)[0] == 0}
    return Cell(
        tuple((one, counts[one]) for one in Bearing if counts[one]),
        len(sound),
        str(found[0].claims[0]["id"]),
    )


_OF_CERTAINTY: Mapping[str, Bearing] = {
    Certainty.HEDGED: Bearing.UNSURE,
    Certainty.INTENDED: Bearing.AIM,
    Certainty.NEGATED: Bearing.DENIED,
}


def bearing(saying: Saying, weigh: Weigh) -> Bearing:
    """Which way a sentence on one outcome or harm points: first what it still rests on, then how
    surely its source says it, then what it says.
    """
    sound = [s for s in saying.sources if weigh(s)[0] == 0]
    if not sound:
        return Bearing.VOID
    if saying.is_disputed:
        return Bearing.DISPUTED
    directions = {claim["values"]["effect_direction"] for claim in saying.claims}
    negated = saying.certainty == Certainty.NEGATED
    is_no_difference = negated and directions == {EffectDirection.NO_DIFFERENCE}
    if saying.certainty != Certainty.STATED and not is_no_difference:
        return _OF_CERTAINTY.get(saying.certainty, Bearing.UNSURE)
    if not any(weigh(s)[0] == 0 for c in saying.claims for s in rests_on(c, wholly=True)):
        return Bearing.PARTLY
    if is_no_difference:
        return Bearing.NO_DIFFERENCE
    if len(directions) > 1:
        return Bearing.MIXED
    (direction,) = directions
    if direction in EffectDirection.values:
        return Bearing(direction)
    seen = any(c["values"]["serious"] or c["values"]["frequency"] for c in saying.claims)
    return Bearing.WORSE if seen and is_harm(saying.claims[0]) else Bearing.NAMED
