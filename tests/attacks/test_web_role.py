"""Whoever sends SQL as the site's role changes no row that is on record, by whatever way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from psycopg import sql

from msportal.roles.wanted import models
from publication.frozen import Frozen
from tests.databases import Copies, run_manage
from tests.roles import NO_ROLES, ON_POSTGRESQL, Base, base_with_roles, named

pytestmark = [pytest.mark.skipif(not ON_POSTGRESQL, reason=NO_ROLES), pytest.mark.process]

FROZEN = sorted(model._meta.db_table for model in models() if issubclass(model, Frozen))
FORBIDDEN = "42501"
"""PostgreSQL's insufficient_privilege."""
NONSENSE = {"42601", "42P01", "42703", "42883", "42704", "42846", "42804", "42P13", "22P02"}
"""Of statements that nobody could run: syntax, and names and types that are not there."""


@dataclass(frozen=True, slots=True)
class Attack:
    """Statements sent one after another in one transaction; the names are put in the braces."""

    way: str
    statements: tuple[str, ...]
    alone: bool = False
    """What cannot be tried within a transaction, and so not by a superuser who takes it back."""


def attack(way: str, *statements: str, alone: bool = False) -> Attack:
    return Attack(way, statements, alone)


ENTRY, TEXT = "publication_entry", "sources_document"
ATTACKS = (
    # Rows
    *(attack(f"update {table}", f"UPDATE {table} SET {{column}} = {{column}}") for table in FROZEN),
    *(attack(f"delete {table}", f"DELETE FROM {table}") for table in FROZEN),
    *(attack(f"truncate {table}", f"TRUNCATE {table} CASCADE") for table in FROZEN),
    attack("update of one column", f"UPDATE {TEXT} SET text = 'Forged.'"),
    attack("update that changes nothing", f"UPDATE {ENTRY} SET seq = seq WHERE false"),
    attack("update from another table", f"UPDATE {ENTRY} SET note = s.slug FROM sources_source s"),
    attack("delete with another table", f"DELETE FROM {ENTRY} USING sources_source s"),
    attack("truncate of what refers to it", "TRUNCATE sources_source, sources_document CASCADE"),
    attack("truncate through the table it refers to", "TRUNCATE sources_source CASCADE"),
    attack("truncate of a table of which rows may go", "TRUNCATE django_session CASCADE"),
    attack("insert or update", f"INSERT INTO {ENTRY} SELECT * FROM {ENTRY} "
           "ON CONFLICT (seq) DO UPDATE SET note = 'Forged.'"),
    attack("merge, update", f"MERGE INTO {ENTRY} e USING {ENTRY} o ON o.seq = e.seq "
           "WHEN MATCHED THEN UPDATE SET note = 'Forged.'"),
    attack("merge, delete", f"MERGE INTO {TEXT} e USING {TEXT} o ON o.id = e.id "
           "WHEN MATCHED THEN DELETE"),
    attack("writable query, delete", f"WITH gone AS (DELETE FROM {ENTRY} RETURNING *) "
           "SELECT count(*) FROM gone"),
    attack("writable query, update", f"WITH forged AS (UPDATE {TEXT} SET text = 'Forged.' "
           "RETURNING id) SELECT * FROM forged"),
    attack("cursor", f"DECLARE place CURSOR FOR SELECT * FROM {ENTRY}", "FETCH place",
           f"UPDATE {ENTRY} SET note = 'Forged.' WHERE CURRENT OF place"),
    attack("cursor for update", f"DECLARE place CURSOR FOR SELECT * FROM {ENTRY} FOR UPDATE",
           "FETCH place"),
    attack("prepared statement", f"PREPARE forge AS UPDATE {ENTRY} SET note = $1",
           "EXECUTE forge('Forged.')"),
    attack("block of code", f"DO $$ BEGIN EXECUTE 'DELETE FROM {ENTRY}'; END $$"),
    attack("deferred rules", "SET CONSTRAINTS ALL DEFERRED", f"DELETE FROM {TEXT}"),
    attack("another isolation", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
           f"UPDATE {TEXT} SET text = ''"),
    attack("row security off", "SET row_security = off", f"UPDATE {TEXT} SET text = ''"),
    attack("lock against everybody", f"LOCK TABLE {ENTRY} IN ACCESS EXCLUSIVE MODE"),
    attack("lock of rows", f"SELECT 1 FROM {ENTRY} FOR SHARE"),
    # Rows of the tables between
    attack("delete of a record, with its texts", "DELETE FROM sources_source"),
    attack("delete of a person", "DELETE FROM editorial_user"),
    attack("delete of the log's head", "DELETE FROM publication_loghead"),
    attack("another head", "INSERT INTO publication_loghead (id, seq, hash, at) "
           "VALUES (2, 0, '', '')"),
    attack("update of an address", "UPDATE publication_publishedaddress SET slug = 'forged'"),
    attack("delete of a read model", "DELETE FROM sources_publishedsource"),
    attack("update of somebody's word", "UPDATE sources_vouch SET user_id = 0"),
    # Tables
    attack("drop of the table", f"DROP TABLE {ENTRY} CASCADE"),
    attack("drop of a column", f"ALTER TABLE {ENTRY} DROP COLUMN note"),
    attack("another column", f"ALTER TABLE {ENTRY} ADD COLUMN forged text DEFAULT 'x'"),
    attack("another type, rows written anew",
           f"ALTER TABLE {TEXT} ALTER COLUMN text TYPE text USING 'Forged.'"),
    attack("column made anew", f"ALTER TABLE {TEXT} DROP COLUMN size, "
           "ADD COLUMN size integer DEFAULT 0"),
    attack("drop of a constraint", f"ALTER TABLE {ENTRY} DROP CONSTRAINT entry_sound"),
    attack("drop of a key", f"ALTER TABLE {ENTRY} DROP CONSTRAINT publication_entry_pkey CASCADE"),
    attack("drop of an index", "DROP INDEX entry_one_approval_a_version"),
    attack("another index", f"CREATE INDEX forged ON {ENTRY} (note)"),
    attack("rename of the table", f"ALTER TABLE {ENTRY} RENAME TO entry_before"),
    attack("rename of a column", f"ALTER TABLE {ENTRY} RENAME COLUMN note TO note_before"),
    attack("rename of an index", "ALTER INDEX entry_demonstration RENAME TO forged"),
    attack("move to another schema", f"ALTER TABLE {ENTRY} SET SCHEMA pg_catalog"),
    attack("swap of tables", f"ALTER TABLE {TEXT} RENAME TO before",
           f"CREATE TABLE {TEXT} AS SELECT * FROM before"),
    attack("inheritance", f"CREATE TABLE forged () INHERITS ({ENTRY})"),
    attack("table of one's own", "CREATE TABLE forged (id integer)"),
    attack("table of one's own that holds keys",
           f"CREATE TABLE forged (seq bigint REFERENCES {ENTRY} ON DELETE CASCADE)"),
    attack("key that takes rows along", f"ALTER TABLE {TEXT} ADD CONSTRAINT forged "
           "FOREIGN KEY (source_id) REFERENCES sources_source ON DELETE CASCADE"),
    attack("key that changes rows", "ALTER TABLE sources_passage ADD CONSTRAINT forged FOREIGN KEY "
           "(source_id) REFERENCES sources_source ON UPDATE CASCADE"),
    attack("rows to a file store of their own", f"ALTER TABLE {ENTRY} SET UNLOGGED"),
    attack("statistics that run code", f"CREATE STATISTICS forged ON note, at FROM {ENTRY}"),
    # Rules
    attack("triggers off", f"ALTER TABLE {ENTRY} DISABLE TRIGGER ALL"),
    attack("one trigger off", f"ALTER TABLE {ENTRY} DISABLE TRIGGER publication_entry_no_update"),
    attack("trigger for replicas alone",
           f"ALTER TABLE {ENTRY} ENABLE REPLICA TRIGGER publication_entry_no_delete"),
    attack("drop of a trigger", f"DROP TRIGGER publication_entry_no_update ON {ENTRY}"),
    attack("rename of a trigger",
           f"ALTER TRIGGER publication_entry_no_update ON {ENTRY} RENAME TO forged"),
    attack("trigger in its place", f"CREATE OR REPLACE TRIGGER publication_entry_no_update "
           f"AFTER INSERT ON {ENTRY} EXECUTE FUNCTION publication_refuse('')"),
    attack("trigger of one's own", f"CREATE TRIGGER forged BEFORE UPDATE ON {ENTRY} "
           "FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
    attack("trigger for events", "CREATE EVENT TRIGGER forged ON ddl_command_start "
           "EXECUTE FUNCTION publication_refuse()"),
    attack("rewriting rule", f"CREATE RULE forged AS ON INSERT TO {ENTRY} DO INSTEAD NOTHING"),
    attack("function in the place of ours", "CREATE OR REPLACE FUNCTION publication_refuse() "
           "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"),
    attack("drop of our function", "DROP FUNCTION publication_refuse() CASCADE"),
    attack("rename of our function", "ALTER FUNCTION entry_number() RENAME TO forged"),
    attack("settings of our function", "ALTER FUNCTION entry_number() SET search_path = pg_temp"),
    attack("our function as somebody else", "ALTER FUNCTION entry_number() SECURITY DEFINER"),
    attack("function with its maker's rights", "CREATE FUNCTION forged() RETURNS void LANGUAGE sql "
           f"SECURITY DEFINER AS 'DELETE FROM {ENTRY}'"),
    attack("temporary function", "CREATE FUNCTION pg_temp.forged() RETURNS void LANGUAGE sql "
           f"SECURITY DEFINER AS 'DELETE FROM {ENTRY}'"),
    attack("policy", f"CREATE POLICY forged ON {ENTRY} USING (true)"),
    attack("rows hidden", f"ALTER TABLE {ENTRY} ENABLE ROW LEVEL SECURITY"),
    attack("as a replica", "SET session_replication_role = replica", f"DELETE FROM {ENTRY}"),
    attack("as a replica, from the next sign-in on",
           "ALTER ROLE {web} SET session_replication_role = replica"),
    attack("as a replica, the whole database",
           "ALTER DATABASE {database} SET session_replication_role = replica"),
    attack("setting through a function",
           "SELECT set_config('session_replication_role', 'replica', false)"),
    attack("setting through the catalog",
           "UPDATE pg_settings SET setting = 'replica' WHERE name = 'session_replication_role'"),
    attack("settings of the server", "ALTER SYSTEM SET session_replication_role = replica",
           alone=True),
    # Names
    attack("view", f"CREATE VIEW forged AS SELECT * FROM {ENTRY}"),
    attack("temporary view", f"CREATE TEMPORARY VIEW {ENTRY} AS SELECT 1 AS seq"),
    attack("temporary table before ours", "SET search_path = pg_temp, public",
           f"CREATE TEMPORARY TABLE {ENTRY} (seq bigint)"),
    attack("schema before ours", "CREATE SCHEMA forged", "SET search_path = forged, public"),
    attack("schema of one's own name", "CREATE SCHEMA AUTHORIZATION {web}"),
    attack("rename of the schema", "ALTER SCHEMA public RENAME TO before"),
    attack("operator in the place of one", "CREATE OPERATOR public.= (LEFTARG = text, "
           "RIGHTARG = text, FUNCTION = texteq)"),
    attack("type", "CREATE DOMAIN public.forged AS text"),
    # Roles
    attack("be the owner", "SET ROLE {owner}"),
    attack("be the owner, from the start", "SET SESSION AUTHORIZATION {owner}"),
    attack("be the superuser", "SET ROLE {superuser}"),
    attack("be the owner, through a function", "SELECT set_config('role', {owner:text}, false)"),
    attack("member of the owner", "GRANT {owner} TO {web}"),
    attack("member of a role that writes everywhere", "GRANT pg_write_all_data TO {web}"),
    attack("right to update", f"GRANT UPDATE ON {ENTRY} TO {{web}}",
           f"UPDATE {ENTRY} SET note = 'Forged.'"),
    attack("right of everybody", f"GRANT ALL ON {ENTRY} TO PUBLIC", f"DELETE FROM {ENTRY}"),
    attack("rights on what comes",
           "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT ALL ON TABLES TO {web}"),
    attack("superuser", "ALTER ROLE {web} SUPERUSER"),
    attack("maker of roles", "ALTER ROLE {web} CREATEROLE"),
    attack("past row security", "ALTER ROLE {web} BYPASSRLS"),
    attack("role of one's own", "CREATE ROLE forged SUPERUSER LOGIN"),
    attack("the owner's password", "ALTER ROLE {owner} PASSWORD 'mine'"),
    attack("table to oneself", f"ALTER TABLE {ENTRY} OWNER TO {{web}}"),
    attack("database to oneself", "ALTER DATABASE {database} OWNER TO {web}"),
    attack("all of the owner's to oneself", "REASSIGN OWNED BY {owner} TO {web}"),
    attack("all of the owner's away", "DROP OWNED BY {owner} CASCADE"),
    attack("the whole database away", "DROP DATABASE {database}", alone=True),
    # Catalog, files, other servers
    attack("catalog: triggers", "UPDATE pg_trigger SET tgenabled = 'D'"),
    attack("catalog: owner", "UPDATE pg_class SET relowner = 'pg_read_all_data'::regrole"),
    attack("catalog: rights", "UPDATE pg_class SET relacl = NULL"),
    attack("catalog unlocked", "SET allow_system_table_mods = on"),
    attack("numbers set back", "SELECT setval('publication_contribution_id_seq', 1)"),
    attack("numbers start anew", "ALTER SEQUENCE sources_document_id_seq RESTART"),
    attack("numbers used up", "SELECT nextval('sources_document_id_seq')"),
    attack("file into a table", f"COPY {ENTRY} FROM '/dev/null'"),
    attack("table into a file", f"COPY {ENTRY} TO '/tmp/forged'", alone=True),
    attack("program, in", f"COPY {ENTRY} FROM PROGRAM 'true'"),
    attack("program, out", f"COPY {ENTRY} TO PROGRAM 'true'"),
    attack("file as a large object", "SELECT lo_import('/etc/passwd')"),
    attack("large object as a file", "SELECT lo_export(1, '/tmp/forged')", alone=True),
    attack("file read", "SELECT pg_read_file('postgresql.conf')"),
    attack("folder read", "SELECT pg_ls_dir('.')"),
    attack("settings read anew", "SELECT pg_reload_conf()"),
    attack("extension", "CREATE EXTENSION file_fdw", alone=True),
    attack("library", "LOAD '$libdir/plugins/../pgoutput'"),
    attack("language", "CREATE LANGUAGE forged HANDLER plpgsql_call_handler"),
    attack("function in C", "CREATE FUNCTION forged() RETURNS void LANGUAGE c "
           "AS '$libdir/pgoutput', '_PG_output_plugin_init'", alone=True),
    attack("replication, out", "CREATE PUBLICATION forged FOR ALL TABLES"),
    attack("replication, in", "CREATE SUBSCRIPTION forged CONNECTION 'dbname=x' PUBLICATION y "
           "WITH (connect = false, slot_name = NONE)"),
    attack("foreign server", "CREATE FOREIGN DATA WRAPPER forged"),
)  # fmt: skip


SAID = """
from editorial import actions
from editorial.interests import declare
from editorial.models import Judgement, User
from editorial.replying import reply
from tests.building import source_with_text
editor, reviewer = (User.objects.get(groups__name=role) for role in ("editor", "reviewer"))
declare(text="None.", by=reviewer)
source = actions.submit(source_with_text("Another work. Two."), by=editor)
pair = source.pairs()[0].digest
actions.judge(source, pair=pair, verdict="disagree", by=reviewer, note="It says nothing.")
reply(source, judgement=Judgement.objects.latest("pk").pk, text="It says two.", by=editor)
"""
REPORTED = """
from editorial.answering import answer
from editorial.models import User
from tests.reporting import reported
report = reported("/therapies/ocrelizumab/report/")
answer(report, outcome="kept", seen=0, by=User.objects.get(groups__name="editor"))
"""


FILED = """
from tests.filed import received
received()
"""


@pytest.fixture(scope="module")
def base(database_copies: Copies) -> Iterator[Base]:
    """With rows in every frozen table, all written by the site's role."""
    roles = named("attacked-owner", "attacked-web", "attacked-read")
    with base_with_roles(database_copies, roles) as found:
        there = {"MSPORTAL_DEMONSTRATION": "true", **found.environment}
        run_manage(found.web, "demo", **there)
        for story in (SAID, REPORTED, FILED):
            run_manage(found.web, "shell", "--verbosity=0", "-c", story, **there)
        yield found


@pytest.fixture(scope="module")
def before(base: Base) -> dict[str, Any]:
    return standing(base)


def standing(base: Base) -> dict[str, Any]:
    """Every byte of the frozen rows, and all that keeps them."""
    queries = {
        table: sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table))
        for table in FROZEN
    } | {
        "columns": sql.SQL(
            "SELECT attrelid::regclass::text, attname, atttypid, attnotnull FROM pg_attribute "
            "WHERE attrelid = ANY(SELECT oid FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace) ORDER BY 1, attnum"
        ),
        "relations": sql.SQL(
            "SELECT relname, relkind, relowner, relacl::text, relrowsecurity, relhastriggers "
            "FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
        ),
        "constraints": sql.SQL(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2"
        ),
        "triggers": sql.SQL(
            "SELECT tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger "
            "WHERE NOT tgisinternal ORDER BY 1"
        ),
        "internal triggers": sql.SQL(
            "SELECT tgenabled, count(*) FROM pg_trigger WHERE tgisinternal GROUP BY 1"
        ),
        "functions": sql.SQL(
            "SELECT proname, proowner, proacl::text, pg_get_functiondef(oid) FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
        ),
        "rules": sql.SQL("SELECT rulename, ev_class FROM pg_rewrite ORDER BY 2, 1"),
        "schemas": sql.SQL("SELECT nspname, nspowner, nspacl::text FROM pg_namespace "
                           "WHERE nspname !~ '^pg_(toast_)?temp' ORDER BY 1"),
        "roles": sql.SQL("SELECT r.*, ARRAY(SELECT roleid FROM pg_auth_members WHERE member = "
                         "r.oid) FROM pg_roles r WHERE rolname ~ '^attacked' ORDER BY rolname"),
        "settings": sql.SQL("SELECT * FROM pg_db_role_setting ORDER BY 1, 2"),
    }  # fmt: skip
    with psycopg.connect(base.administrator) as connection:
        return {name: connection.execute(query).fetchall() for name, query in queries.items()}


