"""A few columns of a few rows, as plain tuples: what every answer asks first.

To make a statement of a queryset takes several times as long as a database takes to answer it, so
that these few are written once.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.db import connection

from publication.anchors import Anchor
from publication.entries import LogHead
from publication.published import Published

Row = tuple[Any, ...]


def head() -> Anchor:
    """Number and hash of the newest entry, as the row of the head has them."""
    return Anchor(*_asked(f'SELECT "seq", "hash" FROM "{LogHead._meta.db_table}"')[0])


def rows_at(
    table: type[Published],
    columns: tuple[str, ...],
    seq: int,
    *,
    column: str,
    values: Collection[str],
) -> list[Row]:
    """The rows valid at entry ``seq`` that have one of the values in a column; no order."""
    if not values:
        return []
    return _asked(_statement(table, columns, column, len(values)), *values, seq, seq)


def _asked(statement: str, *values: Any) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Row] = cursor.fetchall()
        return found


@lru_cache(maxsize=1_000)
def _statement(table: type[Published], columns: tuple[str, ...], column: str, count: int) -> str:
    wanted, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * count)
    return (
        f'SELECT {wanted} FROM "{table._meta.db_table}" WHERE "{column}" IN ({marks}) '
        'AND "from_seq" <= %s AND ("to_seq" IS NULL OR "to_seq" > %s)'
    )
