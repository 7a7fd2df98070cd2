"""How roles and rights stand in a PostgreSQL database: read from its catalog, changing nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper
from psycopg import sql

SCHEMA = "public"
PUBLIC = None
"""Of a grant: to whoever has a role at all."""

Grantee = str | None


@dataclass(frozen=True, slots=True)
class Role:
    """A role that is there, and which powers beyond its grants it has."""

    name: str
    superuser: bool
    powers: frozenset[str]
    member_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """What has an owner and rights: the database, its schema, a table, sequence or function."""

    kind: str
    """As ``GRANT ... ON`` says it."""
    name: str
    sql: sql.Composable
    owner: str
    follows: bool
    """Whether its owner is that of another thing, as of a sequence under a column."""
    rights: dict[Grantee, frozenset[str]]
    """Without the owner's own."""
    passed_on: frozenset[Grantee]
    """Who may give their rights to others."""
    by_column: frozenset[Grantee]
    """Who has rights on single columns."""


_POWERS = {
    "CREATEDB": "rolcreatedb",
    "CREATEROLE": "rolcreaterole",
    "REPLICATION": "rolreplication",
    "BYPASSRLS": "rolbypassrls",
}


def roles(cursor: CursorWrapper, names: Iterable[str]) -> dict[str, Role]:
    """Those of the names that are there."""
    cursor.execute(
        f"SELECT r.rolname, r.rolsuper, ARRAY[{', '.join(_POWERS.values())}], "
        "ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
        "WHERE m.member = r.oid ORDER BY 1) FROM pg_roles r WHERE r.rolname = ANY(%s)",
        [list(names)],
    )
    return {
        name: Role(
            name,
            superuser,
            frozenset(power for power, has in zip(_POWERS, powers, strict=True) if has),
            tuple(groups),
        )
        for name, superuser, powers, groups in cursor.fetchall()
    }


def database(cursor: CursorWrapper) -> Thing:
    """The one that is connected to."""
    cursor.execute(
        "SELECT oid, datname, pg_get_userbyid(datdba) FROM pg_database "
        "WHERE datname = current_database()"
    )
    oid, name, owner = cursor.fetchone()
    grants = _grants(cursor, "pg_database", "datdba", "COALESCE(datacl, acldefault('d', datdba))")
    return _thing("DATABASE", name, sql.Identifier(name), owner, False, grants[oid])


def schema(cursor: CursorWrapper) -> Thing | None:
    """The one that holds the tables."""
    cursor.execute(
        "SELECT oid, pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = %s", [SCHEMA]
    )
    row = cursor.fetchone()
    if row is None:
        return None
    oid, owner = row
    grants = _grants(cursor, "pg_namespace", "nspowner", "nspacl")
    return _thing("SCHEMA", SCHEMA, sql.Identifier(SCHEMA), owner, False, grants[oid])


def contents(cursor: CursorWrapper) -> list[Thing]:
    """All that the schema holds."""
    return relations(cursor) + functions(cursor)


def relations(cursor: CursorWrapper) -> list[Thing]:
    """Tables, views and sequences of the schema, tables first; an extension's are its own."""
    grants = _grants(cursor, "pg_class", "relowner", "relacl")
    cursor.execute(
        "SELECT DISTINCT a.attrelid, g.rolname FROM pg_attribute a "
        "CROSS JOIN LATERAL aclexplode(a.attacl) x LEFT JOIN pg_roles g ON g.oid = x.grantee"
    )
    columns: dict[int, set[Grantee]] = defaultdict(set)
    for oid, grantee in cursor.fetchall():
        columns[oid].add(grantee)
    cursor.execute(
        "SELECT c.oid, c.relname, c.relkind = 'S', pg_get_userbyid(c.relowner), EXISTS "
        "(SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid "
        "AND c.relkind = 'S' AND d.deptype IN ('a', 'i')) "
        "FROM pg_class c WHERE c.relnamespace = %s::regnamespace "
        "AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT EXISTS "
        "(SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid "
        "AND d.deptype = 'e') ORDER BY c.relkind = 'S', c.relname",
        [SCHEMA],
    )
    return [
        _thing(
            "SEQUENCE" if is_sequence else "TABLE",
            name,
            sql.Identifier(SCHEMA, name),
            owner,
            follows,
            grants[oid],
            columns[oid],
        )
        for oid, name, is_sequence, owner, follows in cursor.fetchall()
    ]


