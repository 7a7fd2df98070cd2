"""Sets of small numbers in little room: a few as they are, many as the bits of one long number."""

import re
from collections.abc import Collection, Iterable, Iterator

Members = int | tuple[int, ...]
"""Of ``n``, bit ``n`` of the one, or an item of the other."""
_SPARSE = 64
"""Bits that an item of the second takes; as many members as make the first smaller are in that."""


def packed(members: Collection[int], room: int) -> Members:
    """A set of numbers below ``room``."""
    return tuple(members) if len(members) * _SPARSE < room else bits(members)


def bits(members: Collection[int] | int) -> int:
    """The same as one number."""
    if isinstance(members, int):
        return members
    if not members:
        return 0
    held = bytearray((max(members) >> 3) + 1)
    for one in members:
        held[one >> 3] |= 1 << (one & 7)
    return int.from_bytes(held, "little")


def size(members: Members) -> int:
    """How many there are."""
    return members.bit_count() if isinstance(members, int) else len(members)


def with_one(members: Members, one: int, room: int) -> Members:
    """The set with one more number, which it has not."""
    if isinstance(members, int):
        return members | 1 << one
    return packed((*members, one), room)


def without(members: Members, one: int) -> Members:
    """The set without a number that it has."""
    if isinstance(members, int):
        return members ^ 1 << one
    return tuple(other for other in members if other != one)


def numbers(held: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest on."""
    for found in _SOME.finditer(held.to_bytes((held.bit_length() + 7) >> 3, "little")):
        start = found.start() << 3
        for place in _PLACES[found[0][0]]:
            yield start + place


_SOME = re.compile(rb"[^\0]")
_PLACES = [[place for place in range(8) if byte >> place & 1] for byte in range(256)]


class Among:
    """A set to which many small ones are compared."""

    def __init__(self, held: int, room: int) -> None:
        self.held = held
        self._bytes = held.to_bytes((room + 7) >> 3, "little")

    def of(self, some: Iterable[int]) -> Iterator[int]:
        """Those that are in it, in their order."""
        held = self._bytes
        return (one for one in some if held[one >> 3] >> (one & 7) & 1)

    def both(self, members: Members) -> int:
        """How many of the others are in it too."""
        if isinstance(members, int):
            return (members & self.held).bit_count()
        held = self._bytes
        return sum(held[one >> 3] >> (one & 7) & 1 for one in members)
