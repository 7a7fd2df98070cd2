"""Which log the database holds: what is remembered of one says nothing of another.

Keys and numbers alone do not tell: where a database is set back while the site runs, other entries
come to have the numbers of those that are gone.
"""

from itertools import count

from publication import log
from publication.anchors import Anchor

_numbers = count(1)
_seen: tuple[Anchor, int] = (Anchor(0, log.GENESIS), 0)
"""The head that was asked about last, and the number given to its log."""


def number_of(head: Anchor) -> int:
    """A number for the log with this head: the same as long as that log goes on, in this process.

    Asks the database only where the head is not the one that was asked about before.
    """
    global _seen
    before, number = _seen
    if head != before:
        if log.hash_at(before.seq) != before.hash:
            number = next(_numbers)
        _seen = head, number
    return number
