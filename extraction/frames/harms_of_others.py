"""Harms of others than those who have the treatment that is spoken of, where none is named.

Of another group, of people who have something else, of everybody; or another thing brought them.
"""

import re

from extraction.frames import lexicon, nouns
from extraction.frames.clauses import Clause
from extraction.frames.harms_apart import beside
from extraction.frames.lexicon import lemmas
from extraction.parsing.tree import Token, any_of

_MS = lemmas("disease sclerosis relapse attack")
_ARMS = lemmas("arm group cohort")
_EARLIER = lemmas("earlier previous prior former other")
_OTHERS = lexicon.CONTROLS | lemmas("comparator comparison reference other")
_OLDER = lemmas("old older young younger eligible unvaccinated pregnant")
_ELSEWHERE = lemmas("smoker relative partner sibling dog pig rabbit winter summer carer")
_AUTOIMMUNE = lemmas("autoimmune relapsing progressive")
_TAKING = lemmas("take receive give treat have start")
_ANYBODY = re.compile(
    r"(?<!than\s)(?<!than\sin\s)\bin\s+the\s+general\s+population\b"
    r"|\b(?:women|men|people|patients)\s+(?:\w+\s+){0,2}not\s+(?:treated|taking)\b",
    re.I,
)
_BY_ANOTHER_THING = re.compile(
    r"\b(?:after|following|to)\s+(?:[\w-]+\s+){0,3}(?:vaccin\w+|boosters?|remed(?:y|ies)|ana?esth\w+"
    r"|contrast|surgery|eating|prophylaxis|peanuts?|dummy\s+\w+)\b"
    r"|\b(?:similar|related|rival|another|herbal|contraceptive)\s+(?:\w+\s+)?(?:substances?|agents?|drugs?"
    r"|tablets?|pills?|medicines?|antibod(?:y|ies)|compounds?|products?|therap(?:y|ies))\b",
    re.I,
)


def is_of_others(clause: Clause) -> bool:
    """Whether a clause that names no treatment tells of those who have another, or none."""
    tree, parsed = clause.tree, clause.parsed
    if any(_is_set_apart(clause, s) for s in clause.subjects if nouns.is_people(s)):
        return True
    inside = [o for t in clause.after("in", "among") for o in (t, *tree.governed(t, {"of"}))]
    if any_of(inside, _ELSEWHERE) or any(_are_ill(clause, t) for t in inside):
        return True
    if _is_told_of_now(clause) and any(tree.governed(t, {"with"}) for t in inside):
        return True  # "depression occurs in half of people with MS", treated or not
    for token in beside(clause, ()):
        marks = tree.children(token, "compound", "amod", "nmod", "det")
        if token.lemma in _ARMS and any_of(marks, _OTHERS) and not nouns.compared(parsed, token):
            return True
        earlier = any(t.text.lower() in _EARLIER for t in marks)
        if token.lemma in lexicon.TREATMENT and earlier and not nouns.compared(parsed, token):
            return True
    said = parsed.said
    return _ANYBODY.search(said) is not None or _BY_ANOTHER_THING.search(said) is not None


def _is_set_apart(clause: Clause, people: Token) -> bool:
    """ "people with a fever feel weak", "women who smoke have", "older patients had more"."""
    tree = clause.tree
    if any_of(tree.children(people, "amod"), _OLDER):
        return True
    if not _is_told_of_now(clause) and not _compares(clause):
        return False
    doing = [t for t in tree.children(people, "relcl", "acl") if t.lemma not in _TAKING]
    return bool(doing) or bool(tree.governed(people, {"with"}))


def _is_told_of_now(clause: Clause) -> bool:
    """What is so at all times, and no report: "has been reported"."""
    verbs = (clause.predicate, *clause.tree.children(clause.predicate, "auxpass"))
    return any(t.tag in {"VBZ", "VBP"} for t in verbs)


def _compares(clause: Clause) -> bool:
    return any(t.tag in {"JJR", "RBR"} for t in clause.own) and not clause.has("than")


def _are_ill(clause: Clause, people: Token) -> bool:
    """ "seen in patients with lupus", "in people who use a catheter"."""
    tree = clause.tree
    if not nouns.is_people(people):
        return False
    ill = [
        t for t in tree.governed(people, {"with"})
        if lexicon.is_suffered(t.text, t.lemma) and t.lemma not in _MS
        and not any_of(tree.children(t, "amod"), _AUTOIMMUNE)
        and clause.parsed.named(t, "outcome") is None  # "in patients with lymphopenia"
    ]  # fmt: skip
    doing = [
        t
        for t in tree.children(people, "relcl")
        if t.lemma not in _TAKING and not any(s.pos == "NUM" for s in tree.children(t, "nsubj"))
    ]
    return bool(ill or doing)  # "in 14 patients, two of whom had a fever", are not set apart
