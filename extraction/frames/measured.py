"""Values and functions of the body that are measured, and by which change people are harmed."""

import re
from functools import lru_cache

from extraction.frames import lexicon
from extraction.frames.clauses import Clause
from extraction.frames.lexicon import lemmas
from extraction.parsing.tree import Token, any_of

_ORGANS = (
    r"(?:pump|ventricular|cardiac|heart|lung|pulmonary|respiratory|kidney|renal|liver|hepatic"
    r"|thyroid|bone[-\s]marrow|ovarian)"
)
_HIGH = re.compile(
    r"\b(?:enzymes?|liver\s+(?:function\s+)?tests?|(?:trans)?aminases?|(?:amino)?transferases?|ALT|AST|creatinine|bilirubin|lipase"
    r"|amylase|temperature|glucose|blood[-\s]sugar|cholesterol|triglycerides?|QTc?|(?:QT|PR)[-\s]interval"
    r"|intraocular\s+pressure)\b",
    re.I,
)
_LOW = re.compile(
    r"\b(?:ejection\s+fraction|FEV1|(?:forced\s+)?(?:expiratory|vital)\s+(?:volume|capacity)|immunoglobulins?|Ig[GMA]|platelets?|neutrophils?|sodium"
    r"|phosphate|potassium|blood\s+counts?|antibody\s+levels?"
    rf"|ha?emoglobin|bone\s+(?:mineral\s+)?density|{_ORGANS}\s+function)\b",
    re.I,
)
_CELLS = re.compile(r"\b(?:white\s+(?:blood\s+)?cells?)\b", re.I)
_COUNTS = re.compile(
    rf"{_CELLS.pattern}|\b(?:lymphocyte|neutrophil|blood)\s+counts?\b|\blymphocytes\b", re.I
)
"""Fewer of them are what many a treatment is for, and a harm where they are called one."""
_EITHER = re.compile(r"\b(?:blood\s+pressure|heart\s+rate|heart\s?beat|pulse)\b", re.I)

_EXCEEDS = re.compile(
    r"\b(?:(?:greater|more|higher)\s+than|above|over|beyond|exceeding|at\s+least)\b|[>≥]"
)
_RISEN = lexicon.UP | lemmas("exceed raised elevated increased high higher prolonged fast up")
_FALLEN = lexicon.DOWN | lemmas(
    "deteriorate worsen impair impaired reduced decreased low lower lowered slow slowed irregular "
    "down"
)
_UNDER = lemmas("below under beneath")
_RISING = lexicon.UP_NOUNS | lemmas("elevation")
_FALLING = lexicon.DOWN_NOUNS | lexicon.BAD_NOUNS | lemmas("slowing loss")


@lru_cache(maxsize=4_096)
def harmed_by(words: str) -> int:
    """1 where more of what the words name is worse, -1 where less is, 2 where either; else 0."""
    ways = ((1, _HIGH), (-1, _LOW), (2, _EITHER))
    return next((way for way, names in ways if names.search(words)), 0)


def is_harmed(clause: Clause, noun: Token, change: Token) -> bool:
    """Whether what the noun names changes for the worse by a verb or an adjective: "ALT rose"."""
    word = {change.lemma, change.text.lower()}
    if not word & (_RISEN | _FALLEN):
        return False
    below = change.pos == "VERB" and any_of(clause.tree.children(change, "prep"), _UNDER)
    if (word == {"low"} or (below and word & _FALLEN)) and _COUNTS.search(_words(clause, noun)):
        return True  # of what many a treatment is for
    way = harmed_by(_words(clause, noun))
    return (way > 0 and bool(word & _RISEN)) or (way in {-1, 2} and bool(word & _FALLEN))


def is_harm(clause: Clause, noun: Token) -> bool:
    """Whether a noun phrase tells such a change: "a decline in platelets", "raised ALT"."""
    tree = clause.tree
    marks = tree.children(noun, "amod", "compound")
    if any(is_harmed(clause, noun, change) for change in marks):
        return True
    if any_of(marks, {"low"}) and _COUNTS.search(_words(clause, noun)):
        return True
    if exceeds(clause, noun) or falls_short(clause, noun):
        return True
    if noun.lemma not in _RISING | _FALLING:
        return False
    things = tree.governed(noun, {"in", "of"}) or tree.children(noun, "compound", "nmod")
    inner = [_words(clause, t) for t in things]
    way = next((w for said in inner if (w := harmed_by(said))), 0)
    way = way or -any(_CELLS.search(said) is not None for said in inner)
    return (way > 0 and any_of([noun], _RISING)) or (way in {-1, 2} and any_of([noun], _FALLING))


def is_harm_in_words(words: str) -> bool:
    """Whether words without a parse tell such a change: "decreased ejection fraction"."""
    way, said = harmed_by(words), set(words.casefold().split())
    fallen, risen = said & (_FALLEN | _FALLING), said & (_RISEN | _RISING)
    return bool((way > 0 and risen) or (way in {-1, 2} and fallen))


def exceeds(clause: Clause, noun: Token) -> bool:
    """ "ALT greater than three times the upper limit"."""
    named = (*clause.tree.children(noun, "amod", "compound"), noun)
    high = harmed_by(clause.parsed.words(named)) == 1
    return high and (
        _EXCEEDS.search(_words(clause, noun)) is not None or bool(behind(clause, noun))
    )


def falls_short(clause: Clause, noun: Token) -> bool:
    """ "lymphocyte counts below 0.5 x 10^9/L"."""
    said = clause.parsed.words([*clause.tree.children(noun, "amod", "compound"), noun])
    under = clause.tree.governed(noun, _UNDER)
    low = harmed_by(said) == -1 or _COUNTS.search(said) is not None
    return low and any(t.pos == "NUM" or clause.tree.children(t, "nummod") for t in under)


def behind(clause: Clause, noun: Token) -> str:
    """What was cut from just behind a noun and says that a limit was passed."""
    parsed, end = clause.parsed, clause.parsed.span(noun).end
    cuts = (c.of(parsed.text) for c in parsed.masked.cut if c.start == end)
    return next((words for words in cuts if _EXCEEDS.search(words) and "(" not in words), "")


def _words(clause: Clause, noun: Token) -> str:
    """A noun and what is said of it, without what it is listed with."""
    tree = clause.tree
    beside = {t for one in tree.children(noun, "conj") for t in (one, *tree.below(one))}
    return clause.parsed.words([t for t in tree.below(noun) if t not in beside])
