"""Whom a clause is credited to: named in the phrase or the arm that governs it, or referred to.

An unknown name, "another", "the vaccine" block: then nobody is credited. What something is compared
with never is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile

from extraction.frames import lexicon, measured, nouns
from extraction.frames.clauses import Clause
from extraction.frames.lexicon import lemmas
from extraction.names.vocabulary import Vocabulary
from extraction.parsing.tree import NOUN_PARTS, Token, any_of
from extraction.types import Mention, Span


@dataclass(frozen=True, slots=True)
class Referent:
    """A therapy that is spoken of, where it is named, and whether that was before."""

    name: str
    at: Span = field(compare=False)
    before: bool = field(default=False, compare=False)

    @property
    def antecedent(self) -> Span | None:
        """Where it was named, when the sentence itself only refers to it."""
        return self.at if self.before else None


def referent(mention: Mention) -> Referent:
    return Referent(mention.canonical, Span(mention.start, mention.end))


@dataclass(frozen=True, slots=True)
class Credit:
    """To whom; ``open`` where some treatment is, and it is not known which."""

    who: tuple[Referent, ...] = ()
    open: bool = False

    def __bool__(self) -> bool:
        return bool(self.who) or self.open


OPEN, NOBODY = Credit(open=True), Credit()


@dataclass(slots=True)
class Context:
    """What was said before, under one heading."""

    names: Vocabulary
    given: tuple[Referent, ...] = ()
    """What the heading or the title is about."""
    last: Credit = field(default_factory=Credit)
    """The grammatical subjects of the last sentence that had a treatment for one."""
    found: dict[tuple[int, int], Credit] = field(default_factory=dict)
    """What nouns were found to be, as long as nothing else is spoken of."""
    subjects: dict[Clause, Credit] = field(default_factory=dict)
    """What the subjects of clauses were found to be, as long as that."""
    spoken_of: set[str] = field(default_factory=set)
    """Every therapy that was named so far."""
    interposed: set[bool] = field(default_factory=set)
    """Of which number something else was a subject in this sentence: whether plural."""
    after_disease: bool = False
    """Whether the sentence before told of the disease."""
    only: bool = False
    """Whether nothing but what is given is spoken of: then a list of harms is of that."""
    tested: bool = False
    """Whether what is given is alone but for a placebo: what is compared with that is of it."""
    alone: bool = False
    """Whether the document speaks of one treatment: what harms nobody else's are may be of it."""
    of_harm: bool = False
    """Whether the sentence before told of harms: "they include X" is of those."""
    of_tests: bool = False
    """Whether the sentence before told what is watched: "this will be repeated" is of that."""
    heads: tuple[Referent, ...] = ()
    """The treatments that the line before names and no more."""
    listing: str = ""
    """The words that open the list of side effects that is being read."""
    listed: Credit = field(default_factory=Credit)
    """Whose side effects they are."""

    @property
    def sure(self) -> bool:
        """Whether what heading or title are about is alone, or only placebo stands beside it."""
        return self.only or self.tested

    @property
    def given_before(self) -> Credit:
        """The one thing that the heading or the title is about."""
        one = self.given if len(self.given) == 1 else ()
        return Credit(tuple(replace(r, before=True) for r in one))

    @property
    def unnamed(self) -> Credit:
        """Whose harms are that are put down to nobody: open where it is not sure."""
        near = self.alone and (self.given or self.of_harm)
        return self.given_before if self.sure else OPEN if near else NOBODY

    def forget_found(self) -> None:
        """Something else may be spoken of."""
        self.found.clear()
        self.subjects.clear()

    def pointed_at(self) -> Credit:
        """What a pronoun stands for, where there is one thing that it can stand for."""
        found = self.last.who or self.given
        return Credit(found) if len(found) == 1 and not self.last.open else OPEN

    def meant(self) -> Credit:
        """What "treatment" and "the infusion" are of: what is alone spoken of, what a pronoun
        stands for, else what heading or title are about.
        """
        pointed = Credit(self.given) if self.only else self.pointed_at()
        return pointed if pointed.who else self.given_before

    def pointed_at_many(self, names: Vocabulary) -> Credit:
        """What "they" stands for: several that were named together, or one class of many."""
        found = self.last.who or self.given
        if self.last.open or not found:
            return OPEN
        many = len(found) > 1 or _is_many(found[0].name, names)
        return Credit(found) if many else OPEN


