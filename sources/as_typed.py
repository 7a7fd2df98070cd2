"""A text as a person would type it, with the way back to its own offsets.

A quote is pasted from another program than the one that made the document, or typed. What the two
write in different ways for the same thing is one here:

- a letter and its marks, in one character or in several (Unicode's canonical equivalence),
- ``'`` and every apostrophe, ``"`` and every quotation mark, ``-`` and hyphens, minus, en dash,
- joined letters (ligatures) and the letters, white space of whatever kind and length,
- and what is not seen, which does not count: soft hyphens, characters without width.

Words, capitals, accents and all other signs have to be the same. A letter is what is seen as one:
with its marks; a picture with its colour and what is joined to it; two letters of a flag. Offsets
are code points.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
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
_LIGATURES = frozenset(sign for sign, letters in _TYPED.items() if len(letters) > 1)
_AFTER = re.compile(
    "[\u1160-\u11ff\ud7b0-\ud7ff"  # vowels and final consonants of Korean
    "\U0001f3fb-\U0001f3ff"  # colours of skin
    "\U000e0020-\U000e007f]"  # what flag it is
)
_JOINER = "\u200d"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_SPACES = re.compile("  +")
_STRETCH = 1024
"""Characters of the original, or some more, that are made into letters at a time."""
_MARKS = 30
"""Marks in a row (UAX 15, section 13) above which Unicode's own way takes time that grows with the
square of their number."""
_KEPT = 8
"""Stretches whose letters are kept."""


class Typed:
    """The typed form of a text, in stretches; the letters of one are found when asked for."""

    def __init__(self, original: str) -> None:
        self.text = ""
        self._original = original
        self._parts: list[str] = []
        self._length = 0
        self._at, self._start = array("Q"), array("Q")
        self._end = len(original)
        self._has_ligatures = not _LIGATURES.isdisjoint(original)
        self._letters: dict[int, _Letters] = {}

    def add(self, letters: str, start: int) -> None:
        """What the stretch of the original from ``start`` on is."""
        self._parts.append(letters)
        self._at.append(self._length)
        self._start.append(start)
        self._length += len(letters)

    def done(self) -> "Typed":
        self.text = "".join(self._parts)
        self._parts = []
        return self

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original; a letter that is cut is in it."""
        first, place = self._letter(start)
        last, other = self._letter(end - 1)
        return first.start[place], last.end[other]

    def gap(self, index: int) -> tuple[str, str]:
        """Of the space ``text[index]``: the letter before it as it stands in the original, and
        what stands there between the two letters around it.
        """
        begins, ends = self.original(index - 1, index)
        return self._original[begins:ends], self._original[
            ends : self.original(index + 1, index + 2)[0]
        ]

    def is_inside_letter(self, index: int) -> bool:
        """Whether what stands before ``index`` and after it is one letter of the original."""
        if not 0 < index < self._length:
            return False
        character = self.text[index]
        is_ligature = self._has_ligatures and self.text[index - 1] in "fs"
        if not (is_ligature or goes_on(character) or _is_picture(character)):
            return False
        letters, place = self._letter(index)
        return index > letters.at[place]

    def _letter(self, index: int) -> tuple["_Letters", int]:
        """The letter that ``text[index]`` belongs to."""
        stretch = bisect_right(self._at, index) - 1
        letters = self._letters.get(stretch)
        if letters is None:
            if len(self._letters) >= _KEPT:
                self._letters.clear()
            letters = self._letters[stretch] = self._letters_of(stretch)
        return letters, bisect_right(letters.at, index) - 1

    def _letters_of(self, stretch: int) -> "_Letters":
        following = stretch + 1
        end = self._start[following] if following < len(self._start) else self._end
        found = _Letters(array("Q"), array("Q"), array("Q"))
        at = self._at[stretch]
        for letters, start, stop in _letters(self._original, self._start[stretch], end):
            found.at.append(at)
            found.start.append(start)
            found.end.append(stop)
            at += len(letters)
        return found


@dataclass(frozen=True, slots=True)
class _Letters:
    """Where each letter begins in the typed text, and where it stands in the original."""

    at: "array[int]"
    start: "array[int]"
    end: "array[int]"


@dataclass(slots=True)
class _Letter:
    """A letter with what belongs to it, in the making."""

    characters: list[str]
    start: int
    end: int


