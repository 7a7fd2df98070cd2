"""A database that its owner altered is named as such, each alteration exactly."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from publication import rules
from publication.structure import differences
from tests.databases import Copies, run_manage
from tests.structure import one_reference

pytestmark = pytest.mark.django_db

POSTGRESQL = connection.vendor == "postgresql"
on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="a forgery that only PostgreSQL knows")
on_sqlite = pytest.mark.skipif(POSTGRESQL, reason="a forgery that only SQLite knows")


def execute(*statements: str, using: str = "default") -> None:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def named(by: BaseDatabaseWrapper = connection) -> list[str]:
    """Where and what, without what mends it."""
    return [f"{found.where}: {found.what}" for found in differences(by)]


def test_migrated_database_is_as_declared() -> None:
    assert named() == []


ANOTHER = "is another one: "
ENTRY = "publication_entry"
HEAD = "publication_loghead"
CREATE = "CREATE OR REPLACE TRIGGER entry_number BEFORE INSERT ON publication_entry FOR EACH ROW"
CALL = "EXECUTE FUNCTION entry_number()"
BODY = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
DOCUMENT_SOURCE = "sources_document_source_id_27404748_fk_sources_source_id"

READER = (
    "CREATE ROLE structure_reader",
    "GRANT structure_reader TO CURRENT_USER",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO structure_reader",
)
LOCKS = """
SELECT l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE l.pid = %s AND c.relnamespace = 'public'::regnamespace
"""

ON_POSTGRESQL = {
    "trigger that asks nothing": (
        [f"{CREATE} WHEN (false) {CALL}"],
        [f"trigger entry_number on {ENTRY}: {ANOTHER}CREATE TRIGGER entry_number BEFORE INSERT "
         f"ON {ENTRY} FOR EACH ROW WHEN (false) {CALL}"],
    ),
    "trigger at another time": (
        [f"{CREATE.replace('INSERT', 'UPDATE')} {CALL}"],
        [f"trigger entry_number on {ENTRY}: {ANOTHER}CREATE TRIGGER entry_number BEFORE UPDATE "
         f"ON {ENTRY} FOR EACH ROW {CALL}"],
    ),
    "trigger on another table": (
        [f"DROP TRIGGER entry_number ON {ENTRY}", f"{CREATE.replace(ENTRY, HEAD)} {CALL}"],
        [f"trigger entry_number on {ENTRY}: missing",
         f"trigger entry_number on {HEAD}: nobody declared it"],
    ),
    "trigger of another schema's function": (
        ["CREATE SCHEMA other", f"CREATE FUNCTION other.entry_number() {BODY}",
         f"{CREATE} {CALL.replace('FUNCTION ', 'FUNCTION other.')}"],
        ["function entry_number: is another one: CREATE OR REPLACE FUNCTION other.entry_number() "
         f"{BODY.replace('$$', '$function$')}",
         f"trigger entry_number on {ENTRY}: {ANOTHER}CREATE TRIGGER entry_number BEFORE INSERT "
         f"ON {ENTRY} FOR EACH ROW EXECUTE FUNCTION other.entry_number()"],
    ),
    "disabled trigger": (
        [f"ALTER TABLE {ENTRY} DISABLE TRIGGER entry_number"],
        [f"trigger entry_number on {ENTRY}: disabled"],
    ),
    "trigger for replicas": (
        [f"ALTER TABLE {ENTRY} ENABLE REPLICA TRIGGER entry_number"],
        [f"trigger entry_number on {ENTRY}: fires on a replica alone"],
    ),
    "trigger that nobody declared": (
        [f"CREATE FUNCTION swallow() {BODY}",
         f"CREATE TRIGGER aaa BEFORE INSERT ON {ENTRY} FOR EACH ROW EXECUTE FUNCTION swallow()"],
        [f"trigger aaa on {ENTRY}: nobody declared it"],
    ),
    "hollow function": (
        ["CREATE OR REPLACE FUNCTION entry_number() " + BODY.replace("NULL", "NEW")],
        [f"function entry_number: {ANOTHER}CREATE OR REPLACE FUNCTION entry_number() RETURNS "
         "trigger LANGUAGE plpgsql AS $function$ BEGIN RETURN NEW; END $function$"],
    ),
    "dropped check": (
        [f"ALTER TABLE {HEAD} DROP CONSTRAINT log_has_one_head"],
        [f"check log_has_one_head of {HEAD}: missing"],
    ),
    "check of nothing": (
        [f"ALTER TABLE {HEAD} DROP CONSTRAINT log_has_one_head",
         f"ALTER TABLE {HEAD} ADD CONSTRAINT log_has_one_head CHECK (id > 0)"],
        [f"check log_has_one_head of {HEAD}: {ANOTHER}CHECK ((id > 0))"],
    ),
    "check of new rows alone": (
        [f"ALTER TABLE {HEAD} DROP CONSTRAINT log_has_one_head",
         f"ALTER TABLE {HEAD} ADD CONSTRAINT log_has_one_head CHECK (id = 1) NOT VALID"],
        [f"check log_has_one_head of {HEAD}: NOT VALID: older rows may break it"],
    ),
    "dropped unique constraint": (
        [f"ALTER TABLE {ENTRY} DROP CONSTRAINT publication_entry_hash_key"],
        [f"unique constraint publication_entry_hash_key of {ENTRY}: missing"],
    ),
    "deferred unique constraint": (
        [f"ALTER TABLE {ENTRY} DROP CONSTRAINT publication_entry_hash_key",
         f"ALTER TABLE {ENTRY} ADD CONSTRAINT publication_entry_hash_key UNIQUE (hash) DEFERRABLE"],
        [f"unique constraint publication_entry_hash_key of {ENTRY}: {ANOTHER}"
         "UNIQUE (hash) DEFERRABLE"],
    ),
    "index in the place of a unique constraint": (
        [f"ALTER TABLE {ENTRY} DROP CONSTRAINT publication_entry_hash_key",
         f"CREATE INDEX publication_entry_hash_key ON {ENTRY} (hash)"],
        [f"unique constraint publication_entry_hash_key of {ENTRY}: {ANOTHER}"
         f"CREATE INDEX ON {ENTRY} USING btree (hash)"],
    ),
    "dropped primary key": (
        [f"ALTER TABLE {HEAD} DROP CONSTRAINT publication_loghead_pkey"],
        [f"primary key publication_loghead_pkey of {HEAD}: missing"],
    ),
    "dropped unique index": (
        ["DROP INDEX entry_one_approval_a_version"],
        [f"index entry_one_approval_a_version of {ENTRY}: missing"],
    ),
    "index that is unique no more": (
        ["DROP INDEX entry_one_approval_a_version",
         f"CREATE INDEX entry_one_approval_a_version ON {ENTRY} (record_type, public_id, version)"
         " WHERE action = 'approve'"],
        [f"index entry_one_approval_a_version of {ENTRY}: {ANOTHER}CREATE INDEX ON {ENTRY} USING "
         "btree (record_type, public_id, version) WHERE action::text = 'approve'::text"],
    ),
    "unique index of fewer rows": (
        ["DROP INDEX entry_one_approval_a_version",
         "CREATE UNIQUE INDEX entry_one_approval_a_version"
         f" ON {ENTRY} (record_type, public_id, version) WHERE action = 'x'"],
        [f"index entry_one_approval_a_version of {ENTRY}: {ANOTHER}CREATE UNIQUE INDEX ON "
         f"{ENTRY} USING btree (record_type, public_id, version) "
         "WHERE action::text = 'x'::text"],
    ),
    "dropped index": (
        ["DROP INDEX entry_demonstration"],
        [f"index entry_demonstration of {ENTRY}: missing"],
    ),
    "dropped foreign key": (
        [f"ALTER TABLE sources_document DROP CONSTRAINT {DOCUMENT_SOURCE}"],
        [f"foreign key {DOCUMENT_SOURCE} of sources_document: missing"],
    ),
    "foreign key that deletes": (
        ["ALTER TABLE sources_document ADD CONSTRAINT away FOREIGN KEY (source_id)"
         " REFERENCES sources_source (id) ON DELETE CASCADE"],
        ["foreign key away of sources_document: nobody declared it, and it changes rows: "
         "FOREIGN KEY (source_id) REFERENCES sources_source(id) ON DELETE CASCADE"],
    ),
    "column that may be empty": (
        [f"ALTER TABLE {ENTRY} ALTER COLUMN note DROP NOT NULL"],
        [f"column note of {ENTRY}: may be NULL"],
    ),
    "column of another type": (
        [f"ALTER TABLE {ENTRY} ALTER COLUMN approver_name TYPE varchar(9)"],
        [f"column approver_name of {ENTRY}: is character varying(9), not character varying(300)"],
    ),
    "column that compares otherwise": (
        [f'ALTER TABLE {ENTRY} ALTER COLUMN approver_name TYPE varchar(300) COLLATE "C"'],
        [f'column approver_name of {ENTRY}: is character varying(300) COLLATE "C", '
         "not character varying(300)"],
    ),
    "default": (
        [f"ALTER TABLE {ENTRY} ALTER COLUMN note SET DEFAULT 'x'"],
        [f"column note of {ENTRY}: has the default 'x'::text"],
    ),
    "column without its numbers": (
        ["ALTER TABLE publication_contribution ALTER COLUMN id DROP IDENTITY"],
        ["column id of publication_contribution: is not numbered, not numbered by default"],
    ),
    "column of many-to-many rows": (
        ["ALTER TABLE editorial_user_groups ALTER COLUMN group_id DROP NOT NULL"],
        ["column group_id of editorial_user_groups: may be NULL"],
    ),
    "computed column that nobody declared": (
        [f"ALTER TABLE {ENTRY} ADD COLUMN extra int GENERATED ALWAYS AS (seq * 2) STORED"],
        [f"column extra of {ENTRY}: nobody declared it"],
    ),
    "column gone": (
        [f"ALTER TABLE {ENTRY} DROP COLUMN note CASCADE"],
        [f"column note of {ENTRY}: missing"],
    ),
    "rule that swallows": (
        [f"CREATE RULE hush AS ON UPDATE TO {HEAD} DO INSTEAD NOTHING"],
        [f"rule hush on {HEAD}: nobody declared it"],
    ),
    "row level security": (
        [f"ALTER TABLE {ENTRY} ENABLE ROW LEVEL SECURITY",
         f"CREATE POLICY few ON {ENTRY} USING (seq > 7)"],
        [f"table {ENTRY}: row level security is on: it hides or refuses rows",
         f"policy few on {ENTRY}: nobody declared it"],
    ),
    "heir": (
        [f"CREATE TABLE heir () INHERITS ({ENTRY})"],
        [f"table {ENTRY}: its rows are also those of heir, which inherit from it past its rules"],
    ),
    "unlogged table": (
        [f"ALTER TABLE {ENTRY} SET UNLOGGED"],
        [f"table {ENTRY}: is unlogged: a crash empties it"],
    ),
    "view in the place of a table": (
        [f"ALTER TABLE {HEAD} RENAME TO hidden", f"CREATE VIEW {HEAD} AS SELECT * FROM hidden"],
        [f"table {HEAD}: {ANOTHER}a view"],
    ),
    "partitioned table": (
        ["DROP TABLE django_session",
         "CREATE TABLE django_session (session_key varchar(40) NOT NULL) PARTITION BY LIST"
         " (session_key)"],
        [f"table django_session: {ANOTHER}a partitioned table"],
    ),
    "table gone": (["DROP TABLE django_session"], ["table django_session: missing"]),
    "table elsewhere": (
        ["CREATE SCHEMA other", "ALTER TABLE django_session SET SCHEMA other",
         "SET LOCAL search_path = public, other"],
        ["table django_session: found in the schema other, others in public"],
    ),
}  # fmt: skip


NO_SQL = {
    "column gone",
    "column without its numbers",
    "partitioned table",
    "table gone",
    "view in the place of a table",
}
"""What no statement mends that could be known beforehand."""


@on_postgresql
@pytest.mark.parametrize("forgery", ON_POSTGRESQL)
def test_forgery_of_postgresql_is_named_and_mended(forgery: str) -> None:
    statements, expected = ON_POSTGRESQL[forgery]
    execute(*statements)
    with one_reference():
        found = list(differences(connection))
        assert [f"{each.where}: {each.what}" for each in found] == expected
        execute(*(each.mend for each in found if each.mend.endswith(";")))
        rules.install(connection)
        assert (named() != []) == (forgery in NO_SQL)


@pytest.fixture
def superuser() -> Iterator[BaseDatabaseWrapper]:
    """A connection of who may do all, to the database of the tests; what it does is undone."""
    url = os.environ.get("TEST_SUPERUSER_URL")
    if url is None:
        pytest.skip("the server of these tests came without a superuser")
    who = urlsplit(url)
    settings = connection.settings_dict | {"USER": who.username, "PASSWORD": who.password or ""}
    mighty = type(connections["default"])(settings, alias="superuser")
    connections["superuser"] = mighty
    with transaction.atomic(using="superuser"):
        yield mighty
        transaction.set_rollback(True, using="superuser")
    mighty.close()
    del connections["superuser"]


OF_SUPERUSERS = {
    "foreign key kept by nobody": (
        ["ALTER TABLE sources_document DISABLE TRIGGER ALL",
         "ALTER TABLE sources_document ENABLE TRIGGER USER"],
        [f"foreign key {DOCUMENT_SOURCE} of sources_document: a trigger that keeps it is disabled",
         # The keys that lead to the table have triggers upon it too.
         "foreign key sources_documentfile_document_id_0d78b806_fk_sources_d of"
         " sources_documentfile: a trigger that keeps it is disabled",
         "foreign key sources_passage_document_id_3a631158_fk_sources_document_id of"
         " sources_passage: a trigger that keeps it is disabled",
         "foreign key therapies_proposal_document_id_0b8a6e36_fk_sources_document_id of"
         " therapies_proposal: a trigger that keeps it is disabled",
         "foreign key therapies_seensenten_document_id_46528a4a_fk_sources_d of"
         " therapies_seensentence: a trigger that keeps it is disabled"],
    ),
    "index that is not valid": (
        ["UPDATE pg_index SET indisvalid = false"
         " WHERE indexrelid = 'entry_one_approval_a_version'::regclass"],
        [f"index entry_one_approval_a_version of {ENTRY}: is not valid: it finds rows or"
         " refuses doubles in part"],
    ),
    "index of a constraint that is not valid": (
        ["UPDATE pg_index SET indisready = false"
         " WHERE indexrelid = 'publication_entry_hash_key'::regclass"],
        [f"unique constraint publication_entry_hash_key of {ENTRY}: its index is not valid"],
    ),
    "role that asks no trigger": (
        ["CREATE ROLE careless", "ALTER ROLE careless SET session_replication_role = replica"],
        ["role careless: session_replication_role=replica: no trigger and no foreign key is asked"],
    ),
    "session that asks no trigger": (
        ["SET LOCAL session_replication_role = replica"],
        ["database {database}: session_replication_role=replica: no trigger and no foreign key is"
         " asked"],
    ),
}  # fmt: skip


@on_postgresql
@pytest.mark.parametrize("forgery", OF_SUPERUSERS)
def test_forgery_of_a_superuser_is_named(forgery: str, superuser: BaseDatabaseWrapper) -> None:
    statements, expected = OF_SUPERUSERS[forgery]
    execute(*statements, using="superuser")
    assert named(superuser) == [
        each.format(database=connection.settings_dict["NAME"]) for each in expected
    ]


@on_postgresql
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("SECURITY DEFINER", " SECURITY DEFINER "),
        ("IMMUTABLE", " IMMUTABLE "),
        ("SET search_path = other, pg_temp", " SET search_path TO 'other', 'pg_temp' "),
        ("SET session_replication_role = replica", " SET session_replication_role TO 'replica' "),
    ],
)
def test_function_that_runs_otherwise_is_named(
    change: str, told: str, superuser: BaseDatabaseWrapper
) -> None:
    execute(f"ALTER FUNCTION entry_number() {change}", using="superuser")
    (found,) = differences(superuser)
    assert (found.where, told in found.what) == ("function entry_number", True)


@on_postgresql
def test_role_that_owns_nothing_may_look() -> None:
    execute(*READER, "SET LOCAL ROLE structure_reader")
    assert named() == []


@on_postgresql
def test_role_without_temporary_tables_is_told_what_to_ask_for() -> None:
    name = connection.settings_dict["NAME"]
    execute(*READER, f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC')
    execute(f"CREATE RULE hush AS ON UPDATE TO {HEAD} DO INSTEAD NOTHING")
    execute("SET LOCAL ROLE structure_reader")
    rule, refused = sorted(map(str, differences(connection)), reverse=True)
    assert rule.startswith(f"rule hush on {HEAD}: nobody declared it")
    assert refused == (
        f"database {name}: was not compared with what is declared: permission denied to create"
        f' temporary tables in database "{name}"; '
        f"GRANT TEMPORARY ON DATABASE {name} TO structure_reader;"
    )


@on_postgresql
def test_where_nothing_can_be_made_that_is_said() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        (said,) = map(str, differences(connection))
    assert "was not compared with what is declared: cannot execute CREATE TABLE" in said
    assert said.endswith("ask again as the owner, where tables can be made")


@on_postgresql
def test_nobody_waits_while_it_is_asked() -> None:
    """Somebody else writes before each statement and sees which locks the asking one has."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        cursor.execute("SELECT pg_backend_pid()")
        (asking,) = cursor.fetchone()
    locks: set[str] = set()
    written = 0

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        done = execute(sql, params, many, context)
        locks.update(mode for (mode,) in writer.execute(LOCKS, [asking]).fetchall())
        written += writer.execute(
            "INSERT INTO django_session VALUES (%s, 'x', now())", [f"written {written}"]
        ).rowcount
        writer.execute(f"UPDATE {HEAD} SET seq = seq + 1, hash = repeat('x', 64)")
        return done

    settings = connection.get_connection_params()
    settings = {name: settings[name] for name in ("host", "port", "user", "dbname")}
    with psycopg.connect(**settings) as writer:
        writer.execute("SET lock_timeout = '2s'")
        with connection.execute_wrapper(look):
            assert named() == []
        writer.rollback()
    assert written > 50
    assert locks <= {"AccessShareLock"}