def _is_many(name: str, names: Vocabulary) -> bool:
    entry = names.therapy(name)
    return entry is not None and (entry.kind != "drug" or name.endswith("s"))


def credit(clause: Clause, context: Context) -> Credit:
    """The therapies of the clause's subject, else of the arm that it tells of."""
    return of_subjects(clause, context) or of_arm(clause)


def of_subjects(clause: Clause, context: Context) -> Credit:
    """What the grammatical subject names or points at."""
    if clause not in context.subjects:
        tokens = clause.tree.tokens  # "rather than A" is no subject
        apart = clause.role != "relative"  # but "than A, which can cause"
        things = [
            t for t in clause.subjects
            if not (apart and t.i and tokens[t.i - 1].text.lower() == "than")
        ]  # fmt: skip
        context.subjects[clause] = of_nouns(clause, things, context)
    return context.subjects[clause]


def of_nouns(clause: Clause, things: Sequence[Token], context: Context) -> Credit:
    """What any of several nouns names or points at."""
    found = [of_noun(clause, noun, context) for noun in things]
    who = tuple(dict.fromkeys(r for one in found for r in one.who))
    return Credit(who, not who and any(one.open for one in found))


def of_noun(clause: Clause, noun: Token, context: Context) -> Credit:
    """What a noun phrase names or points at; nobody where it is of no treatment."""
    key = (id(clause.parsed), noun.i)
    if key not in context.found:
        context.found[key] = _of_noun(clause, noun, context)
    return context.found[key]


def _of_noun(clause: Clause, noun: Token, context: Context) -> Credit:
    parsed = clause.parsed
    if noun.dep == "csubj" and noun.lemma in _GIVING:
        beside = clause.tree.governed(noun, {"with", "without"})
        when = clause.tree.governed(noun, {"in", "at", "before", "after"})
        if when or any(not parsed.therapy(t) for t in beside):
            return NOBODY  # what taking A with food does is not what A does
        return of_named(clause, clause.tree.children(noun, "dobj", "prep"))
    if noun.lemma in _SOME_OF and (of := clause.tree.governed(noun, {"of"})):
        return of_nouns(clause, of, context)  # "none of the three drugs"
    named = nouns.therapies(parsed, noun)
    if named:
        together = any(t.text.lower() == "plus" for t in parsed.tree.below(noun)) or (
            noun.lemma == "combination" and len({m.canonical for m in named}) > 1
        )
        if together or nouns.is_another(parsed, noun):
            return OPEN  # what two do together is of neither
        return Credit(tuple(dict.fromkeys(referent(m) for m in named)))
    if nouns.is_people(noun) and noun.tag != "PRP":
        return NOBODY
    if nouns.is_treatment_itself(parsed, noun) and context.given_before:
        return context.given_before
    if nouns.points_back(parsed, noun):
        plural = noun.tag in {"NNS", "NNPS"} or noun.text.lower() in {"they", "both", "these"}
        plural = plural and noun.lemma not in nouns.TAKEN  # "the tablets" of one drug
        found = context.pointed_at_many(context.names) if plural else context.pointed_at()
        if noun.tag == "PRP" and plural in context.interposed:
            return OPEN  # "spasticity means that muscles are tight, and it may come with"
        open_ = found.open and noun.lemma not in nouns.TAKEN
        return Credit(tuple(replace(r, before=True) for r in found.who), open_)
    if parsed.named(noun, "outcome") or parsed.named(noun, "course"):
        return NOBODY
    if noun.text.casefold() in context.names.folded_diseases:
        return NOBODY
    measured_ = measured.harmed_by(parsed.words([noun]))
    return OPEN if not measured_ and nouns.is_unknown_treatment(parsed, noun) else NOBODY


