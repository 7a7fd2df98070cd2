"""What nobody types, and somebody sends: values for any place of an address or a form."""

import random
from collections.abc import Iterator

from tests.lanes import LANE

EVERYWHERE: tuple[bytes, ...] = (
    b"\x00",
    "²".encode(),
    b"9" * 5_000,
    b"1" + b"0" * 20,
    b"\xff\xed\xa0\x80",
)
"""Each kind of place gets all of these: a character that PostgreSQL keeps in no text, a digit that
is no number, numbers that fit in no column, bytes that are no text.
"""
SOMEWHERE: tuple[bytes, ...] = (
    b"",
    b" ",
    "٣".encode(),
    b"-1",
    b"0",
    b"1e400",
    b"nan",
    str(2**31).encode(),
    str(2**63).encode(),
    str(-(2**63) - 1).encode(),
    b"a\x00b",
    b"1,\x00",
    b"\x02",
    "\uffff".encode(),
    "\u202egpj.exe".encode(),
    "\u2028".encode(),
    b"{{ 7|add:7 }}{% now %}",
    b"%s %(x)d %",
    b"../../etc/passwd",
    b"'; DROP TABLE sources_source; --",
    b"\"'<script>alert(1)</script>",
    b"\\",
    b"__",
    b"_5F_00",
    b'{"a": [1]}',
    b"1:2:3",
    b"therapy:" + b"9" * 30,
    b"therapy:" + "²".encode(),
    b"2024-13-99",
    b"9999-12-31",
    b"9" * 4_400,
    b"=" * 2_001,
    "é́".encode() * 300,
)
"""Each place gets one of these, in turn."""
HUGE: tuple[bytes, ...] = (b"a" * 1_000_000, b"a\n" * 100_000, b"1\n" * 100_000, b"| " * 100_000)
"""One place of each form gets one of these."""


_DRAWN = 6


class Turn:
    """What each place gets: a few of each kind in turn, the same in every run.

    In the long lane it gets all of the one kind and draws of the other. ``start`` differs from page
    to page, so that the same field gets other values on another.
    """

    def __init__(self, start: int) -> None:
        self._start = start
        self.place = 0

    def values(self, number: int = 1) -> Iterator[bytes]:
        if LANE == "long":
            yield from (*EVERYWHERE, *random.sample(SOMEWHERE, k=_DRAWN))
            return
        for _ in range(number):
            kind = (EVERYWHERE, EVERYWHERE, SOMEWHERE)[self.place % 3]
            yield kind[(self._start * 7 + self.place) % len(kind)]
            self.place += 1

    def huge(self) -> bytes:
        return HUGE[self._start % len(HUGE)]
