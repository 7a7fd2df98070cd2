"""Outcomes to claims: whose result it is, which way, how large."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import amounts, lexicon, measured, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, sides_of
from extraction.frames.constructions import Found, Scene, direction
from extraction.frames.harm_nouns import named_harm, own_words
from extraction.frames.harms_of_others import is_of_others
from extraction.frames.lexicon import lemmas
from extraction.frames.nouns import Valence
from extraction.frames.subjects import OPEN
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues, Span

_VAGUE = {"Efficacy", "Clinical outcomes", "Treatment response", "Safety", "Tolerability"}
_WHOLLY = lemmas("completely fully entirely totally always necessarily")
_STOPPING = lemmas(
    "stop discontinue discontinuation cessation withdrawal interruption switch delayed"
)
_ELSEWHERE = lexicon.CONTROLS | lemmas("both baseline before all disease asthma")
"""What a result is of when it is not of the arm that is tested."""
_NOT_OF_ARM = _ELSEWHERE | _STOPPING
_CHANGED_NOUNS = lexicon.DOWN_NOUNS | lexicon.UP_NOUNS
_NOT_REAL = re.compile(
    r"\bbut\s+(?:this|the)\s+(?:\w+\s+)?(?:was|did)\s+not\b[^.;]{0,40}\bsignifican", re.I
)
"""Behind a result: "but the difference was not statistically significant"."""
_Sign = Callable[[Valence], int | None]
"""What it means for the patient: 1 better, -1 worse, 0 no difference; None: nothing is read."""
UNSAID = 9
"""Read, and no direction told."""


def same(_: Valence) -> int:
    return 0


_CLASSES = ((2, lexicon.GOOD), (-2, lexicon.BAD), (-1, lexicon.DOWN), (1, lexicon.UP))


def polarity_of(lemma: str) -> int:
    """2 good and -2 bad whatever the outcome, 1 more and -1 less of it."""
    return next((sign for sign, words in _CLASSES if lemma in words), 0)


def changed_by(verb: str, worth: Valence) -> int:
    polarity = polarity_of(verb)
    if verb in {"delay", "postpone"} and worth.noun.lemma.lower() == "time":
        return worth.sign
    if abs(polarity) == 1:
        return polarity * worth.sign
    turned = worth.changed and worth.sign < 0  # "improved the worsening"
    return -polarity // 2 if turned else polarity // 2


def each(
    clause: Clause, scene: Scene, sides: Sides, things: Iterable[Token], sign: _Sign, anchor: Token
) -> Iterator[Found]:
    """A claim on each outcome that the things are of; what a noun denies, the claim denies."""
    arms = [t for t in clause.own if t not in clause.subjects]
    if not sides.credit.who and any_of(arms, lexicon.CONTROLS):
        return  # "it slowed in the placebo group"
    for noun in dict.fromkeys(things) if sides.credit else ():
        for worth in nouns.valences(clause.parsed, noun, scene.names):
            step, before = sign(worth), clause.tree.children(worth.noun, "amod")
            if any(t.tag == "VBG" and polarity_of(t.lemma) for t in before):
                continue  # "shortening X and accelerating Y", of which the parse makes one list
            stopping = worth.outcome == "Discontinuation"
            if step is None or (not stopping and _is_of_some(clause, scene)):
                continue
            sure = surety_of(clause)
            told = [noun, worth.noun, *([anchor] if anchor.pos == "NOUN" else [])]
            cue = next((c for t in told if (c := denied_noun(clause, t))), "")
            if cue and sure.certainty in {Certainty.STATED, Certainty.HEDGED}:
                sure = Surety(Certainty.NEGATED, cue)
            values = _values(clause, scene, sides, worth, step, sure)
            topic = Topic.SAFETY if worth.topic == Topic.SAFETY else Topic.OUTCOME
            yield Found(topic, sure, sides.credit, clause, values, (anchor, noun))


@lru_cache(maxsize=8)
def _is_of_some(clause: Clause, scene: Scene) -> bool:
    """Whether it is of people who stopped it, did something else too or have another disease, or of
    a dose.
    """
    if any_of((t for t in clause.own if t.i != clause.predicate.i), _STOPPING):
        return True
    if any_of(clause.tree.children(clause.predicate, "advcl"), _STOPPING):
        return True  # "after it was stopped"
    if not any(clause.parsed.named(t, "course") for t in clause.own):
        said = clause.said.casefold()
        diseases = [d.partition(" (")[0].casefold() for d in scene.names.diseases]
        if any(f"in {d}" in said or f"with {d}" in said for d in diseases):
            return True
    own = {t.i for t in clause.own}
    return any(
        any(v.i not in own for v in clause.tree.children(s, "relcl"))
        if nouns.is_people(s)
        else s.lemma in _CHANGED_NOUNS and not nouns.valence(clause.parsed, s, scene.names)
        for s in clause.subjects
    )


def _harm(clause: Clause, scene: Scene, worth: Valence) -> str:
    outcome, said = named_harm(clause, worth.noun, scene.names)
    changed = (up for up in clause.tree.above(worth.noun) if measured.is_harm(clause, up))
    if (up := next(changed, None)) is not None:
        return own_words(clause, up)  # "a rise in liver enzymes"
    return said[:1].upper() + said[1:] if outcome else worth.outcome


def _values(
    clause: Clause, scene: Scene, sides: Sides, worth: Valence, step: int, sure: Surety
) -> ClaimValues:
    text, window = clause.parsed.text, _window(clause, worth)
    chance = sure.certainty != Certainty.NEGATED and amounts.by_chance(
        text, worth.span.end, window.end
    )
    chance = chance or _NOT_REAL.search(text, worth.span.end, clause.parsed.end) is not None
    partly = sure.certainty == Certainty.NEGATED and clause.has(*_WHOLLY)  # "not fully"
    unsaid = partly or (step and (worth.outcome in _VAGUE or chance))
    aimed = sure.certainty == Certainty.INTENDED
    return ClaimValues(
        outcome=worth.outcome,
        effect_direction="" if unsaid else way_of(step * sides.sign, sure),
        effect_size="" if aimed else amounts.size_of(text, worth.span, window),
        comparator=sides.comparator,
        harm=_harm(clause, scene, worth) if worth.topic == Topic.SAFETY else "",
    )


def way_of(step: int, sure: Surety) -> str:
    if step == 0 and sure.settled and sure.certainty != Certainty.INTENDED:
        return EffectDirection.NO_DIFFERENCE
    return "" if abs(step) == UNSAID else direction(step, sure)


def tested_sides(clause: Clause, scene: Scene) -> Sides:
    """The two sides; of a result that names nobody, what is tested against placebo."""
    sides, tokens = sides_of(clause, scene), clause.tree.tokens
    about = scene.context
    if sides.credit or not (about.tested or about.alone) or clause.role != "main":
        return sides
    if is_of_others(clause):
        return sides
    past = any(t.tag == "VBD" for t in clause.own)
    theirs = any(map(clause.parsed.therapy, tokens)) or any_of(tokens, _NOT_OF_ARM | {"than"})
    theirs = theirs or any(nouns.looks_coded(t.text) for t in tokens)
    named = about.given_before if about.tested else OPEN
    return Sides(named) if past and not theirs else sides


def _window(clause: Clause, worth: Valence) -> Span:
    """Up to the next outcome of the clause, brackets included."""
    span, parsed = clause.span, clause.parsed
    named = [m for m in parsed.mentions if m.kind == "outcome"]
    later = [m.start for m in named if m.start >= worth.span.end]
    earlier = [m.end for m in named if m.end <= worth.span.start]
    end = max([span.end, *(c.end for c in parsed.masked.cut if c.start <= span.end + 1)])
    return Span(max([span.start, *earlier]), min([end, *later]))
