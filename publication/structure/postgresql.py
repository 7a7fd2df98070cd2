"""PostgreSQL: the reference is made of temporary tables, in a transaction that is rolled back.

The tables in use are neither written nor locked: their catalog alone is read.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.db import InternalError, ProgrammingError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from publication import rules
from publication.structure import catalog, declared, switched_off
from publication.structure.catalog import Catalog
from publication.structure.columns import compared as columns_compared
from publication.structure.pieces import (
    BY_MIGRATE,
    MISSING,
    Difference,
    Piece,
    compared,
    shown,
    undeclared,
)

_ANY_NAME = frozenset({*catalog.KINDS.values(), "index"})
_FUNCTION = re.compile(r"\bFUNCTION (?:\"?\w+\"?\.)?(\w+)\(")

_SCHEMAS = """
SELECT c.relname, n.nspname, n.oid, pg_catalog.quote_ident(n.nspname)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = ANY(%s) AND pg_catalog.pg_table_is_visible(c.oid)
"""


def differences(connection: BaseDatabaseWrapper) -> list[Difference]:
    """Tables, columns, constraints, indexes, triggers, and what goes past them.

    A list: nothing is handed out while the transaction stands.
    """
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        found = list(_differences(connection, cursor))
        transaction.set_rollback(True, using=connection.alias)
    return found


def _differences(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> Iterator[Difference]:
    names = declared.tables(connection)
    yield from switched_off.replication_role(cursor)
    cursor.execute(_SCHEMAS, [names])
    places = {name: tuple(place) for name, *place in cursor.fetchall()}
    if not places:
        cursor.execute("SELECT current_database()")
        yield Difference("database", cursor.fetchone()[0], "", "has none of the tables", BY_MIGRATE)
        return
    (schema, oid, quoted), _ = Counter(places.values()).most_common(1)[0]
    for name, (other, _, elsewhere) in places.items():
        if other != schema:
            names.remove(name)
            what = f"found in the schema {shown(other)}, others in {shown(schema)}"
            mend = f"ALTER TABLE {elsewhere}.{name} SET SCHEMA {quoted};"
            yield Difference("table", name, name, what, mend)
    # What is in that schema is called by its name alone, as in the reference.
    cursor.execute(f"SET LOCAL search_path = {quoted}, pg_temp")
    yield from switched_off.faults(cursor, oid, names)
    found = catalog.read(cursor, oid, names, {schema, quoted})
    try:
        with transaction.atomic(using=connection.alias):
            wanted = _reference(connection, cursor, names, schema)
    except (ProgrammingError, InternalError) as problem:
        yield _not_compared(cursor, problem)
        return
    yield from _compared(wanted, found)


def _reference(
    connection: BaseDatabaseWrapper, cursor: CursorWrapper, names: list[str], schema: str
) -> Catalog:
    """Temporary tables made from the models, with the rules upon them."""
    cursor.execute("SET LOCAL search_path = pg_temp")
    cursor.execute("\n".join(declared.statements(connection)))
    with connection.execute_wrapper(_temporary_functions):
        rules.install(connection)
    cursor.execute("SELECT oid, nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()")
    oid, temporary = cursor.fetchone()
    return catalog.read(cursor, oid, names, {"pg_temp", temporary, schema})


def _temporary_functions(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Functions are made and found among what is temporary only where that is said."""
    return execute(_FUNCTION.sub(r"FUNCTION pg_temp.\1(", sql), params, many, context)


def _not_compared(cursor: CursorWrapper, problem: Exception) -> Difference:
    """The role or the server does not allow a reference."""
    cursor.execute(
        "SELECT current_database(),"
        " format('GRANT TEMPORARY ON DATABASE %I TO %I;', current_database(), current_user),"
        " has_database_privilege(current_database(), 'TEMPORARY')"
    )
    name, grant, allowed = cursor.fetchone()
    said, *_ = str(problem).splitlines()
    what = f"was not compared with what is declared: {said}"
    mend = "ask again as the owner, where tables can be made" if allowed else grant
    return Difference("database", name, "", what, mend)


def _compared(wanted: Catalog, found: Catalog) -> Iterator[Difference]:
    tables = found.tables

    def of_tables(pieces: list[Piece]) -> list[Piece]:
        whole = ("table", "function")
        return [each for each in pieces if each.kind in whole or each.table in tables]

    expected, present = of_tables(wanted.pieces), of_tables(found.pieces)
    for difference in compared(expected, present, any_name=_ANY_NAME):
        # A function that nothing calls is named by the triggers that ought to.
        if not (difference.kind == "function" and difference.what == MISSING):
            yield difference
    yield from undeclared(expected, present)
    columns = [column for column in wanted.columns if column.table in tables]
    yield from columns_compared(columns, found.columns, links=declared.links())
