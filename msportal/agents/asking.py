"""Asks the site itself, in this process, as a reader without a name would over HTTP.

A request passes the same middleware, walls and handlers as any other: what would be refused to a
reader is refused here.
"""

import json
import logging
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

logger = logging.getLogger(__name__)

AWAY = (
    "The database does not answer now, so nothing was read. Try again in a little while; this "
    "server goes on."
)
MISTAKE = "The site made a mistake, which it recorded. Nothing was read."
_MOST_MOVES = 3


class Refused(Exception):
    """There is no answer; the message says why, in words for whoever asked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site answered: its status (RFC 9110) and its JSON."""

    status: int
    body: dict[str, Any]


class _Request(WSGIRequest):
    """Made in this process: host and scheme are those that we put there, and nobody listens."""

    def get_host(self) -> str:
        return str(self.META["HTTP_HOST"])

    def is_secure(self) -> bool:
        return True


class Site:
    """The site, at an origin such as ``https://example.org``; without one, addresses are paths."""

    def __init__(self, origin: str = "") -> None:
        self.origin = origin
        # No text that is stored can have it, so that taking it away changes no quotation.
        self._asked_at = origin or f"https://{secrets.token_hex(16)}.invalid"

    def get(self, path: str, allowed: Collection[int] = (), **parameters: Any) -> Reply:
        """The JSON at a path; ``Refused`` for every status but 200 and those ``allowed``."""
        given = {name: value for name, value in parameters.items() if value is not None}
        query = urlencode(given, doseq=True)
        for _ in range(_MOST_MOVES):
            status, location, body = self._ask(path, query)
            if status not in (301, 302):
                break
            to = urlsplit(location)
            path, query = to.path, to.query
        if status == 200 or status in allowed:
            return Reply(status, _object(body))
        raise Refused(_why(status, body))

    @cached_property
    def _handler(self) -> Callable[..., Any]:
        handler = WSGIHandler()
        handler.request_class = _Request
        return handler

    def _ask(self, path: str, query: str) -> tuple[int, str, bytes]:
        begun: list[tuple[str, dict[str, str]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            begun[:] = [(status, dict(headers))]

        response = self._handler(self._environ(path, query), start)
        try:
            body = b"".join(response)
        finally:
            response.close()
        status, headers = begun[0]
        if not self.origin:
            body = body.replace(self._asked_at.encode(), b"")
        return int(status.split()[0]), headers.get("Location", ""), body

    def _environ(self, path: str, query: str) -> dict[str, Any]:
        """A request (PEP 3333) with nothing in it but the address."""
        scheme, host = urlsplit(self._asked_at)[:2]
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            # As WSGI has it: the bytes of the path, each as a character.
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": host,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": _Errors(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def api(*parts: str) -> str:
    """The path of an address of the API, of parts that are data."""
    return "/api/v1/" + "".join(f"{quote(part, safe='')}/" for part in parts)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        raise Refused(MISTAKE) from None
    if not isinstance(found, dict):
        raise Refused(MISTAKE)
    return found


def _why(status: int, body: bytes) -> str:
    """What a refusal says for people: problem details (RFC 9457), where it has them."""
    if status == 503:
        return AWAY
    if status >= 500:
        return MISTAKE
    try:
        problem = json.loads(body)
        wrong = [f"{e['parameter'] or 'request'}: {e['detail']}" for e in problem["errors"]]
        return " ".join(wrong) or str(problem["detail"])
    except (ValueError, LookupError, TypeError):
        return f"The site refused this with status {status}."


class _Errors:
    """``wsgi.errors``: what is written there goes to the log."""

    def write(self, text: str) -> None:
        logger.error("%s", text)

    def flush(self) -> None:
        return None
