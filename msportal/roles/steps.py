"""What is not as it has to be, and the SQL that puts it right: none where nothing is left to do.

The same steps are run by ``setup_roles`` and, as far as they are about tables, after every migrate;
``verify`` reports them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from msportal.roles import catalog
from msportal.roles.catalog import PUBLIC, Grantee, Thing
from msportal.roles.wanted import Roles, reading_rights, web_rights
from publication.rights import NOTHING


@dataclass(frozen=True, slots=True)
class Step:
    """One of them: the thing or role, what is wrong with it, and the statement."""

    where: str
    what: str
    sql: str


class Refused(Exception):
    """The roles cannot be made as they are named; the message says why and what to do."""


def all_steps(cursor: CursorWrapper, roles: Roles) -> list[Step]:
    """In the order in which a superuser can run them, or else who may make roles and has the
    database.
    """
    made = list(_of_roles(cursor, roles))
    found = [
        *_of_database(cursor, roles),
        *_of_contents(catalog.contents(cursor), roles),
        *_of_what_comes(cursor, roles),
        *_of_settings(cursor, roles),
    ]
    present = catalog.signed_in(cursor, roles.owner)
    if not found or present.acts_as_owner:
        return made + found
    # Who is no superuser gives things only to a role that it is a member of.
    member = (roles.owner, present.name)
    join = _step(roles.owner, f"{present.name} joins it for this", "GRANT {} TO {}", *member)
    leave = _step(roles.owner, f"{present.name} leaves it", "REVOKE {} FROM {}", *member)
    return [*made, join, *found, leave]


def after_migrate(cursor: CursorWrapper, roles: Roles) -> list[Step]:
    """Those that new tables call for, as far as the present role can run them."""
    present = catalog.signed_in(cursor, roles.owner)
    if not (present.acts_as_owner and are_set_up(cursor, roles)):
        return []
    things = catalog.contents(cursor)
    if not present.superuser:
        things = [thing for thing in things if thing.owner == roles.owner]
    return list(_of_contents(things, roles, only=catalog.roles(cursor, roles.all)))


def are_set_up(cursor: CursorWrapper, roles: Roles) -> bool:
    """Whether this was done for this database: roles are the whole server's."""
    return catalog.database(cursor).owner == roles.owner


def _of_roles(cursor: CursorWrapper, roles: Roles) -> Iterator[Step]:
    there = catalog.roles(cursor, roles.all)
    for name in roles.all:
        role = there.get(name)
        if role is None:
            yield _step(name, "there is no such role", "CREATE ROLE {} LOGIN", name)
            continue
        if role.superuser:
            raise Refused(
                f"The role “{name}” is a superuser, whom no right stops. Name another one, or take "
                "that from it as another superuser (ALTER ROLE ... NOSUPERUSER)."
            )
        for power in sorted(role.powers):
            yield _step(name, f"has {power}", f"ALTER ROLE {{}} NO{power}", name)
        for group in role.member_of if name in roles.limited else ():
            yield _step(name, f"is a member of {group}", "REVOKE {} FROM {} CASCADE", group, name)


def _of_database(cursor: CursorWrapper, roles: Roles) -> Iterator[Step]:
    """Nobody comes in but the three, and nobody but the owner makes anything here."""
    base, schema = catalog.database(cursor), catalog.schema(cursor)
    if schema is None:
        raise Refused(f"This database has no schema “{catalog.SCHEMA}”, which is for the tables.")
    yield from _owned(base, roles)
    if schema.owner != "pg_database_owner":  # that is whoever has the database
        yield from _owned(schema, roles)
    for thing, right in ((base, "CONNECT"), (schema, "USAGE")):
        yield from _granted(thing, PUBLIC, NOTHING)
        for name in roles.limited:
            yield from _granted(thing, name, frozenset({right}))


