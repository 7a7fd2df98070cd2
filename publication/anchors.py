"""Anchors: a head of the log, number and hash, that is kept elsewhere.

Nothing inside a database tells a log whose end was cut off from a whole one; an anchor does.
"""

import re
from dataclasses import dataclass, field
from typing import Self

HASH = "[0-9a-f]{64}"
"""SHA-256 as it is written, in a pattern."""
_FORM = re.compile(rf"(?P<seq>0|[1-9][0-9]{{0,17}}):(?P<hash>{HASH})")


class NoAnchor(ValueError):
    """A text is no anchor; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entry of the log: its number and its hash, written ``SEQ:HASH``."""

    seq: int
    hash: str
    at: str = field(default="", compare=False)
    """When it was appended, as the entry has it; empty where that was not asked for."""

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