def of_named(clause: Clause, things: Iterable[Token]) -> Credit:
    """Every therapy that these words name, but for what something is compared with."""
    parsed = clause.parsed
    meant = (t for t in things if not nouns.compared(parsed, t))
    found = (referent(m) for t in meant for m in nouns.therapies(parsed, t))
    return Credit(tuple(dict.fromkeys(found)))


def of_those_named(clause: Clause) -> Credit:
    """The one therapy that a predicate and all that hangs from it name, or those of one list."""
    tree, parsed = clause.tree, clause.parsed
    earlier = lemmas("early earlier prior previous past old older")
    below = [t for t in tree.below(clause.predicate) if not any_of(tree.children(t), earlier)]
    named = [
        t for t in below
        if parsed.therapy(t) and not nouns.compared(parsed, t) and not _is_before(clause, t)
        and not any(_is_of_none(clause, up) for up in tree.above(t)) and _is_theirs(clause, t)
        and not _is_of_another_clause(clause, t)
    ]  # fmt: skip
    if named and set(named) <= set(tree.conjuncts(named[0])):
        return of_named(clause, named)
    return _one(of_named(clause, named))


def alone_in(clause: Clause) -> Credit:
    """The one therapy that the sentence names, wherever it stands."""
    named = [m for m in clause.parsed.mentions if m.kind == "therapy"]
    return _one(Credit(tuple(dict.fromkeys(map(referent, named)))))


def only_named(clause: Clause) -> Credit:
    """The one therapy that a clause names and does not only compare with."""
    return _one(of_named(clause, clause.own))


def _one(found: Credit) -> Credit:
    """Who is found, where it is one."""
    return found if len(found.who) == 1 else NOBODY


def says_when(clause: Clause) -> bool:
    """Whether its sentence names a treatment or has a word for it: "before the first dose"."""
    told, words = (
        lemmas("treatment therapy dose infusion injection medicine start"),
        clause.tree.tokens,
    )
    return any(clause.parsed.therapy(t) or t.lemma.lower() in told for t in words)


def of_the_treated(clause: Clause, context: Context) -> Credit:
    """What is named beside it, else pointed at, else the one thing that all of this is about."""
    named = of_those_named(clause) or (of_those_named(clause.above) if clause.above else NOBODY)
    pointed = named or credit(clause, context)
    vaccines = any_of(clause.subjects, {"vaccine", "vaccination"})
    blocked = pointed.open and not (context.only or vaccines)  # "these therapies"
    return pointed if pointed.who or blocked else context.meant() or pointed


def of_the_thing(clause: Clause, things: Sequence[Token], context: Context) -> Credit:
    """What nouns name or point at; "treatment" and "the infusion" are of the one spoken of."""
    found = of_nouns(clause, things, context)
    kinds = [t for t in things if t.lemma.lower() in lexicon.COURSE_OF | lexicon.POINTING]
    plain = lemmas(
        "the this a an any all each every first next last further later prolonged long usual "
        "subsequent second third following maintenance loading recommended "
        "standard initial starting repeated several many high low"
    )
    marks = (c for t in kinds for c in clause.tree.children(t, "det", "amod", "compound", "nmod"))
    if found.who or not kinds or any(c.lemma not in plain and c.tag != "VBG" for c in marks):
        return found  # "another drug", "blood pressure medicines"
    return context.meant() or OPEN


