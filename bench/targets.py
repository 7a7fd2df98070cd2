"""What is aimed at, each beside what a run found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.ratios import cases, figure, ratio, tail

ANSWERS = ("detail", "list", "filter", "search")


@dataclass(frozen=True, slots=True)
class Target:
    """One of them: met where the worst that was measured is at least, or at most, the bound."""

    what: str
    measured: float | None
    bound: float
    most: bool = False

    @property
    def met(self) -> bool | None:
        """``None`` where it was not measured."""
        if self.measured is None:
            return None
        return self.measured <= self.bound if self.most else self.measured >= self.bound

    def row(self) -> str:
        said = {True: "met", False: "**not met**", None: "not measured"}[self.met]
        bound = f"{'≤' if self.most else '≥'} {self.bound:g}"
        measured = "–" if self.measured is None else figure(self.measured)
        return f"| {self.what} | {bound} | {measured} | {said} |"


def reading(found: Mapping[str, Any]) -> Iterator[Target]:
    """Of the middle of all rounds, the worst of the cases."""
    for name, who, bound in (("SQLite", "warm", 0.35), ("PostgreSQL", "warm, PostgreSQL", 0.12)):
        for form in ("JSON", "HTML"):
            worst = _least(found, form, ANSWERS, who, "nginx")
            yield Target(f"warm {form} beside nginx's static file, {name}", worst, bound)
    for form in ("JSON", "HTML"):
        yield Target(f"warm {form} 304 beside the whole answer", _unchanged(found, form), 1)
    for who, where in (
        ("warm", "beside wrk on its cores"),
        ("warm, apart", "on a core of its own"),
    ):
        tails = [tail(loads, who) for loads in cases(found).values()]
        yield Target(f"warm, {where}: the 99th percentile in medians", _most(tails), 5, most=True)
    for what, bound in (("detail", 12), ("list", 6), ("filter", 6)):
        worst = _least(found, "JSON", (what,), "cold", "naive")
        yield Target(f"cold {what} beside the plain REST framework", worst, bound)
    for who, bound in (("warm", 20), ("cold", 3)):
        worst = _least(found, "", ANSWERS, who, "datasette")
        yield Target(f"{who} beside Datasette, all cases", worst, bound)


def growth(found: Mapping[str, Any]) -> Iterator[Target]:
    """How many times as much the largest base costs as the smallest; then, in the largest, how many
    times as long a search by ``LIKE`` takes.
    """
    all_costs = found["milliseconds"]
    for what, bound in BOUNDS.items():
        costs = all_costs.get(what)
        yield Target(what, costs[-1] / costs[0] if costs else None, bound, most=True)
    for what, like in (("API search", "names by LIKE"), ("page search", "everything by LIKE")):
        both = what in all_costs and like in all_costs
        times = all_costs[like][-1] / all_costs[what][-1] if both else None
        yield Target(f"{what}, beside {like}", times, 5)


BOUNDS = {
    "API detail": 1.3, "page detail": 1.3, "API 304": 1.3, "page 304": 1.3, "approve": 1.3,
    "API list": 3, "page list": 3, "API filter": 3, "page filter": 3,
    "API search": 3, "page search": 3,
}  # fmt: skip


def queue(found: Mapping[str, Any]) -> Iterator[Target]:
    """How many times as much the most records in review cost as the fewest, of what shows as many
    rows of both.
    """
    for what, costs in found["milliseconds"].items():
        if len(set(found["rows"][what])) > 1:
            continue
        measured = median(one[-1] / one[0] for one in costs)
        yield Target(what, measured, 3, most=True)


def _unchanged(found: Mapping[str, Any], form: str) -> float | None:
    """How many times as often it is said that a record is unchanged, as the record is given."""
    known = cases(found)
    both = {name: known.get(f"{form} {name}", {}) for name in ("304", "detail")}
    loads = {name: found["warm"] for name, found in both.items() if "warm" in found}
    spread = ratio(loads, "304", "detail")
    return spread.middle if spread else None


def _least(
    found: Mapping[str, Any], form: str, whats: Sequence[str], one: str, other: str
) -> float | None:
    known = cases(found)
    names = [name for name in known if name.startswith(form) and name.split()[1] in whats]
    spreads = [ratio(known[name], one, other) for name in names]
    values = [spread.middle for spread in spreads if spread]
    return min(values, default=None)


def _most(values: Sequence[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)
