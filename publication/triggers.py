"""Rules that the database itself keeps, as triggers: written for SQLite and PostgreSQL alike.

A model says its rules in ``database_rules``. A rule that joins tables of two apps is said by a
model of the upper one, upon the table of the lower one. ``publication.rules`` puts them up.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from publication.keys import collisions


@dataclass(frozen=True, slots=True)
class Trigger:
    """One rule; the two texts say the same thing in two dialects."""

    name: str
    table: str
    sqlite: str
    postgresql: tuple[str, ...]
    """Statements, run in order; safe to repeat."""


def refuse(name: str, table: str, event: str, message: str, *, when: str = "") -> Trigger:
    """Refuse ``event`` (``UPDATE``, ``DELETE``) on each row, or where ``when`` holds."""
    clause = f"WHEN {_null_safe(when)} " if when else ""
    always = (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION publication_refuse('{message}')",
    )
    return Trigger(
        name=name,
        table=table,
        sqlite=f"CREATE TRIGGER {name} BEFORE {event} ON {table} {clause}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        postgresql=check(name, table, event, [(message, when)]).postgresql if when else always,
    )


def _null_safe(condition: str) -> str:
    """SQLite knows the standard's words from 3.39 only; its own mean the same."""
    return condition.replace("IS DISTINCT FROM", "IS NOT")


def check(
    name: str, table: str, event: str, rules: Iterable[tuple[str, str]], *, when: str = ""
) -> Trigger:
    """Refuse an ``event`` for which a rule's SQL condition holds; conditions may have queries.

    ``rules`` are pairs of message and condition in SQL that both databases understand;
    ``{each:COLUMN}`` stands for the rows of a JSON array column, with its ids as ``e.id``.

    On PostgreSQL the function asks ``when`` too: no column that a trigger itself names can be
    altered.
    """
    rules = list(rules)
    sqlite_checks = " ".join(
        f"SELECT RAISE(ABORT, '{message}') WHERE {_dialect(condition, sqlite=True)};"
        for message, condition in rules
    )
    postgres_checks = " ".join(
        f"IF {_dialect(condition, sqlite=False)} THEN RAISE EXCEPTION '{message}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        for message, condition in rules
    )
    row = "OLD" if event == "DELETE" else "NEW"
    unless = f"IF ({when}) IS NOT TRUE THEN RETURN {row}; END IF; " if when else ""
    return Trigger(
        name=name,
        table=table,
        sqlite=f"CREATE TRIGGER {name} BEFORE {event} ON {table} {f'WHEN {when} ' if when else ''}"
        f"BEGIN {sqlite_checks} END",
        postgresql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path FROM CURRENT AS $$ BEGIN {unless}{postgres_checks} "
            f"RETURN {row}; END $$",
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION {name}()",
        ),
    )


def _dialect(condition: str, *, sqlite: bool) -> str:
    start = condition.find("{each:")
    while start >= 0:
        end = condition.index("}", start)
        column = condition[start + len("{each:") : end]
        rows = (
            f"SELECT json_extract(value, '$.id') AS id FROM json_each({column})"
            if sqlite
            else f"SELECT (value->>'id')::bigint AS id FROM jsonb_array_elements(({column})::jsonb)"
        )
        condition = f"{condition[:start]}({rows}) AS e{condition[end + 1 :]}"
        start = condition.find("{each:")
    return condition


def frozen_rules(model: type[models.Model]) -> list[Trigger]:
    """A frozen table: no update, no delete."""
    table = model._meta.db_table
    return [
        refuse(f"{table}_no_update", table, "UPDATE", f"{table}: rows are never changed"),
        refuse(f"{table}_no_delete", table, "DELETE", f"{table}: rows are never deleted"),
    ]


def no_way_round(model: type[models.Model]) -> list[Trigger]:
    """What every table with a rule has too: no statement that removes rows past rules on deletes.

    On SQLite, OR REPLACE removes the rows in the way, on connections that do not set
    ``recursive_triggers``; OR IGNORE is refused with it. On PostgreSQL it is TRUNCATE.
    """
    return [_never_replace(model), _never_replace(model, by_update=True), _never_truncate(model)]


def _never_replace(model: type[models.Model], *, by_update: bool = False) -> Trigger:
    table = model._meta.db_table
    event, name = ("UPDATE", "no_take_over") if by_update else ("INSERT", "no_replace")
    another = ' AND o."rowid" <> OLD."rowid"' if by_update else ""
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} o WHERE {same}{another})"
        for same in collisions(model, new="NEW", other="o")
    )
    return Trigger(
        name=f"{table}_{name}",
        table=table,
        sqlite=f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} WHEN {taken} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: the row is on record already'); END",
        postgresql=(),
    )


def _never_truncate(model: type[models.Model]) -> Trigger:
    table = model._meta.db_table
    name = f"{table}_no_truncate"
    return Trigger(
        name=name,
        table=table,
        sqlite="",
        postgresql=(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION publication_refuse('{table}: rows are never deleted at once')",
        ),
    )


def table_behind(model: type[models.Model], key: str) -> str:
    """The table that a foreign key of the model points to, for a rule that joins it."""
    related = model._meta.get_field(key).related_model
    if related is None or isinstance(related, str):
        raise TypeError(f"{model.__name__}.{key} is no foreign key")
    return str(related._meta.db_table)
