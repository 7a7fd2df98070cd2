"""Nobody waits long for somebody else: a held lock is told, and nothing is written."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import psycopg
import pytest
from django.db import OperationalError

from editorial import locking
from editorial.errors import Busy
from publication.busy import is_busy
from tests.building import therapy
from tests.databases import run_manage
from tests.workroom import fields_of, page, signed_in, staff
from therapies.models import Therapy

SHELL = ("shell", "--verbosity=0", "-c")
PREPARE = """
from tests.building import *
from editorial import actions
source = publish(source_with_text("A source. Drug A depletes B cells."))
record = therapy("Drug A")
claim(record, "Drug A depletes B cells.", source=source)
actions.submit(record, by=person("editor"))
reviewer = person("reviewer")
reviewer.username = "waiting"
reviewer.save()
"""
DECIDE = """
import json, time
from editorial import actions
from editorial.errors import EditorialError
from editorial.models import User
from therapies.models import Therapy
from sources.models import Source
by = User.objects.get(username="waiting")
begun = time.monotonic()
try:
    {decide}
    said = "done"
except EditorialError as problem:
    said = type(problem).__name__
print(json.dumps([said, time.monotonic() - begun, Therapy.objects.get().state]))
"""
REJECT = 'actions.reject(Therapy.objects.get(), by=by, note="No.")'
WITHDRAW = 'actions.withdraw(Source.objects.get(), by=by, note="Wrong.")'


@contextmanager
def held(url: str, sql: str) -> Iterator[None]:
    """Somebody else's transaction that stays open; on SQLite, the one writer's."""
    if url.startswith("sqlite"):
        other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(url)  # type: ignore[assignment]
        other.execute(sql)
    yield
    other.rollback()
    other.close()


@pytest.mark.process
@pytest.mark.parametrize(
    ("held_by_another", "what"),
    [
        ("SELECT 1 FROM therapies_therapy FOR UPDATE", REJECT),
        ("SELECT 1 FROM publication_loghead FOR UPDATE", WITHDRAW),
    ],
)
def test_decision_that_would_wait_is_told(
    database_copy: str, held_by_another: str, what: str
) -> None:
    run_manage(database_copy, *SHELL, PREPARE)
    with held(database_copy, held_by_another):
        done = run_manage(
            database_copy, *SHELL, DECIDE.format(decide=what), MSPORTAL_LOCK_SECONDS="1"
        )
    said, seconds, state = json.loads(done.stdout)
    assert (said, state) == ("Busy", "in-review")
    assert seconds < 4  # it waited a second at most, and the machine may be busy


@pytest.mark.django_db
def test_form_comes_back_with_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    record, editor = therapy("Drug A"), staff("editor")
    client = signed_in(editor)
    form = fields_of(client.get(page(record, "change")).content.decode(), "therapy_form")

    def taken(record: Any) -> Any:
        raise Busy(locking.BUSY)

    monkeypatch.setattr("editorial.admin.records.lock", taken)
    answer = client.post(page(record, "change"), {**form, "synonyms": "one\r\ntwo & <three>"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else is writing at the same moment" in html
    assert 'name="synonyms" value="one\r\ntwo &amp; &lt;three&gt;"' in html
    assert Therapy.objects.get().synonyms == []
    monkeypatch.undo()
    again = fields_of_refused(html)
    assert client.post(page(record, "change"), {**again, "_save": "1"}).status_code == 302
    assert Therapy.objects.get().synonyms == ["one", "two & <three>"]


def fields_of_refused(html: str) -> dict[str, Any]:
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    return {unescape(name): unescape(value) for name, value in pairs}


def test_only_locks_are_busy() -> None:
    class Held(sqlite3.OperationalError):
        sqlite_errorcode = sqlite3.SQLITE_BUSY

    for cause, busy in (
        (Held(), True),
        (psycopg.errors.LockNotAvailable(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.QueryCanceled(), False),
        (sqlite3.OperationalError(), False),
    ):
        problem = OperationalError()
        problem.__cause__ = cause
        assert is_busy(problem) is busy


@pytest.mark.process
def test_migration_gives_up_before_all_readers_wait_behind_it(database_copy: str) -> None:
    if database_copy.startswith("sqlite"):
        pytest.skip("SQLite has one lock, whose wait is the connection's")
    with held(database_copy, "SELECT 1 FROM sources_vouch"):
        done = run_manage(
            database_copy,
            *("migrate", "sources", "0002", "--verbosity=0"),
            check=False,
            MSPORTAL_MIGRATION_LOCK_SECONDS="1",
        )
    assert done.returncode != 0
    assert done.stderr.startswith("Somebody else holds a lock that this needs. Nothing was done")
    run_manage(database_copy, "migrate", "--verbosity=0")
    run_manage(database_copy, "verify")
