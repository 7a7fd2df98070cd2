"""Ends the database connections of a process, and PostgreSQL's pool of them with its threads."""

from django.db import connection


def close_connections() -> None:
    """Before a fork: no two processes may share a connection. At exit: from Python 3.13 on,
    the interpreter waits some 20 seconds for threads of a pool that nobody has closed.
    """
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
