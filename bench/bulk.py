"""Many rows at once, past Django's own way of writing them: SQLite's ``executemany``."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
"""Fields whose values are written as they are held."""


class Bulk:
    """Rows that wait to be written, each as it is: nothing is filled in at saving."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._waiting: dict[type[models.Model], list[models.Model]] = {}

    def add(self, rows: Iterable[models.Model]) -> None:
        for row in rows:
            self._waiting.setdefault(type(row), []).append(row)

    def write(self) -> None:
        """All that waits; inside the caller's transaction, at whose end keys have to fit."""
        with self._connection.cursor() as cursor:
            for model, rows in self._waiting.items():
                fields = [f for f in model._meta.concrete_fields if not f.generated]
                read = attrgetter(*(field.attname for field in fields))
                odd = [n for n, field in enumerate(fields) if not isinstance(field, _PLAIN)]
                names = ", ".join(f'"{field.column}"' for field in fields)
                marks = ", ".join("%s" for _ in fields)
                table = model._meta.db_table
                cursor.executemany(
                    f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
                    [self._values(read(row), fields, odd) for row in rows],
                )
        self._waiting.clear()

    def _values(self, held: Sequence[Any], fields: Sequence[Any], odd: list[int]) -> list[Any]:
        values = list(held)
        for number in odd:
            values[number] = fields[number].get_db_prep_save(values[number], self._connection)
        return values
