"""The client of docs/api-sync.md in this process, on a wire where whatever may befall it does."""

import io
import sqlite3
import urllib.request
import urllib.response
from http.client import HTTPMessage, responses
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from urllib.error import URLError

from django.test import Client

from tests import guide

SITE = "http://testserver"
NEVER = 10**9


class Killed(BaseException):
    """The client was killed here."""


class Wire(urllib.request.HTTPHandler):
    """Asks the site in this process.

    One in ``bad`` requests is refused for a while, breaks off, or is answered late with what was
    true when the same was asked before. ``steps`` are left until the client is killed.
    """

    def __init__(self, random: Random, *, bad: int) -> None:
        super().__init__()
        self._random, self._bad = random, bad
        self._before: dict[str, tuple[bytes, HTTPMessage]] = {}
        self.steps = NEVER
        self.waited: list[int] = []
        self.statuses: list[int] = []

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise Killed

    def http_open(self, request: urllib.request.Request) -> urllib.response.addinfourl:
        self.step()
        answer = self._befallen(request.full_url)
        answer = answer or self._answer(request.full_url, dict(request.header_items()))
        self.step()
        self.statuses.append(answer.code or 0)
        return answer

    def _befallen(self, address: str) -> urllib.response.addinfourl | None:
        if self._random.randrange(self._bad):
            return None
        befalls = self._random.choice(["late", "busy", "away", "cut off"])
        if befalls == "cut off":
            raise URLError("The connection broke off.")
        if befalls == "late":
            if address not in self._before:
                return None
            body, headers = self._before[address]
            return _response(address, 200, body, {**headers, "Age": "7"})
        return _response(address, 429 if befalls == "busy" else 503, b"{}", {"Retry-After": "10"})

    def _answer(self, address: str, headers: dict[str, str]) -> urllib.response.addinfourl:
        given = Client(headers=headers).get(address.removeprefix(SITE))
        answer = _response(address, given.status_code, given.content, dict(given.headers))
        if given.status_code == 200:
            self._before[address] = given.content, answer.headers
        return answer


def _response(
    address: str, status: int, body: bytes, headers: dict[str, str]
) -> urllib.response.addinfourl:
    message = HTTPMessage()
    for name, value in headers.items():
        message[name] = value
    answer = urllib.response.addinfourl(io.BytesIO(body), message, address, status)
    answer.msg = responses[status]
    return answer


def program(wire: Wire) -> dict[str, Any]:
    """The names of the page's program, among them ``main(file)``, on this wire."""

    class Rows(sqlite3.Connection):
        def __init__(self, file: Path) -> None:
            super().__init__(file)
            super().execute("PRAGMA synchronous = OFF")  # what is killed loses no power

        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            wire.step()
            return super().execute(*arguments)

        def executemany(self, *arguments: Any) -> sqlite3.Cursor:
            wire.step()
            return super().executemany(*arguments)

    (page,) = (p for p in guide.programs("api-sync.md") if p.language == "python")
    scope: dict[str, Any] = {"__name__": "sync"}
    exec(page.text.replace(guide.WRITTEN_FOR, SITE), scope)
    scope["sqlite3"] = SimpleNamespace(connect=Rows)
    scope["time"] = SimpleNamespace(sleep=wire.waited.append)
    urllib.request.install_opener(urllib.request.build_opener(wire))
    return scope