@lru_cache(maxsize=2)  # the forms of one page look several quotes up in one text, each twice
def typed(text: str) -> Typed:
    """The text as it would be typed."""
    signs = set(text)
    table = {ord(sign): _alone(sign) for sign in signs}
    after = "".join(sign for sign in signs if goes_on(sign) or _is_left_out(sign))
    inside = after + "".join(sign for sign in signs if sign.isspace() or _is_picture(sign))
    begins = re.compile(f"[^{re.escape(inside)}]" if inside else "(?s:.)")
    slow = re.compile(f"[{re.escape(after)}]{{{_MARKS},}}" if after else "(?!)")
    found = Typed(text)
    start, end = 0, 0
    while end < len(text):
        following = begins.search(text, start + _STRETCH)
        end = following.start() if following else len(text)
        if slow.search(text, start, end):
            letters = "".join(letters for letters, _, _ in _letters(text, start, end))
        else:
            letters = unicodedata.normalize("NFC", text[start:end].translate(table))
            letters = _SPACES.sub(" ", letters)
            letters = letters if start else letters.lstrip(" ")
        found.add(letters, start)
        start = end
    return found.done()


def _letters(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Each letter as it is typed, and where it stands; a run of white space is one."""
    letter: _Letter | None = None
    is_space = start == 0  # none is kept at the start of a text
    for at in range(start, end):
        character = text[at]
        if goes_on(character):
            letter = letter or _Letter([], at, at)
            if not _is_left_out(character):
                letter.characters.append(character)
            letter.end = at + 1
        elif _is_left_out(character):
            continue  # a mark after it is still one of the letter before
        elif letter is not None and _joins(letter, character, text[at - 1]):
            letter.characters.append(character)
            letter.end = at + 1
        else:
            if letter is not None and (letters := _as_typed(letter.characters)):
                is_space = False
                yield letters, letter.start, letter.end
            letter = None if character.isspace() else _Letter([character], at, at + 1)
            if letter is None and not is_space:
                is_space = True
                yield " ", at, at + 1
    if letter is not None and (letters := _as_typed(letter.characters)):
        yield letters, letter.start, letter.end


def _joins(letter: _Letter, character: str, before: str) -> bool:
    """Whether a picture goes on with the letter: it is joined to it, or the second of a flag."""
    last = letter.characters[-1:]
    if not last or not _is_picture(character):
        return False
    if _FLAG.match(character):
        return len(letter.characters) == 1 and bool(_FLAG.match(last[0]))
    return before == _JOINER and bool(_is_picture(last[0]) or _AFTER.match(last[0]))


def _as_typed(characters: list[str]) -> str:
    """One letter and its marks in canonical order."""
    if len(characters) == 1:
        return _one(characters[0])
    # As Unicode orders them, but in a time that does not grow with the square of their number.
    parts = [part for character in characters for part in unicodedata.normalize("NFD", character)]
    ordered: list[str] = []
    for _, run in groupby(parts, key=lambda part: unicodedata.combining(part) > 0):
        ordered += sorted(run, key=unicodedata.combining)
    return unicodedata.normalize("NFC", "".join(_TYPED.get(part, part) for part in ordered))


@lru_cache(maxsize=4096)
def _one(character: str) -> str:
    letters = "".join(_TYPED.get(c, c) for c in unicodedata.normalize("NFD", character))
    return unicodedata.normalize("NFC", letters)


def _alone(character: str) -> str:
    """What a character is, whatever stands beside it."""
    if character.isspace():
        return " "
    return "" if _is_left_out(character) else _one(character)


@lru_cache(maxsize=4096)
def goes_on(character: str) -> bool:
    """Whether it belongs to the letter before it: a mark, a later part of a syllable or picture."""
    return unicodedata.category(character)[0] == "M" or bool(_AFTER.match(character))


@lru_cache(maxsize=4096)
def _is_picture(character: str) -> bool:
    """Whether others may be joined to it, or it to others."""
    return unicodedata.category(character) == "So" or character == "↔"


@lru_cache(maxsize=4096)
def _is_left_out(character: str) -> bool:
    return is_unseen(character) and not character.isspace()


def is_inside_word(character: str) -> bool:
    """Whether no word ends before it: a letter, a digit, a mark, or nothing that is seen."""
    return character.isalnum() or goes_on(character) or _is_left_out(character)
