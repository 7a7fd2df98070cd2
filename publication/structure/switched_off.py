"""What hides rows of PostgreSQL's tables or leads past their rules and alters neither."""

from collections.abc import Iterator

from django.db.backends.utils import CursorWrapper

from publication.structure.pieces import UNDECLARED, Difference

_STATES = """
SELECT c.relname, c.relpersistence = 'u', c.relrowsecurity OR c.relforcerowsecurity,
    format('ALTER TABLE %%I', c.relname),
    (SELECT string_agg(inhrelid::regclass::text, ', ') FROM pg_inherits WHERE inhparent = c.oid),
    (SELECT string_agg('ALTER TABLE ' || inhrelid::regclass || ' NO INHERIT '
        || inhparent::regclass || ';', ' ') FROM pg_inherits WHERE inhparent = c.oid),
    (SELECT string_agg(inhparent::regclass::text, ', ') FROM pg_inherits WHERE inhrelid = c.oid),
    (SELECT string_agg(CASE WHEN c.relispartition
            THEN 'ALTER TABLE ' || inhparent::regclass || ' DETACH PARTITION ' || inhrelid::regclass
            ELSE 'ALTER TABLE ' || inhrelid::regclass || ' NO INHERIT ' || inhparent::regclass
        END || ';', ' ') FROM pg_inherits WHERE inhrelid = c.oid)
FROM pg_class c
WHERE c.relnamespace = %s AND c.relname = ANY(%s) AND c.relkind IN ('r', 'p', 'f')
ORDER BY c.relname
"""
_UNDECLARED = """
SELECT 'rule', c.relname, r.rulename, format('DROP RULE %%I ON %%I;', r.rulename, c.relname)
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.relnamespace = %s AND c.relname = ANY(%s) AND c.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'policy', c.relname, p.polname, format('DROP POLICY %%I ON %%I;', p.polname, c.relname)
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE c.relnamespace = %s AND c.relname = ANY(%s)
"""
_REPLICATION_ROLE = """
SELECT CASE WHEN s.setrole = 0 THEN 'database' ELSE 'role' END,
    CASE WHEN s.setrole = 0 THEN coalesce(d.datname, '') ELSE r.rolname END, u.setting,
    CASE WHEN s.setrole = 0 THEN format('ALTER DATABASE %I', d.datname)
        ELSE format('ALTER ROLE %I', r.rolname)
            || CASE WHEN s.setdatabase = 0 THEN '' ELSE format(' IN DATABASE %I', d.datname) END
        END || ' RESET session_replication_role;'
FROM pg_db_role_setting s
CROSS JOIN LATERAL unnest(s.setconfig) u(setting)
LEFT JOIN pg_roles r ON r.oid = s.setrole
LEFT JOIN pg_database d ON d.oid = s.setdatabase
WHERE (s.setdatabase = 0 OR d.datname = current_database())
    AND u.setting ILIKE 'session_replication_role=%'
    AND lower(u.setting) <> 'session_replication_role=origin'
UNION ALL
SELECT 'database', current_database(), 'session_replication_role='
    || current_setting('session_replication_role'),
    'take it out of the settings of the server, the database, the role or the connection'
WHERE current_setting('session_replication_role') <> 'origin'
"""


def faults(cursor: CursorWrapper, schema: int, names: list[str]) -> Iterator[Difference]:
    """Of the tables ``names`` in the schema with that oid."""
    cursor.execute(_STATES, [schema, names])
    for table, unlogged, secured, alter, heirs, disown, parents, leave in cursor.fetchall():
        if unlogged:
            yield _of(table, "is unlogged: a crash empties it", f"{alter} SET LOGGED;")
        if secured:
            yield _of(
                table,
                "row level security is on: it hides or refuses rows",
                f"{alter} DISABLE ROW LEVEL SECURITY; {alter} NO FORCE ROW LEVEL SECURITY;",
            )
        if heirs:
            yield _of(
                table,
                f"its rows are also those of {heirs}, which inherit from it past its rules",
                disown,
            )
        if parents:
            yield _of(
                table,
                f"inherits from {parents}: whoever writes there writes here past its rules",
                leave,
            )
    cursor.execute(_UNDECLARED, [schema, names, schema, names])
    for kind, table, name, remove in cursor.fetchall():
        yield Difference(kind, name, table, UNDECLARED, remove)


def replication_role(cursor: CursorWrapper) -> Iterator[Difference]:
    """Sessions in another role than ``origin`` ask no trigger and no foreign key."""
    cursor.execute(_REPLICATION_ROLE)
    for kind, name, setting, mend in cursor.fetchall():
        yield Difference(kind, name, "", f"{setting}: no trigger and no foreign key is asked", mend)


def _of(table: str, what: str, mend: str) -> Difference:
    return Difference("table", table, table, what, mend)
