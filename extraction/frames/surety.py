"""How sure the source is of a clause: its own negation, modals and what it is embedded in.

After ConText and the BioScope guidelines (Vincze et al., BMC Bioinformatics 2008;9 Suppl 11:S9),
but by the parse: a cue holds for its predicate and for those that share its auxiliary.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from extraction.codes import Certainty
from extraction.frames import lexicon
from extraction.frames.clauses import Clause
from extraction.frames.lexicon import lemmas
from extraction.parsing.tree import Token


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


_POSSIBLE = lemmas("potential possible putative probable suspected")
_DOUBTING = lemmas("may might could")
_USING = lemmas("use prescribe take approve license licence authorise authorize indicate")
"""What something is used to do is what it is meant to do."""


def surety_of(clause: Clause, *, permits: bool = False) -> Surety:
    """Of what the predicate says; what is embedded takes over from above it.

    Of what people may have or do, "may" and "can" allow it and doubt nothing.
    """
    sure = _strongest([*_own(clause), *_from_above(clause)])
    allowed = sure.certainty == Certainty.HEDGED and sure.cue.lower() in {"may", "can"}
    return _STATED if permits and allowed else sure


def denied_noun(clause: Clause, noun: Token) -> str:
    """The word that denies a noun and its whole list: "no deaths, cancers or infections"."""
    tree = clause.tree
    at: Token | None = noun
    while at is not None:
        for child in tree.children(at, "det", "neg", "preconj", "advmod", "cc", "amod"):
            if child.lemma.lower() in lemmas("no neither not nor without zero") and child.i < at.i:
                return child.text
        if at.lemma.lower() == "none":
            return at.text
        head = tree.head(at)
        if head is not None and at.dep in {"pobj", "pcomp"}:
            if head.lemma.lower() == "without":
                return head.text
            for child in tree.children(head, "neg"):
                return child.text  # "but not on disability"
            up = tree.head(head)
            if (
                head.lemma.lower() in lemmas("of in for between with")
                and up is not None
                and up.pos in {"NOUN", "PRON", "NUM", "PROPN", "DET"}
            ):
                at = up
                continue
            return ""
        at = (
            head
            if head is not None
            and at.dep in {"conj", "compound", "appos", "amod", "nmod"}
            and head.pos not in {"VERB", "AUX"}
            else None
        )
    return ""


def _strongest(found: list[Surety]) -> Surety:
    order = [Certainty.INTENDED, Certainty.NEGATED, Certainty.HEDGED]
    unsettled = [s for s in found if not s.settled]
    if unsettled and not any(s.certainty == Certainty.INTENDED for s in found):
        return unsettled[0]
    for certainty in order:
        for one in found:
            if one.certainty == certainty:
                return one
    return _STATED


def _own(clause: Clause) -> list[Surety]:
    tree, predicate = clause.tree, clause.predicate
    found: list[Surety] = []
    verb: Token | None = predicate
    while verb is not None:
        found += _around(clause, verb)
        verb = _shares(clause, verb)
    behind = tree.head(predicate)
    if predicate.dep == "pcomp" and behind is not None and behind.lemma.lower() == "against":
        found.append(Surety(Certainty.NEGATED, behind.text))
    complement = clause.complement
    if complement is not None:
        found += _around(clause, complement)
        found += _of_word(complement) if not _compares(clause, complement) else []
    for noun in clause.subjects:
        for child in tree.children(noun, "det", "preconj", "cc"):
            if child.lemma.lower() in {"neither", "no"}:
                found.append(Surety(Certainty.NEGATED, child.text))
    said_of = (tree.head(predicate),) if predicate.dep in {"acl", "relcl"} else ()
    for noun in (*clause.subjects[:1], *clause.objects[:1], *filter(None, said_of)):
        for child in tree.children(noun, "amod"):
            praised = child.lemma.lower() == "promising" and noun in clause.objects
            if praised or child.lemma.lower() in _POSSIBLE:
                found.append(Surety(Certainty.HEDGED, child.text))
        if noun.lemma.lower() in lemmas("potential promise hope possibility trend tendency"):
            found.append(Surety(Certainty.HEDGED, noun.text))
    return found


def _around(clause: Clause, verb: Token) -> list[Surety]:
    found: list[Surety] = []
    children = clause.tree.children(verb)
    done = clause.complement if clause.lemma == "be" else None
    able = (done is not None and done.tag == "VBN" and done.lemma.lower() in _ABLE) or (
        verb.lemma.lower() in _ABLE
        and (clause.passive or any(t.lemma.lower() in _GIVERS for t in clause.subjects))
    )
    only = any(c.lemma.lower() in {"only", "just", "merely", "solely"} for c in children)
    for child in children:
        lemma = child.lemma.lower()
        if child.dep == "neg" or (
            lemma in {"never", "neither"} and child.dep in {"advmod", "preconj", "neg"}
        ):
            if not only:
                found.append(Surety(Certainty.NEGATED, child.text))
        elif child.dep in {"aux", "advmod"} and lemma in lexicon.HEDGES | {"cannot"}:
            if lemma in {"can", "could"} and able:
                continue
            if lemma == "likely" and child.dep != "advmod":
                continue
            found.append(Surety(Certainty.HEDGED, child.text))
        elif (
            child.dep == "mark"
            and lemma in {"whether", "if"}
            and verb.dep in {"ccomp", "csubj", "csubjpass"}
        ):
            found.append(Surety(Certainty.HEDGED, child.text, settled=False))
        elif child.dep == "advmod" and child.i < verb.i and (
            lemma in {"barely", "hardly", "no"} or (not only and clause.tree.children(child, "neg"))
        ):  # fmt: skip
            found.append(Surety(Certainty.NEGATED, child.text))
    if any(s.certainty == Certainty.NEGATED for s in found):
        doubted = [c for c in children if c.dep == "aux" and c.lemma.lower() in _DOUBTING]
        if doubted:  # "may not reduce": neither is said
            return [Surety(Certainty.HEDGED, doubted[0].text, settled=False)]
    if verb.lemma.lower() in lexicon.AIMING and verb is not clause.predicate:
        found.append(Surety(Certainty.INTENDED, verb.text))
    return found


def _of_word(word: Token) -> list[Surety]:
    lemma = word.lemma.lower()
    if lemma in lexicon.UNSETTLED:
        return [Surety(Certainty.HEDGED, word.text, settled=False)]
    if lemma in lemmas("likely unlikely possible probable thought believed promising encouraging"):
        return [Surety(Certainty.HEDGED, word.text)]
    if lemma in {"ineffective", "unable"}:
        return [Surety(Certainty.NEGATED, word.text)]
    return []


def _shares(clause: Clause, verb: Token) -> Token | None:
    """The verb whose auxiliary a listed verb has too: "did not reduce relapses or slow disability".

    A finite verb has its own; "but" and a subject of its own begin anew.
    """
    if verb.dep != "conj":
        return None
    tree, head = clause.tree, clause.tree.head(verb)
    if head is None or head.pos not in {"VERB", "AUX"}:
        return None
    if tree.children(verb, "nsubj", "nsubjpass", "aux", "auxpass", "neg"):
        return None
    between = [t for t in tree.children(head, "cc", "punct") if t.i < verb.i]
    if any(t.lemma.lower() in {"but", "yet", "though"} or t.text == ";" for t in between):
        return None
    return head if verb.tag in {"VB", "VBN", "VBG"} and verb.tag == head.tag else None


def _tells_what_is(clause: Clause) -> bool:
    """ "could become the first drug approved for MS": the participle is part of what may be."""
    head = clause.tree.head(clause.predicate)
    return clause.predicate.dep == "acl" and head is not None and head.dep == "attr"


def _from_above(clause: Clause) -> list[Surety]:
    """What the verb says that a clause is the complement of: "suggests that", "fails to"."""
    found = _of_what_is_feared(clause)
    at = clause
    if (
        clause.role in {"participle", "contrast"}
        and (clause.predicate.tag == "VBG" or _tells_what_is(clause))
        and clause.above is not None
    ):
        above = surety_of(clause.above)
        if above.certainty in {Certainty.HEDGED, Certainty.INTENDED}:
            found.append(above)
    for at, up in _embedding(clause):
        lemma = up.lemma
        complement = up.complement
        words = [up.predicate, *([complement] if complement else [])]
        for noun in (*up.subjects[:1], *up.objects[:1]):
            if noun.lemma.lower() in lexicon.AIM_NOUNS:
                found.append(Surety(Certainty.INTENDED, noun.text))
            if noun.lemma.lower() in {"hypothesis", "possibility", "idea"}:
                found.append(Surety(Certainty.HEDGED, noun.text))
            if noun.lemma.lower() in {"evidence", "proof"} and denied_noun(up, noun):
                found.append(Surety(Certainty.HEDGED, noun.text, settled=False))
        for word in words:
            found += _of_word(word) if not _compares(up, word) else []
        if lemma in lexicon.AIMING | _USING or at.role == "purpose":
            found.append(Surety(Certainty.INTENDED, up.predicate.text))
        elif lemma in lexicon.HEDGING_VERBS and not (lemma == "expect" and _than(up)):
            found.append(Surety(Certainty.HEDGED, up.predicate.text))
        elif lemma in lemmas("fail decline refuse") or (
            lemma in {"have", "be", "remain"} and up.has("yet")
        ):
            found.append(Surety(Certainty.NEGATED, up.predicate.text))
        elif lemma in lemmas(
            "determine test assess investigate evaluate examine explore ask study"
        ):
            found.append(Surety(Certainty.INTENDED, up.predicate.text))
        elif lemma in lemmas("know establish prove show find demonstrate") and any(
            s.certainty == Certainty.NEGATED for s in _own(up)
        ):
            settled = lemma not in {"know", "establish"}
            certainty = Certainty.NEGATED if settled else Certainty.HEDGED
            found.append(Surety(certainty, up.predicate.text, settled=settled))
        found += [s for s in _own(up) if lemma not in lexicon.AIMING and lemma not in {"know"}]
    return found


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


def _compares(clause: Clause, word: Token) -> bool:
    """ "more likely to" compares; it is not a guess."""
    return any(t.text.lower() in {"more", "less"} for t in clause.tree.children(word, "advmod"))


def _of_what_is_feared(clause: Clause) -> list[Surety]:
    """ "concerns that" only supposes."""
    noun = clause.tree.head(clause.predicate)
    fears = lemmas("concern suggestion fear worry suspicion possibility chance")
    feared = clause.predicate.dep == "acl" and noun is not None and noun.lemma.lower() in fears
    return [Surety(Certainty.HEDGED, noun.text)] if noun is not None and feared else []


def _than(clause: Clause) -> bool:
    return clause.has("than", "as")
