"""Parts of speech and lemmas as the model's attribute ruler and lemmatizer tell them, remembered: a
quarter of parsing's time.

The ruler matches patterns of tag, word and relation; few words are named in them, and nearly all
are of one token. So tokens of one kind are answered equally. A text with a token that may begin a
longer pattern goes to the ruler. (White space, on which it has patterns too, never comes here.) A
lemma is that of a word with its part of speech and morphology.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc, Token

__all__ = ["Attributes"]

_Kind = tuple[int, int, int]
"""Tag, word or 0 where no pattern names it, relation."""


class _Answer(NamedTuple):
    pos: int
    named: str
    """The part of speech."""
    morph: int
    lemma: str
    """Empty where the lemmatizer has to find it."""
    alone: bool
    """Whether it begins no pattern of several tokens."""


class Attributes:
    """Answers as the two would, from what they answered before."""

    def __init__(self, ruler: "AttributeRuler", lemmatizer: "Lemmatizer") -> None:
        self.ruler, self.lemmatizer = ruler, lemmatizer
        self.lemmas: dict[tuple[int, int, int], str] = {}
        self.known: dict[_Kind, _Answer] = {}
        patterns: list[list[Mapping[str, Any]]] = [
            tokens
            for pattern in cast("list[dict[str, Any]]", ruler.patterns)
            for tokens in pattern["patterns"]
        ]
        self.beginnings = [tokens[0] for tokens in patterns if len(tokens) > 1]
        words, forms = _named(token["LOWER"] for p in patterns for token in p if "LOWER" in token)
        self.words = frozenset(ruler.vocab.strings[word] for word in words)
        self.forms = re.compile("|".join(forms))

    def of(self, doc: "Doc") -> list[tuple[str, str]]:
        """Part of speech and lemma of each token."""
        kinds = [(token.tag, self._word(token), token.dep) for token in doc]
        answers = [self.known.get(kind) for kind in kinds]
        if not all(answer and answer.alone for answer in answers):
            self.ruler(doc)
            self._remember(doc, kinds)
            self.lemmatizer(doc)
            return [(token.pos_, token.lemma_) for token in doc]
        return [
            (answer.named, answer.lemma or self._lemma(token, answer))
            for token, answer in zip(doc, answers, strict=True)
            if answer
        ]

    def _lemma(self, token: "Token", answer: _Answer) -> str:
        word = (token.orth, answer.pos, answer.morph)
        if word not in self.lemmas:
            token.pos = answer.pos
            token.set_morph(answer.morph)  # type: ignore[attr-defined]  # is in its manual
            self.lemmas[word] = self.lemmatizer.lemmatize(token)[0]
        return self.lemmas[word]

    def _word(self, token: "Token") -> int:
        named = token.lower in self.words or self.forms.search(token.lower_)
        return token.lower if named else 0

    def _remember(self, doc: "Doc", kinds: list[_Kind]) -> None:
        alone = [not self._may_begin(token) for token in doc]
        for token, kind, one in zip(doc, kinds, alone, strict=True):
            # Beside a pattern of several tokens an answer may be that pattern's.
            if all(alone) or not one:
                morph: int = token.morph.key  # type: ignore[attr-defined]
                self.known[kind] = _Answer(token.pos, token.pos_, morph, token.lemma_, one)

    def _may_begin(self, token: "Token") -> bool:
        return any(_fits(token, first) for first in self.beginnings)


def _named(conditions: Iterable[Any]) -> tuple[set[str], set[str]]:
    """Words and regular expressions that conditions on words name."""
    words: set[str] = set()
    forms: set[str] = set()
    for condition in conditions:
        match condition:
            case str():
                words.add(condition)
            case {"IN": list(several), **more} if not more:
                words.update(several)
            case {"REGEX": str(form), **more} if not more:
                forms.add(form)
            case _:
                raise ValueError(
                    f"A pattern of the model on words is of a new kind: {condition!r}."
                )
    return words, forms


def _fits(token: "Token", wanted: Mapping[str, Any]) -> bool:
    """Whether the token may be meant; a condition of a kind not known here holds."""
    word, relation = wanted.get("LOWER"), wanted.get("DEP")
    if isinstance(word, str) and token.lower_ != word:
        return False
    if isinstance(word, dict) and word.keys() == {"REGEX"}:
        return re.search(word["REGEX"], token.lower_) is not None
    return not (isinstance(relation, str) and token.dep_ != relation)
