"""The server starts where it can be reached alone, and ends what it began."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from tests.databases import ROOT
from tests.servers import WAIT, Site


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


def test_what_was_asked_before_the_end_is_answered(site_server: Callable[..., Site]) -> None:
    site = site_server()

    def ask(number: int) -> int:
        with urllib.request.urlopen(f"{site.url}/therapies/?q={number}", timeout=WAIT) as answer:
            if number == 0:  # the others wait for one of the threads by now
                os.killpg(site.process.pid, signal.SIGINT)
            return int(answer.status)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {200}
    assert site.process.wait(WAIT) == 0
