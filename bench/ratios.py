"""What several rounds say: of one thing, and of one beside another in the same rounds."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

Loads = Mapping[str, Sequence[Mapping[str, float]]]
"""Of one case, by who was asked, what each round found."""


class Spread(NamedTuple):
    """The least, the middle and the most of some rounds."""

    least: float
    middle: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(min(values), median(values), max(values))

    def in_words(self) -> str:
        """``0.41 (0.38–0.44)``."""
        return f"{figure(self.middle)} ({figure(self.least)}–{figure(self.most)})"


def figure(value: float) -> str:
    """To about three digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.2g}"


def ratio(loads: Loads, one: str, other: str) -> Spread | None:
    """How many times as many answers a second ``one`` gives as ``other``, round by round."""
    if one not in loads or other not in loads:
        return None
    pairs = zip(loads[one], loads[other], strict=True)
    return Spread.of([a["per_second"] / b["per_second"] for a, b in pairs])


def spread(loads: Loads, who: str, of: str) -> Spread | None:
    return Spread.of([one[of] for one in loads[who]]) if who in loads else None


def in_words(found: Spread | None) -> str:
    return found.in_words() if found else "–"


def tail(loads: Loads, who: str) -> float | None:
    """How many times the median wait the 99th percentile is, in the middle round."""
    if who not in loads:
        return None
    return median(one["p99"] / one["p50"] for one in loads[who])


def cases(found: Mapping[str, Any]) -> Mapping[str, Loads]:
    """By the name of the case; of what ``bench.reading`` kept."""
    return dict(found["cases"])