@on_postgresql
def test_nothing_stays_of_having_asked() -> None:
    def state() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('search_path'), (SELECT count(*) FROM pg_class"
                " WHERE relpersistence = 't'), (SELECT count(*) FROM pg_proc)"
            )
            return list(cursor.fetchone())

    before = state()
    assert named() == []
    assert state() == before


HARMLESS = [
    f"CREATE INDEX more ON {ENTRY} (approver_name)",
    f"CREATE UNIQUE INDEX more ON {ENTRY} (previous)",
    *(
        f"ALTER TABLE {HEAD} {change}"
        for change in (
            "ADD CONSTRAINT more CHECK (seq < 1000000)",
            "RENAME CONSTRAINT publication_loghead_pkey TO of_another_name",
        )
        if POSTGRESQL
    ),
]


@pytest.mark.parametrize("change", HARMLESS)
def test_what_refuses_more_or_has_another_name_is_left(change: str) -> None:
    execute(change)
    assert named() == []


def rewritten(table: str, old: str, new: str) -> None:
    """The text of a table or index altered in SQLite's own catalog, past every statement."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = replace(sql, %s, %s) WHERE name = %s AND sql LIKE %s",
            [old, new, table, f"%{old}%"],
        )
        assert cursor.rowcount == 1
        cursor.execute("PRAGMA writable_schema = OFF")


ONE_HEAD = 'CONSTRAINT "log_has_one_head" CHECK ("id" = 1)'
OF_TEXT = {
    "dropped check": (
        (HEAD, f", {ONE_HEAD}", ""),
        [f"check log_has_one_head of {HEAD}: missing"],
    ),
    "check in a comment": (
        (HEAD, f", {ONE_HEAD}", f", CHECK (1) --, {ONE_HEAD},\n"),
        [f"check log_has_one_head of {HEAD}: missing"],
    ),
    "check in a text": (
        (HEAD, f", {ONE_HEAD}", f", CHECK ('' <> ', {ONE_HEAD}, ')"),
        [f"check log_has_one_head of {HEAD}: missing"],
    ),
    "check of nothing": (
        (HEAD, 'CHECK ("id" = 1)', "CHECK (1)"),
        [f'check log_has_one_head of {HEAD}: {ANOTHER}CONSTRAINT "log_has_one_head" CHECK (1)'],
    ),
    "dropped unique": (
        (ENTRY, '"hash" varchar(64) NOT NULL UNIQUE', '"hash" varchar(64) NOT NULL'),
        [f'column hash of {ENTRY}: {ANOTHER}"hash" varchar(64) NOT NULL'],
    ),
    "column that may be empty": (
        (ENTRY, '"note" text NOT NULL', '"note" text NULL'),
        [f'column note of {ENTRY}: {ANOTHER}"note" text NULL'],
    ),
    "column of another type": (
        (ENTRY, '"note" text NOT NULL', '"note" blob NOT NULL'),
        [f'column note of {ENTRY}: {ANOTHER}"note" blob NOT NULL'],
    ),
    "default": (
        (ENTRY, '"note" text NOT NULL', '"note" text NOT NULL DEFAULT 7'),
        [f'column note of {ENTRY}: {ANOTHER}"note" text NOT NULL DEFAULT 7'],
    ),
    "foreign key that deletes": (
        ("sources_document", '"source_id" bigint NOT NULL REFERENCES "sources_source" ("id")',
         '"source_id" bigint NOT NULL REFERENCES "sources_source" ("id") ON DELETE CASCADE'),
        [f'column source_id of sources_document: {ANOTHER}"source_id" bigint NOT NULL REFERENCES '
         '"sources_source" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED'],
    ),
    "constraint that replaces": (
        (HEAD, f", {ONE_HEAD}", f', {ONE_HEAD}, UNIQUE ("seq") ON CONFLICT REPLACE'),
        [f'unique constraint UNIQUE ("seq") ON CONFLICT REPLACE of {HEAD}: nobody declared it,'
         ' and it changes rows: UNIQUE ("seq") ON CONFLICT REPLACE'],
    ),
    "column that nobody declared": (
        (HEAD, f", {ONE_HEAD}", f', "extra" int AS ("seq" * 2) STORED, {ONE_HEAD}'),
        [f"column extra of {HEAD}: nobody declared it"],
    ),
    "column gone": (
        (ENTRY, '"note" text NOT NULL, ', ""), [f"column note of {ENTRY}: missing"],
    ),
    "column of many-to-many rows": (
        ("editorial_user_groups", '"group_id" integer NOT NULL', '"group_id" integer NULL'),
        [f'column group_id of editorial_user_groups: {ANOTHER}"group_id" integer NULL REFERENCES '
         '"auth_group" ("id") DEFERRABLE INITIALLY DEFERRED'],
    ),
    "unique index of fewer rows": (
        ("entry_one_approval_a_version", "'approve'", "'x'"),
        [f"index entry_one_approval_a_version of {ENTRY}: {ANOTHER}CREATE UNIQUE INDEX ON "
         f"""\"{ENTRY}\" ("record_type", "public_id", "version") WHERE "action" = 'x'"""],
    ),
}  # fmt: skip


