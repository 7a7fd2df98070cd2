"""A parsed sentence as plain values: its words, and which depends on which.

Labels are those of the parser's model: universal part-of-speech tags, Penn Treebank tags, CLEAR
dependencies.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a parsed text; ``start`` and ``end`` are offsets of that text, end exclusive."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    """In lower case."""
    pos: str
    tag: str
    dep: str
    head: int
    """Index of the word that it depends on; its own where it is a root."""

    @property
    def is_root(self) -> bool:
        return self.head == self.i


NOUN_PARTS = ("compound", "amod", "nmod", "poss", "npadvmod")
"""Dependencies of the words that stand before their noun and tell of it."""


def any_of(tokens: Iterable[Token], words: Collection[str]) -> bool:
    """Whether the lemma of any is one of these words."""
    return any(map(words.__contains__, map(_LEMMA, tokens)))


_LEMMA = attrgetter("lemma")


def is_a_tree(tokens: Sequence[Token]) -> bool:
    """Whether every word leads to a root."""
    sure = {t.i for t in tokens if t.is_root}
    for token in tokens:
        way = [token.i]
        while way[-1] not in sure:
            way.append(tokens[way[-1]].head)
            if len(way) > len(tokens):
                return False
        sure.update(way)
    return True


class Tree:
    """The words of one text and their dependencies."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens)
        self._below: dict[tuple[int, frozenset[int]], tuple[Token, ...]] = {}

    @cached_property
    def _children(self) -> tuple[tuple[Token, ...], ...]:
        found: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if not token.is_root:
                found[token.head].append(token)
        return tuple(tuple(children) for children in found)

    @property
    def roots(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.is_root)

    def children(self, token: Token, *deps: str) -> tuple[Token, ...]:
        """What depends on a word, in the order of the text; of these labels where any are named."""
        found = self._children[token.i]
        if not (deps and found):
            return found
        return tuple([t for t in found if t.dep in deps])

    def head(self, token: Token) -> Token | None:
        """What a word depends on; None for a root."""
        return None if token.is_root else self.tokens[token.head]

    def above(self, token: Token) -> Iterator[Token]:
        """The words that a word hangs from, the nearest first."""
        head = self.head(token)
        while head is not None:
            yield head
            head = self.head(head)

    def below(self, token: Token, without: Collection[int] = ()) -> tuple[Token, ...]:
        """A word and all that hangs from it, in order; nothing below ``without``."""
        key = (token.i, frozenset(without))
        if key not in self._below:
            self._below[key] = self._gather(token, without)
        return self._below[key]

    def _gather(self, token: Token, without: Collection[int]) -> tuple[Token, ...]:
        found: list[Token] = []
        open_ = [token]
        while open_:
            at = open_.pop()
            found.append(at)
            open_.extend(t for t in self._children[at.i] if t.i not in without)
        return tuple(sorted(found, key=lambda t: t.i))

    def governed(
        self, word: Token, links: Collection[str], deps: Collection[str] = ("pobj",)
    ) -> tuple[Token, ...]:
        """What stands behind the prepositions ``links`` of a word, lists taken apart."""
        preps = [t for t in self.children(word, "prep", "agent") if t.lemma in links]
        again = (t for p in preps for t in self.children(p, "conj") if t.pos == "ADP")
        preps += [t for t in again if t.lemma in links]  # "of X and of Y"
        things = [t for prep in preps for t in self.children(prep, *deps)]
        return tuple(t for thing in things for t in self.conjuncts(thing))

    def is_set_aside(self, token: Token) -> bool:
        """ "A, not B" and "A rather than B": B is not meant."""
        first = self.below(token)[0].i
        near = self.tokens[max(0, first - 1) : first + 1]
        denied = any(t.text.lower() == "not" for t in near)
        only = self.tokens[first + 1 : first + 2]
        before = [t.text.lower() for t in self.tokens[max(0, first - 2) : first + 1]]
        instead = "rather" in before and "than" in before
        return instead or (denied and not any(t.text.lower() == "only" for t in only))

    def conjuncts(self, token: Token) -> tuple[Token, ...]:
        """A word and those that are listed beside it, from it on; nothing behind "but not"."""
        found = [token]
        for at in found:
            but = [t.i for t in self.children(at, "cc") if t.lemma == "but"]
            for one in self.children(at, "conj"):
                no = (*self.children(at, "neg"), *self.children(one, "neg"))
                denied = any(but[0] < t.i < one.i for t in no if but)
                if not (denied or self.is_set_aside(one)):
                    found.append(one)
        return tuple(sorted(found, key=lambda t: t.i))
