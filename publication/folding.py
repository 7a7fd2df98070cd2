"""The one form in which names are compared, in reading, searching and checking alike.

Neither case, accents, hyphens nor marks of trade count, and a Greek letter is its name:
``IFN-β1a``, ``Ifn beta 1a`` and ``IFN&beta;-1a`` are one. ``aligned`` keeps the way back to the
original offsets.
"""

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from string import ascii_uppercase

__all__ = ["BREAK", "HYPHENS", "QUOTES", "Aligned", "aligned", "folded", "words"]

BREAK = "\n"
"""Stands for a blank line in folded text: no name crosses it."""

_GREEK_LETTER = re.compile(r"GREEK SMALL LETTER (?:FINAL )?([A-Z]+)")
_GREEK_WORD = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]{3,}")
"""In a text in Greek, letters are letters; two together, as in γδ T cells, are names still."""
_MISTAKEN = {"ß": "beta", "␤": "beta"}
"""What stands for a Greek letter where a text came through a wrong encoding."""
HYPHENS = frozenset("-‐‑‒–−﹣-")
"""What a keyboard has one key for."""
_HYPHENS = HYPHENS | {"/"}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff®™©℠")
QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "“": '"', "”": '"', "„": '"'}
"""Quotation marks and apostrophes, each with what a keyboard has in its place."""
_SPELLED = re.compile(r"(?<![a-z])(alpha|beta|gamma)(?=\d)")
_WRAPPED = re.compile(r"\w-[ \t]*\r?\n[ \t]*(?=[a-z])")
_MARK = re.compile(
    r"</?(?P<tag>[A-Za-z][A-Za-z0-9-]{0,15})(?:\s[^<>]{0,300})?/?>|&#?[A-Za-z0-9]{2,8};"
)
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "bold", "em", "font", "i", "italic", "mark", "monospace", "roman"}
    | {"named-content", "sc", "small", "span", "strong", "styled-content", "sub", "sup", "u"}
    | {"underline", "wbr"}
)
"""Tags that part no word, of HTML and of article XML."""
_SOFT_WRAP = re.compile("\u00ad\\s+")
_RUN = re.compile(r"(?P<plain>[!-,.0-_a-~]+(?:[- \t\n][!-,.0-_a-~]+)*)|(?s:.)")
"""Most of a text: signs that stay themselves but for capitals, one space, hyphen or line end
between them. What it leaves is folded one by one."""
_PLAINLY = {**{ord(c): c.lower() for c in ascii_uppercase}, **dict.fromkeys(map(ord, "-\t\n"), " ")}
_WHOLE = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l"}
)
"""Letters that Unicode does not take apart into a plain one and its mark."""
_HIDDEN = "\0"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Folded text; ``at[i]`` and ``to[i]`` bound in the original what folded character ``i`` is."""

    text: str
    at: tuple[int, ...]
    to: tuple[int, ...]

    def start(self, index: int) -> int:
        return self.at[index]

    def end(self, index: int) -> int:
        """The original offset after the folded character before ``index``."""
        return self.to[index - 1]

    def window(self, start: int, end: int) -> tuple[int, int]:
        """The folded characters that lie within an original range, none that reach past it."""
        first, last = bisect_left(self.at, start), bisect_left(self.at, end)
        while last > first and self.to[last - 1] > end:
            last -= 1  # one sign of mark-up may stand for several characters
        return first, last


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    """One character folded: empty when it does not count, a space for a hyphen."""
    if character in _DROPPED or unicodedata.combining(character):
        return ""
    if character in _HYPHENS or character.isspace():
        return " "
    if character in QUOTES:
        return QUOTES[character]
    # Lower twice: some signs are capitals only when they are taken apart (ℐ, №, ℃).
    plain = unicodedata.normalize("NFKD", character.lower()).lower().translate(_WHOLE)
    return "".join(c for c in plain if not unicodedata.combining(c)).replace(" ", "")


@dataclass(slots=True)
class _Page:
    """Folded text in the making."""

    parts: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    to: list[int] = field(default_factory=list)

    def add(self, letters: str, start: int, end: int) -> None:
        """What ``start`` to ``end`` of the original is as a whole."""
        self.parts.append(letters)
        self.at.extend([start] * len(letters))
        self.to.extend([end] * len(letters))

    def add_run(self, letters: str, start: int) -> None:
        """What the original has from ``start`` on, letter for letter."""
        self.parts.append(letters)
        self.at.extend(range(start, start + len(letters)))
        self.to.extend(range(start + 1, start + len(letters) + 1))

    def add_space(self, offset: int, *, blank_line: bool = False) -> None:
        if not self.parts or self.parts[-1] not in (" ", BREAK):
            self.add(BREAK if blank_line else " ", offset, offset + 1)
        elif blank_line:
            self.parts[-1] = BREAK


def aligned(
    text: str, joined: frozenset[str] = frozenset(), left_out: Iterable[tuple[int, int]] = ()
) -> Aligned:
    """The folded text; a word split at a line's end is joined when it is one of ``joined``."""
    marks, skipped = _marks(text)
    skipped |= _split_words(text, joined)
    for start, end in left_out:
        skipped.update(range(start, end))
    foreign = {i for word in _GREEK_WORD.finditer(text) for i in range(*word.span())}
    page = _Page()
    lines = 0
    for run in _RUN.finditer(_hidden(text, skipped | marks.keys())):
        offset = run.start()
        if run.lastgroup == "plain":
            lines = 0
            page.add_run(run.group().translate(_PLAINLY), offset)
            continue
        if offset in skipped:
            continue
        character = text[offset]
        if character == "\n":
            lines += 1
        character, end = marks.get(offset, (character, offset + 1))
        piece = _piece(text, offset, character) if character else ""
        if piece == " ":
            page.add_space(offset, blank_line=lines > 1 or (offset in marks and character == BREAK))
        elif piece:
            lines = 0
            spelled = "" if offset in foreign else _spelled(text, offset, character)
            if not spelled:
                page.add(piece, offset, end)
                continue
            page.add_space(offset)
            page.add(spelled, offset, end)
            if text[end : end + 1].isalnum():
                page.add_space(offset)
    return _spaced(Aligned("".join(page.parts), tuple(page.at), tuple(page.to)))


