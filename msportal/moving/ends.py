"""The two ends of a move: one moment of the database in use, and an empty one that is filled
wholly or not at all.
"""

import copy
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.utils import load_backend

from msportal.moving.errors import NotMoved, in_words

SOURCE, TARGET = "source", "target"
OLDEST_POSTGRESQL = 15
LOCK = 4_027_331_961
"""A number of ours: whoever moves into a database holds it there."""


@contextmanager
def source() -> Iterator[BaseDatabaseWrapper]:
    """The database that the site uses, as it is at one moment, to be read alone. Readers and
    writers go on.
    """
    config = copy.deepcopy(connections[DEFAULT_DB_ALIAS].settings_dict)
    is_sqlite = connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
    if is_sqlite:
        config["OPTIONS"]["transaction_mode"] = None  # a reader, who stops no writer
        if not Path(config["NAME"]).exists():
            raise NotMoved(f"There is no database to move: no file {config['NAME']}.")
    with _connected(SOURCE, config) as connection, transaction.atomic(using=SOURCE):
        with connection.cursor() as cursor:
            if is_sqlite:
                cursor.execute("PRAGMA query_only = ON")
            else:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                _be_patient(connection)
        _refuse_other_tables(connection)
        yield connection


@contextmanager
def target(config: dict[str, Any], origin: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    """The new database, with its tables and no rules. What is written stays only if nothing is
    raised. All that asks for the site's own database asks this one meanwhile.
    """
    if config["NAME"] == ":memory:":
        raise NotMoved("A database in memory would be gone at once: name a file.")
    is_sqlite = load_backend(config["ENGINE"]).DatabaseWrapper.vendor == "sqlite"
    with (_new_file if is_sqlite else _one_transaction)(config, origin) as connection:
        yield connection


@contextmanager
def _new_file(config: dict[str, Any], origin: BaseDatabaseWrapper) -> Iterator[BaseDatabaseWrapper]:
    """SQLite: under another name until it is complete."""
    path = Path(config["NAME"])
    unfinished = path.with_name(f"{path.name}.unfinished")
    if _holds_something(path):
        if origin.vendor == "sqlite" and path.samefile(origin.settings_dict["NAME"]):
            raise NotMoved("The target is the database that is to be moved.")
        raise NotMoved(f"There is a file {path} already: name one that is not there, or empty.")
    try:
        unfinished.touch(exist_ok=False)
    except FileExistsError:
        raise NotMoved(
            f"Somebody moves into {path} now, or did and was broken off. If nobody does, delete "
            f"{unfinished} and what else has its name, and try again."
        ) from None
    try:
        with _connected(TARGET, config | {"NAME": str(unfinished)}) as connection:
            with _standing_in(connection):
                _make_tables(connection)
                with transaction.atomic(using=TARGET):
                    yield connection
            _is_whole(unfinished, connection)
        if path.exists() and not _holds_something(path):
            path.unlink()
        try:
            os.link(unfinished, path)  # takes no other file's place
        except FileExistsError:
            raise NotMoved(f"Meanwhile somebody made a file {path}.") from None
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            unfinished.with_name(unfinished.name + end).unlink(missing_ok=True)


def _holds_something(path: Path) -> bool:
    """An empty file is to SQLite a database without tables."""
    return path.exists() and path.stat().st_size > 0


def _is_whole(path: Path, connection: BaseDatabaseWrapper) -> None:
    """All is in the one file and on the disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _one_transaction(
    config: dict[str, Any], origin: BaseDatabaseWrapper
) -> Iterator[BaseDatabaseWrapper]:
    """PostgreSQL: nobody sees any of it before all of it is there."""
    with _connected(TARGET, config) as connection:
        _refuse_unfit(connection)
        with _standing_in(connection), transaction.atomic(using=TARGET):
            _be_patient(connection)
            (alone,) = _row(connection, f"SELECT pg_try_advisory_xact_lock({LOCK})")
            if not alone:
                raise NotMoved("Somebody else moves into the target now.")
            if origin.vendor == "postgresql" and _identity(connection) == _identity(origin):
                raise NotMoved("The target is the database that is to be moved.")
            _refuse_full(connection)
            _make_tables(connection)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # migrations leave them otherwise
            yield connection
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")  # else the first pages are slow


def _refuse_unfit(connection: BaseDatabaseWrapper) -> None:
    (number,) = _row(connection, "SELECT current_setting('server_version_num')::int")
    if number // 10_000 < OLDEST_POSTGRESQL:
        raise NotMoved(
            f"The target is PostgreSQL {number // 10_000}: msportal needs {OLDEST_POSTGRESQL} or "
            "newer."
        )
    (encoding,) = _row(connection, "SHOW server_encoding")
    if encoding != "UTF8":
        raise NotMoved(
            f"The target keeps text as {encoding}, which does not hold every character. Make it "
            "anew: createdb --encoding=UTF8 --locale=C --template=template0 NAME."
        )
    schema, may, who = _row(
        connection,
        "SELECT current_schema(), has_schema_privilege(current_schema(), 'CREATE'), current_user",
    )
    if not may:
        raise NotMoved(
            f"The role {who} may not make tables in the target. Name there the role that owns it, "
            "as “manage.py setup_roles” makes one."
            if schema
            else "The target has no schema for new tables: see its search_path."
        )


def _refuse_full(connection: BaseDatabaseWrapper) -> None:
    """Anything but what extensions brought along."""
    number, one = _row(
        connection,
        "SELECT count(*), min(c.relname) FROM pg_class c "
        "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') "
        "AND c.relnamespace = ANY (SELECT oid FROM pg_namespace "
        "WHERE nspname = ANY (current_schemas(false))) AND NOT EXISTS (SELECT 1 FROM pg_depend d "
        "WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')",
    )
    if number:
        raise NotMoved(
            f"The target is not empty: {one} is one of {number} tables, views and counters in it. "
            "Nothing is ever written over: make a new database, or drop this one and create it "
            "again (dropdb, createdb)."
        )


def _refuse_other_tables(connection: BaseDatabaseWrapper) -> None:
    """The source has exactly the tables that this release knows."""
    loader = MigrationLoader(connection)
    if loader.graph.nodes.keys() - loader.applied_migrations.keys():
        raise NotMoved(
            "The tables of the database to be moved are not as they have to be: run “manage.py "
            "migrate” first."
        )
    replaced = {name for one in loader.disk_migrations.values() for name in one.replaces}
    newer = [
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps and (app, name) not in {*loader.disk_migrations, *replaced}
    ]
    if newer:
        raise NotMoved(
            f"The database to be moved was migrated by another release, with {sorted(newer)[0]}: "
            "move it with that one."
        )


def _identity(connection: BaseDatabaseWrapper) -> tuple[Any, ...]:
    """The same for two connections to one schema of one database, by whatever address."""
    return _row(
        connection,
        "SELECT pg_postmaster_start_time(), current_setting('port'), current_database(), "
        "current_schema()",
    )


def _make_tables(connection: BaseDatabaseWrapper) -> None:
    """By the migrations, without what follows them: rules, groups and permissions."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _be_patient(connection: BaseDatabaseWrapper) -> None:
    """The role's limits are for the site; this transaction takes as long as it takes."""
    with connection.cursor() as cursor:
        for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {name} = 0")


def _row(connection: BaseDatabaseWrapper, query: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return tuple(cursor.fetchone())


@contextmanager
def _connected(alias: str, config: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """A database under a name of its own, as long as it is needed."""
    connections.configure_settings({DEFAULT_DB_ALIAS: config})
    connections.settings[alias] = config
    connection = connections[alias]
    try:
        try:
            connection.ensure_connection()
        except Error as problem:
            raise NotMoved(f"The {alias} cannot be reached. {in_words(problem)}") from problem
        yield connection
    finally:
        connection.close()
        del connections[alias]
        del connections.settings[alias]


@contextmanager
def _standing_in(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Migrations and checks ask the site's own database: they are given this one."""
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual
