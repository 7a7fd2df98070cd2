"""What a clause compares: "than", "versus", "compared with"; two arms; their figures.

What is worse with placebo is better with the drug: then the sides are turned round.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extraction.frames import amounts, lexicon, nouns
from extraction.frames.clauses import Clause, is_of_design
from extraction.frames.constructions import Scene
from extraction.frames.lexicon import POINTING
from extraction.frames.subjects import (
    NOBODY,
    Credit,
    in_arm,
    of_arm,
    of_nouns,
    of_subjects,
    referent,
)
from extraction.parsing.tree import Token, any_of
from extraction.text.words import words
from extraction.types import Mention

_CONTROL = re.compile(
    r"(?:placebo(?![-\s]+controlled)|sham|vehicle|no\s+treatment(?![-\s]+(?:related|emergent))|usual\s+care|untreated\s+\w+"
    r"|standard\s+(?:of\s+)?care|best\s+supportive\s+care|standard\s+(?:therapy|treatment)"
    r"|controls?|comparator(?=\s+(?:arm|group))|comparison\s+(?:arm|group))\b",
    re.I,
)

_OPENING = words(
    "placebo sham vehicle no usual untreated standard best control controls comparator comparison"
)
"""Words that a control may begin with."""
_AGENTS = words("vaccination vaccine immunisation immunization surgery")
_APART = lexicon.DOWN_NOUNS | lexicon.UP_NOUNS | {"difference"}


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


@lru_cache(maxsize=8)
def sides_of(clause: Clause, scene: Scene) -> Sides:
    """The two sides of a clause; one where nothing is compared."""
    if any_of(clause.subjects, _AGENTS):
        return Sides(NOBODY)  # what a vaccine did is not what people who have A had of A
    parties = _parties(clause)
    against = [p for p in parties if nouns.compared(clause.parsed, p.token)]
    if clause.predicate.dep == "xcomp" and clause.above and not any(p.mention for p in parties):
        above = sides_of(clause.above, scene)  # "patients on A were less likely to have"
        return replace(above, comparator=above.comparator or _names(against))
    who = of_subjects(clause, scene.context)
    if who:
        mine = {r.name for r in who.who}
        return Sides(who, _names(p for p in against if p.name not in mine))
    rest = [p for p in parties if p not in against]
    arms = _distinct(p for p in rest if p.mention is None or in_arm(clause, p.token))
    found = of_arm(clause)
    if not found and not parties:  # "lower with the drug"
        found = of_nouns(
            clause, [t for t in clause.own if _points_as_arm(clause, t)], scene.context
        )
    alone = against and not any(p.mention for p in against)
    if alone and not arms and not found and scene.context.tested:
        return Sides(scene.context.given_before, against[0].name)
    if found.open or not arms:
        return Sides(found, _names(against))
    others = _distinct(p for p in against if p.name not in {a.name for a in arms})
    if len(arms) == 1 and arms[0].mention is not None:
        return Sides(found, _names(others))
    if len(arms) + len(others) == 2:
        return _two(*arms, *others, paired=not others)
    return Sides(NOBODY)


def _points_as_arm(clause: Clause, token: Token) -> bool:
    again = token.dep == "pobj" and token.lemma in POINTING
    return again and in_arm(clause, token) and nouns.points_back(clause.parsed, token)


def _two(first: _Party, second: _Party, *, paired: bool) -> Sides:
    """The first is credited; where it is a control, the second is, and the words are turned."""
    if first.mention is not None:
        return Sides(Credit((referent(first.mention),)), second.name, paired=paired)
    if second.mention is None:
        return Sides(NOBODY)
    return Sides(Credit((referent(second.mention),)), first.name, turned=True, paired=paired)


def figures_of(clause: Clause) -> tuple[int, Sides] | None:
    """Two arms with a figure each: whether the first has more (1) or less (-1), and the sides."""
    parsed, parties = clause.parsed, _parties(clause)
    if len(parties) > 2:  # "in a comparison with B, 35% on A and 49% on B had"
        parties = tuple({p.name: p for p in parties}.values())
    if len(parties) != 2:
        return None
    figures = [
        t for t in clause.own if amounts.is_figure(parsed, t) and not _is_of_change(clause, t)
    ]
    arms = {p.token.i for p in parties}
    order = [i in arms for i in sorted([*arms, *(t.i for t in figures)])]
    again = order == [*[False, True] * 2, False, False]  # "and 0.09 and 0.18 in the second"
    if order not in ([False, True] * 2, [True, False] * 2) and not again:
        return None
    one, other, *second = (amounts.number(t.text) for t in figures)
    if second and (one > other) != (second[0] > second[1]):
        return None
    sides = _two(*parties, paired=False)
    if parties[0].name == parties[1].name or one == other or not sides.credit:
        return None
    if amounts.by_chance(parsed.text, clause.span.start, parsed.end):
        return None if again else (0, sides)
    return (1 if one > other else -1), sides


def _is_of_change(clause: Clause, figure: Token) -> bool:
    """Whether it is no result of an arm, but how far they are apart: "a reduction of 30 %", "a
    hazard ratio of 0.6".
    """
    above = tuple(clause.tree.above(figure))
    return any_of(above, {"ratio"}) or any(t.dep == "appos" and t.lemma in _APART for t in above)


@lru_cache(maxsize=8)
def _parties(clause: Clause) -> tuple[_Party, ...]:
    return tuple(_found_parties(clause))


def _found_parties(clause: Clause) -> Iterator[_Party]:
    """Those that it names itself, and in a clause that it opens with "than" or "as ... as"."""
    parsed, own = clause.parsed, {t.i for t in clause.own}
    for token in clause.tree.below(clause.predicate):
        mention = parsed.therapy(token)
        if mention is None and token.text.lower() not in _OPENING:
            continue
        if token.i not in own and not nouns.in_than_clause(parsed, token):
            continue
        if any_of(clause.tree.above(token), {"despite", "spite"}):
            continue  # "despite premedication with A" compares nothing
        apart = is_of_design(clause.tree, token) or _is_a_mock(clause, token)
        if mention is None and apart:
            continue
        control = _CONTROL.match(parsed.text, parsed.span(token).start)
        if mention is not None:
            yield _Party(token, mention.canonical, mention)
        elif control and not parsed.named(token, "outcome"):
            yield _Party(token, " ".join(control.group().lower().split()), None)


def _is_a_mock(clause: Clause, control: Token) -> bool:
    """ "A with placebo infusions": what hides which of two treatments is given is no arm."""
    head = clause.tree.head(control)
    named = sum(clause.parsed.therapy(t) is not None for t in clause.tree.tokens)
    return head is not None and head.lemma in nouns.TAKEN and named > 1


def _names(parties: Iterable[_Party]) -> str:
    return ", ".join(p.name for p in _distinct(parties))


def _distinct(parties: Iterable[_Party]) -> list[_Party]:
    first: dict[str, _Party] = {}
    for party in parties:
        first.setdefault(party.name, party)
    return list(first.values())
