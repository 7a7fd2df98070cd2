"""One moment of the database, looked at for however long."""

import pytest
from django.db import connection

from tests.databases import run_manage

ASK = """
from django.db import connection
from publication.snapshot import one_snapshot

def kept_in():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA temp_store")
        return {1: "file", 2: "memory"}[cursor.fetchone()[0]]

print(kept_in())
try:
    with one_snapshot():
        print(kept_in())
        raise ValueError
except ValueError:
    print(kept_in())
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its own place for it")
def test_what_it_keeps_for_itself_does_not_fill_memory(database_copy: str) -> None:
    told = run_manage(database_copy, "shell", "--no-imports", "-c", ASK)
    assert told.stdout.split() == ["memory", "file", "memory"]
