"""A text as a person would type it, with the way back to its own offsets.

A quote is pasted from another program than the one that made the document, or typed. What the two
write in different ways for the same thing is one here:

- a letter and its marks, in one character or in several (Unicode's canonical equivalence),
- ``'`` and every apostrophe, ``"`` and every quotation mark, ``-`` and hyphens, minus, en dash,
- joined letters (ligatures) and the letters, white space of whatever kind and length,
- and what is not seen, which does not count: soft hyphens, characters without width.

Words, capitals, accents and all other signs have to be the same. Offsets are code points.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from publication.folding import HYPHENS, QUOTES
from publication.writing import is_unseen

__all__ = ["Typed", "goes_on", "is_inside_word", "typed"]

_TYPED = {
    **QUOTES,
    **dict.fromkeys("‚‛´‹›", "'"),
    **dict.fromkeys("‟″«»", '"'),
    **dict.fromkeys(HYPHENS, "-"),
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
_SELF = r"!-_a-~¡-ª®-³µ-º¼-¿Α-ΡΣ-Ωα-ωА-ИК-ик-я≤≥•…一-鿯"
"""Signs that are typed as they stand; most of a text. Others are looked at one by one."""
_RUN = re.compile(rf"[{_SELF}]+(?:[ \t\n][{_SELF}]+)*(?![^{_SELF} \t\n\r])|(?s:.)")
"""No run ends in a letter that a mark may follow."""
_LINES = str.maketrans("\t\n", "  ")
_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
"""Vowels and final consonants of Korean, which go on with the syllable before them."""


class Typed:
    """The typed form of a text, in pieces: each is a stretch of the original, and either the same
    letter for letter or, as one letter with its marks, a whole.
    """

    def __init__(self) -> None:
        self.text = ""
        self._parts: list[str] = []
        self._length = 0
        # Arrays, since a text in another alphabet has about as many pieces as letters.
        self._at, self._start, self._end = array("Q"), array("Q"), array("Q")
        self._is_whole = bytearray()

    def add(self, letters: str, start: int, end: int, *, whole: bool) -> None:
        """What ``start`` to ``end`` of the original is."""
        self._parts.append(letters)
        self._at.append(self._length)
        self._start.append(start)
        self._end.append(end)
        self._is_whole.append(whole)
        self._length += len(letters)

    def done(self) -> "Typed":
        self.text = "".join(self._parts)
        self._parts = []
        return self

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original; a letter that is cut is in it."""
        first, last = self._piece(start), self._piece(end - 1)
        begins, ends = self._start[first], self._end[last]
        if not self._is_whole[first]:
            begins += start - self._at[first]
        if not self._is_whole[last]:
            ends = self._start[last] + end - self._at[last]
        return begins, ends

    def cuts(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` begins or ends inside a letter of the original."""
        return self._is_inside(start) or self._is_inside(end)

    def _is_inside(self, index: int) -> bool:
        if index >= self._length:
            return False
        piece = self._piece(index)
        return bool(self._is_whole[piece]) and index > self._at[piece]

    def _piece(self, index: int) -> int:
        return bisect_right(self._at, index) - 1


@dataclass(slots=True)
class _Letter:
    """A letter with the marks that follow it, in the making."""

    characters: list[str]
    start: int
    end: int


def typed(text: str) -> Typed:
    """The text as it would be typed."""
    found = Typed()
    letter: _Letter | None = None
    is_space = True  # none is kept at the start
    for run in _RUN.finditer(text):
        at = run.start()
        character = run.group()
        if run.end() - at == 1 and goes_on(character):
            if letter is None:
                letter = _Letter([], at, at)
            if not _is_left_out(character):
                letter.characters.append(character)
            letter.end = at + 1
            continue
        if run.end() - at == 1 and _is_left_out(character):
            continue  # a mark after it is still one of the letter before
        if letter is not None:
            is_space = _close(found, letter) and is_space
            letter = None
        if character.isspace():
            if not is_space:
                found.add(" ", at, at + 1, whole=True)
            is_space = True
        elif len(character) == 1:
            letter = _Letter([character], at, at + 1)
        else:
            found.add(character.translate(_LINES), at, run.end(), whole=False)
            is_space = False
    if letter is not None:
        _close(found, letter)
    return found.done()


def _close(found: Typed, letter: _Letter) -> bool:
    """Adds the letter; whether nothing was to add."""
    letters = _as_typed(letter.characters)
    if letters:
        found.add(letters, letter.start, letter.end, whole=True)
    return not letters


def _as_typed(characters: list[str]) -> str:
    """One letter and its marks in canonical order."""
    if len(characters) == 1:
        return _one(characters[0])
    # As Unicode orders them, but in a time that does not grow with the square of their number.
    parts = [part for character in characters for part in unicodedata.normalize("NFD", character)]
    ordered: list[str] = []
    for _, run in groupby(parts, key=lambda part: unicodedata.combining(part) > 0):
        ordered += sorted(run, key=unicodedata.combining)
    return "".join(_TYPED.get(part, part) for part in ordered)


@lru_cache(maxsize=4096)
def _one(character: str) -> str:
    return "".join(_TYPED.get(c, c) for c in unicodedata.normalize("NFD", character))


@lru_cache(maxsize=4096)
def goes_on(character: str) -> bool:
    """Whether it belongs to the letter before it: a mark, a later part of a syllable."""
    return unicodedata.category(character)[0] == "M" or bool(_JAMO.match(character))


@lru_cache(maxsize=4096)
def _is_left_out(character: str) -> bool:
    return is_unseen(character) and not character.isspace()


def is_inside_word(character: str) -> bool:
    """Whether no word ends before it: a letter, a digit, a mark, or nothing that is seen."""
    return character.isalnum() or goes_on(character) or _is_left_out(character)
