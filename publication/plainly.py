"""Rows of the read models, and the head of the log, by plain statements.

To put a queryset together takes ten times as long as to find its answer, and an answer whose parts
are remembered asks for little else. What stands in the statements are names of columns, never what
a reader sent.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from publication.anchors import Anchor
from publication.entries import Entry, LogHead
from publication.folded_by import FoldedBy
from publication.published import PublishedRecord
from publication.references import PublishedReference
from publication.stretches import Published

P = TypeVar("P", bound=Published)
Row = tuple[Any, ...]


def head() -> Anchor:
    """The newest entry, as the row of the head has it."""
    return Anchor(*_asked(f'SELECT "seq", "hash", "at" FROM "{LogHead._meta.db_table}"')[0])


def anchor_at(seq: int) -> Anchor | None:
    """An entry by its number; ``None`` where the log has none."""
    found = _asked(
        f'SELECT "seq", "hash", "at" FROM "{Entry._meta.db_table}" WHERE "seq" = %s', seq
    )
    return Anchor(*found[0]) if found else None


def hash_at(seq: int) -> str:
    """The hash of an entry; empty where the log has none of this number."""
    found = _asked(f'SELECT "hash" FROM "{Entry._meta.db_table}" WHERE "seq" = %s', seq)
    return str(found[0][0]) if found else ""


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


def warned_of(
    targets: tuple[type[PublishedRecord], ...], approvals: Collection[int], head: int
) -> list[Row]:
    """Of what the versions name that were approved by these entries, as far as it is in one of the
    tables and readers have to be told something of it at entry ``head``: the approving entry, the
    role, the type, and the columns that say it.
    """
    if not approvals or not targets:
        return []
    values = [v for one in targets for v in (*approvals, one.record_type, head, head)]
    return _asked(_warned_statement(targets, len(approvals)), *values)


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


@lru_cache(maxsize=1_000)
def _warned_statement(targets: tuple[type[PublishedRecord], ...], count: int) -> str:
    """One for all tables; those that have fewer columns than another get empty texts."""
    most = max(len(one.warned_by) for one in targets)
    marks = ", ".join(["%s"] * count)
    return " UNION ALL ".join(
        f'SELECT DISTINCT r."from_seq", r."role", r."to_type", {_told(one, most)} '
        f'FROM "{PublishedReference._meta.db_table}" r '
        f'JOIN "{one._meta.db_table}" t ON t."public_id" = r."to_id" '
        f'WHERE r."from_seq" IN ({marks}) AND r."to_type" = %s AND t."from_seq" <= %s '
        f'AND (t."to_seq" IS NULL OR t."to_seq" > %s) AND ({one.warned})'
        for one in targets
    )


def _told(target: type[PublishedRecord], most: int) -> str:
    columns = [f't."{name}"' for name in target.warned_by]
    return ", ".join([*columns, *["''"] * (most - len(columns))])


class Found(NamedTuple):
    """A row by its key, a public id, and whatever else was asked for."""

    key: str
    id: str
    other: str


@dataclass(frozen=True, slots=True)
class Where:
    """A condition in SQL, with its values."""

    sql: str
    values: tuple[Any, ...] = ()

    def __and__(self, other: "Where") -> "Where":
        return Where(f"({self.sql}) AND ({other.sql})", (*self.values, *other.values))

    def __or__(self, other: "Where") -> "Where":
        return Where(f"({self.sql}) OR ({other.sql})", (*self.values, *other.values))


NEVER = Where("1 = 0")
LISTED = Where("NOT withdrawn")
"""No tombstone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The rows of a table that are valid at entry ``seq`` and meet a condition; ``id`` and
    ``other`` are columns.
    """

    table: type[Published]
    seq: int | None
    """``None`` is now."""
    where: Where
    id: str = "public_id"
    other: str = "''"

    @property
    def rows(self) -> str:
        """What follows the columns."""
        return f'FROM "{self.table._meta.db_table}" WHERE {self.condition}'

    @property
    def condition(self) -> str:
        valid = "to_seq IS NULL"
        if self.seq is not None:
            valid = f"from_seq <= %s AND ({valid} OR to_seq > %s)"
        return f"{valid} AND ({self.where.sql})"

    @property
    def values(self) -> tuple[Any, ...]:
        at = () if self.seq is None else (self.seq, self.seq)
        return *at, *self.where.values


def among(column: str, wanted: Collection[str | int]) -> Where:
    """The column has one of these values."""
    if not wanted:
        return NEVER
    return Where(f"{column} IN ({', '.join(['%s'] * len(wanted))})", tuple(wanted))


def within(column: str, asked: Asked, also: Collection[str] = ()) -> Where:
    """The column has the ``id`` of one of the rows asked for, or one of these values.

    In one list: beside another condition, with OR, PostgreSQL reads the whole table.
    """
    more = f" UNION ALL VALUES {', '.join(['(%s)'] * len(also))}" if also else ""
    found = f"SELECT {asked.id} {asked.rows}{more}"
    return Where(f"{column} IN ({found})", (*asked.values, *also))


def ask(*asked: Asked) -> list[list[Found]]:
    """What is found of each, in one statement; those that find nothing for sure are not sent."""
    found: list[list[Found]] = [[] for _ in asked]
    sent = [(place, one) for place, one in enumerate(asked) if one.where is not NEVER]
    if not sent:
        return found
    sql = " UNION ALL ".join(
        f'SELECT {place}, "key", {one.id}, {one.other} {one.rows}' for place, one in sent
    )
    values = [value for _, one in sent for value in one.values]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for place, *columns in cursor.fetchall():
            found[place].append(Found(*columns))
    return found


def rows(table: type[P], seq: int | None, where: Where) -> list[P]:
    """The same of one table, whole."""
    asked = Asked(table, seq, where)
    columns = ", ".join(f'"{field.column}"' for field in table._meta.concrete_fields)
    return list(table._default_manager.raw(f"SELECT {columns} {asked.rows}", asked.values))


def stood_at(numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    """By its number, the hash of each of these entries, which stands for the log up to it; and by
    which program all is folded.
    """
    where = among("seq", numbers)
    program = f'SELECT CAST(parts AS text) FROM "{FoldedBy._meta.db_table}" WHERE id = 1'
    statement = f'SELECT seq, hash, ({program}) FROM "{Entry._meta.db_table}" WHERE {where.sql}'
    with connection.cursor() as cursor:
        cursor.execute(statement, where.values)
        return {seq: (hash_, folded_by or "") for seq, hash_, folded_by in cursor.fetchall()}


def keys(found: Iterable[Found]) -> list[str]:
    return [row.key for row in found]
