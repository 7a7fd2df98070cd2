"""PostgreSQL connections of a server that answers people: they do not wait longer than those do.

A server that is stopped, frozen or cut off answers no statement, its own ``statement_timeout``
included. In commands, which may take long, nothing here has a limit.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus

from msportal.postgresql.breaker import Breaker


class _Request(threading.local):
    left: float | None = None
    """Seconds that the request of this thread may still wait for the database; None: no request."""


_request = _Request()


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """For all statements of a thread together; only what is spent waiting counts."""
    before = _request.left
    _request.left = seconds if before is None else min(seconds, before)
    try:
        yield
    finally:
        _request.left = before


class PatientConnection(psycopg.Connection[Any]):
    patience: ClassVar[float | None] = None
    """Seconds for what no request limits, such as a part of a long answer; None: no limit."""
    breaker: ClassVar[Breaker] = Breaker()

    @classmethod
    def connect(cls, conninfo: str = "", **params: Any) -> Self:
        if cls.patience is None:
            return super().connect(conninfo, **params)
        if _request.left is not None and _request.left <= 0:
            raise psycopg.OperationalError("The request has waited for the database long enough.")
        with cls.breaker.attempt(), _spending():
            return super().connect(conninfo, **params)

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        if timeout is None and self.patience is not None:
            timeout = self.patience if _request.left is None else max(0, _request.left)
        try:
            with _spending():
                return super().wait(gen, interval, timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.breaker.trip()
                self.pgconn.finish()  # else the rollback would wait as long again
            raise


@contextmanager
def _spending() -> Iterator[None]:
    begun = time.monotonic()
    try:
        yield
    finally:
        if _request.left is not None:
            _request.left -= time.monotonic() - begun
