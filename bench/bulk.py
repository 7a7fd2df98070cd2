"""Many rows at once, past Django's own way of writing them: SQLite's ``executemany``."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


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
                names = ", ".join(f'"{field.column}"' for field in fields)
                marks = ", ".join("%s" for _ in fields)
                table = model._meta.db_table
                cursor.executemany(
                    f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
                    [self._values(row, fields) for row in rows],
                )
        self._waiting.clear()

    def _values(self, row: models.Model, fields: Iterable[Any]) -> list[Any]:
        own = self._connection
        return [field.get_db_prep_save(getattr(row, field.attname), own) for field in fields]
