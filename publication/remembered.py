"""What was made once of rows that never change, kept in the memory of one process."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Remembered(Generic[V]):
    """Values by all that they were made of: a key has to name every row and every parameter.

    So nothing in it is ever out of date. Beyond ``most``, the sum of the sizes, what was asked for
    longest ago goes first; what is larger than that by itself is not kept.
    """

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> V | None:
        """The value, from now on the one asked for last; ``None`` where there is none."""
        with self._lock:
            found = self._held.get(key)
            if found is None:
                return None
            self._held.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: V, size: int) -> V:
        """The same value, kept under the key; ``size`` in bytes."""
        if size <= self._most:
            with self._lock:
                before = self._held.pop(key, None)
                self._size += size - (before[1] if before else 0)
                self._held[key] = value, size
                while self._size > self._most:
                    _, (_, dropped) = self._held.popitem(last=False)
                    self._size -= dropped
        return value

    def __len__(self) -> int:
        return len(self._held)
