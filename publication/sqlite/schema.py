"""Changes of tables that no trigger is lost by.

To alter a table, Django makes it anew and drops the old one: with it go its triggers, and SQLite
renames nothing while a trigger elsewhere names what is not there. So those in the way are taken
down and put up again in the transaction of the change itself: whatever ends it half-way, an error
or the end of the process, leaves rows, tables and triggers as they were. Between two changes, code
of a migration runs under the triggers, as on PostgreSQL.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

from publication.standing import Stored, put_up, standing, take_down

_CHANGE = re.compile(
    r'\s*(?:CREATE|ALTER|DROP)\s+TABLE\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?"?(\w+)', re.IGNORECASE
)
_REMOVAL = re.compile(r"\s*DROP\s+TABLE\b|\s*ALTER\s+TABLE\s.*\sDROP\s", re.IGNORECASE | re.DOTALL)
"""SQLite itself keeps triggers where a table or a column gets another name."""


class SchemaEditor(DatabaseSchemaEditor):
    """Django's, with the triggers that are down for now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._down: list[Stored] = []
        self._changes = 0
        """How many changes, one within another, are under way."""

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        if exc_type is None and self._down:
            self._put_up_what_today_says()
        super().__exit__(exc_type, exc_value, traceback)

    def execute(self, sql: Any, params: Any = ()) -> None:
        found = _CHANGE.match(str(sql))
        if self.collect_sql or not found:
            super().execute(sql, params)
            return
        with self._change(found[1], removes=bool(_REMOVAL.match(str(sql)))):
            super().execute(sql, params)

    def _remake_table(self, model: Any, *args: Any, **kwargs: Any) -> None:
        if self.collect_sql:
            super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]
            return
        with self._change(model._meta.db_table, removes=True):
            super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]

    @contextmanager
    def _change(self, table: str, *, removes: bool) -> Iterator[None]:
        """One change, in a transaction with what it does to triggers."""
        with transaction.atomic(using=self.connection.alias):
            if removes:
                self._take_down(table)
            self._changes += 1
            try:
                yield
            finally:
                self._changes -= 1
            if self._down and not self._changes:
                self._down = put_up(self.connection, self._down)

    def _take_down(self, table: str) -> None:
        in_the_way = [one for one in standing(self.connection) if one.mentions(table)]
        take_down(self.connection, in_the_way)
        self._down += in_the_way

    def _put_up_what_today_says(self) -> None:
        """Rules whose text of before does not fit the tables any more, as the models say them now;
        those that do not fit yet come with a later migration, or with the end of them all.
        """
        from publication import rules

        names = {trigger.name for trigger in self._down}
        put_up(
            self.connection,
            [
                Stored(rule.name, rule.table, rule.sqlite)
                for rule in rules.wanted_on(self.connection)
                if rule.name in names
            ],
        )
