"""Reading a database in use as it was at one moment, without keeping anybody waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """One transaction in which every query sees the same moment, however long it takes.

    Writers go on meanwhile: PostgreSQL reads at isolation level REPEATABLE READ, and SQLite, in
    WAL mode, takes no lock for a transaction that only reads. Inside a transaction that is open
    already, that one's view is what there is.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        with _deferred(), transaction.atomic():
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Of SQLite: the site's own transactions ask for the write lock at once; this one does not.

    What it sorts and keeps for itself goes to a temporary file once it is much, not to memory,
    which would grow with the log.
    """
    connection.ensure_connection()  # which sets the mode
    wrapper: Any = connection
    usual, wrapper.transaction_mode = wrapper.transaction_mode, "DEFERRED"
    try:
        _keep_for_itself_in("FILE")
        yield
    finally:
        wrapper.transaction_mode = usual
        _keep_for_itself_in("MEMORY")


def _keep_for_itself_in(where: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA temp_store = {where}")
