"""How often one visitor may do something: remembered for minutes, in this process alone."""

import hashlib
from collections import deque
from collections.abc import Callable
from math import ceil
from threading import Lock
from time import monotonic

from django.utils.crypto import get_random_string


class Quota:
    """So many times in so many seconds for each visitor.

    Who it was is kept as a keyed hash, under a key that ends with the process: nobody can tell an
    address from it, or find one again.
    """

    def __init__(self, seconds: int, *, clock: Callable[[], float] = monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._key = get_random_string(32).encode()
        self._taken: dict[bytes, deque[float]] = {}
        self._lock = Lock()

    def take(self, visitor: str, *, most: int) -> int:
        """Take one turn of ``most``: 0 when it was free, else the seconds until one is."""
        name = hashlib.blake2b(visitor.encode(), key=self._key, digest_size=16).digest()
        with self._lock:
            now = self._clock()
            self._forget(now - self._seconds)
            turns = self._taken.setdefault(name, deque())
            if len(turns) >= most:
                return max(1, ceil(turns[0] + self._seconds - now))
            turns.append(now)
        return 0

    def _forget(self, until: float) -> None:
        for name, turns in list(self._taken.items()):
            while turns and turns[0] <= until:
                turns.popleft()
            if not turns:
                del self._taken[name]