@on_sqlite
@pytest.mark.parametrize("forgery", OF_TEXT)
def test_forgery_in_the_text_of_a_table_is_named(forgery: str) -> None:
    change, expected = OF_TEXT[forgery]
    rewritten(*change)
    assert named() == expected


@on_sqlite
def test_trigger_that_hides_behind_another_table_is_named() -> None:
    execute("CREATE TABLE harmless (a)", f"CREATE TRIGGER aaa BEFORE INSERT ON {ENTRY} {INERT}")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute("UPDATE sqlite_master SET tbl_name = 'harmless' WHERE name = 'aaa'")
        cursor.execute("PRAGMA writable_schema = OFF")
    assert named() == ["trigger aaa on harmless: nobody declared it"]


INERT = "BEGIN SELECT 1; END"
ON_SQLITE = {
    "trigger that asks nothing": (
        ["DROP TRIGGER entry_number",
         f"CREATE TRIGGER entry_number BEFORE INSERT ON {ENTRY} WHEN 0 {INERT}"],
        [f"trigger entry_number on {ENTRY}: {ANOTHER}CREATE TRIGGER entry_number BEFORE INSERT ON "
         f"{ENTRY} WHEN 0 {INERT}"],
    ),
    "trigger on another table": (
        ["DROP TRIGGER entry_number",
         f"CREATE TRIGGER entry_number BEFORE INSERT ON {HEAD} {INERT}"],
        [f"trigger entry_number on {ENTRY}: missing",
         f"trigger entry_number on {HEAD}: nobody declared it"],
    ),
    "trigger that nobody declared": (
        [f"CREATE TRIGGER aaa BEFORE INSERT ON {ENTRY} BEGIN SELECT RAISE(IGNORE); END"],
        [f"trigger aaa on {ENTRY}: nobody declared it"],
    ),
    "dropped unique index": (
        ["DROP INDEX entry_one_approval_a_version"],
        [f"index entry_one_approval_a_version of {ENTRY}: missing"],
    ),
    "index that is unique no more": (
        ["DROP INDEX entry_one_approval_a_version",
         f"CREATE INDEX entry_one_approval_a_version ON {ENTRY} (record_type, public_id, version)"],
        [f"index entry_one_approval_a_version of {ENTRY}: {ANOTHER}CREATE INDEX ON {ENTRY} "
         "(record_type, public_id, version)"],
    ),
    "dropped index": (
        ["DROP INDEX entry_demonstration"],
        [f"index entry_demonstration of {ENTRY}: missing"],
    ),
    "view in the place of a table": (
        ["ALTER TABLE django_session RENAME TO hidden",
         "CREATE VIEW django_session AS SELECT * FROM hidden"],
        [f"table django_session: {ANOTHER}a view"],
    ),
    "table without row ids": (
        ["DROP TABLE django_session",
         'CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY,'
         ' "session_data" text NOT NULL, "expire_date" datetime NOT NULL) WITHOUT ROWID',
         'CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date")'],
        [f"table django_session: {ANOTHER}a table, WITHOUT ROWID"],
    ),
    "virtual table": (
        ["DROP TABLE django_session",
         "CREATE VIRTUAL TABLE django_session USING fts4 (session_key, session_data, expire_date)"],
        [f"table django_session: {ANOTHER}the text of another one, or a virtual table"],
    ),
    "table gone": (["DROP TABLE django_session"], ["table django_session: missing"]),
}  # fmt: skip