_WHILE = lemmas("while whereas although though")
_SOME_OF = lemmas("none neither each all most both either")
_GIVING = lemmas("take use give receive inject start")
_ARM_LINKS = lemmas(
    "with on for in under by after during of from following receive take give treat assign start "
    "use while when randomise randomize randomised randomized allocate expose switch enrol "
    "between"
)
_ASSIGNING = lemmas("assign randomise randomize randomised randomized allocate expose switch")
_LEAVING = lemmas("switch change transition convert")
_TIMES = lemmas("while when after during since")
_ARM_OF = lexicon.COURSE_OF | lexicon.PEOPLE | lexicon.TREATMENT
_ARM_DEPS = lemmas("prep agent acl mark pcomp advcl csubj relcl")
_NO_ARM = lemmas("before without despite to except unlike like than instead versus vs vs.")


@lru_cache(maxsize=8)
def of_arm(clause: Clause) -> Credit:
    """The therapy of the arm, where the clause tells of one: "with A", "patients given A"."""
    parsed = clause.parsed
    if _BESIDE_IT.search(parsed.said):
        return OPEN  # which of two that are taken together it was is not said
    named = ((t, m) for t in clause.own if (m := parsed.therapy(t)))
    given = (m for t, m in named if not nouns.compared(parsed, t) and in_arm(clause, t))
    if found := tuple(dict.fromkeys(map(referent, given))):
        return _one(Credit(found))
    blocked = any(_is_coded_arm(clause, t) for t in clause.own if not parsed.therapy(t))
    return OPEN if blocked else _while_given(clause)


def _while_given(clause: Clause) -> Credit:
    """ "while taking A", "when you take A", "after receiving A"."""
    tree, verb = clause.tree, clause.predicate
    sides = tree.children(verb, "advcl")
    inner = [
        *(
            t
            for p in tree.children(verb, "prep")
            if p.lemma in _TIMES
            for t in tree.children(p, "pcomp")
        ),
        *(t for t in sides if any_of(tree.children(t, "mark", "advmod"), _TIMES)),
    ]
    given = [t for t in inner if t.lemma in _GIVING and not tree.children(t, "neg")]
    return _one(of_named(clause, [o for t in given for o in tree.children(t, "dobj")]))


def _is_of_another_clause(clause: Clause, token: Token) -> bool:
    """ "flushing affects a third, and A can be tried": what is joined has a subject of its own."""
    tree = clause.tree
    joined = (
        up for up in (token, *tree.above(token))
        if up.pos in {"VERB", "AUX"} and clause.predicate in tree.above(up)
        and (up.dep == "conj" or any_of(tree.children(up, "mark"), _WHILE))
    )  # fmt: skip
    return any(tree.children(up, "nsubj", "nsubjpass") for up in joined)


def _is_theirs(clause: Clause, token: Token) -> bool:
    """Not "the A trial", "after A was stopped", "whose sister took A"."""
    tree = clause.tree
    if _names_a_study(clause, token) or _is_beside(clause, token):
        return False
    for up in tree.above(token):
        if up.dep == "advcl" and up.lemma in _STOPS:
            return False
        if any_of(tree.children(up, "advmod"), {"beforehand"}):
            return False  # what goes before a treatment is none
        subjects = tree.children(up, "nsubj") if up.dep == "relcl" else ()
        if any(any_of(tree.children(s), {"whose"}) and s.lemma not in _PARENTS for s in subjects):
            return False
    return True


def _is_beside(clause: Clause, token: Token) -> bool:
    """ "was managed with A", which is the remedy; "were also taking A", "had been on A before"."""
    tree, verb = clause.tree, clause.tree.head(token)
    if verb is not None and verb.dep == "relcl" and verb.lemma == "use":
        of = tree.head(verb)  # "procedures in which A is used"
        return of is not None and not nouns.is_people(of)
    for up in tree.above(token):
        link = tree.head(up) if up.dep in {"prep", "agent"} else None
        if link is not None and up.lemma in _LINKS and link.lemma in _REMEDYING:
            return True
        if up.lemma in _GIVING and any_of(tree.children(up, "advmod"), _BESIDE):
            return True
        if up.lemma == "treat" and any_of(tree.children(up, "advmod"), _BESIDE):
            return True
    return False


