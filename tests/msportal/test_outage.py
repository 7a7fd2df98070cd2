"""While the database is away, every answer says so and when to come back."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client
from psycopg import sql

from msportal import errors
from msportal.patience import PatientConnection
from publication import log
from tests.openapi import get
from tests.servers import Site

PAGES = ("/therapies/", "/admin/login/")
WAIT = 60  # seconds, after which a hanging site fails the test however loaded the machine is


def away() -> int:
    raise OperationalError("secret: the connection is lost")


def ask(site: Site, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    client = HTTPConnection(urlsplit(site.url).netloc, timeout=WAIT)
    client.request(method, path, headers={"Cookie": "sessionid=abc"})
    answer = client.getresponse()
    body = answer.read().decode()
    client.close()
    return answer, body


@contextmanager
def taken_away(url: str) -> Iterator[None]:
    """Nobody can open the database meanwhile, and who had it open has lost it."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        aside = path.rename(path.with_suffix(".aside"))
        path.mkdir()
        yield
        path.rmdir()
        aside.rename(path)
        return
    name = urlsplit(url).path.lstrip("/")
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        server.execute(end, [name])
        yield
        server.execute(allow.format(sql.Identifier(name), sql.SQL("true")))


def test_page_says_that_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "head_seq", away)
    client.raise_request_exception = False
    page = client.get("/therapies/")
    assert page.status_code == 503
    assert page["Retry-After"] == "10"
    assert page["Cache-Control"] == "no-cache"
    assert "<h1>Back in a little while</h1>" in page.content.decode()
    assert "secret" not in page.content.decode()


def test_api_says_so_as_a_documented_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "head_seq", away)
    answer = get("therapies/", status=503)
    assert answer["Retry-After"] == "10"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The database does not answer now. Try again in a little while.",
        "errors": [],
    }


def test_api_reports_our_mistakes_as_a_documented_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "head_seq", lambda: 1 / 0)
    answer = get("therapies/", status=500)
    assert answer.json()["title"] == "Internal Server Error"
    assert "Retry-After" not in answer


def test_wrong_statement_is_a_mistake_and_no_outage(db: None) -> None:
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column FROM no_such_table")
    assert errors.is_outage(caught.value) is False
    assert errors.is_outage(ValueError()) is False
    assert errors.is_outage(None) is False


def test_busy_and_lost_databases_are_outages() -> None:
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    locked = OperationalError("database is locked")
    locked.__cause__ = busy
    assert errors.is_outage(locked) is True
    assert errors.is_outage(InterfaceError("connection already closed")) is True


@pytest.mark.skipif(
    os.environ["DATABASE_URL"].startswith("sqlite"), reason="SQLite has no server to wait for"
)
def test_server_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientConnection, "patience", 0.2)
    with (
        pytest.raises(psycopg.OperationalError),
        PatientConnection.connect(os.environ["DATABASE_URL"]) as server,
    ):
        server.execute("SELECT pg_sleep(20)")
    assert server.closed


def test_site_survives_an_outage_without_a_restart(
    site_server: Callable[..., Site], database_copy: str
) -> None:
    site = site_server()
    assert ask(site, "/")[0].status == 200
    with taken_away(database_copy):
        for path in PAGES:
            answer, body = ask(site, path)
            assert (path, answer.status) == (path, 503)
            assert answer.headers["Retry-After"] == "10"
            assert "Traceback" not in body
        answer, _ = ask(site, "/api/v1/therapies/")
        assert (answer.status, answer.headers["Content-Type"]) == (503, "application/problem+json")
        assert ask(site, "/healthz")[0].status == 200
    deadline = time.monotonic() + WAIT
    while (status := ask(site, "/")[0].status) != 200:
        assert (status, time.monotonic() < deadline) == (503, True)
