"""Texts cut where a character is not seen or turns the order of others, to show it as a mark.

What was found in a document, or stands in an old entry of the log, holds whatever it holds, and is
stored and served as it is. A person is shown what is there. Where such a character has its place
in a text (a soft hyphen inside a word, a joiner in Persian, the presentation of a picture) it is
no mark, and neither are line ends, tabs and spaces of whatever width.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publication import writing

__all__ = ["Glyph", "cut", "in_text"]

_CANDIDATES = re.compile(
    r"([^\t\n\r -~\u00a0-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482"
    r"\u2010-\u2027\u202f-\u205f\u3041-\u3096\u4e00-\u9fef])\1*"
)
"""Runs of one character that may be unseen; what is left out here never is."""
_SPACES = re.compile(r"[^\S\t\n\r ]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character that would not be seen, as often as it stands there."""

    character: str
    times: int = 1

    @property
    def code(self) -> str:
        """What is shown for it, such as ``U+200B``, or ``U+200B ×3``."""
        times = f" ×{self.times}" if self.times > 1 else ""
        return f"U+{ord(self.character):04X}{times}"

    @property
    def name(self) -> str:
        """With what Unicode calls it, such as ``U+200B ZERO WIDTH SPACE``."""
        times = f", {self.times} times" if self.times > 1 else ""
        return f"{writing.label(self.character)}{times}"


def cut(text: str, *, spaces: bool = False) -> Iterator[str | Glyph]:
    """The text in order, marks between its stretches.

    ``spaces``: marks also for spaces other than the usual one and for soft hyphens, where they
    are all that two texts differ in.
    """
    done = 0
    for run in _CANDIDATES.finditer(text) if not spaces else _all_runs(text):
        if not _is_mark(text, run.start(), run.end(), spaces=spaces):
            continue
        if run.start() > done:
            yield text[done : run.start()]
        yield Glyph(run[1], run.end() - run.start())
        done = run.end()
    if done < len(text):
        yield text[done:]


def _all_runs(text: str) -> Iterator["re.Match[str]"]:
    return re.finditer(r"([^\t\n\r -~])\1*", text)


def _is_mark(text: str, start: int, end: int, *, spaces: bool) -> bool:
    character = text[start]
    if spaces and (_SPACES.match(character) or character == "\u00ad"):
        return True
    if not writing.is_unseen(character):
        return False
    return end - start > 1 or not _has_its_place(text, start, character)


def _has_its_place(text: str, at: int, character: str) -> bool:
    if character == "\u00ad":
        return text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
    return writing.belongs(text, at, character)


def in_text(text: str) -> str:
    """The same where there can be nothing but text: ``[U+200B]`` in its place."""
    return "".join(piece if isinstance(piece, str) else f"[{piece.code}]" for piece in cut(text))
