"""The head of the log as another process moves it, on each database."""

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.utils import load_backend

from msportal import environment
from msportal.answers import heads
from msportal.answers.heads import Away, Head, PostgresHead, SqliteHead, head_of_database
from publication.log import GENESIS
from tests.acting import Actor
from tests.databases import ROOT, end_sessions, run_manage

on_postgresql = pytest.mark.skipif(
    os.environ["DATABASE_URL"].startswith("sqlite"), reason="SQLite has no server"
)
on_sqlite = pytest.mark.skipif(
    not os.environ["DATABASE_URL"].startswith("sqlite"), reason="a database that is a file"
)


FOLD_OTHERWISE = """
from publication.models import FoldedBy
FoldedBy.objects.update_or_create(pk=1, defaults={"parts": {"words": "x"}})
"""


@pytest.fixture
def head(database_copy: str) -> Iterator[Head]:
    there = environment.database_at(database_copy, ROOT, named="URL")
    made = {**connection.settings_dict, **there}
    found = head_of_database(load_backend(made["ENGINE"]).DatabaseWrapper(made, "other"))
    assert found
    yield found
    found.close()


@pytest.fixture
def actor(database_copy: str) -> Iterator[Actor]:
    acting = Actor(database_copy, seed=7)
    yield acting
    acting.stop()


def test_empty_log_stands_at_its_beginning(head: Head) -> None:
    state = head.now()
    assert (state.seq, state.hash) == (0, GENESIS)


def test_head_is_where_another_process_put_it_and_the_same_object_till_then(
    head: Head, actor: Actor
) -> None:
    names, before = set(), head.now()
    while names < {"approve", "draft"}:
        name, seq = actor.act()
        names.add(name)
        state = head.now()
        assert state.seq == seq
        assert (state is before) == (name == "draft" and state.seq == before.seq)
        assert head.now() is state
        before = state


def test_read_models_that_another_program_folded_are_another_state(
    head: Head, database_copy: str
) -> None:
    before = head.now()
    run_manage(database_copy, "shell", "-c", FOLD_OTHERWISE)
    after = head.now()
    assert (after.seq, after.hash) == (before.seq, before.hash)
    assert after != before


def test_memory_of_one_process_has_no_head_that_others_could_ask(db: None) -> None:
    if connection.vendor == "sqlite":
        assert head_of_database() is None


@on_sqlite
def test_file_that_takes_the_place_of_another_is_asked(
    head: Head, database_copy: str, tmp_path: Path
) -> None:
    path, other = Path(database_copy.removeprefix("sqlite:///")), tmp_path / "other"
    shutil.copy(path, other)
    with sqlite3.connect(other) as changed:
        changed.execute("UPDATE publication_loghead SET seq = 1, hash = 'another log'")
    changed.close()
    assert head.now().seq == 0
    other.replace(path)
    assert head.now()[:2] == (1, "another log")
    path.unlink()
    with pytest.raises(Away):
        head.now()


@on_sqlite
@pytest.mark.parametrize("text", [b"", b"no database " * 1000])
def test_file_without_a_log_has_no_head(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(text)
    with pytest.raises(Away):
        SqliteHead(str(path)).now()


@on_postgresql
def test_connection_that_was_cut_off_is_made_anew(head: Head, database_copy: str) -> None:
    before = head.now()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        end_sessions(server, database_copy)
    assert head.now() == before


@on_postgresql
def test_after_a_failure_nobody_waits_again_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PostgresHead, "PAUSE", 60)
    monkeypatch.setattr(heads.PatientConnection, "patience", 1)
    asked = []

    def connect(**params: object) -> None:
        asked.append(params)
        raise psycopg.OperationalError("away")

    monkeypatch.setattr(heads.PatientConnection, "connect", connect)
    head = PostgresHead({"host": "example"})
    for _ in range(3):
        with pytest.raises(Away):
            head.now()
    assert len(asked) == 1


class Counted(PostgresHead):
    """Answers when it is let, and counts how often it asked."""

    def __init__(self) -> None:
        super().__init__({})
        self.asked = 0
        self.go = threading.Semaphore(0)

    def _asked(self) -> tuple[int, str, str]:
        self.asked += 1
        number = self.asked
        self.go.acquire()
        return number, "hash", ""


def test_who_comes_during_a_round_is_told_what_the_next_one_says_all_together() -> None:
    head = Counted()
    with ThreadPoolExecutor(9) as threads:
        first = threads.submit(head.now)
        while not head.asked:
            time.sleep(0.001)
        late = [threads.submit(head.now) for _ in range(8)]
        while len(head._turn._waiters) < 8:  # type: ignore[attr-defined]
            time.sleep(0.001)
        head.go.release()
        assert first.result(60).seq == 1
        head.go.release()
        assert {told.result(60).seq for told in late} == {2}
    assert head.asked == 2
