"""While the database is away, every answer says so and when to come back."""

import errno
import json
import os
import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError, connection
from django.test import Client
from psycopg import sql

from msportal import errors
from msportal.patience import waiting_at_most
from msportal.postgresql.breaker import PAUSE, Breaker
from msportal.postgresql.patience import PatientConnection
from publication import log, plainly
from publication.entries import LogHead
from publication.outage import (
    AWAY,
    FAILING,
    FULL,
    READ_ONLY,
    CommitUnknown,
    is_refusal,
    reason,
)
from tests.databases import end_sessions, run_manage
from tests.openapi import get
from tests.postgres import a_database_of, owner_of, throwaway_cluster
from tests.servers import WAIT, Site, ask, start_site
from tests.workroom import pressed

PAGES = ("/therapies/", "/admin/login/")
NEEDS_NO_DATABASE = {"/healthz": 200, "/static/msportal/site.css": 200, "/no-such-page": 404}


def away() -> int:
    raise OperationalError("secret: the connection is lost")


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
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        end_sessions(server, url)
        yield
        server.execute(allow.format(sql.Identifier(name), sql.SQL("true")))


def test_page_says_that_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plainly, "head", away)
    client.raise_request_exception = False
    page = client.get("/therapies/")
    assert page.status_code == 503
    assert page["Retry-After"] == "10"
    assert page["Cache-Control"] == "no-cache"
    assert "<h1>Back in a little while</h1>" in page.content.decode()
    assert "secret" not in page.content.decode()


def test_api_says_so_as_a_documented_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plainly, "head", away)
    answer = get("therapies/", status=503)
    assert answer["Retry-After"] == "10"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The database does not answer now. Try again in a little while.",
        "errors": [],
        "instance": f"urn:uuid:{answer['X-Request-ID']}",
    }


def test_api_reports_our_mistakes_as_a_documented_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plainly, "head", lambda: 1 / 0)
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


on_postgresql = pytest.mark.skipif(
    os.environ["DATABASE_URL"].startswith("sqlite"), reason="SQLite has no server to wait for"
)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Breaker:
    """As in a server; whatever fails, fails for this test alone."""
    breaker = Breaker(pause=60)
    monkeypatch.setattr(PatientConnection, "patience", 0.2)
    monkeypatch.setattr(PatientConnection, "breaker", breaker)
    return breaker


@on_postgresql
def test_server_that_hangs_is_given_up(patient: Breaker) -> None:
    with (
        pytest.raises(psycopg.OperationalError),
        PatientConnection.connect(os.environ["DATABASE_URL"]) as server,
    ):
        server.execute("SELECT pg_sleep(20)")
    assert server.closed


@on_postgresql
def test_statements_of_a_request_share_what_it_waits(patient: Breaker) -> None:
    done: list[int] = []

    def ask_ten_times() -> None:
        with waiting_at_most(2), PatientConnection.connect(os.environ["DATABASE_URL"]) as server:
            server.execute("SELECT 1")  # and BEGIN
            for number in range(10):
                server.execute("SELECT pg_sleep(0.5)")
                done.append(number)

    with pytest.raises(psycopg.OperationalError):
        ask_ten_times()
    assert 0 < len(done) < 4
    with (
        waiting_at_most(0),
        pytest.raises(psycopg.OperationalError, match="long enough"),
    ):
        PatientConnection.connect(os.environ["DATABASE_URL"])


@on_postgresql
def test_only_in_a_transaction_a_statement_may_take_long(patient: Breaker) -> None:
    with waiting_at_most(20), PatientConnection.connect(os.environ["DATABASE_URL"]) as server:
        server.execute("SELECT 1")
        server.execute("SELECT pg_sleep(0.5)")
    with (
        waiting_at_most(20),
        pytest.raises(psycopg.OperationalError),
        PatientConnection.connect(os.environ["DATABASE_URL"], autocommit=True) as server,
    ):
        server.execute("SELECT pg_sleep(20)")


@on_postgresql
def test_commands_wait_as_long_as_it_takes() -> None:
    with waiting_at_most(0), PatientConnection.connect(os.environ["DATABASE_URL"]) as server:
        server.execute("SELECT pg_sleep(0.3)")


def fail(breaker: Breaker) -> None:
    with pytest.raises(psycopg.OperationalError, match="refused"), breaker.attempt():
        raise psycopg.OperationalError("refused")


def test_who_comes_after_a_failure_is_told_at_once() -> None:
    breaker = Breaker(pause=60)
    fail(breaker)
    with pytest.raises(psycopg.OperationalError, match="a moment ago"), breaker.attempt():
        pytest.fail("tried again at once")


