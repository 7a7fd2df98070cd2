"""A PostgreSQL connection that does not wait for good on a server that no longer answers."""

from typing import Any, ClassVar

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus


class PatientConnection(psycopg.Connection[Any]):
    """``statement_timeout`` is the server's own; this one holds when the server hangs."""

    patience: ClassVar[float | None] = None
    """Seconds; None, as in commands, which may take long: no limit."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # else the rollback would wait as long again
            raise
