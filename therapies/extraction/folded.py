"""Text in the one form in which names are compared, with the way back to the original offsets."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["BREAK", "Folded", "fold", "folded"]

BREAK = "\n"
"""Stands for a blank line in folded text: no name crosses it."""

_GREEK = {
    "α": "alpha",
    "β": "beta",
    "ß": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "κ": "kappa",
    "λ": "lambda",
    "ω": "omega",
}
_GREEK_NAMES = frozenset(_GREEK.values())
_HYPHENS = frozenset("-‐‑‒–−﹣-/")
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff®™©℠")
_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "“": '"', "”": '"', "„": '"'}
_SPELLED = re.compile(r"(?<![a-z])(alpha|beta|gamma)(?=\d)")
_WRAPPED = re.compile(r"\w-[ \t]*\r?\n[ \t]*(?=[a-z])")
_SOFT_WRAP = re.compile("\u00ad\\s+")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; ``at[i]`` is the offset in the original of folded character ``i``."""

    text: str
    at: tuple[int, ...]

    def start(self, index: int) -> int:
        return self.at[index]

    def end(self, index: int) -> int:
        """The original offset after the folded character before ``index``."""
        return self.at[index - 1] + 1

    def window(self, start: int, end: int) -> tuple[int, int]:
        """The folded range of an original range."""
        return bisect_left(self.at, start), bisect_left(self.at, end)


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    """One character folded: empty when it does not count, a space for a hyphen."""
    if character in _DROPPED or unicodedata.combining(character):
        return ""
    if character in _HYPHENS or character.isspace():
        return " "
    if character in _QUOTES:
        return _QUOTES[character]
    lower = character.lower()
    if lower in _GREEK:
        return _GREEK[lower]
    plain = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in plain if not unicodedata.combining(c)).replace(" ", "")


def fold(
    text: str, joined: frozenset[str] = frozenset(), left_out: Iterable[tuple[int, int]] = ()
) -> Folded:
    """The folded text; a word split at a line's end is joined when it is one of ``joined``."""
    skipped = _split_words(text, joined)
    for start, end in left_out:
        skipped.update(range(start, end))
    letters: list[str] = []
    at: list[int] = []
    lines = 0
    for offset, character in enumerate(text):
        if offset in skipped:
            continue
        if character == "\n":
            lines += 1
        piece = _piece(text, offset, character)
        if not piece:
            continue
        if piece == " ":
            _add_space(letters, at, offset, blank_line=lines > 1)
            continue
        lines = 0
        greek = piece in _GREEK_NAMES
        if greek:
            _add_space(letters, at, offset, blank_line=False)
        for letter in piece:
            letters.append(letter)
            at.append(offset)
        if greek and text[offset + 1 : offset + 2].isalnum():
            _add_space(letters, at, offset, blank_line=False)
    return _spaced(Folded("".join(letters), tuple(at)))


@lru_cache(maxsize=16384)
def folded(name: str) -> str:
    """A name in folded form."""
    return fold(name).text.strip()


def _piece(text: str, offset: int, character: str) -> str:
    """The folded form in its place: a dash between spaces is no hyphen."""
    if character in _HYPHENS:
        if text[offset - 1 : offset].isspace() and text[offset + 1 : offset + 2].isspace():
            return "–"
        if character == "/" and not _joins(text, offset):
            return "/"
    return _letter(character)


def _joins(text: str, offset: int) -> bool:
    return text[offset - 1 : offset].isalpha() and text[offset + 1 : offset + 2].isalpha()


def _add_space(letters: list[str], at: list[int], offset: int, *, blank_line: bool) -> None:
    if letters and letters[-1] in (" ", BREAK):
        if blank_line:
            letters[-1] = BREAK
        return
    letters.append(BREAK if blank_line else " ")
    at.append(offset)


def _split_words(text: str, joined: frozenset[str]) -> set[int]:
    """Offsets of hyphens and line ends inside words that the line's end split."""
    skipped: set[int] = set()
    for match in _SOFT_WRAP.finditer(text):
        skipped.update(range(match.start(), match.end()))
    for match in _WRAPPED.finditer(text) if joined else ():
        before = re.search(r"[A-Za-z]{1,40}$", text[max(0, match.start() - 40) : match.start() + 1])
        after = re.match(r"[a-z]{1,40}", text[match.end() : match.end() + 40])
        if before and after and (before[0] + after[0]).lower() in joined:
            skipped.update(range(match.start() + 1, match.end()))
    return skipped


def _spaced(found: Folded) -> Folded:
    """The same with a space between a spelled Greek letter and a digit ("beta1a")."""
    if not any(name in found.text for name in _GREEK_NAMES):
        return found
    letters: list[str] = []
    at: list[int] = []
    done = 0
    for match in _SPELLED.finditer(found.text):
        letters += [found.text[done : match.end()], " "]
        at += [*found.at[done : match.end()], found.at[match.end() - 1]]
        done = match.end()
    letters.append(found.text[done:])
    at += found.at[done:]
    return Folded("".join(letters), tuple(at))
