"""The last wall before readers: outside the workroom, no statement reaches an unapproved row.

The tests hold the first wall, which is that no public module imports a working model. This one
stands while the site runs: a mistake that came past becomes an error page, not a leak.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from msportal.addresses import in_the_workroom
from msportal.streams import within
from publication.published import reading_room
from publication.reports import SHOWN, Report


class BeyondTheReadingRoom(Exception):
    """An answer to readers was to be made from a table that is not for them."""


class ReadingRoomOnly:
    """A middleware. Pages of the workroom, which ask who is there, go around it."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if in_the_workroom(request):
            return self.answer(request)
        with connection.execute_wrapper(_refuse):
            answer = self.answer(request)
        return within(answer, lambda: connection.execute_wrapper(_refuse))


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if name := _named_beyond(sql):
        raise BeyondTheReadingRoom(
            f"This statement names {name}, which readers are not shown: {sql[:200]}"
        )
    return execute(sql, params, many, context)


@lru_cache(maxsize=1_000)
def _named_beyond(sql: str) -> str:
    """The table that a statement names and may not; empty where it is for readers. Answers are made
    of few statements: what was looked at once, letter for letter, need not be looked at again.
    """
    found = _beyond().search(sql)
    return found[0] if found and not _at_the_desk().fullmatch(sql) else ""


@cache
def _beyond() -> re.Pattern[str]:
    """The names of all tables of the site but those for readers."""
    theirs = {model._meta.db_table for model in reading_room()}
    all_tables: Sequence[str] = [
        model._meta.db_table for model in apps.get_models(include_auto_created=True)
    ]
    rest = sorted(re.escape(table) for table in {*all_tables, "django_migrations"} - theirs)
    return re.compile(rf"\b(?:{'|'.join(rest)})\b", re.IGNORECASE)


@cache
def _at_the_desk() -> re.Pattern[str]:
    """Whole statements by which readers report a problem and ask what became of it: one report is
    put in, reports are counted, and of one whose reference they name they are told what ``SHOWN``
    has. Nothing else is ever asked of those tables, least of all what somebody wrote.
    """
    return re.compile("|".join(_desk_statements()))


def _desk_statements() -> Iterator[str]:
    report = f'"{Report._meta.db_table}"'
    columns = ", ".join(f'"{field.column}"' for field in Report._meta.concrete_fields)
    yield rf"INSERT INTO {report} \({columns}\) VALUES \(%s(?:, %s)*\)"
    yield rf'SELECT COUNT\(\*\) AS "__count" FROM {report} WHERE {report}\."at" >= %s'
    for model, (key, shown) in SHOWN.items():
        table = f'"{model._meta.db_table}"'
        columns = ", ".join(rf'{table}\."{name}" AS "{name}"' for name in shown)
        order = rf'{table}\."\w+" (?:ASC|DESC)'
        yield rf'SELECT {columns} FROM {table} WHERE {table}\."{key}" = %s ORDER BY {order} LIMIT 1'
