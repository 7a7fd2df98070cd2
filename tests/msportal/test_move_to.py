"""``move_to``: one database into another, wholly or not at all.

Moved is a SQLite file, into a database of the kind that the run of tests is on.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
import pytest
from django.apps import apps
from django.db import models
from psycopg import sql

from msportal.management.commands.move_to import heeded
from msportal.moving import ends, tables
from publication.search.tables import FTS
from tests import roles
from tests.databases import ROOT, Copies, PostgresqlCopies, run_manage
from tests.servers import Site

pytestmark = pytest.mark.process

ON_POSTGRESQL = os.environ["DATABASE_URL"].startswith("postgresql")
postgresql_alone = pytest.mark.skipif(not ON_POSTGRESQL, reason="about PostgreSQL")
sqlite_alone = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite")
GENERATED = {"vector"}
"""Columns that each database makes by itself, in its own way."""
LEFT_OUT = {"django_session", "axes_accessattempt"}


def shell(url: str, code: str) -> str:
    return run_manage(url, "shell", "--no-imports", "-c", code).stdout


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small base, what came later, the five documents, and odd things."""
    path = tmp_path_factory.mktemp("filled") / "site.sqlite3"
    url = f"sqlite:///{path}"
    run_manage(url, "migrate", "--verbosity=0")
    shell(url, "from tests.msportal import to_move; to_move.fill()")
    run_manage(url, "seed")
    return path


@pytest.fixture
def source(filled: Path, tmp_path: Path) -> str:
    """The URL of a copy of it."""
    return f"sqlite:///{shutil.copyfile(filled, tmp_path / 'source.sqlite3')}"


@pytest.fixture
def target(database_copies: Copies) -> Iterator[str]:
    """The URL of an empty database."""
    url = database_copies.make_empty()
    yield url
    database_copies.remove(url)


