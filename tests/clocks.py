"""Other days than today, for tests of what was approved when."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import time_machine
from django.db import connection
from django.test import override_settings

from publication import clock


@contextmanager
def on(moment: str | dt.datetime) -> Iterator[None]:
    """As if it were that moment, with no second clock that knows better."""
    with believed(), time_machine.travel(moment, tick=False):
        yield


@contextmanager
def believed() -> Iterator[None]:
    """The machine's clock is asked no questions. Inside a transaction that is undone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE publication_entry DISABLE TRIGGER entry_date")
    far = dt.timedelta(days=100_000)
    with override_settings(LOG_CONFIRM_AFTER_DAYS=0), patch.object(clock, "TOLERANCE", far):
        yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE publication_entry ENABLE TRIGGER entry_date")
