"""The counters that number new rows: a number once given, to a row since deleted too, is not given
again after a move.
"""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


def highest_given(model: type[models.Model], connection: BaseDatabaseWrapper) -> int:
    """The highest number that the table ever gave; 0 when none, or when it gives none."""
    if model._meta.auto_field is None:
        return 0
    key = model._meta.auto_field
    there = model._base_manager.using(connection.alias).aggregate(most=models.Max(key.attname))
    return max(there["most"] or 0, _counted(model, connection))


def _counted(model: type[models.Model], connection: BaseDatabaseWrapper) -> int:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = _sequence(model, connection)
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
        else:
            cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table])
        (found,) = cursor.fetchone()
    return int(found or 0)


def go_on_after(number: int, model: type[models.Model], connection: BaseDatabaseWrapper) -> None:
    """The next row that the table numbers gets a higher number."""
    if model._meta.auto_field is None or not number:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(%s::regclass, %s)", [_sequence(model, connection), number]
            )
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number]
            )


def _sequence(model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
    """The counter's name, quoted, with its schema."""
    key = model._meta.auto_field
    assert key is not None  # noqa: S101  (asked by both callers)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key.column])
        (name,) = cursor.fetchone()
    return str(name)
