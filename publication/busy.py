"""Why the database refused: somebody else holds a lock, which passes, or who asks may not."""

import sqlite3

_STATES = frozenset({"55P03", "40P01"})
"""PostgreSQL's lock_not_available and deadlock_detected."""


_FORBIDDEN = "42501"
"""PostgreSQL's insufficient_privilege."""


def is_forbidden(problem: BaseException) -> bool:
    """Of an exception of Django's, by the driver's behind it."""
    return getattr(problem.__cause__, "sqlstate", None) == _FORBIDDEN


def is_busy(problem: BaseException) -> bool:
    """Of an exception of Django's, by the driver's behind it."""
    cause = problem.__cause__
    if getattr(cause, "sqlstate", None) in _STATES:
        return True
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
