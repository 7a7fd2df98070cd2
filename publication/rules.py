"""The database's own rules as a whole: put up after every migrate and asked for when the site
starts. ``publication.structure`` compares them.
"""

import re

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from publication.frozen import Frozen
from publication.standing import Stored, put_up, take_down
from publication.triggers import Trigger, frozen_rules, no_way_round

REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION publication_refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
NARROW_PATH = """
SELECT set_config('search_path', format('%%I, pg_temp', n.nspname), true)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = ANY(%s) AND c.relkind IN ('r', 'p') AND n.nspname = ANY(current_schemas(false))
ORDER BY array_position(current_schemas(false), n.nspname) LIMIT 1
"""


_COLUMN = re.compile(r'\b(?:OLD|NEW)\."?(\w+)"?')


def wanted() -> list[Trigger]:
    """Every rule of every installed model."""
    said: list[Trigger] = []
    for model in apps.get_models():
        if issubclass(model, Frozen):
            said += frozen_rules(model)
        said += getattr(model, "database_rules", list)()
    kept = {trigger.table for trigger in said}
    for model in apps.get_models():
        if model._meta.db_table in kept:
            said += [rule for rule in no_way_round(model) if rule not in said]
    return said


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every rule whose table exists, in the place of what has its name there."""
    tables = set(connection.introspection.table_names())
    rules = [rule for rule in wanted() if rule.table in tables]
    with transaction.atomic(using=connection.alias):
        if connection.vendor == "postgresql":
            _put_up_on_postgresql(connection, rules)
        else:
            _put_up_on_sqlite(connection, rules)


def _put_up_on_postgresql(connection: BaseDatabaseWrapper, rules: list[Trigger]) -> None:
    """But for those that SQLite would not have either (below): PostgreSQL takes them, and breaks at
    the first write.
    """
    with connection.cursor() as cursor:
        before = _narrow_path(cursor, {rule.table for rule in rules})
        cursor.execute(REFUSE_FUNCTION)
        for rule in rules:
            if _names_what_is_not_there(connection, cursor, rule):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{rule.name}" ON "{rule.table}"')
                continue
            for statement in rule.postgresql:
                cursor.execute(statement)
        cursor.execute("SELECT set_config('search_path', %s, true)", [before])


def _names_what_is_not_there(
    connection: BaseDatabaseWrapper, cursor: CursorWrapper, rule: Trigger
) -> bool:
    """Whether the rule speaks of a column that its table does not have."""
    named = {name for statement in rule.postgresql for name in _COLUMN.findall(statement)}
    there = connection.introspection.get_table_description(cursor, rule.table) if named else ()
    return not named <= {column.name for column in there}


def _put_up_on_sqlite(connection: BaseDatabaseWrapper, rules: list[Trigger]) -> None:
    """But for those that name what is not there, in a database that was migrated back: they would
    break every write and every later change, and ``absent`` names them.
    """
    stored = [Stored(rule.name, rule.table, rule.sqlite) for rule in rules if rule.sqlite]
    take_down(connection, stored)
    put_up(connection, stored)


def _narrow_path(cursor: CursorWrapper, tables: set[str]) -> str:
    """Until the transaction ends, names mean what is in the tables' own schema; functions keep
    that for good (``FROM CURRENT``), so that no temporary table comes in the place of one that a
    rule asks about. Gives the path as it was.
    """
    cursor.execute("SHOW search_path")
    (before,) = cursor.fetchone()
    cursor.execute(NARROW_PATH, [list(tables)])
    return str(before)


def absent(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of rules that do not stand on their table, or are disabled. Reads the catalog alone;
    what they say is compared by ``publication.structure``.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
                "AND pg_table_is_visible(c.oid)"
            )
        else:
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        standing = set(cursor.fetchall())
    return [t.name for t in wanted_on(connection) if (t.name, t.table) not in standing]


def wanted_on(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """The rules that this database has: some are for one of the two alone."""
    if connection.vendor == "postgresql":
        return [trigger for trigger in wanted() if trigger.postgresql]
    return [trigger for trigger in wanted() if trigger.sqlite]
