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


@pytest.mark.parametrize(
    ("column", "value"),
    [("is_active", "2"), ("is_active", "'[]'"), ("first_name", "x'ff'"), ("last_login", "'soon'")],
)
def test_value_of_another_kind_is_found(database_copy: str, column: str, value: str) -> None:
    path = Path(database_copy.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "INSERT INTO editorial_user (username, password, first_name, last_name, email, "
            "is_staff, is_active, is_superuser, date_joined, demonstration) "
            "VALUES ('a', '', '', '', '', 1, 1, 0, '2026-01-01 00:00:00', 0)"
        )
        database.execute(f"UPDATE editorial_user SET {column} = {value}")
    done = run_manage(database_copy, "verify", check=False)
    assert done.returncode == 1
    assert f"editorial_user row 1: its {column} is of another kind" in done.stderr
