"""Harms to claims: whose they are, how often, how grave, more of them than elsewhere or less."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import amounts, lexicon, measured, nouns
from extraction.frames.clauses import Clause
from extraction.frames.comparison import Sides, figures_of, sides_of
from extraction.frames.constructions import Found, Scene
from extraction.frames.harm_nouns import PLACES, SIDE_EFFECTS, behind, examples_of, named_harm
from extraction.frames.harms_apart import is_apart, is_of_another_agent
from extraction.frames.harms_of_others import is_of_others
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import OPEN, of_arm, of_named, of_those_named
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues, Span

_SLIGHT = lemmas(
    "similar comparable equal same low minimal acceptable favourable favorable manageable"
)
_STOPPING = lemmas("missing miss discontinuation withdrawal cessation stop discontinue stopping")
SERIOUS = re.compile(r"\b(?:serious|life[-\s]threatening|fatal)\b", re.I)
_UNNAMED = lemmas(
    "none reaction problem complication effect event disorder disease symptom illness condition"
    " peak temperature alt ast limit case complications reactions problems events cases conditions"
    " symptoms grade"
)
"""Words that say that something was suffered, and not what."""
_VAGUE = re.compile(
    r"(?:(?:short|brief|mild|moderate|severe|local|bad|certain|possible|similar)\s+)+"
    r"(?:reactions?|effects?|problems?|symptoms?|events?)",
    re.I,
)
_ALIKE = re.compile(r"\b(?:similar|comparable)\s+to\s+(?:the\s+|that\s+)", re.I)
_ZERO = re.compile(r"(?<![\d.,])0(?:\.0+)?\s?%|(?<=:)\s+(?:none|nil|zero)\b", re.I)
_OTHER_FIGURE = re.compile(r"(?<![\d.,])(?!0(?:\.0+)?\s?%)\d+(?:\.\d+)?\s?%")
_SHARES_IN_A_ROW = re.compile(
    r"\d\s?%\s*,\s*\d+(?:\.\d+)?\s?%|\d\s?%\s+and\s+\d+(?:\.\d+)?\s?%", re.I
)
_SWITCHED = re.compile(r"\bswitch\w*\s+(?:from\b.*\bto|to\b.*\bfrom)\b", re.I)
"""Of which of the two a harm is, is not said."""
_EXCEPT = re.compile(r"\b(?:other\s+than|except|apart\s+from)\b", re.I)
UNUSUAL = lemmas("uncommon rare infrequent unusual rarely infrequently uncommonly")
_POSSIBLE = lemmas("possible potential suspected probable")
_HOW_OFTEN = lemmas("often rarely occasionally sometimes frequently commonly infrequently")
_CHANGES = lexicon.UP_NOUNS | lexicon.DOWN_NOUNS
_EACH = lemmas("groups arms respective both each either")
_GROUPS = lemmas("group arm cohort trial study drug treatment")
_WARDING = lemmas("prevent avoid abolish eliminate eradicate avert stop")
_SOME = lemmas("some many most all every")
_NEAR, _LONGEST = 4, 9
"""Words before a harm that say how often, and words of its name."""


def rows_of(
    clause: Clause,
    scene: Scene,
    sides: Sides,
    harms: Iterable[Token],
    word: Token,
    *,
    words: Iterable[Token] = (),
    step: int | None = None,
    often: str = "",
    serious: bool = False,
    denied: str = "",
    called: str = "",
) -> Iterator[Found]:
    """One claim a harm; ``words`` or ``step`` say whether there is more (1) or less (-1) of it.

    ``called`` is its name where the nouns do not tell it alone: "harm the liver", "ALT rose".
    """
    if not sides.credit:
        harms = list(harms)
        about = [t for noun in harms for t in behind(clause, noun, "to", "with", "from")]
        sides = replace(sides, credit=of_named(clause, about))  # "a reaction to A"
    harms = list(harms)
    if not sides.credit or is_apart(clause, harms):
        return
    therapies = {m.canonical for m in clause.parsed.mentions if m.kind == "therapy"}
    switched = len(therapies) > 1 and _SWITCHED.search(clause.parsed.said)
    if sides.credit.who and (switched or is_of_another_agent(clause)):
        sides = replace(sides, credit=OPEN)  # an unknown name takes nothing to A
    if clause.lemma in _WARDING and surety_of(clause).certainty == Certainty.NEGATED:
        return  # "did not prevent PML"
    stopping = any_of(clause.own, _STOPPING)  # how many stopped is not how many had it
    two = bool(sides.comparator) or len(sides.credit.who) > 1
    row = any_of(clause.tree.tokens, {"respectively"})
    if _several(clause) and len(therapies) > 1:
        return  # "in 90% and 77% on A and in 0% and 66% on B"
    often = often or ("" if two or stopping or row or _several(clause) else _often(clause))
    alike = _ALIKE.search(clause.parsed.said) is not None
    if step is None and (alike or stopping or (two and row)):
        step = 0
    zero = _none_of_it(clause)
    marks = [d for s in clause.subjects for d in clause.tree.children(s, "det", "predet", "amod")]
    for noun in harms:
        sure = surety_of(clause)
        cue = denied or denied_noun(clause, noun) or zero
        if cue and sure.certainty in {Certainty.STATED, Certainty.HEDGED}:
            sure = Surety(Certainty.NEGATED, cue)
        named = clause.parsed.named(noun, "outcome")
        outcome, name = named_harm(clause, noun, scene.names)
        name = called or name
        if called and not _is_safety(outcome, scene):
            outcome = ""  # "lose your balance" is none of the disease's
        vague = _VAGUE.fullmatch(name) is not None or name.lower() in PLACES
        if (
            named is None and (vague or {name.lower(), name.lower().removesuffix("s")} & _UNNAMED)
        ) or _is_too_long(name, known=named is not None or measured.exceeds(clause, noun)):
            continue
        if not name[:1].isalpha():
            continue  # "the risk was 61 %", "long-term risks"
        if _is_of_another(clause, noun, sides):
            continue  # "A causes X and B Y"
        doubts = any_of(clause.tree.children(noun, "amod"), _POSSIBLE)
        if doubts and sure.certainty == Certainty.STATED:
            sure = Surety(Certainty.HEDGED, "possible")
        if cue.lower() == "none" and clause.predicate.dep in {"acl", "relcl"}:
            continue  # "none of the infections seen with A"
        if sure.certainty == Certainty.NEGATED and clause.tree.children(noun, "nummod"):
            continue  # "no deaths with placebo and three deaths with A"
        if cue and _EXCEPT.search(clause.parsed.said):
            continue  # "no side effects other than nausea"
        if sure.certainty == Certainty.NEGATED and any_of(marks, _SOME):
            continue  # "not all patients have side effects"
        judged = any_of(clause.tree.children(noun, "amod"), _SLIGHT)
        counted = clause.tree.children(noun, "nummod")
        told = often or judged or counted or sides.comparator or cue or called
        if outcome in SIDE_EFFECTS and not told:
            continue  # "it can have side effects"
        told_of = [*words, *carriers(clause, noun)]
        if measured.is_harm(clause, noun):  # "fewer infections and lower platelet counts"
            told_of = [t for t in told_of if t is noun or t not in harms]
        change = more_or_less(clause, sides, told_of) if step is None else step
        there = sure.certainty != Certainty.NEGATED
        grave = serious or bool(SERIOUS.search(nouns.phrase(clause.parsed, noun)))
        values = ClaimValues(
            outcome=outcome,
            harm=name[:1].upper() + name[1:],
            effect_direction=_way(sure, change),
            frequency=_own_or(clause, noun, often, alone=not two) if there else "",
            serious=there and grave,
            comparator=sides.comparator,
        )
        found = Found(Topic.SAFETY, sure, sides.credit, clause, values, (word, noun))
        yield found
        for outcome, harm in () if called else examples_of(clause, noun, scene.names):
            one = replace(values, outcome=outcome, harm=harm, frequency="")
            yield replace(found, values=one)


def _is_too_long(name: str, *, known: bool) -> bool:
    """ "ALT elevations above three times the upper limit of normal" are known to be one."""
    return len(name.split()) > (_LONGEST + 4 if known else _LONGEST)


def _several(clause: Clause) -> bool:
    """Whether several shares stand side by side: "in 32%, 25% and 15% of patients"."""
    return _SHARES_IN_A_ROW.search(clause.parsed.said) is not None


def _none_of_it(clause: Clause) -> str:
    """ "0%" where that is the one figure, and "deaths: none"."""
    found = _ZERO.search(clause.said)
    return found.group().strip() if found and not _OTHER_FIGURE.search(clause.said) else ""


def _is_of_another(clause: Clause, noun: Token, sides: Sides) -> bool:
    """Whether another treatment stands before it, where a verb is left out."""
    before = clause.tree.children(noun, "compound", "nmod", "amod", "poss")
    named = {m.canonical for t in before if (m := clause.parsed.therapy(t))}
    return bool(named - {r.name for r in sides.credit.who})


def _is_of(clause: Clause, noun: Token, often: str) -> bool:
    """Whether how often is told of it: of "X, Y and, rarely, Z" only Z is rare, and of "X in 48%,
    with Y" Y is not as common.
    """
    tree, first, text = clause.tree, noun, clause.parsed.text
    at, start = text.find(often, clause.span.start), clause.parsed.span(noun).start
    joint = text[clause.span.start : max(at, clause.span.start)].rstrip(" ,")
    if at > start and joint.endswith((" and", " or")):
        return False  # "X and, rarely, Y"
    if often[-1:] == "%" and 0 <= at < start and ", with " in text[at:start]:
        return False
    while first.dep == "conj" and not first.is_root:
        first = tree.tokens[first.head]
    listed = [t.i for t in tree.conjuncts(first)]
    words = (t.i for t in tree.tokens[first.i : listed[-1]] if t.dep == "advmod")
    before = max((i for i in listed if i < noun.i), default=-1)
    own = tree.tokens[max(before + 1, noun.i - _NEAR) : noun.i]
    if any_of(own, _HOW_OFTEN):
        return any(t.text.lower() == often.lower() for t in own)
    adverb = next((i for i in words if tree.tokens[i].text.lower() == often.lower()), None)
    if adverb is None:
        return True
    return noun.i > adverb and not any(adverb < i < noun.i for i in listed)


def _own_or(clause: Clause, noun: Token, often: str, *, alone: bool) -> str:
    """How often a bracket behind it says, of one arm alone; else how often all of them are."""
    own = amounts.behind(clause.parsed.text, clause.parsed.span(noun).end)
    if own is not None:
        return own if alone else ""
    return often if _is_of(clause, noun, often) else ""


def _is_safety(outcome: str, scene: Scene) -> bool:
    entry = scene.names.outcome(outcome)
    return entry is not None and entry.topic == Topic.SAFETY


def _often(clause: Clause) -> str:
    """How often, in words or in the one figure of the sentence."""
    parsed, found = clause.parsed, amounts.often(clause.parsed.text, clause.span)
    if clause.is_expletive and found[:1].isdigit() and found.split()[-1] in lexicon.PEOPLE:
        return ""  # "in 214 patients there were 8 reports"
    alone = amounts.often(parsed.text, Span(parsed.start, parsed.end)) == found
    return found if alone or not any(c.isdigit() for c in found) else ""


def _way(sure: Surety, step: int | None) -> str:
    if not sure.settled or sure.certainty == Certainty.INTENDED:
        return ""
    if sure.certainty == Certainty.NEGATED:
        return EffectDirection.NO_DIFFERENCE if step else ""
    if step is None:
        return EffectDirection.WORSE
    return {1: EffectDirection.WORSE, -1: EffectDirection.BETTER}.get(step, "")


def more_or_less(clause: Clause, sides: Sides, words: Iterable[Token]) -> int | None:
    """1 where words or two figures say more, -1 less; None where nothing is compared."""
    for token in () if sides.paired else words:
        slight = [t for t in clause.tree.children(token, "amod") if t.text.lower() in _SLIGHT]
        is_value = measured.is_harm(clause, token) and token.lemma not in _CHANGES
        if is_value:
            continue  # "low counts", "lower levels of immunoglobulins": that is the harm
        if slight:
            return 0
        if token.text.lower() == "less" and not sides.comparator:
            head = clause.tree.head(token)
            return -1 if head and head.lemma.lower() == "likely" else 0
        found = nouns.amount(clause.parsed, token) or {"more": 1, "less": -1}.get(token.lemma, 0)
        if found or token.lemma.lower() in lexicon.UP_NOUNS:
            head = clause.tree.head(token)
            less_so = any_of(filter(None, (token, head)), UNUSUAL)  # "less rare" is more
            return (found or 1) * (-1 if less_so else 1) * sides.sign
    figures = figures_of(clause) if sides.comparator else None
    if figures is not None:
        return figures[0] * sides.sign
    return 0 if sides.comparator else None


def carriers(clause: Clause, noun: Token) -> tuple[Token, ...]:
    """A noun and the nouns that carry it: "more cases of X"."""
    above = [t for t in clause.tree.above(noun) if t.i != clause.predicate.i]
    return (noun, *(t for t in above if t.pos == "NOUN"))


def sides_for(clause: Clause, scene: Scene) -> Sides:
    """Subject or arm and what it is compared with; else the one thing that all of this is about."""
    sides = sides_of(clause, scene)
    if not sides.credit:
        sides = replace(sides, credit=of_arm(clause))
    blamed = [t for t in clause.own if t.dep == "pobj" and not _is_of_people(clause, t)]
    groups = any(t.text.lower() in _EACH and not _floats(clause, t) for t in clause.own)
    whose = scene.context.unnamed
    if sides.credit or groups or any_of(blamed, lexicon.CONTROLS | {"disease", "asthma"}):
        return sides
    if beside := of_those_named(clause):
        return replace(sides, credit=beside)
    if clause.above is not None and (
        clause.role == "complement" or clause.tells_why or _carries_on(clause)
    ):
        return sides_for(clause.above, scene)
    sure = scene.context.only
    barred = not sure and (clause.role == "relative" or clause.has_control)
    barred = barred or is_of_others(clause) or _is_of_some(clause, scene)
    return sides if barred else replace(sides, credit=whose)


def _floats(clause: Clause, word: Token) -> bool:
    """ "rash and herpes were each more common", "stroke, both ischaemic and haemorrhagic": of no
    groups.
    """
    if word.text.lower() not in {"each", "both", "either"} or word.dep in {
        "pobj",
        "nsubj",
        "nsubjpass",
    }:
        return False
    head = clause.tree.head(word)
    return word.dep != "det" or (head is not None and head.lemma not in _GROUPS)


def _is_counted(clause: Clause, people: Token) -> bool:
    """ "three", "two patients", "a woman"."""
    counted = people.pos == "NUM" or bool(clause.tree.children(people, "nummod"))
    return counted or any_of(clause.tree.children(people, "det"), {"a", "an"})


def _is_of_people(clause: Clause, thing: Token) -> bool:
    """ "seen in patients with autoimmune disease": it is theirs, and brought nothing."""
    people = [t for t in clause.tree.above(thing) if nouns.is_people(t)]
    named = clause.tree.children(thing, "poss", "amod", "compound")  # "Graves' disease"
    return bool(people or named) and thing.lemma not in lexicon.CONTROLS


def _is_of_some(clause: Clause, scene: Scene) -> bool:
    """What some people have anyway, what one of them died of, and what only qualifies a noun."""
    rises = scene.context.only and any_of(clause.subjects, {"risk"})  # "the risk is higher in"
    in_people = [t for t in clause.after("in") if nouns.is_people(t) and not rises]
    set_apart = not clause.passive and any(clause.tree.governed(t, {"with"}) for t in in_people)
    earlier = any_of(clause.own, {"prior"})
    told = scene.context.of_harm or any(_is_counted(clause, s) for s in clause.subjects)
    died = clause.lemma == "die" and not told
    return set_apart or earlier or died or clause.predicate.dep == "acl"


def _carries_on(clause: Clause) -> bool:
    """Whether it is joined to a clause in a sentence that speaks of one treatment only."""
    named = {m.canonical for m in clause.parsed.mentions if m.kind == "therapy"}
    alone = len(named) == 1 and not any_of(clause.tree.tokens, lexicon.CONTROLS)
    own = clause.tree.children(clause.predicate, "nsubj", "nsubjpass", "expl")
    return clause.predicate.dep == "conj" and (alone or not own)
