"""Ways in for who does not know what to search for: names, what therapies do, how, on what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from publication.folding import folded
from publication.indexes import Index, Listed
from publication.keeping import index_at
from therapies import links
from therapies.choices import MEDICINES, EffectDirection
from therapies.narrowing import THERAPIES
from therapies.pages.kinds import THERAPY
from therapies.pages.lists import address
from therapies.pages.snapshot import Snapshot

MOST_NAMES = 150
"""Medicines that the home page names."""
_MOST_OUTCOMES = 10
_MOST_TARGETS = 16
_USED = ("kind", "outcome", "harm", "effect_direction", "route", "target")


@dataclass(frozen=True, slots=True)
class Way:
    """A narrowed list, by its words, with how many it has."""

    label: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome, and how it changes by how many therapies; what else is told of it (that it is an
    aim, or not known) is on the list of all on which something is told, and is not counted.
    """

    label: str
    url: str
    directions: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Medicine:
    name: str
    url: str
    brands: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The medicines whose names begin with it."""

    letter: str
    medicines: tuple[Medicine, ...]


@dataclass(frozen=True, slots=True)
class Browse:
    """Everything that the home page leads into."""

    therapies: int
    medicines: int
    letters: tuple[Letter, ...]
    """Of as many medicines as the page names."""
    named: int
    """How many that is."""
    outcomes: tuple[Outcome, ...]
    routes: tuple[Way, ...]
    targets: tuple[Way, ...]


def browse(snapshot: Snapshot) -> Browse:
    index = index_at(THERAPIES.facts, snapshot.seq, [THERAPIES.by_name[name] for name in _USED])
    ways = _Ways(index, snapshot)
    medicines = Listed(index, index.having("kind", *MEDICINES))
    targets = sorted(ways.of("target"), key=lambda way: (-way.count, way.label.casefold()))
    named = medicines[:MOST_NAMES]
    return Browse(
        therapies=len(index),
        medicines=len(medicines),
        letters=tuple(_letters(named, snapshot)),
        named=len(named),
        outcomes=tuple(ways.outcomes()),
        routes=tuple(ways.of("route")),
        targets=tuple(targets[:_MOST_TARGETS]),
    )


def _letters(rows: Sequence[Any], snapshot: Snapshot) -> Iterator[Letter]:
    found: dict[str, list[Medicine]] = {}
    for row in rows:
        first = folded(row.name)[:1].upper()
        url = links.record("therapy", row.slug, snapshot.keep)
        made = Medicine(row.name, url, ", ".join(row.brand_lines))
        found.setdefault(first if first.isalpha() else "0–9", []).append(made)
    for letter, medicines in found.items():
        yield Letter(letter, tuple(medicines))


@dataclass(frozen=True, slots=True)
class _Ways:
    """Narrowed lists of therapies; each count is that of the list it leads into."""

    index: Index
    snapshot: Snapshot

    def of(self, name: str, **chosen: tuple[str, str]) -> Iterator[Way]:
        """One for each value of a filter, beside what is chosen of others: the key of each and how
        it stands in an address.
        """
        wanted = {other: frozenset({key}) for other, (key, _) in chosen.items()}
        values = {other: value for other, (_, value) in chosen.items()}
        every = self.index.commonest(name)
        counts = dict(self.index.counts(name, wanted, self.index.every, every))
        offered = self.index.named(name, [key for key, count in counts.items() if count])
        order = THERAPIES.by_name[name].values.in_order((k, p[1]) for k, p in offered.items())
        for key in order:
            value, label = offered[key]
            yield Way(label, address(THERAPY, {**values, name: value}, self.snapshot), counts[key])

    def outcomes(self) -> Iterator[Outcome]:
        """Those on which there is most, without what is only told as a harm."""
        every = [key for key in self.index.commonest("outcome") if self._is_told_alone(key)]
        told = [(number, key) for key in every if (number := self._with_direction(key))]
        named = self.index.named("outcome", [key for _, key in told])
        told = [(number, key) for number, key in told if key in named]
        told.sort(key=lambda pair: (-pair[0], named[pair[1]][1].casefold()))
        for _, key in told[:_MOST_OUTCOMES]:
            value, label = named[key]
            url = address(THERAPY, {"outcome": value}, self.snapshot)
            yield Outcome(label, url, tuple(self.of("effect_direction", outcome=(key, value))))

    def _is_told_alone(self, outcome: str) -> bool:
        """Whether a claim on it is on no harm."""
        return self.index.apart("outcome", outcome, ("harm", ""))

    def _with_direction(self, outcome: str) -> int:
        """Of how many therapies a claim says, or says that it may be, which way it changes."""
        any_way = frozenset(EffectDirection.values)
        wanted = {"outcome": frozenset({outcome}), "effect_direction": any_way}
        return self.index.found(wanted).bit_count()