def _hidden(text: str, offsets: Collection[int]) -> str:
    """The text with a sign that is no plain letter at these offsets."""
    if not offsets:
        return text
    letters = list(text)
    for offset in offsets:
        letters[offset] = _HIDDEN
    return "".join(letters)


@lru_cache(maxsize=16384)
def folded(name: str) -> str:
    """A name in folded form."""
    return aligned(name).text.strip()


def words(text: str) -> list[str]:
    """The words of a text in folded form, without signs."""
    return _WORD.findall(folded(text))


def _spelled(text: str, offset: int, character: str) -> str:
    """The name of a Greek letter that stands for itself; empty for every other sign."""
    if character.isascii():
        return ""
    if character in _MISTAKEN:
        return "" if text[max(0, offset - 1) : offset].islower() else _MISTAKEN[character]
    return _greek(character)


@lru_cache(maxsize=4096)
def _greek(character: str) -> str:
    """``beta`` for β, ϐ and Β; empty for what is no Greek letter. Unicode writes lamda."""
    plain = unicodedata.normalize("NFKD", character)[:1].lower()
    match = _GREEK_LETTER.fullmatch(unicodedata.name(plain, "")) if plain else None
    return {"LAMDA": "lambda"}.get(match[1], match[1].lower()) if match else ""


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


def _marks(text: str) -> tuple[dict[int, tuple[str, int]], set[int]]:
    """What mark-up stands for, by where it begins, with its end; and the offsets inside it."""
    marks: dict[int, tuple[str, int]] = {}
    inside: set[int] = set()
    for match in _MARK.finditer(text):
        tag = match["tag"]
        if tag:
            meant = "" if tag.lower() in _INLINE else " " if tag.lower() == "br" else BREAK
        else:
            meant = html.unescape(match.group())[:1]
        marks[match.start()] = (meant, match.end())
        inside.update(range(match.start() + 1, match.end()))
    return marks, inside


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


def _spaced(found: Aligned) -> Aligned:
    """The same with a space between a spelled Greek letter and a digit ("beta1a")."""
    ends = [match.end() for match in _SPELLED.finditer(found.text)]
    if not ends:
        return found
    letters: list[str] = []
    at: list[int] = []
    to: list[int] = []
    done = 0
    for end in [*ends, len(found.text)]:
        letters += [found.text[done:end], " "]
        at += [*found.at[done:end], found.at[end - 1]]
        to += [*found.to[done:end], found.to[end - 1]]
        done = end
    return Aligned("".join(letters), tuple(at), tuple(to))
