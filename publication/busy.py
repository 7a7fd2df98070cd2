"""Whether the database refused because somebody else holds a lock, which passes."""

import sqlite3

_STATES = frozenset({"55P03", "40P01"})
"""PostgreSQL's lock_not_available and deadlock_detected."""


def is_busy(problem: BaseException) -> bool:
    """Of an exception of Django's, by the driver's behind it."""
    cause = problem.__cause__
    if getattr(cause, "sqlstate", None) in _STATES:
        return True
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
