"""The chain of the log, worked out again from the envelopes alone; pure.

``publication/verify.py`` asks far more of a log, and of the database around it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from publication import stored
from publication.canonical import digest

Row = tuple[int, str, str]
"""An entry's number, its envelope as stored, and its hash as stored."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What came of it, entry by entry until one did not fit."""

    number: int
    """How many entries were looked at."""
    hash: str
    """Of the last one that fits."""
    broken_at: int = 0
    """The number of the first that does not fit; 0 where all do."""


def recompute(rows: Iterable[Row], *, after: int, previous: str) -> Recomputed:
    """Whether each entry has the next number, names the hash of the one before it, and has the
    hash of its own envelope. ``previous`` is the hash of entry ``after``, which is believed.
    """
    number, seq = 0, after
    for found, envelope, hash_ in rows:
        number += 1
        seq += 1
        if found != seq or not _fits(envelope, hash_, seq=seq, previous=previous):
            return Recomputed(number, previous, broken_at=found)
        previous = hash_
    return Recomputed(number, previous)


def _fits(envelope: str, hash_: str, *, seq: int, previous: str) -> bool:
    try:
        said = stored.values(envelope)
        named = (said.get("seq"), said.get("previous")) if isinstance(said, dict) else ()
        return named == (seq, previous) and digest(envelope) == hash_
    except (ValueError, RecursionError):
        return False
