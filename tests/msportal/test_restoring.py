"""Dumps as docs/operations.md has them: rows first, then the rules, then the checks."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.databases import ROOT, Copies, run_manage
from tests.msportal.test_move_to import (
    connected,
    everything,
    nothing_is_there,
    path_of,
    postgresql_alone,
    shell,
    sqlite_alone,
)
from tests.postgres import Unavailable, find_binaries

pytestmark = pytest.mark.process

FILL = "from tests.msportal import to_move; to_move.fill()"
GO_ON = "from tests.msportal import to_move; to_move.go_on()"


def documented(program: str) -> str:
    """The one line of the documents that starts with the program."""
    lines = (ROOT / "docs" / "operations.md").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith(f"{program} ")]
    return line


def run(command: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """As a person types it, with the server's own programs."""
    try:
        programs = f"{find_binaries()}{os.pathsep}{os.environ['PATH']}"
    except Unavailable:
        programs = os.environ["PATH"]
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PATH": programs} | environment,
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def filled(database_copy: str) -> str:
    shell(database_copy, FILL)
    return database_copy


@pytest.fixture
def empty(database_copies: Copies) -> Iterator[str]:
    url = database_copies.make_empty()
    yield url
    database_copies.remove(url)


def without_sign_ins(url: str) -> dict[str, list[str]]:
    return everything(url) | {"django_session": [], "axes_accessattempt": []}


needs_pg_dump = pytest.mark.skipif(
    not any(shutil.which(name) for name in ("pg_dump",)), reason="pg_dump is not installed"
)


@postgresql_alone
@needs_pg_dump
def test_dump_of_postgresql_is_restored_whole(filled: str, empty: str, tmp_path: Path) -> None:
    """Into an older database than the dump's entries are dated: no rule looks at them twice."""
    dumped = run(documented("pg_dump"), tmp_path, DATABASE_URL=filled)
    assert (dumped.returncode, dumped.stderr) == (0, "")
    restored = run(documented("pg_restore"), tmp_path, DATABASE_URL=empty)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert everything(empty) == without_sign_ins(filled)
    run_manage(empty, "verify")
    run_manage(empty, "migrate")
    shell(empty, GO_ON)
    run_manage(empty, "verify")


@postgresql_alone
@needs_pg_dump
def test_dump_puts_the_rules_after_the_rows(filled: str, tmp_path: Path) -> None:
    run(documented("pg_dump"), tmp_path, DATABASE_URL=filled)
    listed = run("pg_restore --list msportal.dump", tmp_path).stdout.splitlines()
    kinds = [line.split()[3:5] for line in listed if line and not line.startswith(";")]
    rows = [n for n, kind in enumerate(kinds) if kind == ["TABLE", "DATA"]]
    rules = [n for n, kind in enumerate(kinds) if kind[0] == "TRIGGER"]
    assert len(rules) > 20
    assert max(rows) < min(rules)


@postgresql_alone
@needs_pg_dump
def test_restore_of_the_rows_alone_is_refused_by_the_rules(
    filled: str, database_copies: Copies, tmp_path: Path
) -> None:
    """And leaves nothing of them."""
    run(documented("pg_dump"), tmp_path, DATABASE_URL=filled)
    migrated = database_copies.make()
    before = everything(migrated)
    command = f"{documented('pg_restore')} --data-only"
    restored = run(command, tmp_path, DATABASE_URL=migrated)
    assert restored.returncode == 1
    assert everything(migrated) == before
    database_copies.remove(migrated)


@postgresql_alone
@needs_pg_dump
def test_restore_into_a_database_with_tables_changes_nothing(
    filled: str, database_copies: Copies, tmp_path: Path
) -> None:
    run(documented("pg_dump"), tmp_path, DATABASE_URL=filled)
    before = everything(filled)
    restored = run(documented("pg_restore"), tmp_path, DATABASE_URL=filled)
    assert restored.returncode == 1
    assert "already exists" in restored.stderr
    assert everything(filled) == before


@postgresql_alone
@needs_pg_dump
def test_restore_of_half_a_dump_leaves_nothing(filled: str, empty: str, tmp_path: Path) -> None:
    run(documented("pg_dump"), tmp_path, DATABASE_URL=filled)
    dump = tmp_path / "msportal.dump"
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size * 2 // 3])
    assert run(documented("pg_restore"), tmp_path, DATABASE_URL=empty).returncode == 1
    assert nothing_is_there(empty)
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT count(*) FROM pg_trigger").fetchone() == (0,)


@sqlite_alone
@pytest.mark.skipif(not shutil.which("sqlite3"), reason="sqlite3 is not installed")
def test_backup_of_sqlite_is_whole_while_the_site_writes(filled: str, tmp_path: Path) -> None:
    """The file alone, without the -wal beside it, in which the newest commits may be."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "msportal.sqlite3").symlink_to(path_of(filled))
    with closing(connected(filled)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE therapies_claim SET position = 7 WHERE text LIKE 'tab%'")
        done = run(documented("sqlite3"), tmp_path)
        writer.rollback()
    assert (done.returncode, done.stderr) == (0, "")
    copy = f"sqlite:///{tmp_path}/copy.sqlite3"
    assert everything(copy) == everything(filled)
    run_manage(copy, "verify")
    shell(copy, GO_ON)


@sqlite_alone
def test_backup_of_sqlite_without_sign_ins_is_a_move(filled: str, empty: str) -> None:
    run_manage(filled, "move_to", empty)
    assert everything(empty) == without_sign_ins(filled)
