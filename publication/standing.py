"""Triggers as they stand in an SQLite database, and new ones where they fit its tables."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Stored:
    """One trigger: its name, the table on which it is, and the whole statement."""

    name: str
    table: str
    sql: str

    def mentions(self, table: str) -> bool:
        """Whether it is on the table or may ask it."""
        return self.table == table or re.search(rf"\b{re.escape(table)}\b", self.sql) is not None


def standing(connection: BaseDatabaseWrapper) -> list[Stored]:
    """Every trigger of the database, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
        )
        return [Stored(*row) for row in cursor.fetchall()]


def take_down(connection: BaseDatabaseWrapper, triggers: Iterable[Stored]) -> None:
    with connection.cursor() as cursor:
        for trigger in triggers:
            cursor.execute(f"DROP TRIGGER IF EXISTS {connection.ops.quote_name(trigger.name)}")


def put_up(connection: BaseDatabaseWrapper, triggers: Iterable[Stored]) -> list[Stored]:
    """Create those that fit, and give the others: what they name is not there.

    SQLite itself takes any text, refuses every write to the table from then on, and no table can
    be renamed any more.
    """
    left = []
    for table, group in groupby(sorted(triggers, key=_table), key=_table):
        together = list(group)
        if not _fit(connection, table, together):
            left += [one for one in together if not _fit(connection, table, [one])]
    return left


def _table(trigger: Stored) -> str:
    return trigger.table


def _fit(connection: BaseDatabaseWrapper, table: str, triggers: list[Stored]) -> bool:
    """Create them all; or none, where one of them does not fit."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for trigger in triggers:
                cursor.execute(trigger.sql)
            cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
            columns = [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
            name, all_of_it = connection.ops.quote_name(table), ", ".join(columns)
            # They concern no row, and are read with all triggers. EXPLAIN would not do: where the
            # statement was kept from before, it is not read again.
            for statement in (
                f"INSERT INTO {name} ({all_of_it}) SELECT {all_of_it} FROM {name} WHERE 0",
                f"UPDATE {name} SET {', '.join(f'{c} = {c}' for c in columns)} WHERE 0",
                f"DELETE FROM {name} WHERE 0",
            ):
                cursor.execute(statement)
    except OperationalError as problem:
        if re.match("no such (?:table|column)", str(problem)):
            return False
        raise
    return True
