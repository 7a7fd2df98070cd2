"""What a reader asks for, taken apart: any text is a question, and none is an error.

A word is found by its beginning or by its stem, so that ``relapses`` finds *relapse*; one of two
characters, and a number, is found whole. Two words are found where they are written as one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from publication.search.tokens import LONGEST, name_token, stem, text_tokens, token

__all__ = ["MOST_WORDS", "Question", "Term", "asked"]

MOST_WORDS = 8
"""Words of a question that count."""
_LONGEST_NAME = 5
"""Words of a name that is looked for in the middle of a question."""
_SHORTEST = 3
"""Characters from which on a word is found by its beginning."""
_SAID_BY_THE_WAY = frozenset(
    [
        *("a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by"),
        *("can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "how", "i"),
        *("if", "in", "into", "is", "it", "its", "may", "me", "my", "of", "on", "or", "should"),
        *("so", "than", "that", "the", "their", "them", "there", "these", "they", "this", "to"),
        *("was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with"),
        *("would", "you", "your"),
    ]
)
"""English words that ask for nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question, and every way in which a row may hold it."""

    word: str
    joined: tuple[str, ...] = ()
    """This word and a neighbour as one."""
    unfinished: bool = False
    """Whether its writer may be in the middle of it."""

    @property
    def is_beginning(self) -> bool:
        return self.unfinished or (len(self.word) >= _SHORTEST and not self.word.isdigit())

    @property
    def stem(self) -> str:
        return stem(self.word)

    def is_in(self, said: Sequence[str]) -> bool:
        """Whether one of these words, or two beside each other as one, is what is asked for."""
        return any(map(self.finds, said)) or any(self.finds_both(a, b) for a, b in pairwise(said))

    @property
    def is_weak(self) -> bool:
        """Whether it says little without its neighbour: the *B* of B cells, the *12* of BG-12."""
        return bool(self.joined) and (len(self.word) < _SHORTEST or self.word.isdigit())

    def finds(self, word: str) -> bool:
        """Whether this word of a text is what is asked for; a weak one is only beside another."""
        return _finder(self)(word)

    def finds_both(self, first: str, second: str) -> bool:
        """Whether two words beside each other are what is asked for, written as one."""
        both = first + second
        return self._is_joined(both) or (len(self.word) > len(first) and self.finds(both))

    @property
    def finder(self) -> Callable[[str], bool]:
        """``finds``, for many words."""
        return _finder(self)

    def _is_joined(self, word: str) -> bool:
        joined = self.joined
        return bool(joined) and stem(word) in map(stem, joined)


@lru_cache(maxsize=256)
def _finder(term: Term) -> Callable[[str], bool]:
    start, own, weak = term.word, term.stem, term.is_weak
    joined, beginning = {*map(stem, term.joined)}, term.is_beginning

    def finds(word: str) -> bool:
        stemmed = stem(word)
        if stemmed in joined:
            return True
        return not weak and (stemmed == own or (beginning and word.startswith(start)))

    return finds


@dataclass(frozen=True, slots=True)
class Question:
    """A text to look for: its terms, and the names that it may hold."""

    text: str
    terms: tuple[Term, ...]
    names: tuple[str, ...]
    """The tokens of rows that are called as it says, wholly or somewhere in it."""
    left_out: tuple[str, ...] = ()
    """Words over the bound."""

    def without(self, words: Sequence[str]) -> "Question":
        """The same question without some of its words."""
        return asked(" ".join(t.word for t in self.terms if t.word not in words))

    def with_words(self, others: dict[str, str]) -> "Question":
        """The same question with other words in the place of some."""
        return asked(" ".join(others.get(t.word, t.word) for t in self.terms))

    def for_fts5(self, kind: str, *, some: bool = False) -> str:
        """As SQLite's FTS5 has it, of a kind of row: every term, or ``some`` of them."""
        return self._expression(_fts5, (" AND ", " OR "), kind, some=some)

    def for_tsquery(self, kind: str, *, some: bool = False) -> str:
        """The same as PostgreSQL's type ``tsquery`` has it."""
        return self._expression(_tsquery, (" & ", " | "), kind, some=some)

    def names_for_fts5(self) -> str:
        """Any of its names, as SQLite's FTS5 has it; empty for none."""
        return " OR ".join(_fts5(name, False) for name in self.names)

    def names_for_tsquery(self) -> str:
        """The same as PostgreSQL's type ``tsquery`` has it."""
        return " | ".join(_tsquery(name, False) for name in self.names)

    def _expression(
        self, one: Callable[[str, bool], str], joints: tuple[str, str], kind: str, *, some: bool
    ) -> str:
        both, either = joints
        parts = [f"({either.join(_ways(term, kind, one))})" for term in self.terms]
        return (either if some else both).join(parts)


def _ways(term: Term, kind: str, one: Callable[[str, bool], str]) -> dict[str, None]:
    whole = dict.fromkeys((term.stem, *term.joined, *map(stem, term.joined)))
    found = {one(token(kind, term.word), term.is_beginning): None}
    return found | {one(token(kind, word), False): None for word in whole}


def _fts5(word: str, beginning: bool) -> str:
    return f'"{word}" *' if beginning else f'"{word}"'


def _tsquery(word: str, beginning: bool) -> str:
    return f"'{word}':*" if beginning else f"'{word}'"


def asked(text: str) -> Question:
    """The question in a text; without terms where it has no word."""
    every = text_tokens(text)
    wanted = [word for word in every if word not in _SAID_BY_THE_WAY] or every
    counted, over = wanted[:MOST_WORDS], wanted[MOST_WORDS:]
    terms = []
    for place, word in enumerate(counted):
        beside = [counted[place - 1 : place + 1], counted[place : place + 2]]
        joined = ("".join(pair)[:LONGEST] for pair in beside if len(pair) == 2)
        terms.append(Term(word, tuple(dict.fromkeys(joined))))
    return Question(text, tuple(terms), _names(every[: 2 * MOST_WORDS]), tuple(over))


def _names(said: Sequence[str]) -> tuple[str, ...]:
    """Each stretch of the words as a name."""
    ends = range(1, _LONGEST_NAME + 1)
    found = (said[a : a + n] for n in ends for a in range(len(said) - n + 1))
    return tuple(dict.fromkeys(name_token(" ".join(stretch)) for stretch in found))