def test_after_the_pause_one_tries_and_success_lets_all_in() -> None:
    breaker = Breaker(pause=0)
    fail(breaker)
    fail(breaker)
    with (
        breaker.attempt(),
        pytest.raises(psycopg.OperationalError, match="a moment ago"),
        breaker.attempt(),
    ):
        pytest.fail("two tried")
    with breaker.attempt(), breaker.attempt():
        pass


@on_postgresql
def test_connection_that_the_server_ended_is_known_without_a_statement(db: None) -> None:
    other = connection.copy()
    other.ensure_connection()
    assert other.is_usable()
    end(other.connection.info.backend_pid)
    deadline = time.monotonic() + WAIT
    while other.is_usable():
        assert time.monotonic() < deadline
    other.close()


@on_postgresql
def test_connection_lost_at_commit_leaves_it_open_whether_it_was_done(db: None) -> None:
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT 1")
    end(other.connection.info.backend_pid)
    with pytest.raises(CommitUnknown) as caught:
        other.commit()
    assert errors.is_outage(caught.value)
    other.close()


def end(backend: int) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s, 10000)", [backend])


@pytest.mark.parametrize(
    ("cause", "wrapped", "why"),
    [
        (psycopg.errors.DiskFull(), OperationalError, FULL),
        (psycopg.errors.ReadOnlySqlTransaction(), InternalError, READ_ONLY),
        (psycopg.errors.IoError(), OperationalError, FAILING),
        (psycopg.errors.OutOfMemory(), OperationalError, AWAY),
        (psycopg.errors.AdminShutdown(), OperationalError, AWAY),
        (psycopg.OperationalError(), OperationalError, AWAY),
        (sqlite3.SQLITE_FULL, OperationalError, FULL),
        (sqlite3.SQLITE_IOERR_WRITE, OperationalError, FAILING),
        (sqlite3.SQLITE_READONLY_DBMOVED, OperationalError, READ_ONLY),
        (sqlite3.SQLITE_CANTOPEN, OperationalError, AWAY),
    ],
)
def test_outages_say_what_is_the_matter(
    cause: Exception | int, wrapped: type[Exception], why: str
) -> None:
    if isinstance(cause, int):
        code, cause = cause, sqlite3.OperationalError()
        cause.sqlite_errorcode = code  # type: ignore[attr-defined]
    problem = wrapped()
    problem.__cause__ = cause
    assert errors.is_outage(problem)
    assert reason(problem) == why


def test_no_room_for_an_upload_is_an_outage_and_a_missing_file_is_none() -> None:
    assert errors.is_outage(OSError(errno.ENOSPC, "No space left on device"))
    assert reason(OSError(errno.ENOSPC, "No space left on device")) == FULL
    assert not errors.is_outage(FileNotFoundError(errno.ENOENT, "No such file"))


def test_a_refusal_is_sure_and_a_lost_connection_is_not() -> None:
    for cause, sure in (
        (psycopg.errors.DiskFull(), True),
        (psycopg.errors.AdminShutdown(), False),
        (psycopg.OperationalError(), False),
    ):
        problem = OperationalError()
        problem.__cause__ = cause
        assert is_refusal(problem) is sure


def test_readiness_asks_the_database_once(
    db: None, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("problem", [OperationalError, InterfaceError, LogHead.DoesNotExist])
def test_readiness_says_so_where_the_database_or_a_table_is_missing(
    client: Client, monkeypatch: pytest.MonkeyPatch, problem: type[Exception]
) -> None:
    def missing() -> int:
        raise problem("secret")

    monkeypatch.setattr(log, "head_seq", missing)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready\n")
    assert answer["Retry-After"] == "10"
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/healthz").status_code == 200


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


def together(site: Site, path: str = "/therapies/") -> list[int]:
    """What eight who ask at once are answered: as many as the server has threads."""
    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(lambda _: ask(site, path)[0].status, range(8)))


@on_postgresql
@pytest.mark.process
def test_server_that_refuses_or_freezes_is_told_soon_and_back_at_once(tmp_path: Path) -> None:
    with throwaway_cluster() as cluster, ExitStack() as stack:
        url = a_database_of(stack.enter_context(owner_of(cluster.url)))
        run_manage(url, "migrate", "--verbosity=0")
        site = start_site(url, tmp_path / "log")
        stack.callback(site.stop)
        # It was 5 seconds for each that had no connection, and 25 for each that had one.
        for away, back, most in (
            (cluster.stop, cluster.start, 20),
            (cluster.freeze, cluster.thaw, 20),
        ):
            assert set(together(site)) == {200}
            away()
            begun = time.monotonic()
            for _ in range(2):
                assert set(together(site)) == {503}
            for _ in range(10 if away == cluster.stop else 0):
                answer, body = ask(site, "/")
                assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
                assert "psycopg" not in body
            assert time.monotonic() - begun < most
            assert ask(site, "/readyz")[0].status == 503
            for path, status in NEEDS_NO_DATABASE.items():
                assert (path, ask(site, path)[0].status) == (path, status)
            back()
            time.sleep(PAUSE)  # of a process that has just found out
            deadline = time.monotonic() + WAIT
            while {*together(site), *together(site, "/readyz")} != {200}:
                assert time.monotonic() < deadline
        # Nobody asks meanwhile: the broken connections are found before they are used.
        cluster.stop()
        cluster.start()
        assert set(together(site)) == {200}


