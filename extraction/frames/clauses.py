"""Clauses of a parsed sentence: predicate, subjects, objects, and how each hangs from others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from extraction.frames.lexicon import ACTING, CONTROLS, PEOPLE, lemmas
from extraction.parsing.masking import Masked
from extraction.parsing.tree import NOUN_PARTS, Token, Tree, any_of
from extraction.types import Mention, Span

_CLAUSAL = lemmas("advcl relcl ccomp xcomp acl parataxis csubj csubjpass pcomp")
_COMPLEMENTS = lemmas("ccomp xcomp csubj csubjpass pcomp")
_VERBAL = {"VERB", "AUX"}
_OF_PEOPLE = lemmas(
    "give treat receive take assign randomise randomize randomised start begin enrol allocate "
    "expose use switch"
)
"""Participles that say what people were given: part of their noun phrase, no clause."""
_PREPOSITIONS = lemmas("compare include follow regard accord base concern consider depend")
_CONDITION = lemmas("if unless whether provided when where until once lest whenever")
_SUPPOSING, _INVERTING = lemmas("if unless"), lemmas("should were had")
_NOMINAL = lemmas("NOUN PROPN PRON DET ADJ")
_URGING = lemmas("urge ask advise encourage tell remind instruct invite")
_INHERITS = lemmas("conj advcl xcomp pcomp ccomp parataxis")
_ACTIVE = lemmas(
    "effect role success value efficacy effectiveness result aim goal purpose way means potential "
    "benefit impact ability capacity"
)
"""Nouns whose verb is done by what has them: "its effect on reducing relapses"."""
_LETTING = lemmas("allow enable help let cause lead")
_LEARNING = lemmas("learn receive identify find see observe review")
_HEARSAY = lemmas("read hear")
_RESTRICTING = lemmas(
    "stop suspend withdraw restrict halt pause place recall end discontinue abandon limit warn ban "
    "strengthen tighten revise terminate pull remove drop"
)
_TAKEN_BACK = lemmas("debunk retract refute disprove discredit")
_BEATING = lemmas("surpass outperform outdo beat")
_FOUND = lemmas("find show know see prove report think believe observe")
_TIME = lemmas("after before while whilst during since as")
_PREVENTING = lemmas("prevent stop keep protect save refrain")
_RULING = lemmas("should must shall need ought")
_ADVISED = lemmas("advise recommend require need contraindicate advised required necessary needed")
_INSTEAD = lemmas("than without instead")
_CONTRAST = lemmas("although though despite whereas while")


@dataclass(frozen=True, eq=False)
class Parsed:
    """A stretch of a sentence, parsed: words, and the names that they are."""

    text: str
    """The whole document."""
    start: int
    end: int
    masked: Masked
    tree: Tree
    mentions: tuple[Mention, ...]

    @cached_property
    def _spans(self) -> dict[int, Span]:
        return {}

    @cached_property
    def _therapies(self) -> dict[int, Mention]:
        """By the token that each stands for."""
        named = ((t, self.masked.mentions.get(t.start)) for t in self.tree.tokens)
        return {
            t.i: name
            for t, name in named
            if name and name.kind == "therapy"
            and not (_is_of_a_copy(self.tree, t) or _is_not_meant(self.tree, t))
        }  # fmt: skip

    def span(self, token: Token) -> Span:
        if token.i not in self._spans:
            self._spans[token.i] = self.masked.raw(token.start, token.end)
        return self._spans[token.i]

    def words(self, tokens: Sequence[Token]) -> str:
        """The document's own words from the first to the last of these."""
        if not tokens:
            return ""
        start, end = self.span(tokens[0]).start, self.span(tokens[-1]).end
        kept = self.text[start:end]
        for cut in self.masked.cut:
            if start <= cut.start and cut.end <= end:
                kept = kept.replace(cut.of(self.text), " ")
        return " ".join(kept.split())

    def therapy(self, token: Token) -> Mention | None:
        return self._therapies.get(token.i)

    def named(self, token: Token, kind: str) -> Mention | None:
        """The longest name of this kind that a word is part of."""
        found = [m for m in self.mentions if m.kind == kind]
        if not found:
            return None
        span = self.span(token)
        around = (m for m in found if m.start < span.end and span.start < m.end)
        return max(around, key=lambda m: m.end - m.start, default=None)

    @property
    def said(self) -> str:
        return self.text[self.start : self.end]