def functions(cursor: CursorWrapper) -> list[Thing]:
    """Functions and procedures of the schema; those of an extension are its own."""
    grants = _grants(cursor, "pg_proc", "proowner", "COALESCE(proacl, acldefault('f', proowner))")
    cursor.execute(
        "SELECT p.oid, p.proname, format('%%I.%%I(%%s)', %s::text, p.proname, "
        "pg_get_function_identity_arguments(p.oid)), pg_get_userbyid(p.proowner) FROM pg_proc p "
        "WHERE p.pronamespace = %s::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d "
        "WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e') "
        "ORDER BY p.proname, p.oid",
        [SCHEMA, SCHEMA],
    )
    return [
        _thing("ROUTINE", name, sql.SQL(signature), owner, False, grants[oid])
        for oid, name, signature, owner in cursor.fetchall()
    ]


def default_rights(cursor: CursorWrapper, owner: str) -> list[tuple[str, str | None, Grantee]]:
    """To whom what the owner makes from now on is open: its kind, the schema, and the grantee."""
    cursor.execute(
        "SELECT kind, n.nspname, g.rolname FROM ("
        "SELECT k.kind, COALESCE(d.defaclnamespace, 0) AS space, "
        "COALESCE(d.defaclacl, acldefault(k.sign, o.oid)) AS acl, o.oid AS owner FROM pg_roles o "
        "CROSS JOIN (VALUES ('TABLES', 'r'::\"char\"), ('SEQUENCES', 's'), ('FUNCTIONS', 'f')) "
        "AS k(kind, sign) LEFT JOIN pg_default_acl d ON d.defaclrole = o.oid "
        "AND d.defaclnamespace = 0 AND upper(d.defaclobjtype::text) = upper(k.sign::text) "
        "WHERE o.rolname = %s UNION ALL "
        "SELECT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' ELSE "
        "'FUNCTIONS' END, d.defaclnamespace, d.defaclacl, d.defaclrole FROM pg_default_acl d "
        "JOIN pg_roles o ON o.oid = d.defaclrole WHERE o.rolname = %s AND d.defaclnamespace <> 0 "
        "AND d.defaclobjtype IN ('r', 'S', 'f')) AS said CROSS JOIN LATERAL aclexplode(acl) x "
        "LEFT JOIN pg_namespace n ON n.oid = space LEFT JOIN pg_roles g ON g.oid = x.grantee "
        "WHERE x.grantee <> owner ORDER BY 1, 2, 3",
        [owner, owner],
    )
    return list(dict.fromkeys(cursor.fetchall()))


def settings_given(cursor: CursorWrapper) -> list[tuple[str, Grantee]]:
    """Settings that not everybody may change, and to whom that was allowed."""
    cursor.execute(
        "SELECT DISTINCT p.parname, g.rolname FROM pg_parameter_acl p "
        "CROSS JOIN LATERAL aclexplode(p.paracl) x LEFT JOIN pg_roles g ON g.oid = x.grantee "
        "ORDER BY 1, 2"
    )
    return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Present:
    """The role of this connection."""

    name: str
    superuser: bool
    acts_as_owner: bool


def signed_in(cursor: CursorWrapper, owner: str) -> Present:
    """Who is signed in, and whether what ``owner`` may do is theirs to do."""
    cursor.execute(
        "SELECT current_user, current_setting('is_superuser') = 'on', "
        "COALESCE((SELECT pg_has_role(oid, 'USAGE') FROM pg_roles WHERE rolname = %s), false)",
        [owner],
    )
    return Present(*cursor.fetchone())


_Grants = dict[int, list[tuple[Grantee, str, bool]]]


def _grants(cursor: CursorWrapper, table: str, owner: str, acl: str) -> _Grants:
    """By object id, what was granted to others than the owner, to whom, and whether to pass on."""
    cursor.execute(
        f"SELECT o.oid, g.rolname, x.privilege_type, x.is_grantable FROM {table} o "
        f"CROSS JOIN LATERAL aclexplode({acl}) x LEFT JOIN pg_roles g ON g.oid = x.grantee "
        f"WHERE x.grantee <> o.{owner}"
    )
    found: _Grants = defaultdict(list)
    for oid, grantee, right, passes in cursor.fetchall():
        found[oid].append((grantee, right, passes))
    return found


def _thing(
    kind: str,
    name: str,
    text: sql.Composable,
    owner: str,
    follows: bool,
    grants: Sequence[tuple[Grantee, str, bool]],
    by_column: Iterable[Grantee] = (),
) -> Thing:
    rights: dict[Any, set[str]] = defaultdict(set)
    for grantee, right, _ in grants:
        rights[grantee].add(right)
    return Thing(
        kind,
        name,
        text,
        owner,
        follows,
        {grantee: frozenset(named) for grantee, named in rights.items()},
        frozenset(grantee for grantee, _, passes in grants if passes),
        frozenset(by_column),
    )