@on_sqlite
@pytest.mark.parametrize("forgery", ON_SQLITE)
def test_forgery_of_sqlite_is_named(forgery: str) -> None:
    statements, expected = ON_SQLITE[forgery]
    execute(*statements)
    assert named() == expected


@on_sqlite
@pytest.mark.parametrize(
    "forgery", [name for name in ON_SQLITE if "index" in name or "trigger" in name]
)
def test_forgery_of_sqlite_is_mended_as_said(forgery: str) -> None:
    execute(*ON_SQLITE[forgery][0])
    rules.install(connection)
    for found in list(differences(connection)):
        execute(*filter(str.strip, found.mend.split(";")))
    assert named() == []


STEPS = """
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from publication.structure import differences
executor = MigrationExecutor(connection)
for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
    MigrationExecutor(connection).migrate([(migration.app_label, migration.name)])
call_command("migrate", verbosity=0)
with transaction.atomic(), connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    print("found", [str(each) for each in differences(connection)])
"""


@pytest.mark.process
def test_database_migrated_step_by_step_is_as_declared(database_copies: Copies) -> None:
    url = database_copies.make_empty()
    try:
        said = run_manage(url, "shell", "--verbosity=0", "-c", STEPS).stdout
    finally:
        database_copies.remove(url)
    assert said == "found []\n"
