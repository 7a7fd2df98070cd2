"""The indexes of lists that a process keeps, and makes others from."""

from collections.abc import Collection
from threading import Lock

from publication import log
from publication.indexes import Index
from publication.narrowing import Declared, Facts

KEPT = 2
"""Indexes of a list: as it is now, and as it was asked for last beside."""
_At = tuple[int, str]
"""An entry of the log by number and hash: a number alone cannot tell two logs apart."""


class _Kept:
    """The indexes of one list that this process has."""

    def __init__(self) -> None:
        self._lock, self._moving = Lock(), Lock()
        self._indexes: dict[_At, Index] = {}
        """By number and hash of the entry; that which was asked for last is last."""

    def at(self, facts: type[Facts], seq: int) -> Index:
        key = seq, log.hash_at(seq)
        if (found := self._get(key)) is not None:
            return found
        with self._moving:
            if (found := self._get(key)) is not None:
                return found
            found = self._made(facts, seq)
            with self._lock:
                self._indexes[key] = found
                while len(self._indexes) > KEPT:
                    newest = max(self._indexes)
                    del self._indexes[next(one for one in self._indexes if one != newest)]
            return found

    def _get(self, key: _At) -> Index | None:
        with self._lock:
            found = self._indexes.pop(key, None)
            if found is not None:
                self._indexes[key] = found
            return found

    def _made(self, facts: type[Facts], seq: int) -> Index:
        with self._lock:
            near = sorted(self._indexes, key=lambda key: abs(key[0] - seq))
        for key in near:
            if log.hash_at(key[0]) == key[1]:
                return self._indexes[key].moved(seq)
            with self._lock:  # of another log: a database was put in the place of this one
                del self._indexes[key]
        return Index(facts, seq)


_kept: dict[type[Facts], _Kept] = {}
_keeping = Lock()


def index_at(facts: type[Facts], seq: int, filters: Collection[Declared]) -> Index:
    """The index of a list at an entry of the log, with what these filters find."""
    if facts.is_invented:
        index = Index(facts, seq)
    else:
        with _keeping:
            kept = _kept.setdefault(facts, _Kept())
        index = kept.at(facts, seq)
    index.need(filters)
    return index
