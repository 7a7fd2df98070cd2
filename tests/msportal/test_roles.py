"""``setup_roles``: each role of the database may do what its work needs, and nothing else."""

import base64
import hashlib
import hmac
import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from psycopg import sql

from editorial.models import Part, Record
from msportal.roles.wanted import OTHERS, Roles, models, reading_rights, said, web_rights
from publication.frozen import Frozen
from publication.published import reading_room
from publication.rights import APPEND, CHANGE, EDIT, UPDATE
from publication.stretches import Published
from tests.databases import ROOT, Copies, run_manage
from tests.roles import (
    NO_ROLES,
    ON_POSTGRESQL,
    PASSWORDS,
    Base,
    administrator,
    as_role,
    base_with_roles,
    environment,
    named,
    remove,
)

on_postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason=NO_ROLES)
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
RIGHT_ALREADY = "All was right already.\n"


@pytest.fixture(scope="module")
def base(database_copies: Copies) -> Iterator[Base]:
    with base_with_roles(database_copies, named()) as found:
        yield found


@pytest.fixture
def fresh(database_copies: Copies) -> Iterator[Base]:
    """Of one test alone, which changes it."""
    with base_with_roles(database_copies, named("fresh-owner", "fresh-web", "fresh-read")) as found:
        yield found


def run(base: Base, url: str, *arguments: str) -> tuple[int, str, str]:
    done = run_manage(url, *arguments, check=False, **base.environment)
    return done.returncode, done.stdout, done.stderr


def execute(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


def standing(base: Base) -> dict[tuple[str, str], frozenset[str]]:
    """By role and table, the rights that the database itself says it would grant."""
    with psycopg.connect(base.administrator) as connection:
        rows = connection.execute(
            "SELECT r.rolname, c.relname, p.name FROM pg_roles r, pg_class c, "
            "unnest(%s::text[]) AS p(name) WHERE r.rolname = ANY(%s) "
            "AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S') "
            "AND has_table_privilege(r.oid, c.oid, p.name)",
            [list(RIGHTS), list(base.roles.limited)],
        ).fetchall()
    found: dict[tuple[str, str], frozenset[str]] = {}
    for role, table, right in rows:
        found[role, table] = found.get((role, table), frozenset()) | {right}
    return found


def wanted(roles: Roles) -> dict[tuple[str, str], frozenset[str]]:
    found = {(roles.web, table): rights for table, rights in web_rights().items()}
    found |= {(roles.reading, table): rights for table, rights in reading_rights().items()}
    return {at: rights for at, rights in found.items() if rights}


# What each kind of table says


def test_every_table_has_somebody_who_spoke_for_it() -> None:
    assert [model._meta.label for model in models() if said(model) is None] == []
    assert OTHERS.keys() <= {model._meta.label for model in models()}
    assert [label for label in OTHERS if hasattr(_model(label), "web_may")] == []


def _model(label: str) -> object:
    return None if label.startswith("migrations.") else apps.get_model(label)


def test_each_kind_may_what_its_rows_need() -> None:
    for model in models():
        rights = said(model) or frozenset()
        assert rights <= EDIT, model
        if issubclass(model, Frozen):
            assert rights == APPEND, model
        elif issubclass(model, Record | Published):
            assert rights == CHANGE, model
        elif issubclass(model, Part):
            assert rights in (EDIT, EDIT - UPDATE), model


def test_page_on_operations_has_every_table() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    rows = text.split("| The web role may | on |\n")[1].split("\n\n")[0].splitlines()[1:]
    told = {}
    for row in rows:
        rights, tables = row.split("|")[1:3]
        named_rights = frozenset() if rights.strip() == "nothing" else rights.strip().split(", ")
        told |= {table: frozenset(named_rights) for table in re.findall(r"`(\w+)`", tables)}
    assert told == web_rights()
    (reading,) = re.findall(r"The reading role may SELECT on ([^.]+)\.", text)
    assert set(re.findall(r"`(\w+)`", reading)) == set(reading_rights())


# The command


class TestRefusals:
    @pytest.mark.process
    def test_sqlite(self, tmp_path: Path) -> None:
        for arguments in (["setup_roles"], ["setup_roles", "--sql"]):
            done = run_manage(f"sqlite:///{tmp_path}/base.sqlite3", *arguments, check=False)
            assert (done.returncode, done.stdout) == (1, "")
            assert "This database is SQLite, which knows no roles" in done.stderr
            assert "Traceback" not in done.stderr

    @pytest.mark.process
    @on_postgresql
    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"MSPORTAL_WEB_ROLE": "{superuser}"}, "is a superuser, whom no right stops"),
            ({"MSPORTAL_WEB_ROLE": "{reading}"}, "have to have three names"),
            ({"MSPORTAL_WEB_ROLE": "pg_monitor"}, "which PostgreSQL keeps for itself"),
            ({"MSPORTAL_WEB_ROLE": "public"}, "which PostgreSQL keeps for itself"),
            ({"MSPORTAL_WEB_ROLE": "ä" * 32}, "at most 63 bytes"),
            ({"MSPORTAL_WEB_ROLE": "a\nb"}, "at most 63 bytes that can be printed"),
            ({"MSPORTAL_WEB_PASSWORD": "\udcff"}, "MSPORTAL_WEB_PASSWORD is not text in UTF-8"),
        ],
    )
    def test_names_and_passwords(
        self, database_copy: str, changed: dict[str, str], words: str
    ) -> None:
        url = administrator(database_copy)
        with psycopg.connect(url) as connection:
            superuser = connection.info.user
        roles = named("refused-owner", "refused-web", "refused-read")
        given = {
            name: value.format(superuser=superuser, reading=roles.reading)
            for name, value in changed.items()
        }
        done = run_manage(url, "setup_roles", check=False, **(environment(roles) | given))
        assert (done.returncode, words in done.stderr) == (1, True), done.stderr
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        with psycopg.connect(url) as connection:
            left = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(roles.all)]
            )
            assert left.fetchall() == []
            assert connection.info.parameter_status("is_superuser") == "on"

    @pytest.mark.process
    @on_postgresql
    def test_who_may_not_make_roles(self, fresh: Base) -> None:
        others = environment(named("other-owner", "other-web", "other-read"))
        for url in (fresh.owner, fresh.web, fresh.reading):
            done = run_manage(url, "setup_roles", check=False, **others)
            assert (done.returncode, done.stdout) == (1, "")
            assert "Nothing was done. Run it as a superuser" in done.stderr
            assert "Traceback" not in done.stderr


