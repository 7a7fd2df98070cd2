"""PostgreSQL connections of a server that answers people: they do not wait longer than those do.

A server that is stopped, frozen or cut off answers no statement, its own ``statement_timeout``
included. In commands, which may take long, nothing here has a limit.
"""

from typing import Any, ClassVar, Self

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus

from msportal.patience import left, spending
from msportal.postgresql.breaker import Breaker


class PatientConnection(psycopg.Connection[Any]):
    patience: ClassVar[float | None] = None
    """Seconds for one statement outside a transaction; None: no limit for anything."""
    breaker: ClassVar[Breaker] = Breaker()

    @classmethod
    def connect(cls, conninfo: str = "", **params: Any) -> Self:
        if cls.patience is None:
            return super().connect(conninfo, **params)
        seconds = left()
        if seconds is not None and seconds <= 0:
            raise psycopg.OperationalError("The request has waited for the database long enough.")
        with cls.breaker.attempt(), spending():
            return super().connect(conninfo, **params)

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        if timeout is None and self.patience is not None:
            timeout = self._limit(self.patience)
        try:
            with spending():
                return super().wait(gen, interval, timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.breaker.trip()
                self.pgconn.finish()  # else the rollback would wait as long again
            raise

    def _limit(self, patience: float) -> float:
        """In a transaction a statement may take long (``editorial/locking.py``), outside none."""
        seconds = left()
        if seconds is None:
            return patience
        inside = self.pgconn.transaction_status == TransactionStatus.INTRANS
        return max(0.0, seconds if inside else min(seconds, patience))