PREPARE = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from editorial import actions
from editorial.models import User
from tests.building import agree, source_with_text
from tests.workroom import staff
from tests.building import person
source = actions.submit(source_with_text("A source. Drug A depletes B cells."), by=person("editor"))
reviewer = staff("reviewer")
agree(source, reviewer)
session = SessionStore()
session[SESSION_KEY] = str(reviewer.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
session[HASH_SESSION_KEY] = reviewer.get_session_auth_hash()
session.create()
print(session.session_key, source.pk)
"""


def prepare(database_url: str) -> tuple[str, str]:
    """A source that waits for its approval: the reviewer's session, the source's number."""
    done = run_manage(database_url, "shell", "--verbosity=0", "-c", PREPARE)
    session, source = done.stdout.split()
    return session, source


def approval(site: Site, session: str, source: str) -> dict[str, str]:
    answer, html = ask(site, f"/admin/sources/source/{source}/review/", session=session)
    assert answer.status == 200
    form = pressed(html, "approve")
    assert form is not None
    return form


NOTE = "Checked against <the paper> & its table."


@contextmanager
def read_alone(site: Site) -> Iterator[None]:
    """No process of the site can write more to the disk, or its database takes no writes."""
    if site.database_url.startswith("sqlite"):
        processes = [site.process.pid, *children(site.process.pid)]
        before = [resource.prlimit(process, resource.RLIMIT_FSIZE) for process in processes]
        for process, (_, most) in zip(processes, before, strict=True):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (0, most))
        yield
        for process, limits in zip(processes, before, strict=True):
            resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
        return
    # As after a failover to a standby: connections end, new ones can read.
    name = sql.Identifier(urlsplit(site.database_url).path.lstrip("/"))
    turn = sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = {}")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        for setting in ("on", "off"):
            server.execute(turn.format(name, sql.SQL(setting)))
            end_sessions(server, site.database_url)
            if setting == "on":
                yield


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in listed.split()]


@pytest.mark.process
def test_approval_sent_while_the_database_is_away_comes_back_too(
    site_server: Callable[..., Site], database_copy: str
) -> None:
    """Not even who sent it can be asked of the database."""
    session, source = prepare(database_copy)
    site = site_server()
    form = approval(site, session, source)
    address = f"/admin/sources/source/{source}/act/"
    with taken_away(database_copy):
        answer, html = ask(site, address, form | {"note": NOTE}, session=session)
    assert answer.status == 503
    assert "Now the database does not answer." in html
    again = pressed(html, "approve")
    assert again is not None
    assert unescape(again["note"]) == NOTE
    time.sleep(PAUSE)
    assert ask(site, address, again, session=session)[0].status == 302
    run_manage(database_copy, "verify")


@pytest.mark.process
def test_approval_that_cannot_be_written_comes_back_and_goes_through_later(
    site_server: Callable[..., Site], database_copy: str
) -> None:
    session, source = prepare(database_copy)
    page = f"/admin/sources/source/{source}/review/"
    site = site_server()
    form = approval(site, session, source)
    with read_alone(site):
        for _ in range(3):  # each connection of the site was closed in between, but for one
            assert ask(site, "/sources/")[0].status == 200
            assert ask(site, page, session=session)[0].status == 200
        address = f"/admin/sources/source/{source}/act/"
        answer, html = ask(site, address, form | {"note": NOTE}, session=session)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Nothing of your form was written." in html
        assert "<dd>Checked against &lt;the paper&gt; &amp; its table.</dd>" in html
        assert ask(site, "/sources/")[0].status == 200
    again = pressed(html, "approve")
    assert again is not None
    assert unescape(again["note"]) == NOTE
    assert ask(site, address, again, session=session)[0].status == 302
    run_manage(database_copy, "verify")
    answer, html = ask(site, "/api/v1/changes/")
    assert [row["version"] for row in json.loads(html)["results"]] == [1]


@pytest.mark.process
def test_command_that_cannot_write_says_so(database_copy: str, tmp_path: Path) -> None:
    """A file whose folder is gone, a server that is not there."""
    url = (
        f"sqlite:///{tmp_path}"
        if database_copy.startswith("sqlite")
        else "postgresql://nobody@127.0.0.1:9/none"
    )
    done = run_manage(url, "verify", check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("This stopped, because the database does not answer (")
    assert "Traceback" not in done.stderr
