"""Locks and transactions of what people do: nobody waits long, and who has to is told.

A person's transaction waits for no other person's record (``NOWAIT``), and at most
``settings.LOCK_SECONDS`` for the log's head or, on SQLite, for the one writer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from editorial.errors import Busy, Held
from editorial.models import Record
from publication.busy import is_busy

R = TypeVar("R", bound=Record)

BUSY = (
    "Somebody else is writing at the same moment. Nothing was written, and what you typed is still "
    "here: send it again in a moment."
)

_held: ContextVar[bool] = ContextVar("held", default=False)

STATEMENT_SECONDS = 20
"""What one statement of a person's transaction may take, longer than what reads has."""


def lock(record: R) -> R:
    """The record's present row, locked until the transaction ends; ``Busy`` when somebody has it.

    Called inside ``whole``.
    """
    rows: QuerySet[R] = type(record)._base_manager.select_for_update(nowait=True)
    with _told():
        return rows.get(pk=record.pk)


@contextmanager
def whole() -> Iterator[None]:
    """One transaction of one person: all of it or nothing, and ``Busy`` instead of a long wait."""
    if _held.get():
        raise Held
    with _told(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SET LOCAL lock_timeout = '{int(settings.LOCK_SECONDS)}s';"
                    f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS}s'"
                )
        yield


def is_held() -> bool:
    """Whether what is sent is only to be shown."""
    return _held.get()


@contextmanager
def held() -> Iterator[None]:
    """What is sent is shown, never done: what people do raises ``Held``, and what would be written
    on another way is taken back.
    """
    with undone():
        token = _held.set(True)
        try:
            yield
        finally:
            _held.reset(token)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written in here is taken back at the end."""
    token = _held.set(False)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _held.reset(token)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OperationalError as problem:
        if is_busy(problem):
            raise Busy(BUSY) from problem
        raise