def change(url: str, statement: str) -> None:
    """Past the rules, which are taken down, and past Django."""
    with closing(sqlite3.connect(path_of(url), isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def everything(url: str) -> dict[str, list[Any]]:
    """All rows of all tables, asked of the database itself, in one form."""
    found = {}
    with closing(connected(url)) as connection:
        for table in table_names(url):
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            found[table] = sorted(
                json.dumps(
                    {c: plain(table, c, v) for c, v in row.items() if c not in GENERATED},
                    sort_keys=True,
                    default=str,
                )
                for row in rows
            )
    return found


def connected(url: str) -> Any:
    return (
        psycopg.connect(url) if urlsplit(url).scheme != "sqlite" else sqlite3.connect(path_of(url))
    )


def table_names(url: str) -> list[str]:
    """Of the tables that are there; none where there is no database."""
    if url.startswith("sqlite"):
        if not path_of(url).exists():
            return []
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        query += f"AND name NOT LIKE '{FTS}%'"
    else:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with closing(connected(url)) as connection:
        return sorted(name for (name,) in connection.execute(query).fetchall())


JSON = {
    (model._meta.db_table, field.column)
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, models.JSONField)
}


def plain(table: str, column: str, value: Any) -> Any:
    """SQLite's own form of a value: booleans are numbers, times are text, JSON is text."""
    if (table, column) in JSON and isinstance(value, str):
        return json.loads(value)
    if isinstance(value, bool):
        return int(value)
    if hasattr(value, "isoformat"):
        return str(value.replace(tzinfo=None))
    return value


def nothing_is_there(url: str) -> bool:
    if url.startswith("sqlite"):
        path = path_of(url)
        beside = list(path.parent.glob(f"{path.name}?*"))
        return not beside and not (path.exists() and path.stat().st_size)
    return table_names(url) == []


def test_all_rows_go_along_as_they_are(source: str, target: str) -> None:
    before = everything(source)
    done = run_manage(source, "move_to", target)
    assert everything(source) == before
    for table in LEFT_OUT:
        assert before[table] != []
        before[table] = []
    assert everything(target) == before
    with closing(connected(source)) as connection:
        head = connection.execute("SELECT seq, hash FROM publication_loghead").fetchone()
    assert f"up to entry {head[0]}, hash {head[1]}." in done.stdout
    assert done.stderr == ""


def test_what_was_moved_is_sound_and_another_migrate_changes_nothing(
    source: str, target: str
) -> None:
    run_manage(source, "move_to", target)
    run_manage(target, "verify")
    before = everything(target)
    run_manage(target, "migrate", "--check")
    run_manage(target, "migrate")
    assert everything(target) == before


def test_site_serves_it_and_work_goes_on(
    source: str, target: str, site_server: Callable[..., Site]
) -> None:
    """New rows get new numbers, and never one of a row that was deleted."""
    given = int(shell(source, "from tests.msportal import to_move; to_move.delete_the_newest()"))
    run_manage(source, "move_to", target)
    sites = [site_server(url, MSPORTAL_DEMONSTRATION="false") for url in (source, target)]
    for path in ("/api/v1/log/", "/api/v1/claims/", "/therapies/", "/therapies/ocrelizumab-iv/"):
        old, new = (answer(f"{site.url}{path}") for site in sites)
        assert old == new, path
    made = int(shell(target, "from tests.msportal import to_move; to_move.go_on()"))
    assert made > given
    run_manage(target, "verify")


def answer(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as response:
        body: bytes = response.read()
    for own in (url, urlsplit(url).netloc):
        body = body.replace(own.encode(), b"").replace(quote(own, safe="").encode(), b"")
    return body


# What is in the way


def refused(source: str, *arguments: str, status: int = 1, **environment: str) -> str:
    """What the command says as it moves nothing."""
    done = run_manage(source, "move_to", *arguments, check=False, **environment)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
    return done.stderr


def test_full_database_is_not_written_over(source: str, database_copy: str) -> None:
    before = everything(database_copy)
    said = refused(source, database_copy)
    assert "is not empty" in said or "already" in said
    assert everything(database_copy) == before


def test_database_is_not_moved_into_itself(source: str, database_copy: str) -> None:
    for url in (source, database_copy):
        assert "is the database that is to be moved" in refused(url, url)


def test_source_of_another_release_is_not_moved(source: str, target: str, tmp_path: Path) -> None:
    assert "no file" in refused(f"sqlite:///{tmp_path}/none.sqlite3", target)
    assert not (tmp_path / "none.sqlite3").exists()
    change(source, "UPDATE django_migrations SET name = '0999_newer' WHERE name = '0003_vouching'")
    assert "run “manage.py migrate” first" in refused(source, target)
    change(source, "INSERT INTO django_migrations VALUES (999, 'sources', '0003_vouching', 0)")
    assert "by another release, with sources.0999_newer" in refused(source, target)
    assert nothing_is_there(target)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE therapies_claim SET text = X'610062' WHERE id = 3",
         "Table therapies_claim, row 3, column text: b'a\\x00b' is not text."),
        ("UPDATE editorial_user SET last_login = 'soon' WHERE id = 1",
         "Table editorial_user, row 1, column last_login: 'soon' is not understood."),
        ("UPDATE therapies_claim SET acts_by_id = 999 WHERE id = 3", "999"),
        ("UPDATE publication_entry SET note = note || '!' WHERE seq = 2",
         "log entry 2: its “note” is not what its envelope says"),
    ],
)  # fmt: skip
def test_what_is_not_sound_is_not_moved(
    source: str, target: str, statement: str, said: str
) -> None:
    change(source, statement)
    assert said in refused(source, target)
    assert nothing_is_there(target)


@postgresql_alone
def test_what_postgresql_cannot_hold_is_named(source: str, target: str) -> None:
    change(source, "UPDATE therapies_claim SET text = 'a' || char(0) WHERE id = 3")
    said = refused(source, target)
    assert "Table therapies_claim, row 3, column text: it has the character NUL" in said
    assert nothing_is_there(target)


