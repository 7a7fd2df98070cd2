"""How long one request may wait for the database, all its statements together."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class _Request(threading.local):
    left: float | None = None


_request = _Request()


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """For what this thread asks meanwhile; only what is spent waiting counts."""
    before = _request.left
    _request.left = seconds if before is None else min(seconds, before)
    try:
        yield
    finally:
        _request.left = before


def left() -> float | None:
    """Seconds; None: no request limits it."""
    return _request.left


@contextmanager
def spending() -> Iterator[None]:
    begun = time.monotonic()
    try:
        yield
    finally:
        if _request.left is not None:
            _request.left -= time.monotonic() - begun
