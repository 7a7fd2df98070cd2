"""Sentences that the parser left without a verb, or a verb without a subject.

It takes a past tense for a participle: "The drug reduced disability progression" is then one noun
phrase. Only where nothing else is a verb, and only for verbs of change, the verb gets back its
place, its subject and its object. And it takes "Like A, B lowers C" to be of "B lowers".
"""

from collections.abc import Sequence
from dataclasses import replace

from extraction.frames import lexicon
from extraction.parsing.tree import Token

_CHANGE = lexicon.UP | lexicon.DOWN | lexicon.GOOD | lexicon.BAD
_NOMINAL = {"NOUN", "PROPN", "PRON"}


def with_its_verb(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens, as they were unless the one verb of change is found."""
    words = tuple(_with_its_subject(t, tokens) for t in tokens)
    if any(t.is_root and t.pos in {"VERB", "AUX"} for t in words):
        return words
    verbs = [t for t in words if t.dep == "amod" and _past(t) and _follows_a_noun(t, words)]
    if len(verbs) != 1:
        return words
    verb, thing = verbs[0], words[verbs[0].head]
    left = [t for t in words[: verb.i] if t.head >= verb.i or t.is_root]
    subject = next((t for t in reversed(left) if t.pos in _NOMINAL), None)
    if thing.i < verb.i or subject is None:
        return words

    def placed(token: Token) -> Token:
        if token.i == verb.i:
            lemma = _past(verb)
            return replace(verb, lemma=lemma, pos="VERB", tag="VBD", dep="ROOT", head=verb.i)
        if token.i == thing.i:
            return replace(token, dep="dobj", head=verb.i)
        if token.i == subject.i:
            return replace(token, dep="nsubj", head=verb.i)
        if token in left:
            return replace(token, head=subject.i)
        return replace(token, head=verb.i) if verb.i < token.i and token.head < verb.i else token

    return tuple(placed(t) for t in words)


def _with_its_subject(token: Token, words: Sequence[Token]) -> Token:
    verb = words[token.head]
    if token.dep != "compound" or token.i != verb.i - 1 or verb.tag not in {"VBZ", "VBD", "VBP"}:
        return token
    has_one = any(t.head == verb.i and t.dep.startswith("nsubj") for t in words)
    return token if has_one else replace(token, dep="nsubj")


def _past(token: Token) -> str:
    """The verb of change that a word may be the past tense of."""
    word = token.text.lower()
    stems = [token.lemma.lower(), word.removesuffix("ed"), word.removesuffix("d")]
    return next((s for s in stems if s in _CHANGE and s != word), "")


def _follows_a_noun(token: Token, words: Sequence[Token]) -> bool:
    before = words[token.i - 1] if token.i else None
    return before is not None and (before.pos in _NOMINAL or before.text == ",")
