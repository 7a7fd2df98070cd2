"""Noun phrases: which therapy they are of, what they say of an outcome, and their own words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extraction.frames import lexicon
from extraction.frames.clauses import Parsed
from extraction.frames.lexicon import lemmas
from extraction.names.vocabulary import Vocabulary
from extraction.parsing import masking
from extraction.parsing.tree import NOUN_PARTS, Token
from extraction.types import Mention, Span

_LINKS = lemmas("with of to for on by")
_GIVEN = lemmas(
    "give treat receive take assign randomise randomize start begin allocate expose use"
)
_COMPARED = lemmas(
    "than versus vs vs. v unlike like against instead without despite except besides compare "
    "comparison"
)
_BESIDE_FIGURES = lemmas("% percent per cent of those that patients people participants in")
_ALIKE = lemmas("relative superior inferior noninferior similar comparable equal")
_ALIKE_DEPS = lemmas("prep advmod amod acomp advcl")
_EXAMPLES = lemmas("like as including include")
_LOWER_PARTS = lemmas("respiratory limb back abdominal urinary extremity leg airway body jaw")
"""What "lower" only says the place of."""
_INNER = lemmas("det amod compound nummod nmod poss quantmod advmod punct case neg npadvmod")
TAKEN = lemmas("dose injection infusion tablet capsule pill spray patch")
_OF_TREATMENT = lexicon.COURSE_OF | lexicon.TREATMENT | lexicon.POINTING
_MARKS = lemmas("det punct poss neg predet")
_HAVING = lemmas("have experience suffer show develop")
_ANY_STUDY = lemmas("study trial ms asthma drug")
_OVER = lemmas("advantage superiority benefit improvement prefer reduction")
_OF, _UNTIL = (
    lemmas("of in for to on from with towards toward among"),
    lemmas("to until before between"),
)
_CHANGES = (
    (-1, lexicon.DOWN_NOUNS, lexicon.DOWN),
    (1, lexicon.UP_NOUNS, lexicon.UP),
    (2, lexicon.GOOD_NOUNS, lexicon.GOOD),
    (-2, lexicon.BAD_NOUNS, lexicon.BAD),
)


_COMPARING = lemmas("JJR JJS")
_VOLUME = re.compile(r"^(?!.*\b(?:loss|shrink|atrophy)).*\bvolume$", re.I | re.S)
_TIME_TO = re.compile(r"\btime\s+(?:un)?(?:to|til|before|between)\s+(?:[\w-]+\s+){0,4}$", re.I)


def is_people(token: Token) -> bool:
    return token.lemma in lexicon.PEOPLE


def compared(parsed: Parsed, token: Token) -> bool:
    """Whether a word stands behind "than", "versus", "compared with" and the like."""
    at = token
    for up in parsed.tree.above(token):
        if up.lemma in _COMPARED or _equals(parsed, up):
            return True
        if up.lemma == "as" and at.lemma == "with":  # "as with A"
            return True
        if up.dep == "prep" and _follows_a_figure_compared(parsed, up):
            return True
        if up.lemma in _ALIKE and up.dep in _ALIKE_DEPS and at.dep == "prep" and at.lemma == "to":
            return True
        if up.lemma == "over" and up.dep == "prep":
            head = parsed.tree.head(up)
            return head is not None and head.lemma in _OVER
        given = up.dep == "relcl" and up.lemma in _GIVEN
        if up.pos in {"VERB", "AUX"} and up.dep not in {"acl", "prep"} and not given:
            return _opens_comparison(parsed, up)
        at = up
    return False


def _follows_a_figure_compared(parsed: Parsed, prep: Token) -> bool:
    """ "7.9 per 100 years against 1.1 with A", "12% v 9% on A", however the parser hangs it."""
    tokens = parsed.tree.tokens
    i = prep.i - 1
    while i > 0 and (tokens[i].pos == "NUM" or tokens[i].text.lower() in _BESIDE_FIGURES):
        i -= 1
    return i < prep.i - 1 and tokens[i].lemma.lower() in _COMPARED


def in_than_clause(parsed: Parsed, token: Token) -> bool:
    """Whether its verb is that of a clause with "than" or "as": "than B did"."""
    verbs = (t for t in parsed.tree.above(token) if t.pos in {"VERB", "AUX"})
    verb = next(verbs, None)
    return verb is not None and _opens_comparison(parsed, verb)


def _opens_comparison(parsed: Parsed, verb: Token) -> bool:
    """ "than B did", "as many as people taking B"."""
    head = parsed.tree.head(verb)
    openers = [*parsed.tree.children(verb, "mark"), *([head] if head else [])]
    return any(t.lemma == "than" or _equals(parsed, t) for t in openers)


def _equals(parsed: Parsed, word: Token) -> bool:
    """The second "as" of "as good as"."""
    if word.text.lower() != "as" or word.dep not in {"prep", "mark"}:
        return False
    before = [t for up in parsed.tree.above(word) for t in parsed.tree.below(up) if t.i < word.i]
    return any(t.text.lower() == "as" and t.dep == "advmod" for t in before)


def therapies(parsed: Parsed, noun: Token) -> tuple[Mention, ...]:
    """The therapies that a noun phrase is of: itself, "ocrelizumab treatment", "use of X"."""
    return tuple(dict.fromkeys(_therapies(parsed, noun, 0)))


def _therapies(parsed: Parsed, noun: Token, depth: int) -> Iterator[Mention]:
    tree = parsed.tree
    own = parsed.therapy(noun)
    if own is not None:
        beside = _beside(parsed, noun) if is_class(noun) else ()
        specific = [m for t in beside if (m := parsed.therapy(t)) and not is_class(t)]
        likened = [t for t in tree.children(noun, "prep") if t.lemma == "like"]
        aside = any(tree.tokens[t.i - 1].text == "," for t in likened)
        links = _EXAMPLES - {"like"} if aside else _EXAMPLES
        examples = [m for t in tree.governed(noun, links) if (m := parsed.therapy(t))]
        yield from specific or examples or [own]
        return
    if depth > 4:
        return
    appositives = [m for t in _beside(parsed, noun) if (m := parsed.therapy(t))]
    if noun.lemma in _OF_TREATMENT:
        yield from filter(None, map(parsed.therapy, tree.children(noun, *NOUN_PARTS)))
        for t in tree.governed(noun, _LINKS | _EXAMPLES | {"such"}):
            if parsed.therapy(t) or not is_people(t):
                yield from _therapies(parsed, t, depth + 1)
    yield from appositives


def is_class(token: Token) -> bool:
    """Whether it stands in for a name of a class of treatments."""
    return token.text.lower() in {masking.CLASS, masking.CLASSES}


def _beside(parsed: Parsed, noun: Token) -> tuple[Token, ...]:
    """Appositions; a list of two without "and" is one: "another BTK inhibitor, tolebrutinib"."""
    tree = parsed.tree
    listed = tree.children(noun, "conj")
    alone = listed if len(listed) == 1 and not tree.children(noun, "cc") else ()
    deeper = any(tree.children(t, "cc", "conj") for t in alone)
    return (*tree.children(noun, "appos"), *(() if deeper else alone))


def arms(parsed: Parsed, noun: Token) -> tuple[Mention, ...]:
    """The therapies that the people of a noun phrase were given."""
    below = parsed.tree.below(noun)
    found = (m for t in below if (m := parsed.therapy(t)) and not compared(parsed, t))
    return tuple(dict.fromkeys(found))


def is_another(parsed: Parsed, noun: Token) -> bool:
    """One of a class, not said which: "another BTK inhibitor", unless its name stands beside."""
    marks = {t.lemma for t in parsed.tree.children(noun)}
    named = any(parsed.therapy(t) for t in _beside(parsed, noun))
    return "another" in marks and not named


def is_unknown_treatment(parsed: Parsed, noun: Token) -> bool:
    """A treatment that no name of ours explains: "KYV-101", "another drug", "the vaccine"."""
    tree = parsed.tree
    lemma = noun.lemma
    below = [t for t in tree.below(noun) if t.i <= noun.i or t.dep in {"appos"}]
    if lemma in lexicon.TREATMENT:
        inner = tree.children(noun)
        if any(t.lemma in lexicon.UNKNOWN_MARKS or t.tag in _COMPARING for t in inner):
            return True
        return lemma not in lexicon.POINTING or any(
            t.dep in {"compound", "amod", "nmod"} and t.tag in {"NNP", "NN", "NNPS"} for t in inner
        )
    if any(looks_coded(t.text) for t in below):
        return True
    if lemma in lexicon.COURSE_OF:
        return any(
            looks_coded(t.text) or t.lemma in lexicon.TREATMENT - lexicon.POINTING
            for t in tree.below(noun)
        )
    if lexicon.is_suffered(noun.text, noun.lemma):
        return False
    return noun.tag in {"NNP", "NNPS"} and not any(c in noun.text for c in ".")


def looks_coded(word: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2,}[A-Za-z]*[-‑]?\d{2,}\w*|[A-Za-z]+[-‑]\d{2,}\w*", word))


def points_back(parsed: Parsed, noun: Token) -> bool:
    """Whether it stands for what was named before: "it", "the drug", "this treatment"."""
    tree, lemma = parsed.tree, noun.lemma
    inner = tree.children(noun)
    marks = {t.lemma for t in inner}
    if noun.tag == "PRP":
        return lemma in {"it", "they"}
    if marks & lexicon.UNKNOWN_MARKS or any(t.tag in _COMPARING for t in inner):
        return False  # "the older drug" is not the one that was named
    if noun.tag == "DT" and lemma in {"this", "these", "both"}:
        return lemma != "this"
    possessed = any(t.tag == "PRP$" and t.lemma in {"its", "their"} for t in inner)
    if is_treatment_itself(parsed, noun):
        return True
    definite = bool(marks & {"the", "this", "these", "both", "such"}) or possessed
    plain = not any(
        (t.dep in {"compound", "nmod"} and t.lemma not in _ANY_STUDY)
        or (t.dep == "prep" and t.lemma in {"with", "of"})
        for t in inner
    )  # fmt: skip
    if lemma in lexicon.POINTING:
        return definite and plain
    if lemma in lexicon.COURSE_OF:
        taken = definite and plain and lemma in TAKEN  # "the 60 mg dose", "the injection"
        of = tree.governed(noun, _LINKS)
        return possessed or taken or any(points_back(parsed, t) for t in of)
    return False


def is_treatment_itself(parsed: Parsed, noun: Token) -> bool:
    """ "treatment led to fewer relapses": the one that is spoken of, without a mark."""
    plain = noun.lemma in {"treatment", "therapy"} and noun.tag == "NN"
    return plain and noun.dep in {"nsubj", "nsubjpass", "dobj"} and not parsed.tree.children(noun)


@dataclass(frozen=True, slots=True)
class Valence:
    """What more of a noun phrase means for the patient."""

    sign: int
    """1: more is better; -1: more is worse."""
    outcome: str
    topic: str
    span: Span
    noun: Token
    changed: bool = False
    """Whether the phrase itself says that the outcome changed: "a reduction in relapses"."""


def valence(parsed: Parsed, noun: Token, names: Vocabulary) -> Valence | None:
    """The first outcome that a noun phrase is of; None where it is of none we know."""
    return next(iter(valences(parsed, noun, names)), None)


def valences(parsed: Parsed, noun: Token, names: Vocabulary, depth: int = 0) -> tuple[Valence, ...]:
    """The outcomes that a noun phrase is of, lists behind its "of" taken apart, and their signs."""
    tree, lemma = parsed.tree, noun.lemma
    named = parsed.named(noun, "outcome")
    factor = (1, False) if depth and is_people(noun) else _factor(lemma, noun)
    before = tree.children(noun, *NOUN_PARTS)
    if named is not None:
        entry = names.outcome(named.canonical)
        if entry is None:
            return ()
        span = Span(named.start, named.end)
        sign = 1 if entry.good == "more" else -1
        if _VOLUME.match(parsed.text[span.start : span.end]):
            sign = 1  # less of a brain's volume is what atrophy is
        if _TIME_TO.search(parsed.text, max(parsed.start, span.start - 60), span.start):
            sign = -sign  # a longer time to something bad is good
        base = Valence(sign, entry.name, entry.topic, span, noun)
        own = parsed.text[named.start : named.end].lower()
        falls = lemma in lexicon.DOWN_NOUNS and noun.text.lower() not in own
        if falls:
            return (_times(base, -1, changed=True),)
        beyond = [t for t in tree.governed(noun, {"of"}) if parsed.span(t).start >= named.end]
        # "risk of relapse and of progression", but not "flare-ups of symptoms"
        listed = beyond if depth <= 5 and " of " in own else ()
        return (base, *(v for t in listed for v in valences(parsed, t, names, depth + 1)))
    if depth > 5:
        return ()
    if lemma == "time":
        inner = _behind(parsed, noun, _UNTIL, names, depth)
        return tuple(replace(v, noun=noun, changed=False) for v in inner)
    if factor is None:
        return ()
    inner = _behind(parsed, noun, _OF, names, depth) or next(
        (found for t in before if (found := valences(parsed, t, names, depth + 1))), ()
    )
    sign, changes = factor
    if abs(sign) == 2:  # an improvement, whatever the outcome is
        return tuple(replace(v, sign=sign // 2, noun=noun, changed=True) for v in inner)
    return tuple(_times(v, sign, changed=changes or v.changed) for v in inner)


def _behind(
    parsed: Parsed, noun: Token, links: frozenset[str], names: Vocabulary, depth: int
) -> tuple[Valence, ...]:
    tree = parsed.tree
    things = [
        one
        for first in _prepositions(parsed, noun)
        for prep in tree.conjuncts(first)
        if prep.lemma in links
        for thing in tree.children(prep, "pobj", "pcomp")
        for one in tree.conjuncts(thing)
    ]
    if is_people(noun):  # "patients who had a relapse"
        verbs = tree.children(noun, "relcl")
        things += [o for v in verbs if v.lemma in _HAVING for o in tree.children(v, "dobj")]
    freed = (  # "patients free of relapses"
        replace(v, sign=-v.sign)
        for free in tree.children(noun, "amod")
        if free.lemma == "free"
        for v in _behind(parsed, free, links, names, depth)
    )
    return (*(v for one in things for v in valences(parsed, one, names, depth + 1)), *freed)


def _prepositions(parsed: Parsed, noun: Token) -> list[Token]:
    """Those of the noun; one just behind it that hangs from its verb; one listed with it."""
    tree, head = parsed.tree, parsed.tree.head(noun)
    beside = tree.children(head, "prep") if head is not None and head.pos == "VERB" else ()
    listed = [t for t in tree.children(noun, "conj") if t.pos == "ADP"]
    near = [t for t in beside if t.i == noun.i + 1]
    return [*tree.children(noun, "prep"), *listed, *near]


def _factor(lemma: str, noun: Token) -> tuple[int, bool] | None:
    """How a noun passes on the sign of what is behind it, and whether it tells a change."""
    if lemma in lexicon.CARRIERS:
        return (1, False)
    gerund = noun.tag == "VBG"
    for sign, told, verbs in _CHANGES:
        if lemma in told or (gerund and lemma in verbs):
            return (sign, True)
    return None


def _times(inner: Valence, factor: int, *, changed: bool) -> Valence:
    return replace(inner, sign=inner.sign * factor, changed=changed)


def amount(parsed: Parsed, noun: Token) -> int:
    """1 where the phrase says more of it than of another, -1 less, 0 neither."""
    for child in parsed.tree.children(noun, "amod", "nmod", "advmod", "compound"):
        word, lemma = child.text.lower(), child.lemma
        if word == "lower" and parsed.tree.tokens[child.i + 1].lemma in _LOWER_PARTS:
            continue
        many = parsed.tree.below(child) if word in {"many", "much"} else ()
        times, compares = {t.text.lower() for t in many}, child.tag in {"JJR", "RBR"}
        if {"half", "as"} <= times:
            return -1
        more = word in lexicon.MORE or (compares and lemma in {"more", "great", "high"})
        if more or {"twice", "as"} <= times:
            return 1
        if word in lexicon.LESS or (compares and lemma in {"few", "less", "low"}):
            return -1
    return 0


def phrase(parsed: Parsed, noun: Token) -> str:
    """The noun with what stands before it, and "of" and its noun behind it, without articles."""
    return parsed.words(core(parsed, noun))


def core(parsed: Parsed, noun: Token) -> list[Token]:
    """The words of the phrase in a row: no relative clause, no list, no comparison."""
    tree = parsed.tree
    inner = [t for t in tree.children(noun, *_INNER) if t.i < noun.i]
    listed = {t.i for child in inner for t in tree.below(child) if t.dep in {"cc", "conj"}}
    below = [t for child in inner for t in tree.below(child, listed)]
    before = [t for t in below if t.dep not in _MARKS or t.text in "-–"]
    behind: list[Token] = []
    for prep in tree.children(noun, "prep"):
        if prep.lemma == "of" and prep.i == noun.i + 1:
            for thing in tree.children(prep, "pobj"):
                behind += [prep, *[t for t in tree.below(thing) if t.i <= thing.i]]
    words = sorted([*before, noun, *behind], key=lambda t: t.i)
    first = noun.i
    for token in reversed([t for t in words if t.i < noun.i]):
        if token.i != first - 1:
            break
        first = token.i
    return [t for t in words if t.i >= first]
