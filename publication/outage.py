"""Whether a database failed in a way that passes, and what is sure of the write that it broke."""

import errno
import sqlite3

from django.db import InterfaceError, InternalError, OperationalError

FULL = "the disk is full"
FAILING = "the disk fails, or has no room"
READ_ONLY = "the database can only be read"
AWAY = "the database does not answer"

_FULL = frozenset({"53100"})  # disk_full
_FAILING = frozenset({"58030"})  # io_error
_READ_ONLY = frozenset({"25006"})  # read_only_sql_transaction: a standby, say, after a failover
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says where an upload is put down before it is read."""
_LOST = ("08", "57P")
"""Classes of PostgreSQL: the connection broke, the server ended it."""


class CommitUnknown(OperationalError):
    """The connection was lost after COMMIT was sent: it may have been done or not."""


def is_outage(problem: BaseException | None) -> bool:
    """The database is away, full, busy or too slow, which passes; a wrong statement does not."""
    if isinstance(problem, OSError):
        return problem.errno in _NO_ROOM
    if isinstance(problem, InternalError):
        return _state(problem) in _READ_ONLY
    if not isinstance(problem, OperationalError | InterfaceError):
        return False
    cause = problem.__cause__
    if isinstance(cause, sqlite3.Error) and not hasattr(cause, "sqlite_errorcode"):
        return False  # the driver's own word, such as on a text that is not UTF-8
    return getattr(cause, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR


def is_refusal(problem: BaseException) -> bool:
    """The database itself answered that it did not do it; nothing else is sure after a COMMIT."""
    state = _state(problem)
    return bool(state) and not state.startswith(_LOST)


def reason(problem: BaseException | None) -> str:
    """Why the database cannot do it, as the rest of a sentence."""
    cause = problem.__cause__ if problem else None
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    state = _state(problem)
    if isinstance(problem, OSError) or code == sqlite3.SQLITE_FULL or state in _FULL:
        return FULL
    if code == sqlite3.SQLITE_IOERR or state in _FAILING:
        return FAILING
    if code == sqlite3.SQLITE_READONLY or state in _READ_ONLY:
        return READ_ONLY
    return AWAY


def _state(problem: BaseException | None) -> str:
    return getattr(problem.__cause__, "sqlstate", None) or "" if problem else ""
