"""Has Django answer, in threads of its own: some for readers, others for the workroom.

So who reads never waits behind who writes, however many forms wait for a lock; and each thread
keeps its connection to the database, of which there are as many as threads.
"""

import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.db import connection

from msportal.answers.answer import Answer, Headers
from msportal.answers.key import Environ, Key
from msportal.request_id import GIVEN
from publication.lasting import ASKED

logger = logging.getLogger(__name__)

Start = Callable[[str, Headers], Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

_IN_MEMORY = 1_000_000
"""Bytes of a form that are held in memory until all of it has come; more goes to a file."""
LARGEST = 64_000_000
"""Bytes that are taken in before Django sees them; it refuses more by itself."""


class Asking:
    """Django's WSGI application, and the threads in which it answers."""

    def __init__(self, application: Application, *, readers: int, writers: int) -> None:
        self._application = application
        self._readers = ThreadPoolExecutor(readers, "reader")
        self._writers = ThreadPoolExecutor(writers, "writer")

    def answer(self, key: Key, known: str, *, least: int, request: str) -> "Future[Answer]":
        """What it says to the key alone; ``known``: the value of ``If-None-Match``, or empty;
        ``request``: the id of who asks first, for what is logged meanwhile.

        ``least``: the number that the log's head has reached. A connection on which a statement
        was left open goes on seeing SQLite as it was; such an answer is made anew over another.
        """
        return self._readers.submit(self._answer, key, known, least, request)

    def _answer(self, key: Key, known: str, least: int, request: str) -> Answer:
        answer = self._made(key, known, request)
        if answer.head is not None and answer.head < least:
            connection.close()
            answer = self._made(key, known, request)
        return answer

    def _made(self, key: Key, known: str, request: str) -> Answer:
        heads: list[int] = []
        more = {"HTTP_IF_NONE_MATCH": known} if known else {}
        beside = {ASKED: heads.append, GIVEN: request}
        environ = key.environ(
            **more, **beside, **{"wsgi.input": BytesIO(), "wsgi.errors": _Errors()}
        )
        status, headers, body = self._run(environ)
        try:
            whole = b"".join(body)
        finally:
            _close(body)
        return Answer(status, headers, whole, min(heads, default=None))

    def pass_on(self, environ: Environ, start: Start, *, writes: bool) -> Iterable[bytes]:
        """The request as it came, body and all."""
        pool = self._writers if writes else self._readers
        with _received(environ) as sent:
            environ["wsgi.input"] = sent
            status, headers, body = pool.submit(self._run_alone, environ).result()
        start(status, headers)
        return _Streamed(body) if getattr(body, "streaming", False) else body

    def _run_alone(self, environ: Environ) -> tuple[str, Headers, Iterable[bytes]]:
        """Of SQLite, a connection of its own: what a statement left open holds up no writer."""
        try:
            return self._run(environ)
        finally:
            if connection.vendor == "sqlite":
                connection.close()

    def _run(self, environ: Environ) -> tuple[str, Headers, Iterable[bytes]]:
        """What is streamed is made where it is sent; all else is made here, to its end."""
        begun: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> None:
            begun[:] = [(status, headers)]

        body = self._application(environ, start)
        if not getattr(body, "streaming", False):
            made = body
            try:
                body = [b"".join(made)]
            finally:
                _close(made)
        return (*begun[0], body)


class _Streamed:
    """A body that is made in the thread that sends it, whose connection to the database ends with
    it: of those threads there are many.
    """

    def __init__(self, body: Iterable[bytes]) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        try:
            _close(self._body)
        finally:
            connection.close()


def _close(body: Iterable[bytes]) -> None:
    """As whoever takes an application's answer has to (PEP 3333)."""
    if close := getattr(body, "close", None):
        close()


class _Errors:
    """``wsgi.errors`` of a request that nobody sent: what is written there goes to the log."""

    def write(self, text: str) -> None:
        logger.error("%s", text)

    def flush(self) -> None:
        return None


@contextmanager
def _received(environ: Environ) -> Iterator[Any]:
    """What was sent, whole: a slow sender keeps no thread waiting that another could have."""
    sent = environ["wsgi.input"]
    told = environ.get("CONTENT_LENGTH") or "0"
    length = int(told) if told.isascii() and told.isdecimal() and len(told) < 12 else 0
    if not 0 < length <= LARGEST:
        yield sent
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as held:
        try:
            while length > 0 and (part := sent.read(min(length, 65_536))):
                held.write(part)
                length -= len(part)
            held.seek(0)
        except OSError as problem:  # no room on the disk, say: Django tells its sender in words
            yield _Broken(problem)
        else:
            yield held


class _Broken:
    """What could not be taken in."""

    def __init__(self, problem: OSError) -> None:
        self._problem = problem

    def read(self, *_: int) -> bytes:
        raise self._problem

    readline = read
