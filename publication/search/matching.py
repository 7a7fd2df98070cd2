"""The rows that hold what is asked for, newest first and at most so many: the one thing that the
two databases do in ways of their own.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from publication.search.asked import Question
from publication.search.tables import FTS, VECTOR, Findable

__all__ = ["holding", "index_anew", "named"]

_TABLE = Findable._meta.db_table
_STRETCH = "f.from_seq <= %s AND (f.to_seq IS NULL OR f.to_seq > %s)"
_SQLITE = (
    f"SELECT f.id FROM {FTS} JOIN {_TABLE} f ON f.id = {FTS}.rowid "
    f"WHERE {FTS} MATCH %s AND {_STRETCH} ORDER BY {FTS}.rowid DESC LIMIT %s"
)
_POSTGRESQL = (
    f"SELECT f.id FROM {_TABLE} f "
    f"WHERE {VECTOR} @@ %s::tsquery AND {_STRETCH} ORDER BY f.id DESC LIMIT %s"
)


def holding(question: Question, kind: str, seq: int, most: int, *, some: bool = False) -> list[int]:
    """The ids of the rows of a kind that hold every word of the question, or ``some``."""
    if not question.terms:
        return []
    if connection.vendor == "postgresql":
        return _ids(_POSTGRESQL, [question.for_tsquery(kind, some=some), seq, seq, most])
    return _ids(_SQLITE, [question.for_fts5(kind, some=some), seq, seq, most])


def named(question: Question, seq: int, most: int) -> list[int]:
    """The ids of the rows that are called as the question says, wholly or somewhere in it."""
    if not question.names:
        return []
    if connection.vendor == "postgresql":
        return _ids(_POSTGRESQL, [question.names_for_tsquery(), seq, seq, most])
    return _ids(_SQLITE, [question.names_for_fts5(), seq, seq, most])


def index_anew(database: BaseDatabaseWrapper) -> None:
    """Enter all rows into SQLite's table of words, whatever was in it: rows came past its rules."""
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')")


def _ids(statement: str, parameters: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]
