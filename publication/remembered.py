"""What was worked out once and may be worked out again: kept in memory, within a bound."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Remembered(Generic[V]):
    """Of one process and all its threads; what was asked for longest ago goes first."""

    def __init__(self, *, most: int) -> None:
        """``most``: the sum of all sizes, in bytes; 0 remembers nothing."""
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        return len(self._held)

    @property
    def size(self) -> int:
        """The sum of the sizes of what is held."""
        return self._size

    def get(self, key: Hashable) -> V | None:
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: V, size: int) -> V:
        """In the place of what was held under the key; what is larger than the bound is not held.

        ``size``: in bytes, as near as is cheap to tell.
        """
        with self._lock:
            self._size -= self._held.pop(key, (None, 0))[1]
            if size <= self._most:
                self._held[key] = value, size
                self._size += size
            while self._size > self._most:
                self._size -= self._held.popitem(last=False)[1][1]
        return value

    def clear(self) -> None:
        with self._lock:
            self._held.clear()
            self._size = 0
