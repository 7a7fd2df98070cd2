"""What a clause compares: "than", "versus", "compared with"; two arms; their figures.

What is worse with placebo is better with the drug: then the sides are turned round.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.frames import amounts, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Scene
from extraction.frames.subjects import NOBODY, Credit, in_arm, of_arm, of_subjects, referent
from extraction.parsing.tree import Token
from extraction.types import Mention

_CONTROL = re.compile(
    r"(?:placebo(?![-\s]+controlled)|sham|vehicle|no\s+treatment|usual\s+care|untreated\s+\w+"
    r"|standard\s+(?:of\s+)?care|best\s+supportive\s+care|standard\s+(?:therapy|treatment)"
    r"|controls?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who is credited, and with what it is compared."""

    credit: Credit
    comparator: str = ""
    turned: bool = False
    """Whether the words are said of the comparator: "worse with placebo than with A"."""
    paired: bool = False
    """Whether two arms stand side by side: what is said is said of both, or of their difference."""

    @property
    def sign(self) -> int:
        return -1 if self.turned else 1


@dataclass(frozen=True, slots=True)
class _Party:
    """A therapy or a control, where a clause names it."""

    token: Token
    name: str
    mention: Mention | None


def sides_of(clause: Clause, scene: Scene) -> Sides:
    """The two sides of a clause; one where nothing is compared."""
    parties = list(_parties(clause))
    if clause.predicate.dep == "xcomp" and clause.above and not any(p.mention for p in parties):
        return sides_of(clause.above, scene)  # "patients on A were less likely to have"
    against = [p for p in parties if nouns.compared(clause.parsed, p.token)]
    who = of_subjects(clause, scene.context)
    if who:
        mine = {r.name for r in who.who}
        return Sides(who, ", ".join(dict.fromkeys(p.name for p in against if p.name not in mine)))
    arms = _distinct(
        p for p in parties
        if p not in against and (p.mention is None or in_arm(clause, p.token))
    )  # fmt: skip
    found = of_arm(clause)
    if not arms and not found and scene.context.tested and _is_control_alone(against):
        return Sides(scene.context.given_before, against[0].name)
    if found.open or not arms:
        return Sides(found, ", ".join(p.name for p in _distinct(against)))
    others = _distinct(p for p in against if p.name not in {a.name for a in arms})
    if len(arms) == 1 and arms[0].mention is None:
        return _two(arms[0], others[0], paired=False) if len(others) == 1 else Sides(NOBODY)
    if len(arms) == 2 and not others:
        return _two(arms[0], arms[1], paired=True)
    if len(arms) == 1:
        return Sides(found, ", ".join(p.name for p in others))
    return Sides(NOBODY)


def _is_control_alone(against: list[_Party]) -> bool:
    return bool(against) and all(p.mention is None for p in against)


def _two(first: _Party, second: _Party, *, paired: bool) -> Sides:
    """The first is credited; where it is a control, the second is, and the words are turned."""
    if first.mention is not None:
        return Sides(Credit((referent(first.mention),)), second.name, paired=paired)
    if second.mention is None:
        return Sides(NOBODY)
    return Sides(Credit((referent(second.mention),)), first.name, turned=True, paired=paired)


def figures_of(clause: Clause) -> tuple[int, Sides] | None:
    """Two arms with a figure each: whether the first has more (1) or less (-1), and the sides."""
    parties = list(_parties(clause))
    text = clause.parsed.text
    marks = sorted(
        [(p.token.i, p) for p in parties]
        + [(t.i, t) for t in clause.own if amounts.is_figure(clause.parsed, t)],
        key=lambda mark: mark[0],
    )
    kinds = [isinstance(mark, _Party) for _, mark in marks]
    if kinds not in ([False, True, False, True], [True, False, True, False]):
        return None
    first, second = parties
    one, other = (amounts.number(m.text) for _, m in marks if isinstance(m, Token))
    sides = _two(first, second, paired=False)
    if first.name == second.name or one == other or not sides.credit:
        return None
    span = clause.span
    step = 0 if amounts.by_chance(text, span.start, clause.parsed.end) else 1
    return (step if one > other else -step), sides


def _parties(clause: Clause) -> Iterator[_Party]:
    parsed = clause.parsed
    for token in _words(clause):
        mention = parsed.therapy(token)
        span = parsed.span(token)
        control = _CONTROL.match(parsed.text, span.start)
        if mention is not None:
            yield _Party(token, mention.canonical, mention)
        elif control and not parsed.named(token, "outcome"):
            yield _Party(token, " ".join(control.group().lower().split()), None)


def _words(clause: Clause) -> list[Token]:
    """Its own, and those of a clause that it opens with "than" or "as ... as"."""
    own = {t.i for t in clause.own}
    below = clause.tree.below(clause.predicate)
    return [t for t in below if t.i in own or nouns.compared(clause.parsed, t)]


def _distinct(parties: Iterator[_Party] | list[_Party]) -> list[_Party]:
    return list({p.name: p for p in reversed(list(parties))}.values())[::-1]