SECRET = "s3cr3t-Word"


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        (f"postgresql://ann:12/{SECRET}@localhost/site", 2, "URL cannot be taken apart"),
        (f"postgresql://ann:{SECRET}@127.0.0.1:9/{SECRET}", 1, "The target cannot be reached."),
        (f"postgresql://ann:{SECRET}@127.0.0.1:9/site?sslmode=x", 1, 'invalid sslmode value: "x"'),
        (f"postgresql://ann:{SECRET}@127.0.0.1:9/site?colour=red", 1, "colour"),
        ("sqlite://:memory:", 1, "would be gone at once"),
        ("sqlite:////proc/none.sqlite3", 1, "A file cannot be read or written"),
    ],
)  # fmt: skip
def test_target_that_is_no_database_is_refused(
    source: str, url: str, status: int, said: str
) -> None:
    told = refused(source, url, status=status)
    assert said in told
    assert SECRET not in told


def test_url_comes_from_the_arguments_or_the_environment(source: str, target: str) -> None:
    assert "NEW_DATABASE is not set or empty" in refused(
        source, "--from-env", "NEW_DATABASE", status=2
    )
    assert "required" in refused(source, status=2)
    assert "not allowed with" in refused(source, target, "--from-env", "NEW_DATABASE", status=2)
    run_manage(source, "move_to", "--from-env", "NEW_DATABASE", NEW_DATABASE=target)
    assert everything(target)["publication_entry"] == everything(source)["publication_entry"]


