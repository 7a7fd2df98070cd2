"""Anchors: a head of the log, number and hash, that is kept elsewhere.

Nothing inside a database tells a log whose end was cut off from a whole one; an anchor does.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_FORM = re.compile(r"(?P<seq>0|[1-9][0-9]{0,17}):(?P<hash>[0-9a-f]{64})")


class NoAnchor(ValueError):
    """A text is no anchor, or a file holds none; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entry of the log: its number and its hash, written ``SEQ:HASH``."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def of(cls, text: str) -> Self:
        """Read ``SEQ:HASH``; ``NoAnchor`` when it is none."""
        found = _FORM.fullmatch(text.strip().lower())
        if found is None:
            raise NoAnchor(
                f"{text!r} is no head of a log: say its number, a colon and its hash of 64 "
                "hexadecimal digits, as “manage.py checkpoint” prints them."
            )
        return cls(int(found["seq"]), found["hash"])


def kept(path: Path) -> list[Anchor]:
    """The anchors in a file, oldest first; none where there is no file yet.

    One a line, first on it; what follows after a space is for people. ``NoAnchor`` names a line
    that starts with something else; a line that broke off at the end of the file is one.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as problem:
        raise NoAnchor(f"{path} cannot be read: {problem}") from problem
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(Anchor.of(line.split()[0]))
        except NoAnchor as problem:
            raise NoAnchor(f"{path}, line {number}: {problem}") from problem
    return found


def keep(path: Path, anchor: Anchor, remark: str) -> None:
    """Append an anchor to a file, on disk when this returns; ``NoAnchor`` when it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{anchor} {remark}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise NoAnchor(f"{path} cannot be written: {problem}") from problem
