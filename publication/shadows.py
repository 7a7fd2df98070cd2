"""Read models folded anew beside the real ones, which nobody touches and nobody waits for."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, models, transaction

_CREATED = re.compile(r"^CREATE (?P<what>TABLE|(?:UNIQUE )?INDEX)\s+", re.IGNORECASE)


class Shadows:
    """Empty temporary tables of the same names, which queries find before the real ones."""

    def __init__(self, real: str) -> None:
        self._real = real
        """The schema of the real tables, quoted."""

    def differing(self, model: type[models.Model]) -> Iterator[str]:
        """Primary keys, in order, of the rows that only one of the two has, or that differ."""
        quoted = connection.ops.quote_name
        table = quoted(model._meta.db_table)
        columns = ", ".join(quoted(str(field.column)) for field in model._meta.concrete_fields)
        real = f"SELECT {columns} FROM {self._real}.{table}"
        shadow = f"SELECT {columns} FROM {_TEMPORARY[connection.vendor]}.{table}"
        key = quoted(str(model._meta.pk.column))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key} FROM (SELECT * FROM ({real} EXCEPT {shadow}) a "
                f"UNION ALL SELECT * FROM ({shadow} EXCEPT {real}) b) c "
                f"GROUP BY {key} ORDER BY {key}"
            )
            while found := cursor.fetchmany(500):
                yield from (str(row[0]) for row in found)


_TEMPORARY = {"postgresql": "pg_temp", "sqlite": "temp"}


@contextmanager
def shadows(tables: Sequence[type[models.Model]]) -> Iterator[Shadows]:
    """Until the block ends, whatever reads or writes one of the tables meets an empty one."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            real = "main"
            if connection.vendor == "postgresql":
                cursor.execute("SELECT quote_ident(current_schema())")
                real = cursor.fetchone()[0]
            for model in tables:
                for statement in _copies(model._meta.db_table, real):
                    cursor.execute(statement)
        yield Shadows(real)
        transaction.set_rollback(True)


def _copies(table: str, real: str) -> list[str]:
    """What makes an empty copy of the table, indexes and all."""
    if connection.vendor == "postgresql":
        name = connection.ops.quote_name(table)
        return [f"CREATE TEMPORARY TABLE {name} (LIKE {real}.{name} INCLUDING ALL)"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, sql FROM main.sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL "
            "AND type IN ('table', 'index') ORDER BY type DESC",
            [table],
        )
        return [_CREATED.sub(r"CREATE \g<what> temp.", sql) for _, sql in cursor.fetchall()]
