"""What a clause compares: "than", "versus", "compared with"; worse with placebo is better with the drug."""

import re
from dataclasses import dataclass

from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Scene
from extraction.frames.subjects import NOBODY, Credit, credit, referent
from extraction.parsing.tree import Token
from extraction.types import Mention

_CONTROL = re.compile(
    r"\b(placebo|sham|no\s+treatment|usual\s+care|standard\s+(?:of\s+)?care|untreated\s+\w+"
    r"|best\s+supportive\s+care|standard\s+(?:therapy|treatment)|controls?)\b",
    re.I,
)
_BEHIND = re.compile(
    r"\b(?:compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|versus|vs\.?|relative\s+to|than"
    r"|superior\s+to|inferior\s+to|over|between\s+[^.;]{1,60}?\s+and)\s+(?:[\w'-]+\s+){0,6}?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who is credited, with what it is compared, and whether the words say it the other way round."""

    credit: Credit
    comparator: str = ""
    turned: bool = False

    @property
    def sign(self) -> int:
        return -1 if self.turned else 1


def sides_of(clause: Clause, scene: Scene) -> Sides:
    """The two sides of a clause; one where nothing is compared."""
    others = _compared(clause)
    who = credit(clause, scene.context)
    if not who and _control_is_the_arm(clause):
        names = list(dict.fromkeys(m.canonical for m in others))
        if len(names) == 1:
            return Sides(Credit((referent(others[0]),)), _arm_control(clause), turned=True)
        return Sides(NOBODY)
    mine = {r.name for r in who.who}
    against = [m.canonical for m in others if m.canonical not in mine]
    control = control_of(clause)
    return Sides(who, control or ", ".join(dict.fromkeys(against)))


def control_of(clause: Clause) -> str:
    """What stands for no treatment behind a word of comparison."""
    span = clause.span
    text = clause.parsed.text
    for match in _CONTROL.finditer(text, span.start, min(span.end + 1, clause.parsed.end)):
        if _BEHIND.search(text, max(span.start, match.start() - 80), match.start()):
            return " ".join(match.group(1).lower().split())
    return ""


def _compared(clause: Clause) -> list[Mention]:
    parsed = clause.parsed
    return [
        m for t in clause.own if (m := parsed.therapy(t)) is not None and nouns.compared(parsed, t)
    ]


def _controls(clause: Clause) -> list[Token]:
    parsed = clause.parsed
    return [
        t
        for t in clause.own
        if t.lemma.lower() in lexicon.CONTROLS and not nouns.compared(parsed, t)
    ]


def _control_is_the_arm(clause: Clause) -> bool:
    return bool(_controls(clause))


def _arm_control(clause: Clause) -> str:
    return next((t.text.lower() for t in _controls(clause)), "")
