"""The real server, as it runs in production, in a process of its own."""

import os
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests import warm

PROGRAM = (
    "import os, runpy; os.setsid(); "
    "runpy.run_module('msportal.server', run_name='__main__', alter_sys=True)"
)
"""``python -m msportal.server``, in a session of its own."""
START_SECONDS = 120
WAIT = 60  # seconds, after which a hanging site fails the test however loaded the machine is


@dataclass(frozen=True, slots=True)
class Site:
    """A running server: where it answers, what it works on, what it said."""

    url: str
    database_url: str
    process: warm.Process
    log: Path

    def stop(self) -> None:
        """Ends the server, which lets open requests finish, as a supervisor would."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except TimeoutError:
            self.kill()

    def kill(self) -> None:
        """Ends all its processes at once, as a crash would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(15)


def start_site(database_url: str, log: Path, *, port: int = 0, **environment: str) -> Site:
    """Starts the server on a port, 0 for a free one, and returns once it answers; else fails with
    its log.
    """
    there = {"DATABASE_URL": database_url, "HOST": "127.0.0.1"}
    with reserved_port(port) as port, log.open("wb") as output:
        to = output.fileno()
        there |= {"PORT": str(port)}
        process = warm.Process(["-c", PROGRAM], os.environ | there | environment, to, to)
        return _once_it_answers(Site(f"http://127.0.0.1:{port}", database_url, process, log))


@contextmanager
def reserved_port(port: int = 0) -> Iterator[int]:
    """A port, 0 for a free one, that no other program is given meanwhile, but who shares it as the
    server does.

    It is held without listening, so that every connection reaches the server.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind(("127.0.0.1", port))
        yield held.getsockname()[1]


def _once_it_answers(site: Site) -> Site:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and site.process.is_running():
        try:
            with urllib.request.urlopen(f"{site.url}/healthz", timeout=5):
                return site
        except OSError:  # URLError is one; a server that dies resets the connection
            time.sleep(0.05)
    site.kill()
    raise AssertionError(f"The site did not start:\n{site.log.read_text()}")


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
