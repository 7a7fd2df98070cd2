"""The unique keys of a model, whatever declares them, as conditions in SQLite's words."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import F, Q, UniqueConstraint
from django.db.models.expressions import OrderBy
from django.db.models.sql import Query

_SQLITE = DatabaseWrapper({}, alias="never connected")
"""Its dialect, whichever database the site runs on."""


def collisions(model: type[models.Model], *, new: str, other: str) -> list[str]:
    """For each unique key, the condition that row ``new`` has the same as row ``other``.

    Nulls are equal to nothing, as in the key itself.
    """
    table = model._meta.db_table
    found = [f'{other}."rowid" = {new}."rowid"']
    for parts, condition in _keys(model):
        equal = [f"{_of(other, part, table)} = {_of(new, part, table)}" for part in parts]
        inside = [_of(row, condition, table) for row in (other, new) if condition]
        found.append(" AND ".join([*equal, *inside]))
    return list(dict.fromkeys(found))


def _keys(model: type[models.Model]) -> Iterator[tuple[list[str], str]]:
    """The parts of each key, and which rows it is a key of; empty is all."""
    for field in model._meta.concrete_fields:
        if field.unique:
            yield [_sql(model, F(field.name))], ""
    for names in model._meta.unique_together:
        yield [_sql(model, F(name)) for name in names], ""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            parts = [*map(F, constraint.fields), *constraint.expressions]
            condition = f"({_sql(model, constraint.condition)})" if constraint.condition else ""
            yield [_sql(model, part) for part in parts], condition


def _sql(model: type[models.Model], what: Any) -> str:
    """An expression or a ``Q`` over one row, whose columns are named with the table."""
    if isinstance(what, OrderBy):  # the order of an index does not matter to what it holds
        what = what.get_source_expressions()[0]
    query = Query(model)
    query.get_initial_alias()
    node = query.build_where(what) if isinstance(what, Q) else what.resolve_expression(query)
    sql, values = query.get_compiler(connection=_SQLITE).compile(node)
    return str(sql % tuple(_SQLITE.schema_editor(collect_sql=True).quote_value(v) for v in values))


def _of(row: str, sql: str, table: str) -> str:
    return sql.replace(f'"{table}".', f"{row}.")
