"""Which texts have words that begin so: found in a sorted list of where words begin."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from copy import copy

ORDERED_BY = 200
"""Characters of a word and what follows it that the order goes by: of a text of any length, all its
words together take no more than its words times this to put in order.
"""


class Beginnings:
    """Of some texts, each of words with one space between them, every word and what follows it, in
    order. What is kept of one is the number of its text and where in it the word begins.
    """

    def __init__(self, texts: Sequence[str], numbers: Iterable[int]) -> None:
        """``texts`` is kept, not copied: who changes one of them tells so before and after."""
        self.texts = texts
        every = ((n, start) for n in numbers for start in _starts(texts[n]))
        held = sorted(every, key=self._place)
        self._numbers = array("L", (number for number, _ in held))
        self._starts = array("L", (start for _, start in held))

    def having(self, beginning: str) -> Sequence[int]:
        """The numbers of the texts with a word that begins so; of two such words, twice."""
        ordered = beginning[:ORDERED_BY]

        def as_much(at: int) -> str:
            start = self._starts[at]
            return self.texts[self._numbers[at]][start : start + len(ordered)]

        every = range(len(self._numbers))
        first = bisect_left(every, ordered, key=as_much)
        found = slice(first, bisect_right(every, ordered, key=as_much, lo=first))
        if ordered == beginning:
            return self._numbers[found]
        places = zip(self._numbers[found], self._starts[found], strict=True)
        return [n for n, start in places if self.texts[n].startswith(beginning, start)]

    def left_out(self, number: int) -> None:
        """Before a text that is here goes, or becomes another."""
        for start in _starts(self.texts[number]):
            at = self._at(number, start)
            del self._numbers[at], self._starts[at]

    def taken_up(self, number: int) -> None:
        """After a text that is not here came."""
        for start in _starts(self.texts[number]):
            at = self._at(number, start)
            self._numbers.insert(at, number)
            self._starts.insert(at, start)

    def over(self, texts: Sequence[str]) -> "Beginnings":
        """The same over a copy of the texts."""
        made = copy(self)
        made.texts = texts
        made._numbers, made._starts = self._numbers[:], self._starts[:]
        return made

    def _place(self, one: tuple[int, int]) -> tuple[str, int, int]:
        number, start = one
        return self.texts[number][start : start + ORDERED_BY], number, start

    def _at(self, number: int, start: int) -> int:
        wanted = self._place((number, start))
        every = range(len(self._numbers))
        return bisect_left(
            every, wanted, key=lambda at: self._place((self._numbers[at], self._starts[at]))
        )


def _starts(text: str) -> list[int]:
    found = [0] if text else []
    at = text.find(" ")
    while at >= 0:
        found.append(at + 1)
        at = text.find(" ", at + 1)
    return found
