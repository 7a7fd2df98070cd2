"""What PostgreSQL's catalog says of the tables in one schema. Reads it; asks no table itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper

from publication.structure.columns import Column
from publication.structure.pieces import FROM_BACKUP, Piece

KINDS = {
    "c": "check",
    "f": "foreign key",
    "p": "primary key",
    "u": "unique constraint",
    "x": "exclusion constraint",
}
RELATIONS = {
    "r": "a table",
    "p": "a partitioned table",
    "v": "a view",
    "m": "a materialized view",
    "f": "a foreign table",
}
FIRING = ("O", "A")
"""Of ``tgenabled``: fires in an ordinary session, or in all."""
FIRES = {"D": "disabled", "R": "fires on a replica alone"}
TRIGGERS_OF_A_KEY = 4
"""Two on each of the tables that a foreign key joins."""
_ACTS = re.compile(r" ON (DELETE|UPDATE) (CASCADE|SET)")
_LOCAL_CALL = re.compile(r"EXECUTE FUNCTION pg_temp\w*\.")

_TABLES = """
SELECT c.relname, c.relkind::text FROM pg_class c
WHERE c.relnamespace = %s AND c.relname = ANY(%s) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY c.relname
"""
_COLUMNS = """
SELECT c.relname, a.attname, format('ALTER TABLE %%I ALTER COLUMN %%I', c.relname, a.attname),
    format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attcollation = t.typcollation THEN ''
        ELSE ' COLLATE ' || a.attcollation::regcollation::text END,
    a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid
        AND k.contype = 'n' AND NOT k.convalidated AND k.conkey = ARRAY[a.attnum]),
    coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attidentity::text, a.attgenerated::text
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = %s AND c.relname = ANY(%s) AND c.relkind = 'r'
ORDER BY c.relname, a.attnum
"""
_CONSTRAINTS = """
SELECT c.relname, k.conname, k.contype::text, pg_get_constraintdef(k.oid), k.convalidated,
    x.indisunique AND x.indimmediate = NOT k.condeferrable AND x.indisvalid AND x.indisready
        AND x.indislive,
    (SELECT count(*) FROM pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgisinternal),
    (SELECT string_agg(DISTINCT 'ALTER TABLE ' || t.tgrelid::regclass::text
            || ' ENABLE TRIGGER ALL;', ' ') FROM pg_trigger t
        WHERE t.tgconstraint = k.oid AND t.tgisinternal AND t.tgenabled NOT IN ('O', 'A')),
    format('ALTER TABLE %%I', c.relname), quote_ident(k.conname),
    quote_ident(i.relname)
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
LEFT JOIN pg_index x ON x.indexrelid = k.conindid AND k.contype IN ('p', 'u')
LEFT JOIN pg_class i ON i.oid = x.indexrelid
WHERE c.relnamespace = %s AND c.relname = ANY(%s) AND c.relkind = 'r'
    AND k.contype IN ('c', 'f', 'p', 'u', 'x')
ORDER BY c.relname, k.conname
"""
_INDEXES = """
SELECT c.relname, i.relname, pg_get_indexdef(x.indexrelid, 0, true),
    x.indisvalid AND x.indisready AND x.indislive, quote_ident(i.relname)
FROM pg_index x
JOIN pg_class c ON c.oid = x.indrelid
JOIN pg_class i ON i.oid = x.indexrelid
WHERE c.relnamespace = %s AND c.relname = ANY(%s) AND c.relkind = 'r' AND NOT EXISTS (
    SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x'))
ORDER BY c.relname, i.relname
"""
_TRIGGERS = """
SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid, true), t.tgenabled::text, p.proname,
    pg_get_functiondef(p.oid), format('DROP TRIGGER %%I ON %%I;', t.tgname, c.relname)
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid
WHERE c.relnamespace = %s AND c.relname = ANY(%s) AND NOT t.tgisinternal
ORDER BY c.relname, t.tgname
"""


@dataclass(frozen=True, slots=True)
class Catalog:
    """What stands in one schema of the tables of the program."""

    columns: list[Column]
    pieces: list[Piece]

    @property
    def tables(self) -> set[str]:
        """Those that are tables indeed."""
        return {
            piece.name
            for piece in self.pieces
            if piece.kind == "table" and piece.text == RELATIONS["r"]
        }


def read(cursor: CursorWrapper, schema: int, names: list[str], own: set[str]) -> Catalog:
    """The tables ``names`` in the schema with that oid; functions name it by one of ``own``."""

    def rows(query: str) -> list[tuple[Any, ...]]:
        cursor.execute(query, [schema, names])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    return Catalog(
        columns=[Column(*row) for row in rows(_COLUMNS)],
        pieces=[
            *(Piece("table", name, name, RELATIONS[kind], restore=FROM_BACKUP)
              for name, kind in rows(_TABLES)),
            *(_constraint(*row) for row in rows(_CONSTRAINTS)),
            *(_index(*row) for row in rows(_INDEXES)),
            *_triggers(rows(_TRIGGERS), own),
        ],
    )  # fmt: skip


def _constraint(
    table: str, name: str, kind: str, text: str, valid: bool, index_works: bool | None,
    triggers: int, enable: str | None, alter: str, quoted: str, index: str | None,
) -> Piece:  # fmt: skip
    ails = cure = ""
    restore = f"{alter} ADD CONSTRAINT {quoted} {text};"
    remove = f"{alter} DROP CONSTRAINT {quoted};"
    if enable:
        ails, cure = "a trigger that keeps it is disabled", enable
    elif kind == "f" and triggers < TRIGGERS_OF_A_KEY:
        ails, cure = "a trigger that keeps it is gone", f"{remove} {restore}"
    elif index_works is False:
        ails, cure = "its index is not valid", f"REINDEX INDEX {index};"
    elif not valid:
        ails, cure = "NOT VALID: older rows may break it", f"{alter} VALIDATE CONSTRAINT {quoted};"
    text = text.removesuffix(" NOT VALID")
    acts = kind == "f" and _ACTS.search(text) is not None
    return Piece(KINDS[kind], table, name, text, restore, remove, ails, cure, acts)


def _index(table: str, name: str, text: str, works: bool, quoted: str) -> Piece:
    return Piece(
        "index",
        table,
        name,
        text.replace(f" INDEX {quoted} ON ", " INDEX ON ", 1),
        restore=f"{text};",
        remove=f"DROP INDEX {quoted};",
        ails="" if works else "is not valid: it finds rows or refuses doubles in part",
        cure=f"REINDEX INDEX {quoted};",
    )


def _triggers(rows: list[tuple[Any, ...]], own: set[str]) -> Iterator[Piece]:
    """The triggers, and once each the functions that they call."""
    functions: dict[tuple[str, str], Piece] = {}
    for table, name, text, enabled, function, body, remove in rows:
        ails = "" if enabled in FIRING else FIRES.get(enabled, enabled)
        call = _LOCAL_CALL.sub("EXECUTE FUNCTION ", text)
        yield Piece("trigger", table, name, call, remove=remove, ails=ails)
        body = _without_schema(body, own)
        functions[function, body] = Piece("function", "", function, body)
    yield from functions.values()


def _without_schema(function: str, own: set[str]) -> str:
    """The text of a function, the same in whichever schema it and its tables stand."""
    head, newline, rest = function.partition("\n")
    settings, start, body = rest.partition("\nAS ")
    for schema in own:
        head = head.replace(f" FUNCTION {schema}.", " FUNCTION ", 1)
        if schema != "pg_temp":
            settings = settings.replace(f"'{schema}'", "(schema)")
    return f"{head}{newline}{settings}{start}{body}"