def _is_not_meant(tree: Tree, name: Token) -> bool:
    """ "smoking, not A, caused it", "seen with B and not with A", "as for other As"."""
    last = [t.text.lower() for t in tree.tokens[max(0, name.i - 3) : name.i] if t.dep != "det"]
    if last[-1:] in (["other"], ["others"]) and last[-3:-1] in (["as", "for"], ["as", "with"]):
        return True
    before = [t for t in tree.tokens[max(0, name.i - 3) : name.i] if t.pos not in {"ADP", "DET"}]
    earlier = tree.tokens[: name.i]
    spared = earlier and earlier[-1].lemma == "but" and earlier[0].lemma in {"all", "every"}
    return bool(spared) or (bool(before) and before[-1].text.lower() == "not")  # "all but A"


_COPIES = lemmas("biosimilar generic copy")
_RELATED = _COPIES | lemmas("successor predecessor rival competitor")


def _is_of_a_copy(tree: Tree, name: Token) -> bool:
    """ "a biosimilar of A", "A's successor", "generic A": named by a drug, and another one."""
    head = tree.head(name)
    if head is not None and name.dep == "pobj" and head.lemma in {"of", "to"}:
        head = tree.head(head)
    elif name.dep not in NOUN_PARTS:
        head = None
    if head is not None and head.lemma in _RELATED:
        return True
    beside = tree.children(head, "amod", "compound", "nmod") if head is not None else ()
    return any_of((*beside, *tree.children(name, "amod", "compound", "nmod")), _COPIES)