def written(base: Base, one: Attack) -> list[sql.Composed]:
    """Its statements with the names of this database."""
    with psycopg.connect(base.administrator) as connection:
        superuser, database = connection.info.user, connection.info.dbname
    names = {
        "web": sql.Identifier(base.roles.web),
        "owner": sql.Identifier(base.roles.owner),
        "superuser": sql.Identifier(superuser),
        "database": sql.Identifier(database),
        "column": sql.Identifier("at"),
    }
    table = one.way.partition(" ")[2]
    if table in ("sources_document", "sources_passage"):
        names["column"] = sql.Identifier("source_id")
    if table == "sources_documentfile":
        names["column"] = sql.Identifier("document_id")
    return [
        sql.SQL(text.replace("{owner:text}", "{literal}")).format(
            **names, literal=sql.Literal(base.roles.owner)
        )
        for text in one.statements
    ]


def test_there_are_many_ways() -> None:
    ways = [one.way for one in ATTACKS]
    assert len(ways) == len(set(ways)) >= 40
    assert len(FROZEN) >= 6


def outcome(base: Base, one: Attack, url: str, *, keep: bool) -> tuple[str, str]:
    """With which SQLSTATE it ends, and what the database says; "00000" where it goes through."""
    try:
        with psycopg.connect(url, autocommit=one.alone) as connection:
            for statement in written(base, one):
                connection.execute(statement)
            if not keep:
                connection.rollback()
    except psycopg.Error as problem:
        return problem.sqlstate or "", str(problem)
    return "00000", "it went through"


@pytest.mark.parametrize("one", ATTACKS, ids=lambda one: one.way)
def test_nothing_on_record_is_changed(base: Base, before: dict[str, Any], one: Attack) -> None:
    assert [table for table in FROZEN if not before[table]] == []
    state, said = outcome(base, one, base.web, keep=True)
    assert state == FORBIDDEN, said
    assert standing(base) == before


@pytest.mark.parametrize("one", [a for a in ATTACKS if not a.alone], ids=lambda one: one.way)
def test_it_is_the_role_that_stops_it(base: Base, one: Attack) -> None:
    """A superuser is stopped by none of it for want of a right, and each statement makes sense."""
    state, said = outcome(base, one, base.administrator, keep=False)
    assert state not in {FORBIDDEN, *NONSENSE}, said


def test_after_all_of_it_everything_holds(base: Base, before: dict[str, Any]) -> None:
    assert standing(base) == before
    done = run_manage(base.owner, "verify", **base.environment)
    assert (done.returncode, done.stderr) == (0, "")
