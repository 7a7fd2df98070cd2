"""The real server, as it runs in production, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.databases import ROOT

START_SECONDS = 120
WAIT = 60  # seconds, after which a hanging site fails the test however loaded the machine is


@dataclass(frozen=True, slots=True)
class Site:
    """A running server: where it answers, what it works on, what it said."""

    url: str
    database_url: str
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> None:
        """Ends the server, which lets open requests finish, as a supervisor would."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Ends all its processes at once, as a crash would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(15)


def start_site(database_url: str, log: Path, **environment: str) -> Site:
    """Starts gunicorn on a free port and returns once it answers; else fails with its log."""
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as output:
        port = listener.getsockname()[1]
        # The server takes over the open socket: no other program can get the port in between.
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": database_url} | environment,
            pass_fds=[listener.fileno()],
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    site = Site(f"http://127.0.0.1:{port}", database_url, process, log)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.url}/healthz", timeout=5):
                return site
        except OSError:  # URLError is one; a server that dies resets the connection
            time.sleep(0.05)
    site.kill()
    raise AssertionError(f"The site did not start:\n{log.read_text()}")


def ask(
    site: Site, path: str, form: Mapping[str, str] | None = None, *, session: str = "abc"
) -> tuple[HTTPResponse, str]:
    """What a browser gets that has this session and, where a form is given, posts it."""
    client = HTTPConnection(urlsplit(site.url).netloc, timeout=WAIT)
    token = "c" * 32
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}"}
    if form is None:
        client.request("GET", path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        sent = urlencode({**form, "csrfmiddlewaretoken": token})
        client.request("POST", path, sent, headers)
    answer = client.getresponse()
    body = answer.read().decode()
    client.close()
    return answer, body