@dataclass(frozen=True, eq=False)
class Clause:
    """One predicate with what hangs from it and from no other."""

    parsed: Parsed
    predicate: Token
    role: str
    """Main, relative, participle, complement, condition, time, contrast, reason, purpose, instead
    ("than", "without")."""
    above: "Clause | None"
    own: tuple[Token, ...]

    @cached_property
    def tree(self) -> Tree:
        return self.parsed.tree

    @cached_property
    def lemma(self) -> str:
        return self.predicate.lemma

    @cached_property
    def passive(self) -> bool:
        deps = {t.dep for t in self.tree.children(self.predicate)}
        if deps & {"nsubjpass", "auxpass", "csubjpass"}:
            return True
        listed = self.predicate.dep == "conj" and not deps & {"nsubj", "aux"}
        if listed and self.above is not None:
            return self.above.passive and self.predicate.tag == "VBN"
        return self.predicate.tag == "VBN" and self.role == "participle"

    @cached_property
    def subjects(self) -> tuple[Token, ...]:
        """The nouns that the predicate is said of, lists taken apart."""
        own = tuple(
            person
            for head in (self.predicate, *self.tree.children(self.predicate, "auxpass"))
            for s in self.tree.children(head, "nsubj", "nsubjpass", "csubj", "csubjpass")
            for person in (_given_people(s, self.tree) or (s,))
        )
        relative = [t for t in own if t.tag in {"WDT", "WP"} or t.lemma in {"which", "who"}]
        qualifies = self.predicate.dep == "relcl" and (relative or not own)
        if qualifies or (relative and self.role == "relative"):
            return self._whose_kind(self.tree.head(self.predicate))
        if own:
            kept = [s for s in own if not self._is_set_aside(s)] or own
            return tuple(t for s in kept for t in self.tree.conjuncts(s))
        if self.predicate.dep == "acl":
            return self._whose_kind(self.tree.head(self.predicate))
        if self.above is not None and self.predicate.dep in _INHERITS:
            if self.predicate.dep == "xcomp" and not self.above.passive:
                objects = self.tree.children(self.above.predicate, "dobj")
                if objects and self.above.lemma in _LETTING:
                    return objects
            if self._passes_another() or self._is_of_a_noun():
                return ()
            return self.above.subjects
        return ()

    def _whose_kind(self, noun: Token | None) -> tuple[Token, ...]:
        """Of "A is a drug that ..." and "A, a drug that ...": A is what the rest is said of."""
        above = noun and self.tree.head(noun)
        if noun is not None and noun.lemma not in PEOPLE and self.has("who"):
            people = [t for t in self.tree.above(noun) if t.lemma in PEOPLE]
            return tuple(people[:1]) or (noun,)  # "a woman with MS who"
        if noun is not None and noun.dep in {"pobj", "dobj", "conj"} and self._is_plural():
            return self._list_of(noun)
        if noun is None or above is None or self.above is None:
            return (noun,) if noun else ()
        if noun.dep == "attr" and above is self.above.predicate and not self.above.is_expletive:
            return self.above.subjects or (noun,)
        return (above,) if noun.dep == "appos" and self.parsed.therapy(above) else (noun,)

    def _is_set_aside(self, subject: Token) -> bool:
        """ "A rather than B is": B is not spoken of."""
        before = [t for t in self.tree.tokens[: subject.i] if t.pos not in {"DET", "ADJ"}]
        return bool(before) and before[-1].lemma == "than"

    def _is_of_a_noun(self) -> bool:
        """Whether it only says what a noun is of: "episodes of worsening symptoms"."""
        preposition = self.tree.head(self.predicate) if self.predicate.dep == "pcomp" else None
        noun = self.tree.head(preposition) if preposition is not None else None
        return noun is not None and noun.pos == "NOUN" and noun.lemma not in _ACTIVE

    def _is_plural(self) -> bool:
        """Whether the verb is one of several: "which reduce", "which are"."""
        verbs = (self.predicate, *self.tree.children(self.predicate, "aux", "auxpass"))
        return self.predicate.dep == "relcl" and any(t.tag == "VBP" for t in verbs)

    def _list_of(self, noun: Token) -> tuple[Token, ...]:
        """The whole list that a noun is in."""
        first: Token | None = noun
        while first is not None and first.dep == "conj":
            first = self.tree.head(first)
        return self.tree.conjuncts(first or noun)

    def _passes_another(self) -> bool:
        """Whether another therapy stands between the verb and the subject it would take over."""
        subjects = self.above.subjects if self.above else ()
        if not subjects:
            return False
        mine = self._named_in(t for s in subjects for t in self.tree.below(s))
        between = self.tree.tokens[subjects[-1].i + 1 : self.predicate.i]
        return not mine >= self._named_in(t for t in between if t.dep not in {"pobj", "dobj"})

    def _named_in(self, tokens: Iterable[Token]) -> set[str]:
        return {m.canonical for m in map(self.parsed.therapy, tokens) if m}

    @cached_property
    def objects(self) -> tuple[Token, ...]:
        """Direct objects and predicate nouns, lists taken apart."""
        found = self.tree.children(self.predicate, "dobj", "attr", "oprd", "obj")
        own = (*found[:1], *(o for o in found[1:] if not self.tree.is_set_aside(o)))
        return tuple(t for o in own for t in self.tree.conjuncts(o))

    @cached_property
    def is_expletive(self) -> bool:
        return bool(self.tree.children(self.predicate, "expl"))

    @cached_property
    def complement(self) -> Token | None:
        """The adjective that it is said to be."""
        return next(iter(self.tree.children(self.predicate, "acomp", "oprd")), None)

    def after(self, *prepositions: str) -> tuple[Token, ...]:
        """Objects of these prepositions that hang from the predicate or its complement."""
        heads = [self.predicate, *self.tree.children(self.predicate, "acomp", "prt", "advmod")]
        return tuple(t for head in heads for t in self._behind(head, prepositions))

    def behind(self, head: Token, *prepositions: str) -> tuple[Token, ...]:
        """Objects of these prepositions that hang from a word, else from the predicate."""
        return self._behind(head, prepositions) or self.after(*prepositions)

    def _behind(self, head: Token, prepositions: tuple[str, ...]) -> tuple[Token, ...]:
        return self.tree.governed(head, prepositions, ("pobj", "pcomp"))

    def has(self, *lemmas: str) -> bool:
        return any_of(self.own, lemmas)

    @cached_property
    def is_side(self) -> bool:
        """Whether it is only supposed, or says when: nothing that it says is asserted."""
        if any_of(self.tree.tokens, _TAKEN_BACK):
            return True  # "reports that A causes X were retracted"
        at: Clause | None = self
        while at is not None:
            if at.above is not None and at.above.passive and at.above.lemma in _BEATING:
                return True  # "A was surpassed by B in preventing X"
            if at.role in {"condition", "time", "instead"} and not at.tells_why:
                return True
            if at.role == "purpose" and at.above is not None and at.above.lemma in ACTING:
                return True  # what acting on the body is good for
            if at.role == "relative" and any(
                t.lemma == "unlike" for t in at.tree.above(at.predicate)
            ):
                return True  # "unlike A, which needs X, B ..."
            urged = at.predicate.dep == "xcomp" and at.above is not None
            if urged and at.above is not None and at.above.lemma in _URGING:
                return True
            if at.role == "complement" and at.above is not None and at.above.lemma in _HEARSAY:
                return True
            if any_of(at.tree.children(at.predicate, "nsubj"), {"which"}):
                return False
            at = at.above
        return False

    @cached_property
    def is_tangled(self) -> bool:
        """Whether the parser gave one verb the subjects of two: it took a finite verb for none."""
        subjects = self.tree.children(self.predicate, "nsubj", "nsubjpass")
        if len(subjects) < 2:
            return False
        between = self.tree.tokens[subjects[0].i : subjects[-1].i]
        return any(t.tag in {"VBD", "VBZ", "VBP"} for t in between)

    @cached_property
    def tells_why(self) -> bool:
        """Whether it says after what something was stopped or restricted: that did happen."""
        head = self.tree.head(self.predicate)
        marks = (*self.tree.children(self.predicate, "mark"), *((head,) if head else ()))
        after = any(t.lemma == "after" for t in marks)
        after = after or any_of(self.tree.children(self.predicate, "advmod"), {"when"})
        passive = bool(self.tree.children(self.predicate, "auxpass"))
        happened = self.predicate.tag == "VBD" or passive or self.lemma in _LEARNING
        decided = self.above is not None and self.above.lemma in _RESTRICTING
        return self.role == "time" and after and happened and decided

    @cached_property
    def has_control(self) -> bool:
        """Whether it tells of a control, and not only of a "placebo-controlled" part."""
        return any(t.lemma in CONTROLS and not is_of_design(self.tree, t) for t in self.own)

    @cached_property
    def serves_a_purpose(self) -> bool:
        """Whether it or what it is part of is what something is done for."""
        at: Clause | None = self
        while at is not None and at.role != "purpose":
            at = at.above
        return at is not None

    @cached_property
    def said(self) -> str:
        """The document's words of it, with what brackets within or behind them add."""
        runs: list[list[Token]] = []
        for token in self.own:
            if runs and token.i == runs[-1][-1].i + 1:
                runs[-1].append(token)
            else:
                runs.append([token])
        return " ".join(self._printed(run[0], run[-1]) for run in runs)

    def _printed(self, first: Token, last: Token) -> str:
        end = self.parsed.span(last).end
        behind = [c.end for c in self.parsed.masked.cut if end <= c.start <= end + 1]
        return self.parsed.text[self.parsed.span(first).start : max([end, *behind])]

    @property
    def span(self) -> Span:
        first, last = self.parsed.span(self.own[0]), self.parsed.span(self.own[-1])
        return Span(first.start, last.end)

    @cached_property
    def is_rule(self) -> bool:
        """Whether it says what shall be: an order, "must", "is not recommended", "you stop"."""
        at, helpers = self.predicate, self.tree.children(self.predicate, "aux", "auxpass")
        if self.above and (at.dep == "xcomp" or (at.dep == "conj" and not helpers)):
            return self.above.is_rule
        now = any(t.tag in {"VBZ", "VBP"} for t in (at, *helpers))
        advised = (self.complement or at).lemma.lower() in _ADVISED
        you = at.tag == "VBP" and any_of(self.subjects, {"you"})
        ordered = self.is_imperative or (not self.subjects and any_of(helpers, {"do"}))
        return you or ordered or any_of(helpers, _RULING) or (now and advised)

    @cached_property
    def is_imperative(self) -> bool:
        if self.predicate.tag not in {"VB", "VBP"} or self.role != "main" or self.subjects:
            return False
        auxiliaries = self.tree.children(self.predicate, "aux")
        return not any_of(auxiliaries, lemmas("will may can could should to"))


