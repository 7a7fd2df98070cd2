"""All written forms of a vocabulary, ready for one pass over a text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import ahocorasick

from extraction.names.forms import in_latin, is_abbreviation, written
from extraction.names.vocabulary import Vocabulary
from extraction.types import MentionKind
from publication.folding import folded

__all__ = ["Lexicon", "Owner", "lexicon_of"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a form names; ``kind`` None: something else, to be passed over."""

    kind: MentionKind | None
    canonical: str
    exact: str = ""
    """Letters and digits that the text must have as they are, capitals and all."""


@dataclass(slots=True)
class Lexicon:
    forms: dict[str, list[Owner]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    """Single words of the forms: what a word split at a line's end may be."""
    words_of: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """Longer words of each entry's names."""
    _automaton: Any = None

    def find(self, text: str) -> Iterator[tuple[int, int, list[Owner]]]:
        """Every occurrence of every form in folded text, word bounds not looked at."""
        for last, (length, owners) in self._automaton.iter(text):
            yield last + 1 - length, last + 1, owners

    def add(self, name: str, owner: Owner) -> None:
        for form in written(name):
            owners = self.forms.setdefault(form, [])
            if owner not in owners:
                owners.append(owner)

    def close(self) -> None:
        self._automaton = ahocorasick.Automaton()
        for form, owners in self.forms.items():
            self._automaton.add_word(form, (len(form), owners))
        self._automaton.make_automaton()
        self.words = frozenset(word for form in self.forms for word in form.split())
        self.words = frozenset(word for word in self.words if len(word) > 4)


@lru_cache(maxsize=4)
def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary; made once for each."""
    lexicon = Lexicon()
    for kind, entry in vocabulary.entries():
        words = lexicon.words_of.setdefault((kind, entry.name), set())
        for name in entry.names:
            exact = "".join(filter(str.isalnum, name)) if is_abbreviation(name) else ""
            lexicon.add(name, Owner(kind, entry.name, exact))
            if kind == "therapy" and (latin := in_latin(name)):
                lexicon.add(latin, Owner(kind, entry.name))
            words.update(word for word in folded(name).split() if len(word) > 4)
    for name in vocabulary.others:
        lexicon.add(name, Owner(None, ""))
    lexicon.close()
    return lexicon