@pytest.mark.process
@on_postgresql
class TestCommand:
    def test_rights_are_those_of_each_kind(self, base: Base) -> None:
        assert standing(base) == wanted(base.roles)

    def test_roles_have_no_powers(self, base: Base) -> None:
        with psycopg.connect(base.administrator) as connection:
            for name in base.roles.all:
                row = connection.execute(
                    "SELECT rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, "
                    "rolbypassrls, has_database_privilege(oid, current_database(), 'CREATE, TEMP'),"
                    " has_schema_privilege(oid, 'public', 'CREATE') "
                    "FROM pg_roles WHERE rolname = %s",
                    [name],
                ).fetchone()
                makes = name == base.roles.owner
                assert row == (True, *[False] * 5, makes, makes)
            owners = connection.execute(
                "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class "
                "WHERE relnamespace = 'public'::regnamespace UNION "
                "SELECT pg_get_userbyid(proowner) FROM pg_proc "
                "WHERE pronamespace = 'public'::regnamespace UNION SELECT pg_get_userbyid(datdba) "
                "FROM pg_database WHERE datname = current_database()"
            ).fetchall()
        assert owners == [(base.roles.owner,)]

    def test_nobody_else_comes_in(self, base: Base) -> None:
        with psycopg.connect(base.administrator) as connection:
            open_to_all = connection.execute(
                "SELECT x.privilege_type FROM pg_database d, aclexplode(d.datacl) x "
                "WHERE d.datname = current_database() AND x.grantee = 0 UNION ALL "
                "SELECT x.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) x "
                "WHERE n.nspname = 'public' AND x.grantee = 0 UNION ALL "
                "SELECT x.privilege_type FROM pg_proc p, "
                "aclexplode(COALESCE(p.proacl, acldefault('f', p.proowner))) x "
                "WHERE p.pronamespace = 'public'::regnamespace AND x.grantee = 0"
            ).fetchall()
        assert open_to_all == []

    def test_again_it_does_nothing(self, base: Base) -> None:
        status, out, _ = run(base, base.administrator, "setup_roles")
        assert (status, out.splitlines()[0] + "\n") == (0, RIGHT_ALREADY)
        status, out, _ = run(base, base.administrator, "setup_roles", "--sql")
        statements = [line for line in out.splitlines() if not line.startswith("--")]
        assert (status, statements) == (0, ["BEGIN;", "COMMIT;"])

    def test_sql_says_the_same(self, database_copies: Copies) -> None:
        url = administrator(database_copies.make())
        roles = named("printed-owner", "printed-web", "printed-read")
        base = Base(url, roles, environment(roles))
        try:
            status, out, _ = run(base, url, "setup_roles", "--sql")
            assert (status, [p for p in PASSWORDS if p in out]) == (0, [])
            assert "SCRAM" not in out
            execute(url, out.partition("\n")[2])
            assert standing(base) == wanted(roles)
            status, out, _ = run(base, url, "setup_roles")
            assert (status, out.splitlines()[0] + "\n") == (0, RIGHT_ALREADY)
        finally:
            remove(url, *roles.all)

    def test_new_tables_have_their_rights_with_the_migrate(self, database_copies: Copies) -> None:
        """The roles come first, on an empty database, as in docker-compose.yml."""
        template = administrator(database_copies.make())
        empty = template + "_empty"
        name = sql.Identifier(empty.rpartition("/")[2])
        with psycopg.connect(template, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
        roles = named("first-owner", "first-web", "first-read")
        base = Base(empty, roles, environment(roles))
        try:
            assert run(base, empty, "setup_roles")[0] == 0
            assert run(base, base.owner, "migrate", "--verbosity=0") == (0, "", "")
            assert standing(base) == wanted(roles)
            assert run(base, base.owner, "verify")[0] == 0
        finally:
            remove(empty, *roles.all)
            remove(template)

    def test_migrate_puts_rights_back_and_verify_names_what_is_wrong(self, fresh: Base) -> None:
        web, reading = fresh.roles.limited
        execute(
            fresh.owner,
            f'GRANT DELETE, TRUNCATE ON publication_entry TO "{web}" WITH GRANT OPTION',
            f'GRANT UPDATE (text) ON sources_document TO "{reading}"',
            f'REVOKE INSERT ON editorial_judgement FROM "{web}"',
            "GRANT EXECUTE ON FUNCTION publication_refuse() TO PUBLIC",
            "CREATE VIEW stray AS SELECT 1 AS one",
            "GRANT SELECT ON stray TO PUBLIC",
        )
        status, _, found = run(fresh, fresh.owner, "verify")
        assert (status, sorted(line.strip() for line in found.splitlines())) == (
            1,
            sorted(
                [
                    f"publication_entry: {web} may give its rights to others",
                    f"publication_entry: {web} may DELETE, TRUNCATE, and should not",
                    f"sources_document: {reading} has rights on single columns",
                    f"editorial_judgement: {web} may not INSERT, and should",
                    "publication_refuse: everybody may EXECUTE, and should not",
                    "stray: everybody may SELECT, and should not",
                ]
            ),
        )
        assert run(fresh, fresh.owner, "migrate", "--verbosity=0") == (0, "", "")
        assert standing(fresh) == wanted(fresh.roles)
        assert run(fresh, fresh.owner, "verify")[0] == 0

    def test_what_only_a_superuser_can_have_done_is_put_right(self, fresh: Base) -> None:
        owner, web, reading = fresh.roles.all
        execute(
            fresh.administrator,
            f'ALTER ROLE "{web}" CREATEDB BYPASSRLS',
            f'GRANT "{owner}" TO "{web}"',
            f'GRANT pg_read_all_data TO "{reading}"',
            f'GRANT SET ON PARAMETER session_replication_role TO "{web}"',
            f'ALTER TABLE publication_entry OWNER TO "{web}"',
            f'ALTER FUNCTION publication_refuse() OWNER TO "{web}"',
            "GRANT TEMPORARY, CONNECT ON DATABASE current TO PUBLIC".replace(
                "current", f'"{fresh.administrator.rpartition("/")[2]}"'
            ),
            "GRANT CREATE ON SCHEMA public TO PUBLIC",
            f'ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" IN SCHEMA public '
            f'GRANT ALL ON TABLES TO "{web}"',
            f'ALTER DEFAULT PRIVILEGES FOR ROLE "{owner}" GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
        )
        status, _, found = run(fresh, fresh.owner, "verify")
        assert (status, len(found.splitlines())) == (1, 13), found
        status, out, _ = run(fresh, fresh.administrator, "setup_roles")
        assert (status, "put right" in out) == (0, True)
        assert standing(fresh) == wanted(fresh.roles)
        assert run(fresh, fresh.owner, "verify")[0] == 0

    def test_owner_who_makes_roles_needs_no_superuser(self, database_copies: Copies) -> None:
        url = administrator(database_copies.make())
        roles = named("made-owner", "made-web", "made-read")
        manager = f"manager_{os.getpid()}"
        base = Base(url, roles, environment(roles))
        database = url.rpartition("/")[2]
        execute(url, f"CREATE ROLE {manager} LOGIN CREATEROLE CREATEDB PASSWORD '{manager}'")
        try:
            with psycopg.connect(url) as connection:
                mine = connection.execute(
                    "SELECT format('ALTER %s %s OWNER TO ', CASE WHEN kind = 'f' THEN 'FUNCTION' "
                    "ELSE 'TABLE' END, name) FROM (SELECT 'f' AS kind, oid::regprocedure::text AS "
                    "name FROM pg_proc WHERE pronamespace = 'public'::regnamespace UNION ALL "
                    "SELECT 't', oid::regclass::text FROM pg_class WHERE relkind = 'r' AND "
                    "relnamespace = 'public'::regnamespace) AS things"
                ).fetchall()
            execute(
                url,
                f'ALTER DATABASE "{database}" OWNER TO {manager}',
                *(statement + manager for (statement,) in mine),
            )
            status, out, errors = run(base, as_role(url, manager, manager), "setup_roles")
            assert (status, errors) == (0, ""), out
            assert standing(base) == wanted(roles)
            with psycopg.connect(url) as connection:
                members = connection.execute(
                    "SELECT pg_has_role(%s, %s, 'USAGE')", [manager, roles.owner]
                ).fetchone()
            assert members == (False,)
            assert run(base, base.owner, "verify")[0] == 0
        finally:
            remove(url, *roles.all, manager)

    def test_commands_of_the_owner_say_whose_they_are(self, base: Base) -> None:
        whose = f"belongs to the role {base.roles.owner}, and this is {base.roles.web}"
        not_theirs = "The database role that this runs as may not do it"
        for url, command, words in (
            (base.web, "migrate", whose),
            (base.web, "verify", not_theirs),
            (base.web, "rebuild", not_theirs),
            (base.reading, "migrate", not_theirs),
            (base.reading, "seed", not_theirs),
        ):
            status, _, told = run(base, url, command)
            assert (status, "Traceback" in told, words in told) == (1, False, True), told

    def test_reading_role_reads_what_is_published_and_nothing_else(self, base: Base) -> None:
        published = {model._meta.db_table for model in reading_room()}
        with psycopg.connect(base.reading, autocommit=True) as connection:
            for model in models():
                table = sql.Identifier(model._meta.db_table)
                query = sql.SQL("SELECT * FROM {}").format(table)
                if model._meta.db_table in published:
                    connection.execute(query)
                else:
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        connection.execute(query)
                for write in ("DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES", "TRUNCATE {}"):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        connection.execute(sql.SQL(write).format(table))


# Passwords and names


def proof(password: str, verifier: str) -> bool:
    """Whether the verifier that PostgreSQL keeps is of the password (RFC 5802)."""
    kind, rounds_and_salt, keys = verifier.split("$")
    rounds, salt = rounds_and_salt.split(":")
    stored, _, _ = keys.partition(":")
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(salt), int(rounds))
    client = hmac.digest(salted, b"Client Key", "sha256")
    return kind == "SCRAM-SHA-256" and hashlib.sha256(client).digest() == base64.b64decode(stored)


