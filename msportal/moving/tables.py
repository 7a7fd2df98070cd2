"""The tables that go along, and their rows, streamed: one at a time, however many there are."""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder

from msportal.moving import values
from msportal.moving.errors import NotMoved, Unfit
from publication.search.tables import FTS

Row = tuple[Any, ...]

LEFT_OUT = frozenset({"sessions", "axes"})
"""Apps whose rows stay behind: who is signed in, and who tried to."""
_AT_ONCE, _ROWS_AT_ONCE = 500_000, 100
"""How many characters, about, and rows are fetched at a time: documents may be large."""


class Table:
    """One table of the project, on whichever database it is asked for."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        self.fields = [field for field in model._meta.local_concrete_fields if not field.generated]
        self._columns = [str(field.column) for field in self.fields]

    @cached_property
    def _key(self) -> int:
        """Which of the columns is the row's number or name."""
        return next((n for n, field in enumerate(self.fields) if field.primary_key), 0)

    def count(self, connection: BaseDatabaseWrapper) -> int:
        return self.model._base_manager.using(connection.alias).count()

    def rows(self, connection: BaseDatabaseWrapper) -> Generator[Row]:
        """As values that are the same on every database."""
        quote = connection.ops.quote_name
        readers = [values.reader(field, connection) for field in self.fields]
        columns = [quote(column) for column in self._columns]
        order = columns[self._key]
        if connection.vendor == "sqlite":
            # An expression comes as it is stored. Of a column Django makes a value unasked: none
            # of a time that it cannot read, false of a truth that is neither.
            columns = [f"+{column}" for column in columns]
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM {quote(self.name)} ORDER BY {order}")
            for raw in _fetched(cursor):
                yield self._each(readers, raw)

    def write(self, connection: BaseDatabaseWrapper, rows: Iterable[Row]) -> None:
        """Insert the rows, which came from ``rows`` of another database."""
        into = f"{connection.ops.quote_name(self.name)} ({self._listed(connection)})"
        writers = [values.writer(field, connection) for field in self.fields]
        prepared = (self._each(writers, row) for row in rows)
        with connection.cursor() as cursor, connection.wrap_database_errors:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in prepared:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self.fields))
                for row in prepared:
                    # Past Django's own cursor, which under DEBUG keeps all that it is told.
                    cursor.cursor.execute(f"INSERT INTO {into} VALUES ({places})", row)

    def empty(self, connection: BaseDatabaseWrapper) -> None:
        """Of what migrations wrote on their own."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(self.name)}")

    def digest(self, row: Row) -> int:
        """Of all that the row holds, the same from every database."""
        found = hashlib.sha256()
        for field, value in zip(self.fields, row, strict=True):
            found.update(f"{values.said(field, value)!r},".encode())
        return int.from_bytes(found.digest())

    def _listed(self, connection: BaseDatabaseWrapper) -> str:
        return ", ".join(connection.ops.quote_name(column) for column in self._columns)

    def _each(self, convert: list[values.Convert], row: Row) -> Row:
        at = 0
        try:
            found = []
            for at, value in enumerate(row):
                found.append(convert[at](value))
            return tuple(found)
        except (Unfit, ValueError) as why:
            where = f"Table {self.name}, row {row[self._key]!r}"
            raise NotMoved(f"{where}, column {self._columns[at]}: {why}.") from why


class Tally:
    """How many rows went by and one digest of them all, in whichever order: two databases sort
    text in two ways.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sum = self._rows = 0

    @property
    def told(self) -> tuple[int, str]:
        """The number of rows, and the digest."""
        return self._rows, f"{self._sum:064x}"

    def over(self, rows: Iterable[Row], each: Callable[[], object]) -> Iterator[Row]:
        """The same rows, counted and digested as they go by; ``each`` is called for each."""
        for row in rows:
            self._sum = (self._sum + self._table.digest(row)) % 2**256
            self._rows += 1
            each()
            yield row


def of_the_project() -> list[Table]:
    """Every table that goes along, once."""
    return [Table(model) for model in _models() if model._meta.app_label not in LEFT_OUT]


def unknown(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of tables that are nothing of the project's."""
    known = {model._meta.db_table for model in _models()}
    names = set(connection.introspection.table_names()) - known
    return sorted(name for name in names if not name.startswith(FTS))  # made anew on both sides


def _fetched(cursor: CursorWrapper) -> Iterator[Row]:
    """As few rows at a time as are large, starting with one."""
    number = 1
    while rows := cursor.fetchmany(number):
        size = sum(len(value) for row in rows for value in row if isinstance(value, str))
        number = max(1, min(_ROWS_AT_ONCE, 2 * number, _AT_ONCE * len(rows) // (size + 1)))
        yield from rows


def _models() -> list[type[models.Model]]:
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return [*found.values(), MigrationRecorder.Migration]
