"""``verify`` asks SQLite itself whether its file is whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import run_manage

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(
        not os.environ["DATABASE_URL"].startswith("sqlite"),
        reason="PostgreSQL has data checksums, and keeps its keys itself",
    ),
]


def test_row_that_names_none_is_found(database_copy: str) -> None:
    path = Path(database_copy.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("INSERT INTO editorial_user_groups (user_id, group_id) VALUES (999, 1)")
    done = run_manage(database_copy, "verify", check=False)
    assert done.returncode == 1
    named = "editorial_user_groups row 1: names a row of editorial_user that is not there"
    assert named in done.stderr


def test_index_that_lies_about_its_table_is_found(database_copy: str) -> None:
    """Every query that goes by the index would miss the rows."""
    path = Path(database_copy.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as database, database:
        name = "SELECT name, rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = ? "
        name += "AND sql IS NOT NULL ORDER BY name LIMIT 1"
        full, page = database.execute(name, ["auth_permission"]).fetchone()
        empty, other = database.execute(name, ["django_session"]).fetchone()
        database.execute("PRAGMA writable_schema = ON")
        change = "UPDATE sqlite_master SET rootpage = ? WHERE name = ?"
        database.execute(change, [other, full])
        database.execute(change, [page, empty])
    done = run_manage(database_copy, "verify", check=False)
    assert done.returncode == 1
    assert "database file: " in done.stderr
    assert full in done.stderr
