"""What ``DATABASES["default"]["ENGINE"]`` names, where Django looks for it.

Each thread of the server keeps its connection, and makes a new one where it serves: so a failure is
known at once to who asked, where a pool, which connects in the background, lets all wait.
"""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from django.db.utils import InterfaceError, OperationalError
from psycopg.pq import TransactionStatus

from msportal.postgresql.patience import PatientConnection
from publication.outage import CommitUnknown, is_refusal


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        self.isolation_level = IsolationLevel.READ_COMMITTED  # PostgreSQL's own, and ours
        return PatientConnection.connect(**conn_params)

    def is_usable(self) -> bool:
        """Asked before the first statement of a request, at no statement's cost.

        To a connection on which nothing was asked, a server says nothing but that it ends.
        """
        pgconn = self.connection.pgconn
        if pgconn.transaction_status != TransactionStatus.IDLE:
            return False
        waiting = select.poll()
        waiting.register(pgconn.socket, select.POLLIN)
        return not waiting.poll(0)

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        except (OperationalError, InterfaceError) as problem:
            if is_refusal(problem):
                raise
            raise CommitUnknown(*problem.args) from problem.__cause__
