"""The rows that hold what is asked for, newest first and at most so many: the one thing that the
two databases do in ways of their own.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from publication.search.asked import Question
from publication.search.tables import FTS, Findable

__all__ = ["holding", "index_anew", "named", "of_these"]

_TABLE = Findable._meta.db_table
_STRETCH = "from_seq <= %s AND (to_seq IS NULL OR to_seq > %s)"
_SQLITE = (
    f"SELECT f.id FROM {FTS} JOIN {_TABLE} f ON f.id = {FTS}.rowid "
    f"WHERE {FTS} MATCH %s AND {_STRETCH} ORDER BY {FTS}.rowid DESC LIMIT %s"
)
_WINDOW = 4_000
"""Rows, the newest, in which what is common is found often enough."""
_POSTGRESQL = f"""
WITH asked AS (SELECT %s::tsquery AS words, %s::bigint AS most),
newest AS MATERIALIZED (
    SELECT id FROM (SELECT * FROM {_TABLE} ORDER BY id DESC LIMIT {_WINDOW}) f
    WHERE vector @@ (SELECT words FROM asked) AND {_STRETCH}
    ORDER BY id DESC LIMIT (SELECT most FROM asked)
),
enough AS MATERIALIZED (SELECT count(*) >= (SELECT most FROM asked) AS yes FROM newest),
every AS MATERIALIZED (
    SELECT id FROM {_TABLE} f
    WHERE vector @@ (SELECT words FROM asked) AND {_STRETCH} AND NOT (SELECT yes FROM enough)
)
SELECT id FROM newest WHERE (SELECT yes FROM enough)
UNION ALL (SELECT id FROM every ORDER BY id DESC LIMIT (SELECT most FROM asked))
"""
"""PostgreSQL takes no order from a GIN index: what is common would be read to its end for the
newest few. So it is looked for in the newest rows first, and by the index where these hold less.
"""


def holding(question: Question, kind: str, seq: int, most: int, *, some: bool = False) -> list[int]:
    """The ids of the rows of a kind that hold every word of the question, or ``some``."""
    if not question.terms:
        return []
    if connection.vendor == "postgresql":
        return _on_postgresql(question.for_tsquery(kind, some=some), seq, most)
    return _ids(_SQLITE, [question.for_fts5(kind, some=some), seq, seq, most])


def named(question: Question, seq: int, most: int) -> list[int]:
    """The ids of the rows that are called as the question says, wholly or somewhere in it."""
    if not question.names:
        return []
    if connection.vendor == "postgresql":
        return _on_postgresql(question.names_for_tsquery(), seq, most)
    return _ids(_SQLITE, [question.names_for_fts5(), seq, seq, most])


def of_these(ids: Collection[int], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """These columns of rows by their ids; no order. A queryset takes as long as its answer."""
    marks, wanted = ", ".join(["%s"] * len(ids)), ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {wanted} FROM "{_TABLE}" WHERE id IN ({marks})', list(ids))
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def index_anew(database: BaseDatabaseWrapper) -> None:
    """Enter all rows into SQLite's table of words, whatever was in it: rows came past its rules."""
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')")


def _on_postgresql(words: str, seq: int, most: int) -> list[int]:
    return _ids(_POSTGRESQL, [words, most, seq, seq, seq, seq])


def _ids(statement: str, parameters: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]
