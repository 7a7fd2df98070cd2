"""Spares those who come while the database is away the wait of the one who found that out."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

PAUSE = 1.0
"""Seconds."""


class Breaker:
    """Of one process: after a failure nobody connects for a moment, and then one who tries."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._lock = threading.Lock()
        self._failed_at: float | None = None
        self._trying = False

    def trip(self) -> None:
        with self._lock:
            self._failed_at = time.monotonic()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Around connecting; raises at once where that would be in vain."""
        with self._lock:
            was_away = self._failed_at is not None
            if self._failed_at is not None:
                if self._trying or time.monotonic() - self._failed_at < self._pause:
                    raise psycopg.OperationalError("The database did not answer a moment ago.")
                self._trying = True
        try:
            yield
        except psycopg.OperationalError:
            self.trip()
            raise
        else:
            with self._lock:
                self._failed_at = None
        finally:
            if was_away:
                with self._lock:
                    self._trying = False