def is_of_design(tree: Tree, control: Token) -> bool:
    """ "placebo-controlled": how a study was made, and no arm of it."""
    behind = tree.tokens[control.i + 1 : control.i + 3]
    return [t.text.lower() for t in behind] == ["-", "controlled"]


@lru_cache(maxsize=8)
def clauses_of(parsed: Parsed) -> tuple[Clause, ...]:
    """Every clause, in the order of the text."""
    tree = parsed.tree
    heads = {t.i for t in tree.tokens if _heads_a_clause(t, tree)}
    found: dict[int, Clause] = {}

    def clause(token: Token) -> Clause:
        if token.i not in found:
            above = next((t for t in tree.above(token) if t.i in heads), None)
            up = clause(above) if above is not None else None
            own = tree.below(token, heads - {token.i})
            found[token.i] = Clause(parsed, token, _role(token, tree, up), up, own)
        return found[token.i]

    return tuple(clause(tree.tokens[i]) for i in sorted(heads))


def _heads_a_clause(token: Token, tree: Tree) -> bool:
    if token.is_root:
        return True
    if token.dep == "conj":
        head = tree.head(token)
        if token.pos not in _VERBAL or head is None:
            return False
        if tree.children(token, "nsubj", "nsubjpass") and head.pos not in _VERBAL:
            return True
        return head.pos in _VERBAL and _heads_a_clause(head, tree)
    if token.dep not in _CLAUSAL or token.lemma in _PREPOSITIONS:
        return False
    if _given_people(token, tree) or _who_were_given(token, tree):
        return False
    if token.dep == "acl":
        told = any_of(tree.children(token, "mark"), {"that"})  # "a warning that A must be taken"
        return token.pos == "VERB" and (told or token.lemma not in _OF_PEOPLE)
    if token.dep == "advcl" and token.tag == "VBN" and token.lemma in _OF_PEOPLE:
        return bool(tree.children(token, "mark", "nsubj", "nsubjpass", "auxpass"))
    return token.pos in _VERBAL or token.dep in {"advcl", "relcl", "ccomp"}


