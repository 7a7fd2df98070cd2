"""What was made of rows that never change, kept while there is room."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Remembered(Generic[V]):
    """The values that were asked for last, up to a sum of their sizes; for all threads."""

    def __init__(self, *, most: int) -> None:
        """``most``: bytes."""
        self._most, self._sum = most, 0
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> V | None:
        """What was kept by this key, if it still is."""
        with self._lock:
            if (found := self._kept.get(key)) is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: V, size: int) -> V:
        """The value, which is kept from now on in the place of any other of this key."""
        with self._lock:
            if (before := self._kept.pop(key, None)) is not None:
                self._sum -= before[1]
            if size <= self._most:
                self._kept[key] = value, size
                self._sum += size
            while self._sum > self._most:
                _, (_, gone) = self._kept.popitem(last=False)
                self._sum -= gone
        return value
