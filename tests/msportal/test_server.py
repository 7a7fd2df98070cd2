"""The server starts where it can be reached alone, and ends what it began."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest

from msportal.server import GRACE_SECONDS
from tests.databases import ROOT
from tests.servers import WAIT, Site, ask


def start_in_vain(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "msportal.server"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=WAIT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr.strip()


@pytest.mark.process
@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "abc"}, "PORT is 'abc': say a whole number."),
        ({"PORT": "65536"}, "PORT is 65536: say 65535 or less."),
        ({"WEB_CONCURRENCY": "0"}, "WEB_CONCURRENCY is '0': say 1 or more."),
        ({"HOST": "192.0.2.1"}, "192.0.2.1:8000 cannot be listened on: "),
    ],
)
def test_start_that_cannot_be_says_why_in_a_sentence(environment: dict[str, str], sentence: str):
    told = start_in_vain(**{"PORT": "8000", "HOST": "127.0.0.1"} | environment)
    assert told.startswith(sentence)
    assert "Traceback" not in told


def test_port_is_not_shared_with_another_server(site_server: Callable[..., Site]) -> None:
    site = site_server()
    told = start_in_vain(PORT=str(urlsplit(site.url).port), HOST="127.0.0.1")
    assert told.startswith("Another server listens on 127.0.0.1:")


def test_ctrl_c_reaches_all_processes_and_ends_them_without_a_word(
    site_server: Callable[..., Site],
) -> None:
    site = site_server()
    said = site.log.read_text()
    os.killpg(site.process.pid, signal.SIGINT)
    assert site.process.wait(WAIT) == 0
    assert site.log.read_text() == said


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Nobody writes down meanwhile that a sign-in failed."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as held:
            held.execute("BEGIN IMMEDIATE")
            yield
            held.rollback()
    else:
        with psycopg.connect(url) as server:
            server.execute("LOCK TABLE axes_accessattempt IN ACCESS EXCLUSIVE MODE")
            yield
            server.rollback()


def test_readers_are_answered_while_every_thread_of_the_workroom_waits(
    site_server: Callable[..., Site], database_copy: str
) -> None:
    site = site_server(WEB_CONCURRENCY="1", MSPORTAL_LOCK_SECONDS="20")
    wrong = {"username": "somebody", "password": "wrong"}
    with ThreadPoolExecutor(8) as threads, locked(database_copy):
        posts = [threads.submit(ask, site, "/admin/login/", wrong) for _ in range(8)]
        for path in ("/", "/api/v1/therapies/", "/no-such-page/", "/therapies/", "/"):
            assert ask(site, path)[0].status == (404 if "no-such" in path else 200)
        assert not any(post.done() for post in posts)
    assert {post.result()[0].status for post in posts} <= {200, 429}


def test_processes_that_are_still_starting_end_too(site_server: Callable[..., Site]) -> None:
    site = site_server(WEB_CONCURRENCY="32")  # the first one answers while others begin
    site.process.send_signal(signal.SIGTERM)
    assert site.process.wait(GRACE_SECONDS / 2) == 0