def _given_people(token: Token, tree: Tree) -> tuple[Token, ...]:
    """ "people given A had ...", where "given" was taken for the subject: the people."""
    if token.dep != "csubj" or token.tag != "VBN" or token.lemma not in _OF_PEOPLE:
        return ()
    return tree.children(token, "nsubj", "nsubjpass")


def _who_were_given(token: Token, tree: Tree) -> bool:
    """ "people who received A": part of the noun phrase, as "people given A" is."""
    who = any(t.tag == "WP" for t in tree.children(token, "nsubj", "nsubjpass"))
    return token.dep == "relcl" and who and token.lemma in _OF_PEOPLE


def _role(token: Token, tree: Tree, above: Clause | None) -> str:
    marks = _marks(token, tree)
    if token.is_root or above is None:
        return "condition" if marks & _SUPPOSING or _is_supposed(token, tree) else "main"
    if token.dep in {"conj", "parataxis"}:
        return "condition" if marks & _CONDITION else above.role
    if _is_supposed(token, tree):
        return "condition"
    told = token.dep in {"acl", "relcl"} and "that" in marks  # "no evidence that A prevents X"
    if token.dep == "relcl" and not told:
        return "relative"
    if any_of(_openers(token, tree), _INSTEAD) or _kept_from(token, tree):
        return "instead"
    if token.dep in _COMPLEMENTS or told:
        return "time" if token.dep == "pcomp" and marks & _TIME else "complement"
    subjects = tree.children(token, "nsubj", "nsubjpass")
    inverted = [t for t in tree.children(token, "aux") if subjects and t.i < subjects[0].i]
    if marks & _CONDITION or (inverted and token.dep in {"advcl", "ccomp"}):
        return "condition"
    if marks & _CONTRAST:
        return "contrast"
    if "because" in marks or (marks & {"since", "as"} and token.tag != "VBG"):
        return "reason"
    if marks & _TIME:
        return "time"
    if token.dep == "advcl" and any(t.tag == "TO" for t in tree.children(token, "aux")):
        verb = tree.head(token)
        found = verb is not None and verb.lemma in _FOUND and tree.children(verb, "auxpass")
        return "complement" if found else "purpose"  # "has not been found to harm"
    return "participle"


def _is_supposed(token: Token, tree: Tree) -> bool:
    """ "Should A cause X, stop it", "Were A to cause X, ...", "Had A caused X, ..."."""
    first = tree.tokens[0].text.lower()
    comma = next((t.i for t in tree.tokens if t.text == ","), 0)
    nominal = any(t.pos in _NOMINAL for t in tree.tokens[1:2])
    return first in _INVERTING and nominal and token.i < comma


def _kept_from(token: Token, tree: Tree) -> bool:
    """Whether it is what is prevented: "prevents you from getting worse", "stops you feeling"."""
    head = tree.head(token)
    verb = tree.head(head) if head and head.lemma == "from" else None
    if token.tag == "VBG" and tree.children(token, "nsubj"):
        verb = verb or head
    return verb is not None and verb.lemma in _PREVENTING


def _openers(token: Token, tree: Tree) -> list[Token]:
    """The preposition that a clause hangs from, and those that stand at its own head."""
    head = tree.head(token)
    return [
        *([head] if head and head.dep in {"prep", "cc", "mark"} else []),
        *tree.children(token, "mark", "prep"),
    ][:2]


def _marks(token: Token, tree: Tree) -> set[str]:
    """The words that open a side clause."""
    found = {
        t.lemma
        for t in tree.children(token, "mark", "advmod")
        if t.dep == "mark" or t.tag == "WRB" or (t.lemma == "once" and t.i < token.i)
    }
    head = tree.head(token)
    if token.dep == "pcomp" and head is not None:
        found.add(head.lemma)
    return found