def proven(passwords: tuple[str, ...], kept: list[str]) -> bool:
    return all(itertools.starmap(proof, zip(passwords, kept, strict=True)))


def verifiers(base: Base) -> list[str]:
    with psycopg.connect(base.administrator) as connection:
        rows = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = ANY(%s) "
            "ORDER BY array_position(%s, rolname::text)",
            [list(base.roles.all), list(base.roles.all)],
        ).fetchall()
    return [verifier for (verifier,) in rows]


@pytest.mark.process
@on_postgresql
class TestPasswords:
    def test_are_kept_as_scram_and_said_nowhere(self, database_copies: Copies) -> None:
        roles = named("logged-owner", "logged-web", "logged-read")
        logged = {"PGOPTIONS": "-c log_statement=all -c log_min_duration_statement=0"}
        with base_with_roles(database_copies, roles, **logged) as base:
            assert proven(PASSWORDS, verifiers(base))
            status, out, errors = run(base, base.administrator, "setup_roles", "--verbosity=3")
            assert status == 0
            log = _server_log(base)
            assert f'CREATE ROLE "{roles.web}"' in log
            for text in (out, errors, log):
                assert [p for p in (*PASSWORDS, "SCRAM-SHA-256$") if p in text] == []

    def test_stay_where_none_is_given(self, fresh: Base) -> None:
        before = verifiers(fresh)
        silent = {name: "" for name in fresh.environment if name.endswith("PASSWORD")}
        done = run_manage(fresh.administrator, "setup_roles", **(fresh.environment | silent))
        assert (done.stdout, verifiers(fresh)) == (RIGHT_ALREADY, before)

    def test_new_role_without_one_is_told(self, database_copies: Copies) -> None:
        roles = named("open-owner", "open-web", "open-read")
        url = administrator(database_copies.make())
        base = Base(url, roles, environment(roles, ("one", "", "")))
        try:
            _, out, _ = run(base, url, "setup_roles")
            assert out.splitlines()[1:] == [
                f"{roles.owner}: password set.",
                f"{roles.reading}: made without a password.",
                f"{roles.web}: made without a password.",
            ]
            assert verifiers(base)[1:] == [None, None]
        finally:
            remove(url, *roles.all)

    def test_hostile_names_and_passwords_are_taken_as_they_stand(
        self, database_copies: Copies
    ) -> None:
        roles = named("we\"ird %s {} $$ ;--'", "Web\\'; DROP TABLE x", "läsare pg_")
        passwords = ("'; DROP ROLE postgres; --", '$$ " \\ % %(x)s {}', "pässword ☃")
        url = administrator(database_copies.make())
        base = Base(url, roles, environment(roles, passwords))
        try:
            status, out, errors = run(base, url, "setup_roles")
            assert (status, errors) == (0, ""), out
            assert proven(passwords, verifiers(base))
            assert standing(base) == wanted(roles)
            assert run(base, base.owner, "migrate", "--verbosity=0") == (0, "", "")
            assert run(base, base.owner, "verify")[0] == 0
            with psycopg.connect(base.web) as connection:
                assert connection.execute("SELECT current_user").fetchone() == (roles.web,)
        finally:
            remove(url, *roles.all)


def _server_log(base: Base) -> str:
    """Of a server that the tests started."""
    with psycopg.connect(base.administrator) as connection:
        row = connection.execute(
            "SELECT pg_read_file(current_setting('data_directory') || '/../log', 0, 10000000, true)"
        ).fetchone()
    assert row is not None
    if row[0] is None:
        pytest.skip("the log of a server that others started is not where ours is")
    return str(row[0])
