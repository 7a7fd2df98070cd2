"""What stands before Django: gives kept answers while they are true, and has the others made."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from msportal import request_id
from msportal.answers import late
from msportal.answers.answer import Answer, Headers, Sent, plain
from msportal.answers.asking import Application, Asking, Start
from msportal.answers.heads import Away, Head, State
from msportal.answers.key import Environ, Key
from msportal.answers.refused import LONGEST, busy, too_long
from msportal.request_id import GIVEN
from publication.lasting import EVER
from publication.remembered import Remembered

READS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and when it is true: while the log stands there, on that day in UTC."""

    answer: Answer
    state: State
    day: int


class Front:
    """A WSGI application (PEP 3333) around Django's."""

    def __init__(
        self,
        application: Application,
        head: Callable[[], Head | None],
        *,
        most: int,
        late_seconds: int,
        readers: int,
        writers: int,
        waiting: int,
    ) -> None:
        """``head``: what gives the head of the log, or ``None`` where all is passed on as it comes.
        ``most``: bytes of kept answers. ``late_seconds``: how long they are given while the
        database is away. ``waiting``: how many may wait for an answer at once, and as many who
        send a form.
        """
        self._asking = Asking(application, readers=readers, writers=writers)
        self._open = head
        self._kept: Remembered[Kept] = Remembered(most=most)
        self._keeps = most > 0
        self._late_seconds = late_seconds
        self._readers = threading.BoundedSemaphore(waiting)
        self._senders = threading.BoundedSemaphore(waiting)
        self._flights: dict[tuple[Key, State, str], Future[Answer]] = {}
        self._lock = threading.Lock()
        self._head: Head | None = None
        self._is_open = False
        self._seen: tuple[State, float] | None = None
        """The state that the log was last known to be in, and when (``time.monotonic``)."""

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Each answer bears the id of its request, beside what may be kept of it for others."""
        name = environ[GIVEN] = request_id.of(environ.get(request_id.SENT_AS, ""))

        def begin(status: str, headers: Headers) -> Any:
            return start(status, [*headers, (request_id.HEADER, name)])

        return self._answered(environ, begin)

    def _answered(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > LONGEST:
            return _send(too_long(environ), environ, start)
        if environ["REQUEST_METHOD"] in READS:  # whatever is sent with it is not waited for
            environ["CONTENT_LENGTH"], environ["wsgi.input"] = "0", BytesIO()
        tags = plain(environ.get("HTTP_IF_NONE_MATCH", ""))
        if tags:
            environ["HTTP_IF_NONE_MATCH"] = tags
        key = Key.of(environ)
        if key is None or tags.strip() == "*":
            return self._pass_on(environ, start)
        try:
            state = self._now()
        except Away:
            given = self._late(key, tags, environ)
            if given is None:
                return self._pass_on(environ, start)
            return _send(given, environ, start)
        if state is None:
            return self._pass_on(environ, start)
        answer = self._known(key, state, tags)
        if answer is None:
            return self._made(key, state, tags, environ, start)
        return _send(_chosen(answer, tags, environ), environ, start)

    def _now(self) -> State | None:
        """Opened in the process that answers, not in the one that it was forked from."""
        if not self._is_open:
            with self._lock:
                if not self._is_open:
                    self._head, self._is_open = self._open(), True
        if self._head is None:
            return None
        state = self._head.now()
        before = self._seen
        self._seen = state, time.monotonic()
        if before is not None and before[0] != state:
            self._kept.clear()  # no more than room: what was kept then is not true now
        return state

    def _known(self, key: Key, state: State, tags: str) -> Answer | None:
        """Without its body it is known to those alone who have it."""
        kept = self._kept.get(key)
        if kept is None or kept.state != state or kept.day != _today():
            return None
        return kept.answer if kept.answer.code != 304 or kept.answer.is_known(tags) else None

    # Made

    def _made(
        self, key: Key, state: State, tags: str, environ: Environ, start: Start
    ) -> Iterable[bytes]:
        if not self._readers.acquire(blocking=False):
            return _send(busy(environ), environ, start)
        begun = time.perf_counter()
        try:
            answer = self._answer(key, state, tags, environ[GIVEN])
        finally:
            self._readers.release()
        sent = _chosen(answer, tags, environ)
        took = f"answer;desc=made;dur={(time.perf_counter() - begun) * 1000:.1f}"
        timed = Sent(sent.status, [*sent.headers, ("Server-Timing", took)], sent.body)
        return _send(timed, environ, start)

    def _answer(self, key: Key, state: State, tags: str, name: str) -> Answer:
        """Made once for all who ask meanwhile, if it is one that may be kept; for each, where none
        is.
        """
        ask = partial(self._asking.answer, key, tags, least=state.seq, request=name)
        if not self._keeps:
            return ask().result()
        flight = key, state, tags
        with self._lock:
            future = self._flights.get(flight)
            joined = future is not None
            if future is None and (known := self._known(key, state, tags)):
                return known  # it landed since
            if future is None:
                future = self._flights[flight] = ask()
        if joined:
            answer = future.result()
            if answer.may_be_kept:
                return answer
            return ask().result()
        day = _today()
        try:
            answer = future.result()
            if answer.may_be_kept and answer.head in (state.seq, EVER) and day == _today():
                self._kept.keep(key, Kept(answer, state, day), answer.size)
        finally:
            with self._lock:
                del self._flights[flight]
        return answer

    def _pass_on(self, environ: Environ, start: Start) -> Iterable[bytes]:
        writes = environ["REQUEST_METHOD"] not in READS or environ.get("PATH_INFO", "").startswith(
            "/admin/"
        )
        places = self._senders if writes else self._readers
        if not places.acquire(blocking=False):
            return _send(busy(environ), environ, start)
        try:
            return self._asking.pass_on(environ, start, writes=writes)
        finally:
            places.release()

    # While the database is away

    def _late(self, key: Key, tags: str, environ: Environ) -> Sent | None:
        """What was true when the log was last seen, for a while, and saying so; what is true of the
        release, as ever.
        """
        if self._seen is None:
            return None
        state, seen_at = self._seen
        age = int(time.monotonic() - seen_at)
        kept = self._kept.get(key)
        if kept is None or kept.state != state or age >= self._late_seconds:
            return None
        if kept.answer.code == 304:
            return None
        if kept.answer.head == EVER:
            return _chosen(kept.answer, tags, environ)
        return late.told(kept.answer, age=age, now=dt.datetime.now(dt.UTC))


def _today() -> int:
    """The day in UTC, counted from 1970."""
    return int(time.time() // 86_400)


def _chosen(answer: Answer, tags: str, environ: Environ) -> Sent:
    coding = answer.coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    since = "" if tags else environ.get("HTTP_IF_MODIFIED_SINCE", "")
    if answer.is_known(tags) if tags else since and answer.is_since(since):
        return answer.unchanged(coding)
    return answer.sent(coding)


def _send(sent: Sent, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
    start(sent.status, sent.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else sent.body