@postgresql_alone
def test_database_of_another_encoding_is_refused(
    source: str, database_copies: PostgresqlCopies, target: str
) -> None:
    remake(target, "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    assert "keeps text as LATIN1" in refused(source, target)


@postgresql_alone
def test_role_that_may_make_no_tables_is_told(source: str, target: str) -> None:
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS msportal_test_guest")
        connection.execute("CREATE ROLE msportal_test_guest LOGIN PASSWORD 'x'")
    parts = urlsplit(target)
    guest = parts._replace(netloc=f"msportal_test_guest:x@{parts.netloc.rpartition('@')[2]}")
    said = refused(source, guest.geturl())
    assert "The role msportal_test_guest may not make tables in the target" in said
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute("DROP ROLE msportal_test_guest")


@postgresql_alone
def test_roles_that_were_set_up_get_their_rights(source: str, database_copies: Copies) -> None:
    """As at a migrate: the site, which owns nothing, can work in what was moved."""
    of = roles.named("mover", "mover_web", "mover_read")
    url = roles.administrator(database_copies.make_empty())
    base = roles.Base(url, of, roles.environment(of))
    try:
        run_manage(url, "setup_roles", **base.environment)
        run_manage(source, "move_to", base.owner, **base.environment)
        run_manage(base.owner, "verify", **base.environment)
        go_on = "from tests.msportal import to_move; to_move.go_on()"
        run_manage(base.web, "shell", "--no-imports", "-c", go_on, **base.environment)
        said = refused(source, base.web, **base.environment)
        assert f"The role {of.web} may not make tables" in said
    finally:
        roles.remove(url, *of.all)


@postgresql_alone
def test_role_of_short_patience_is_waited_for(source: str, target: str) -> None:
    """Its limits are for the site's requests."""
    run_manage(source, "move_to", f"{target}?options=-c%20statement_timeout%3D150ms")


@postgresql_alone
def test_older_server_is_refused(source: str, target: str) -> None:
    script = (
        "from msportal.moving import ends, errors, steps\nfrom msportal import environment\n"
        "from pathlib import Path\nends.OLDEST_POSTGRESQL = 99\n"
        f"config = environment.database_at({target!r}, Path('/'), named='URL')\n"
        "try: steps.move(config, tell=print, verified=lambda: True)\n"
        "except errors.NotMoved as why: print(why)"
    )
    assert "msportal needs 99 or newer" in shell(source, script)


def remake(url: str, how: str) -> None:
    """The database anew, in another way."""
    name = sql.Identifier(urlsplit(url).path.lstrip("/"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {}").format(name))
        connection.execute(sql.SQL(f"CREATE DATABASE {{}} {how}").format(name))


# While the site goes on, and when the command does not


IN_USE = """
import subprocess, sys
from msportal.moving import ends
from publication.models import LogHead
from tests.msportal import to_move
with ends.source() as source:
    heads = LogHead.objects.using(source.alias)
    before = heads.get().seq
    to_move.go_on()
    assert heads.get().seq == before, "another moment"
    assert LogHead.objects.get().seq == before + 2, "nothing was written"
"""


def test_source_is_one_moment_and_stops_no_writer(source: str, database_copy: str) -> None:
    shell(source, IN_USE)
    if ON_POSTGRESQL:
        shell(database_copy, "from tests.msportal import to_move; to_move.fill()")
        shell(database_copy, IN_USE)


def test_writer_stops_no_move_and_is_told_of(source: str, target: str) -> None:
    script = (
        "import io\nfrom django.core.management import call_command\n"
        "from tests.databases import run_manage\n"
        "class Out(io.StringIO):\n"
        "    def write(self, text):\n"
        "        if 'up to entry' in text:\n"
        f"            run_manage({source!r}, 'shell', '-c', "
        "'from tests.msportal import to_move; to_move.go_on()')\n"
        "        return super().write(text)\n"
        "err = io.StringIO()\n"
        f"call_command('move_to', {target!r}, stdout=Out(), stderr=err)\n"
        "print(err.getvalue())"
    )
    heads = "SELECT seq FROM publication_loghead"
    with closing(connected(source)) as connection:
        (before,) = connection.execute(heads).fetchone()
    assert f"its log has come to entry {before + 2}" in shell(source, script)
    with closing(connected(target)) as connection:
        assert connection.execute(heads).fetchone() == (before,)


def start(source: str, target: str) -> "subprocess.Popen[str]":
    """The command, as it is at work in the target."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "move_to", target],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": source},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not is_at_work(target):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return process


def is_at_work(target: str) -> bool:
    if target.startswith("sqlite"):
        return path_of(f"{target}.unfinished-wal").exists()
    name = urlsplit(target).path.lstrip("/")
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        query = "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database "
        query += "WHERE locktype = 'relation' AND mode = 'AccessExclusiveLock' AND datname = %s"
        row = connection.execute(query, [name]).fetchone()
    return row is not None and row[0] > 10


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_broken_off_in_the_middle_nothing_is_there(
    source: str, target: str, how: signal.Signals
) -> None:
    process = start(source, target)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    if how == signal.SIGINT:
        assert (process.returncode, "Traceback" in said) == (130, False)
        assert "Broken off: nothing was moved." in said
        assert nothing_is_there(target)
    elif not ON_POSTGRESQL:
        assert not path_of(target).stat().st_size
        unfinished = path_of(f"{target}.unfinished")
        assert f"delete {unfinished}" in refused(source, target)
        for path in unfinished.parent.glob(f"{unfinished.name}*"):
            path.unlink()
    deadline = time.monotonic() + 30
    while ON_POSTGRESQL and is_at_work(target) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert nothing_is_there(target)
    run_manage(source, "move_to", target)
    run_manage(target, "verify")


def test_ctrl_c_that_was_lost_is_heeded_at_the_end() -> None:
    before = signal.getsignal(signal.SIGINT)
    with heeded() as ask:
        ask()
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            ask()
    assert signal.getsignal(signal.SIGINT) is before


@postgresql_alone
def test_two_do_not_move_into_one_target(source: str, target: str) -> None:
    with psycopg.connect(target) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({ends.LOCK})")
        assert "Somebody else moves into the target now" in refused(source, target)
    assert nothing_is_there(target)


@postgresql_alone
def test_back_to_sqlite_and_on_to_another_postgresql(
    source: str, target: str, tmp_path: Path, database_copies: Copies
) -> None:
    run_manage(source, "move_to", target)
    back, on = f"sqlite:///{tmp_path}/back.sqlite3", database_copies.make_empty()
    run_manage(target, "move_to", back)
    run_manage(target, "move_to", on)
    assert everything(back) == everything(on) == everything(target)
    for url in (back, on):
        run_manage(url, "verify")
        shell(url, "from tests.msportal import to_move; to_move.go_on()")
    database_copies.remove(on)


def test_every_table_of_ours_goes_along_or_is_named_here() -> None:
    """A table that joins goes along by itself."""
    going = {table.name for table in tables.of_the_project()} | LEFT_OUT
    axes = {"axes_accesslog", "axes_accessfailurelog", "axes_accessattemptexpiration"}
    everything_known = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    assert everything_known - going == axes
