"""What was made once and is still right: a bounded memory of this process.

Only what was made of frozen things is remembered, by all of them (the keys of rows of the read
models, entries of the log) and everything else that went in: what is found is then what would be
made again. Nothing of who is signed in goes in.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Remembered(Generic[V]):
    """Values by key, of which those that nobody asked for the longest go first. Threads share it,
    so that a value must not be changed.
    """

    def __init__(self, *, most: int) -> None:
        """``most``: bytes of all values together, as those who keep them say."""
        self._most = most
        self._size = 0
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> V | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def keep(self, key: Hashable, value: V, size: int) -> V:
        """The value, which is remembered unless it is larger than all may be together."""
        with self._lock:
            if before := self._kept.pop(key, None):
                self._size -= before[1]
            if size <= self._most:
                self._kept[key] = value, size
                self._size += size
            while self._size > self._most:
                _, (_, gone) = self._kept.popitem(last=False)
                self._size -= gone
        return value

    def __len__(self) -> int:
        return len(self._kept)