def _names_a_study(clause: Clause, token: Token) -> bool:
    """ "the placebo arm of the A trial"."""
    head = clause.tree.head(token)
    named = head is not None and token.dep in NOUN_PARTS and head.lemma in _STUDIES
    return named and any_of(clause.own, lexicon.CONTROLS)


_LINKS, _REMEDYING = (
    lemmas("with by to"),
    lemmas("ease manage resolve settle control relieve respond subside clear alleviate"),
)
_BESIDE = lemmas("also already previously formerly")
_STOPS, _PARENTS = lemmas("stop discontinue withdraw cease"), lemmas("mother parent")
_STUDIES = lemmas("trial study programme program")
_BESIDE_IT = re.compile(
    r"\b(?:on|receiving|taking)\s+background\b|\badd-?on\b|\badding\s|\badded\s+to\b|\bon\s+top\s+of\b"
    r"|\band\s+(?:who\s+(?:were|was)\s+)?given\b|\bwho\s+(?:were|was)\s+given\b|\bexposed\s+to\b.*\bvaccin",
    re.I,
)
_BEFORE = lemmas("prior before until")


def _is_before(clause: Clause, token: Token) -> bool:
    return any(t.lemma in _BEFORE for t in clause.tree.above(token))


def in_arm(clause: Clause, token: Token) -> bool:
    """Whether a name is that of what people of the clause are given."""
    at, ups = token, tuple(clause.tree.above(token))
    inner = takewhile(lambda t: t.i != clause.predicate.i, (token, *ups))
    if any(t.dep == "appos" or (t.dep == "amod" and t.pos == "ADJ") for t in inner):
        return False  # "harm, a known effect of A" and "harm, common with A, was seen with B"
    if _names_a_study(clause, token) or _is_beside(clause, token):
        return False
    for up in ups:
        denied = bool(clause.tree.children(up, "neg"))
        beside = any_of(clause.tree.children(up, "advmod"), _BESIDE)
        if up.dep in {"relcl", "acl"} and beside:
            return False  # "people who also took A"
        if up.lemma == "none" or _leaves(clause, up) or (up.dep == "relcl" and denied):
            return False
        barred = denied or (up.lemma in _NO_ARM and not _assigns(clause, up))
        if barred and up.dep in {"prep", "mark", "agent"}:
            return False
        if _is_of_none(clause, up):
            return False
        if up.lemma in _ARM_LINKS and up.dep in _ARM_DEPS:
            return not _is_before(clause, up)
        if at.dep in NOUN_PARTS and (up.lemma in _ARM_OF or up.tag == "VBN"):
            return True
        if up.i == clause.predicate.i:
            return False
        at = up
    return False


def _is_of_none(clause: Clause, link: Token) -> bool:
    """ "three died, none on A"."""
    return link.i > 0 and clause.tree.tokens[link.i - 1].lemma == "none"


def _assigns(clause: Clause, to: Token) -> bool:
    """ "randomised to A", "exposed to A"."""
    verb = clause.tree.head(to)
    return to.lemma == "to" and verb is not None and verb.lemma in _ASSIGNING


def _leaves(clause: Clause, from_: Token) -> bool:
    """ "switched from A": it is no longer the arm."""
    verb = clause.tree.head(from_)
    return from_.lemma == "from" and verb is not None and verb.lemma in _LEAVING


def _is_coded_arm(clause: Clause, token: Token) -> bool:
    """Whether people were given something that no name of ours explains."""
    parsed, head = clause.parsed, clause.tree.head(token)
    if token.dep != "pobj" or head is None or head.lemma not in {"with", "on", "by", "after"}:
        return False
    if parsed.named(token, "course") or parsed.named(token, "outcome"):
        return False
    above = clause.tree.head(head)
    if head.lemma == "with" and above is not None and nouns.is_people(above):
        return False  # "people with HIV"
    named = token.tag == "NNP" or (token.tag == "NN" and token.lemma in lexicon.TREATMENT)
    return named and nouns.is_unknown_treatment(parsed, token)
