"""How many rows of the reading room fit, counted once and then by what an entry of the log adds."""

from collections.abc import Sequence
from typing import Any, overload

from django.db.models import Q

from publication import log
from publication.remembered import Remembered
from publication.stretches import PublishedQuerySet

FURTHEST = 100
"""Entries over which a count is brought forward."""
_Count = tuple[int, str, int]
"""At which entry, by number and hash, and how many."""
_counts: Remembered[_Count] = Remembered(most=2_000_000)


class Counted(Sequence[Any]):
    """Rows at an entry of the log, of which there may be many."""

    def __init__(self, every: PublishedQuerySet[Any], seq: int, *order: str) -> None:
        """``every``: those that fit, of whatever time."""
        self._every, self._seq, self._order = every, seq, order

    def __len__(self) -> int:
        return count(self._every, self._seq)

    @overload
    def __getitem__(self, at: int) -> Any: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...

    def __getitem__(self, at: int | slice) -> Any:
        return self._every.as_of(self._seq).order_by(*self._order)[at]


def count(every: PublishedQuerySet[Any], seq: int) -> int:
    """How many rows that fit are public at an entry: those that were at an earlier one, and those
    that began since, without those that ended.
    """
    sql, params = every.order_by().query.sql_with_params()
    newest, this = (sql, params), (sql, params, seq)
    hash_ = log.hash_at(seq)
    known = _counts.get(this)
    if known is not None and known[1] == hash_:
        return known[2]
    known = _counts.get(newest)
    if known is not None and 0 < seq - known[0] <= FURTHEST and log.hash_at(known[0]) == known[1]:
        before = known[0]
        still = Q(to_seq=None) | Q(to_seq__gt=seq)
        begun = every.filter(still, from_seq__gt=before, from_seq__lte=seq)
        ended = every.filter(from_seq__lte=before, to_seq__gt=before, to_seq__lte=seq)
        found = known[2] + begun.count() - ended.count()
    else:
        found = every.as_of(seq).count()
    size = 1000 + 4 * len(sql)
    if known is None or known[0] <= seq:
        _counts.keep(newest, (seq, hash_, found), size)
    _counts.keep(this, (seq, hash_, found), size)
    return found
