"""How sure the source is of a clause: its own negation, modals and what it is embedded in.

After ConText and the BioScope guidelines (Vincze et al., BMC Bioinformatics 2008;9 Suppl 11:S9),
but by the parse: a cue holds for its predicate and for those that share its auxiliary.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extraction.codes import Certainty
from extraction.frames import lexicon
from extraction.frames.clauses import Clause
from extraction.frames.lexicon import lemmas
from extraction.parsing.tree import Token, any_of


@dataclass(frozen=True, slots=True)
class Surety:
    """A certainty and the word that decided it; ``settled`` is false where nothing is known."""

    certainty: str
    cue: str = ""
    settled: bool = True


_STATED = Surety(Certainty.STATED)
_ABLE = lemmas(
    "give take use administer store inject detect see measure divide treat self-inject prescribe "
    "offer swallow switch dilute start"
)
"""What "can be given" permits; it doubts nothing."""
_GIVERS = lexicon.PEOPLE | lemmas("you doctor nurse neurologist physician clinician specialist")
_USING = lemmas("use prescribe take approve license licence authorise authorize indicate mean")
"""What something is used to do is what it is meant to do."""
_LAYMEN = lexicon.PEOPLE | lemmas("neighbour neighbor friend blogger website newspaper forum")
_ALLEGING = lemmas("claim fear worry allege dread rumour rumor")
_AFRAID = lemmas("afraid worried fearful")
_MAYBE = lexicon.HEDGES | {"cannot"}
_IMPROVING = lexicon.GOOD | lexicon.DOWN | lexicon.UP
_STUDYING = lemmas("determine test assess investigate evaluate examine explore ask study")
_SHOWING, _KNOWING = lemmas("prove show find demonstrate"), lemmas("know establish say conclude")
_FAILING = lemmas("fail decline refuse")
_EXCLUDING = lemmas("exclude rule")
_POSSIBLE = lemmas("potential possible putative probable suspected")
_GUESSED = lemmas("likely unlikely possible probable thought believed promising encouraging")
_PROMISE = lemmas("potential promise hope possibility trend tendency")
_GUESS = lemmas("hypothesis possibility idea")
_TOO_LITTLE, _WEAK = (
    lemmas("little scant insufficient"),
    lemmas("limited weak poor some preliminary"),
)
"""Of evidence."""
_FEARS = lemmas("concern suggestion fear worry suspicion possibility chance")
_DENYING = lemmas("no neither not nor without zero")
_WITHIN_A_PHRASE = lemmas("conj compound appos amod nmod")
_ASKED = lemmas("ccomp csubj csubjpass")


def _hedged(word: Token, *, settled: bool = True) -> Surety:
    return Surety(Certainty.HEDGED, word.text, settled)


def _negated(word: Token) -> Surety:
    return Surety(Certainty.NEGATED, word.text)


def _intended(word: Token) -> Surety:
    return Surety(Certainty.INTENDED, word.text)


def surety_of(clause: Clause, *, permits: bool = False) -> Surety:
    """Of what the predicate says, and what is above it; "may" and "can" may only permit."""
    sure = _surety_of(clause)
    allowed = sure.certainty == Certainty.HEDGED and sure.cue.lower() in {"may", "can"}
    return _STATED if permits and allowed else sure


@lru_cache(maxsize=8)
def _surety_of(clause: Clause) -> Surety:
    return _strongest([*_own(clause), *_from_above(clause)])


def denied_noun(clause: Clause, noun: Token) -> str:
    """The word that denies a noun and its whole list: "no deaths, cancers or infections"."""
    tree = clause.tree
    first = tree.below(noun)[0]
    if first.lemma == "no" and first.i < noun.i:
        return first.text  # "no second-degree or higher block"
    at: Token | None = noun
    while at is not None:
        marks = tree.children(at, "det", "neg", "preconj", "advmod", "cc", "amod")
        more = [c for m in marks if m.tag == "JJR" for c in tree.children(m, "neg", "det")]
        for child in (*marks, *more):  # "no cases", "no more cases than expected"
            if child.lemma not in _DENYING or child.i > at.i:
                continue
            behind = tree.tokens[child.i + 1 : child.i + 2]
            if not any_of(behind, {"only", "just"}):  # "not only a benefit"
                return child.text
        if at.lemma == "none":
            return at.text
        head = tree.head(at)
        if head is None:
            return ""
        if at.dep in {"pobj", "pcomp"}:
            denials = [head] if head.lemma == "without" else tree.children(head, "neg")
            if denials:
                return denials[0].text  # "but not on disability"
            at = tree.head(head) if head.lemma in lemmas("of in for between with") else None
            if at is None or at.pos not in {"NOUN", "PRON", "NUM", "PROPN", "DET"}:
                return ""
        elif at.dep in _WITHIN_A_PHRASE and head.pos not in {"VERB", "AUX"}:
            own = any_of(tree.children(at, "det"), {"a", "an"}) or tree.children(at, "nummod")
            if at.dep == "conj" and own:
                return ""  # "no hair and a blood infection", "no deaths and three fits"
            at = head
        else:
            return ""
    return ""


def _strongest(found: list[Surety]) -> Surety:
    by_certainty = {one.certainty: one for one in reversed(found)}
    unsettled = [one for one in found if not one.settled]
    if unsettled and Certainty.INTENDED not in by_certainty:
        return unsettled[0]
    order = (Certainty.INTENDED, Certainty.NEGATED, Certainty.HEDGED)
    return next((by_certainty[c] for c in order if c in by_certainty), _STATED)


_NEITHER = lemmas("neither nowhere nobody nothing")
_HARDLY = lemmas("barely hardly scarcely")
_NOT_ALL = lemmas("only just merely solely")
"""Behind "not" they leave what is said; so does "without"."""


def _is_no_more(clause: Clause, word: Token) -> bool:
    """ "slows progression no more than placebo": behind the object too."""
    more = clause.tree.head(word) if word.lemma == "no" else None
    return more is not None and more.tag in {"RBR", "JJR"} and more.dep == "advmod"


_EMBEDDED = lemmas("csubj csubjpass ccomp advcl")


def _own(clause: Clause) -> list[Surety]:
    """What its verb, its complement and its nouns say of it."""
    tree, predicate = clause.tree, clause.predicate
    found: list[Surety] = []
    verb: Token | None = predicate
    while verb is not None:
        found += _around(clause, verb)
        verb = _shares(clause, verb)
    behind = tree.head(predicate)
    if predicate.dep == "pcomp" and behind is not None:
        noun = tree.head(behind)
        named = noun is not None and noun.pos in {"NOUN", "PROPN"}  # not "no worse in slowing"
        if behind.lemma == "against" or (noun is not None and named and denied_noun(clause, noun)):
            found.append(_negated(behind))  # "no effect in slowing"
    found += [_negated(t) for t in clause.own if t.lemma in _NEITHER or _is_no_more(clause, t)]
    if predicate.dep in _EMBEDDED and any(t.tag == "WRB" and t.lemma == "how" for t in clause.own):
        found.append(_hedged(predicate, settled=False))
    if clause.complement is not None:
        found += [*_around(clause, clause.complement), *_of_word(clause, clause.complement)]
    found += [_negated(s) for s in clause.subjects[:1] if s.lemma == "none"]
    if clause.lemma == "be":  # "were no commoner", taken for a noun
        of_object = [n for o in clause.objects[:1] for n in tree.children(o, "neg", "det")]
        found += [_negated(n) for n in of_object if n.lemma == "no"]
    for noun in clause.subjects:
        denials = tree.children(noun, "det", "preconj", "cc")
        found += [_negated(t) for t in denials if t.lemma in {"neither", "no"}]
    said_of = (behind,) if predicate.dep in {"acl", "relcl"} else ()
    for noun in (*clause.subjects[:1], *clause.objects[:1], *filter(None, said_of)):
        doubts = _POSSIBLE | ({"promising"} if noun in clause.objects else set())
        marks = tree.children(noun, "amod")
        found += [_hedged(t) for t in marks if t.lemma in doubts]
        found += [
            _hedged(t) for m in marks for t in tree.children(m, "advmod") if t.lemma in _MAYBE
        ]
        if noun.lemma in _PROMISE:
            found.append(_hedged(noun))
    return found


def _around(clause: Clause, verb: Token) -> list[Surety]:
    """What the words that hang from a verb or an adjective say of it."""
    children = clause.tree.children(verb)
    behind = [t for c in children if c.dep == "neg" for t in clause.tree.tokens[c.i + 1 : c.i + 2]]
    only = any_of((*children, *behind), _NOT_ALL) or any_of(behind, {"without"})
    found: list[Surety] = []
    for child in children:
        lemma, dep = child.lemma, child.dep
        if dep == "neg" or (lemma in {"never", "neither"} and dep in {"advmod", "preconj"}):
            found += [] if only else [_negated(child)]
        elif dep in {"aux", "advmod"} and lemma in _MAYBE:
            permits = lemma in {"can", "could"} and _permits(clause, verb)
            if not permits and (lemma != "likely" or dep == "advmod"):
                found.append(_hedged(child))
        elif (dep == "advmod" and lemma == "little" and child.i > verb.i) or (
            dep == "mark" and lemma in {"whether", "if"} and verb.dep in _ASKED
        ):
            found.append(_hedged(child, settled=False))
        elif dep == "advmod" and child.i < verb.i:
            denied = not only and clause.tree.children(child, "neg")
            hardly = lemma == "ever" and any_of(clause.tree.children(child), _HARDLY)
            if denied or hardly or lemma in _HARDLY | {"no"}:
                found.append(_negated(child))
    if any(s.certainty == Certainty.NEGATED for s in found):
        doubted = [c for c in children if c.dep == "aux" and c.lemma in {"may", "might", "could"}]
        if doubted:  # "may not reduce": neither is said
            return [_hedged(doubted[0], settled=False)]
    if verb.lemma in lexicon.AIMING and verb is not clause.predicate:
        found.append(_intended(verb))
    return found


def _permits(clause: Clause, verb: Token) -> bool:
    """Whether "can" before it gives leave: "can be given", "doctors can prescribe"."""
    done = clause.complement if clause.lemma == "be" else None
    if done is not None and done.tag == "VBN" and done.lemma in _ABLE:
        return True
    return verb.lemma in _ABLE and (clause.passive or any_of(clause.subjects, _GIVERS))


def _of_word(clause: Clause, word: Token) -> list[Surety]:
    """What an adjective or a verb says; "more likely to" compares, and is no guess."""
    if any(t.text.lower() in {"more", "less"} for t in clause.tree.children(word, "advmod")):
        return []
    if word.lemma in lexicon.UNSETTLED:
        return [_hedged(word, settled=False)]
    if word.lemma in _GUESSED:
        return [_hedged(word)]
    return [_negated(word)] if word.lemma in {"ineffective", "unable"} else []


def _shares(clause: Clause, verb: Token) -> Token | None:
    """The verb whose auxiliary a listed verb has too: "did not reduce relapses or slow disability".

    A finite verb has its own; "but" and a subject of its own begin anew.
    """
    tree, head = clause.tree, clause.tree.head(verb)
    if verb.dep != "conj" or head is None or head.pos not in {"VERB", "AUX"}:
        return None
    if tree.children(verb, "nsubj", "nsubjpass", "aux", "auxpass", "neg"):
        return None
    between = [t for t in tree.children(head, "cc", "punct") if t.i < verb.i]
    if any_of(between, {"but", "yet", "though", ";"}):
        return None
    bare = verb.tag == "VBP" and head.tag == "VB" and verb.text.lower() == verb.lemma
    alike = verb.tag in {"VB", "VBN", "VBG"} and verb.tag == head.tag
    return head if alike or bare else None


def _from_above(clause: Clause) -> list[Surety]:
    """What the verb says that a clause is the complement of: "suggests that", "fails to"."""
    found = _of_the_noun(clause)
    head = clause.tree.head(clause.predicate)
    used = head is not None and head.lemma in _USING and head.dep == "acl"
    if used and clause.lemma in _IMPROVING and clause.predicate.dep in {"xcomp", "advcl"}:
        found.append(_intended(clause.predicate))  # "a medicine used to improve walking"
    if clause.role in {"participle", "contrast"} and clause.above is not None:
        above = surety_of(clause.above)
        doubted = above.certainty in {Certainty.HEDGED, Certainty.INTENDED}
        if doubted and (clause.predicate.tag == "VBG" or _tells_what_is(clause)):
            found.append(above)
    for at, up in _embedding(clause):
        lemma, own = up.lemma, _own(up)
        found += _of_what_is_denied(up)
        for noun in (*up.subjects[:1], *up.objects[:1]):
            found += _of_noun(up, noun)
        for word in filter(None, (up.predicate, up.complement)):
            found += _of_word(up, word)
        used_to = lemma in _USING and at.predicate.dep != "ccomp"  # not "A does it, so it is used"
        if lemma in lexicon.AIMING or used_to or at.role == "purpose":
            found.append(_intended(up.predicate))
        elif (
            lemma in lexicon.HEDGING_VERBS and not (lemma == "expect" and up.has("than", "as"))
        ) or (lemma == "say" and _is_hearsay(at, up)):
            found.append(_hedged(up.predicate))
        elif lemma in _FAILING and (
            up.has("rarely", "seldom") or any(s.certainty == Certainty.NEGATED for s in own)
        ):
            own = []  # "did not fail to reduce", "rarely fails to"
        elif lemma in _EXCLUDING and any(s.certainty == Certainty.NEGATED for s in own):
            own = [_hedged(up.predicate, settled=False)]  # "cannot be ruled out"
        elif lemma in _FAILING or (lemma in {"have", "be", "remain"} and up.has("yet")):
            found.append(_negated(up.predicate))
        elif lemma in _ALLEGING or (up.complement and up.complement.lemma in _AFRAID):
            found.append(_hedged(up.predicate, settled=False))
        elif lemma in _STUDYING:
            found.append(_intended(up.predicate))
        elif any(s.certainty == Certainty.NEGATED for s in own):
            if lemma in _KNOWING:
                found.append(_hedged(up.predicate, settled=False))
            elif lemma in _SHOWING:
                found.append(_negated(up.predicate))
        found += [] if lemma in lexicon.AIMING | {"know"} else own
    return found


def _is_hearsay(at: Clause, up: Clause) -> bool:
    """ "is said to cause", "neighbours say that"."""
    nobody = up.passive and at.predicate.dep == "xcomp"
    return nobody or any_of((*up.subjects, *up.after("by")), _LAYMEN)


def _of_noun(clause: Clause, noun: Token) -> list[Surety]:
    """What "the aim", "the possibility" and "no evidence" make of what they introduce."""
    if noun.lemma in lexicon.AIM_NOUNS:
        return [_intended(noun)]
    if noun.lemma in _GUESS:
        return [_hedged(noun)]
    if noun.lemma not in {"evidence", "proof"}:
        return []
    if denied_noun(clause, noun) or any_of(clause.tree.children(noun), _TOO_LITTLE):
        return [_hedged(noun, settled=False)]
    return [_hedged(noun)] if any_of(clause.tree.children(noun), _WEAK) else []


def _of_the_noun(clause: Clause) -> list[Surety]:
    """ "concerns that" only supposes; of "the claim that" it is left open what became of it."""
    noun = clause.tree.head(clause.predicate)
    if clause.predicate.dep not in {"acl", "relcl"} or noun is None:
        return []
    if noun.lemma in _FEARS and clause.predicate.dep == "acl":
        return [_hedged(noun)]
    verb = clause.tree.head(noun)
    if noun.lemma == "case" and verb is not None and clause.tree.children(verb, "neg"):
        return [_negated(noun)]  # "it is not the case that"
    that = clause.own[0]
    told = that.lemma == "that" and not {that.i, noun.i} & {t.i for t in clause.subjects}
    return [_hedged(noun, settled=False)] if told and noun.lemma in _TOLD else []


_TOLD = lemmas(
    "claim idea view argument hypothesis theory report suggestion belief allegation assertion "
    "notion rumour rumor myth misconception fallacy mistake"
)
_DISPUTING = lemmas(
    "deny doubt dispute refute reject disprove rebut question contest allege challenge"
)
_UNTRUE = lemmas(
    "false untrue incorrect wrong implausible doubtful unlikely improbable mistaken myth "
    "misconception fallacy mistake error"
)
_WRONGLY = lemmas("wrongly falsely mistakenly incorrectly erroneously")


def _of_what_is_denied(up: Clause) -> list[Surety]:
    """ "it is a myth that", "doubt that", "wrongly say that": nobody says it."""
    said = [*up.objects, *([up.complement] if up.complement else [])]
    found = [word for word in said if word.lemma in _UNTRUE]
    found += [up.predicate] if up.lemma in _DISPUTING else []
    found += [t for t in up.tree.children(up.predicate, "advmod") if t.lemma in _WRONGLY]
    return [_hedged(word, settled=False) for word in found]


def _tells_what_is(clause: Clause) -> bool:
    """ "could become the first drug approved for MS": the participle is part of what may be."""
    head = clause.tree.head(clause.predicate)
    return clause.predicate.dep == "acl" and head is not None and head.dep == "attr"


def _embedding(clause: Clause) -> Iterator[tuple[Clause, Clause]]:
    """Each clause and the one that it is the complement or purpose of, from within outwards."""
    at = clause
    while at.above is not None:
        embedded = at.role in {"complement", "purpose"}
        if at.predicate.dep != "conj":
            if not embedded and at.predicate.dep not in {"xcomp", "ccomp"}:
                return
            yield at, at.above
        elif not embedded:
            return
        at = at.above
