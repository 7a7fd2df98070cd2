"""A parsed sentence as plain values: its words, and which depends on which.

Labels are those of the parser's model: universal part-of-speech tags, Penn Treebank tags, CLEAR
dependencies.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a parsed text; ``start`` and ``end`` are offsets of that text, end exclusive."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    """Index of the word that it depends on; its own where it is a root."""

    @property
    def is_root(self) -> bool:
        return self.head == self.i