def _of_contents(
    things: Iterable[Thing], roles: Roles, only: Iterable[str] | None = None
) -> Iterator[Step]:
    """Tables by what their kind says; views, sequences and functions are closed.

    Triggers and identity columns ask for no right of who writes a row. ``only``: the roles that
    are there.
    """
    rights: dict[Grantee, Mapping[str, frozenset[str]]] = {PUBLIC: {}}
    rights |= {roles.web: web_rights(), roles.reading: reading_rights()}
    if only is not None:
        rights = {name: wanted for name, wanted in rights.items() if name in {PUBLIC, *only}}
    things = list(things)
    for thing in things:
        if not thing.follows:
            yield from _owned(thing, roles)
    for thing in things:
        for name, wanted in rights.items():
            mine = wanted.get(thing.name, NOTHING) if thing.kind == "TABLE" else NOTHING
            yield from _granted(thing, name, mine)


def _of_what_comes(cursor: CursorWrapper, roles: Roles) -> Iterator[Step]:
    """What the owner makes from now on is closed to the others until a grant opens it."""
    if roles.owner in catalog.roles(cursor, [roles.owner]):
        standing = catalog.default_rights(cursor, roles.owner)
    else:
        standing = [("FUNCTIONS", None, PUBLIC)]  # as PostgreSQL has it of every role
    for kind, schema, grantee in standing:
        if grantee in (PUBLIC, *roles.limited):
            place = sql.SQL("IN SCHEMA {}").format(sql.Identifier(schema)) if schema else _EMPTY
            text = _CLOSED.format(
                sql.Identifier(roles.owner), place, sql.SQL(kind), _grantee(grantee)
            )
            what = f"the {kind.lower()} that it makes are open to {_called(grantee)}"
            yield Step(roles.owner, what, text.as_string())


_CLOSED = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} {} REVOKE ALL ON {} FROM {}")
_EMPTY = sql.SQL("")


def _of_settings(cursor: CursorWrapper, roles: Roles) -> Iterator[Step]:
    """Such as the one that switches triggers off."""
    for name, grantee in catalog.settings_given(cursor):
        if grantee in (PUBLIC, *roles.limited):
            text = sql.SQL("REVOKE ALL ON PARAMETER {} FROM {}").format(
                sql.Identifier(*name.split(".")), _grantee(grantee)
            )
            yield Step(_called(grantee), f"may change the setting {name}", text.as_string())


def _owned(thing: Thing, roles: Roles) -> Iterator[Step]:
    if thing.owner != roles.owner:
        text = sql.SQL("ALTER {} {} OWNER TO {}").format(
            sql.SQL(thing.kind), thing.sql, sql.Identifier(roles.owner)
        )
        yield Step(thing.name, f"belongs to {thing.owner}", text.as_string())


def _granted(thing: Thing, grantee: Grantee, wanted: frozenset[str]) -> Iterator[Step]:
    """What is too much goes, with what was handed on from it; what is missing comes."""
    has = thing.rights.get(grantee, NOTHING)
    if grantee in thing.by_column:
        yield _grant(thing, grantee, "has rights on single columns", "REVOKE ALL", "FROM")
        has = NOTHING
    elif grantee in thing.passed_on:
        what = "may give its rights to others"
        yield _grant(thing, grantee, what, "REVOKE GRANT OPTION FOR ALL", "FROM")
    if surplus := ", ".join(sorted(has - wanted)):
        yield _grant(thing, grantee, f"may {surplus}, and should not", f"REVOKE {surplus}", "FROM")
    if missing := ", ".join(sorted(wanted - has)):
        yield _grant(thing, grantee, f"may not {missing}, and should", f"GRANT {missing}", "TO")


def _grant(thing: Thing, grantee: Grantee, what: str, act: str, word: str) -> Step:
    text = sql.SQL("{} ON {} {} {} {}{}").format(
        sql.SQL(act),
        sql.SQL(thing.kind),
        thing.sql,
        sql.SQL(word),
        _grantee(grantee),
        sql.SQL(" CASCADE" if word == "FROM" else ""),
    )
    return Step(thing.name, f"{_called(grantee)} {what}", text.as_string())


def _step(where: str, what: str, text: str, *names: str) -> Step:
    return Step(where, what, sql.SQL(text).format(*map(sql.Identifier, names)).as_string())


def _grantee(name: Grantee) -> sql.Composable:
    return sql.SQL("PUBLIC") if name is PUBLIC else sql.Identifier(name)


def _called(name: Grantee) -> str:
    return "everybody" if name is PUBLIC else name
