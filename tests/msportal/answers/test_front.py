"""What stands before Django: what it keeps, for whom, and for how long."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
import time_machine

from msportal.answers.front import Front
from msportal.answers.heads import Away, State
from publication.lasting import ASKED, EVER
from tests.servers import WAIT

PAGE = b'<!doctype html><body><main id="main">%s</main>' + b" " * 300


FIRST = State(1, "a" * 64, "")


@dataclass
class Log:
    """A head that stands where a test puts it."""

    state: State = FIRST
    is_away: bool = False

    def now(self) -> State:
        if self.is_away:
            raise Away
        return self.state

    def move(self) -> None:
        self.state = State(self.state.seq + 1, "b" * 64, "")


@dataclass
class Site:
    """A WSGI application in the place of Django's; ``asked`` has what it was asked."""

    log: Log
    asked: list[dict[str, Any]] = field(default_factory=list)
    status: str = "200 OK"
    headers: dict[str, str] = field(default_factory=dict)
    vouches: bool = True
    ever: bool = False
    """Whether its answers are the release's, whatever the log says."""
    hold: Callable[[dict[str, Any]], object] = lambda environ: None

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ)
        told = environ.get(ASKED)
        if told and self.vouches:
            told(EVER if self.ever else self.log.state.seq)
        self.hold(environ)
        environ["body"] = environ["wsgi.input"].read()
        tag = f'"{self.log.state.seq}-x"'
        headers = [("Content-Type", "text/html"), ("ETag", tag), *self.headers.items()]
        if environ.get("HTTP_IF_NONE_MATCH") == tag:
            start("304 Not Modified", headers[1:])
            return []
        start(self.status, headers)
        return [PAGE % str(self.log.state.seq).encode()]


@dataclass
class Told:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Reader:
    front: Front

    def get(self, path: str = "/", *, method: str = "GET", body: bytes = b"", **more: str) -> Told:
        begun: list[Any] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "HTTP_HOST": "example.org",
            "SERVER_NAME": "example.org",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "192.0.2.7",
            "HTTP_USER_AGENT": "A browser",
            "wsgi.input": BytesIO(body),
            **({"CONTENT_LENGTH": str(len(body))} if body else {}),
            **more,
        }
        answer = self.front(environ, lambda status, headers: begun.append((status, headers)))
        text = b"".join(answer)
        status, headers = begun[-1]
        return Told(int(status[:3]), dict(headers), text)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def site(log: Log) -> Site:
    return Site(log)


@pytest.fixture
def reader(site: Site, log: Log) -> Reader:
    return reader_of(site, log)


def reader_of(site: Site, log: Log, **changed: int) -> Reader:
    sizes = {"most": 1_000_000, "late_seconds": 600, "readers": 2, "writers": 2, "waiting": 8}
    return Reader(Front(site, lambda: log, **(sizes | changed)))


def test_answer_is_made_once_while_the_head_stands(reader: Reader, site: Site, log: Log):
    first, second = reader.get(), reader.get()
    assert (first.status, second.status, len(site.asked)) == (200, 200, 1)
    assert first.body == second.body
    assert "dur=" in first.headers["Server-Timing"]
    assert "Server-Timing" not in second.headers
    log.move()
    assert b">2<" in reader.get().body
    assert len(site.asked) == 2


def test_answers_differ_by_address_host_and_scheme(reader: Reader, site: Site):
    asked: list[dict[str, str]] = [
        {},
        {"QUERY_STRING": "a=b"},
        {"HTTP_HOST": "other.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
    ]
    for more in asked * 2:
        reader.get(**more)
    reader.get("/b")
    assert len(site.asked) == len(asked) + 1


def test_site_is_told_the_key_of_a_reader_and_nothing_else(reader: Reader, site: Site):
    reader.get(HTTP_COOKIE="theme=dark; csrftoken=abc", HTTP_REFERER="x", HTTP_ACCEPT="y")
    (environ,) = site.asked
    told = {name for name in environ if name.startswith(("HTTP_", "REMOTE"))}
    assert told == {"HTTP_HOST"}


def test_nothing_of_a_session_or_a_form_is_kept(reader: Reader, site: Site):
    for _ in range(2):
        reader.get(HTTP_COOKIE="a=b; sessionid=abc")
        reader.get(method="POST", body=b"a form")
        reader.get("/admin/")
    assert len(site.asked) == 6
    assert [e.get("HTTP_COOKIE") for e in site.asked[:1]] == ["a=b; sessionid=abc"]
    assert site.asked[1]["body"] == b"a form"
    assert ASKED not in site.asked[0]
    reader.get()
    assert len(site.asked) == 7


@pytest.mark.parametrize(
    "changed",
    [
        {"vouches": False},
        {"status": "503 Service Unavailable"},
        {"headers": {"Set-Cookie": "a=b"}},
        {"headers": {"Cache-Control": "private"}},
        {"headers": {"Vary": "Cookie"}},
    ],
)
def test_what_may_not_be_kept_is_made_each_time(
    reader: Reader, site: Site, changed: dict[str, Any]
):
    for name, value in changed.items():
        setattr(site, name, value)
    for _ in range(3):
        reader.get()
    assert len(site.asked) == 3


def test_answer_of_another_head_than_was_asked_for_is_given_and_not_kept(
    reader: Reader, site: Site, log: Log
):
    site.hold = lambda environ: log.move() if len(site.asked) == 1 else None
    site.vouches = True
    assert b">2<" in reader.get().body
    assert b">2<" in reader.get().body
    assert len(site.asked) == 2


def test_who_asks_meanwhile_waits_for_the_same_answer(reader: Reader, site: Site):
    go = threading.Event()
    site.hold = lambda environ: go.wait(WAIT)
    with ThreadPoolExecutor(6) as threads:
        told = [threads.submit(reader.get) for _ in range(6)]
        wait_until(lambda: bool(site.asked))
        go.set()
        assert {done.result(WAIT).status for done in told} == {200}
    assert len(site.asked) == 1


def test_readers_do_not_wait_behind_those_who_write(reader: Reader, site: Site):
    reader.get("/kept")
    go = threading.Event()
    site.hold = lambda environ: environ["REQUEST_METHOD"] == "POST" and go.wait(WAIT)
    with ThreadPoolExecutor(8) as threads:
        posts = [threads.submit(reader.get, method="POST", body=b"x") for _ in range(8)]
        wait_until(lambda: len(site.asked) == 1 + 2)  # as many as may write at once
        assert reader.get("/kept").status == 200
        assert reader.get("/made").status == 200
        assert reader.get("/made", HTTP_COOKIE="sessionid=abc").status == 200
        assert not any(post.done() for post in posts)
        go.set()
        assert {post.result(WAIT).status for post in posts} == {200}


def test_too_many_at_once_are_told_to_come_again(site: Site, log: Log):
    reader, go = reader_of(site, log, waiting=2), threading.Event()
    reader.get("/kept")
    site.hold = lambda environ: go.wait(WAIT)
    with ThreadPoolExecutor(2) as threads:
        first = [threads.submit(reader.get, f"/{n}") for n in range(2)]
        wait_until(lambda: len(site.asked) == 3)
        told = reader.get("/third")
        assert (told.status, told.headers["Retry-After"]) == (503, "10")
        assert reader.get("/kept").status == 200
        go.set()
        assert [done.result(WAIT).status for done in first] == [200, 200]
    assert reader.get("/third").status == 200


def test_what_is_unchanged_is_told_without_making_a_body(reader: Reader, site: Site):
    tags = '"1-x"'
    for _ in range(2):
        told = reader.get(HTTP_IF_NONE_MATCH=tags)
        assert (told.status, told.body, told.headers["ETag"]) == (304, b"", tags)
        assert "Content-Length" not in told.headers
    assert len(site.asked) == 1
    assert reader.get(HTTP_IF_NONE_MATCH='"0-x"').status == 200
    assert len(site.asked) == 2, "Its body was never made."
    assert reader.get(HTTP_IF_NONE_MATCH=tags).status == 304
    assert reader.get().status == 200
    assert len(site.asked) == 2


def test_who_reads_is_not_waited_for_whatever_is_announced(reader: Reader, site: Site):
    class Never:
        def read(self, *_: int) -> bytes:
            raise AssertionError("It never comes.")

    for method in ("GET", "HEAD", "OPTIONS"):
        for path in ("/", "/healthz", "/admin/"):
            more: dict[str, Any] = {"CONTENT_LENGTH": "5", "wsgi.input": Never()}
            assert reader.get(path, method=method, **more).status == 200
    assert {environ["body"] for environ in site.asked} == {b""}


def test_django_is_told_tags_as_it_knows_them(reader: Reader, site: Site):
    told = reader.get("/admin/", HTTP_IF_NONE_MATCH='"1-x-gzip"')
    assert (told.status, site.asked[0]["HTTP_IF_NONE_MATCH"]) == (304, '"1-x"')


def test_django_says_whether_there_is_any_answer_at_all(reader: Reader, site: Site):
    reader.get()
    reader.get(HTTP_IF_NONE_MATCH="*")
    assert [environ.get("HTTP_IF_NONE_MATCH") for environ in site.asked] == [None, "*"]


def test_body_is_not_sent_to_who_asks_for_the_head(reader: Reader, site: Site):
    whole = reader.get()
    head = reader.get(method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body))
    assert len(site.asked) == 1


def test_answer_is_true_for_a_day(reader: Reader, site: Site):
    with time_machine.travel("2026-03-01T23:59:00Z", tick=False) as clock:
        reader.get()
        clock.shift(30)
        reader.get()
        assert len(site.asked) == 1
        clock.shift(60)
        reader.get()
    assert len(site.asked) == 2


def test_kept_answers_take_no_more_room_than_they_are_given(site: Site, log: Log):
    reader = reader_of(site, log, most=50_000)
    for number in range(100):
        reader.get(f"/{number}")
    kept = reader.front._kept
    assert 2 < len(kept) < 50_000 / len(PAGE)
    assert kept.size <= 50_000
    reader.get("/99")
    assert len(site.asked) == 100
    reader.get("/0")
    assert len(site.asked) == 101


def test_nothing_is_kept_where_no_room_is_given(site: Site, log: Log):
    reader = reader_of(site, log, most=0)
    for _ in range(2):
        assert "Server-Timing" in reader.get().headers
    assert len(site.asked) == 2


def test_everything_is_passed_on_where_there_is_no_head_to_ask(site: Site):
    front = Front(site, lambda: None, most=1_000, late_seconds=0, readers=1, writers=1, waiting=1)
    for _ in range(2):
        Reader(front).get()
    assert [environ["HTTP_USER_AGENT"] for environ in site.asked] == ["A browser"] * 2


# While the database is away


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock that measures how long ago something was."""
    passed = 0.0
    steady = time.monotonic

    def move(seconds: float) -> None:
        nonlocal passed
        passed += seconds

    monkeypatch.setattr(time, "monotonic", lambda: steady() + passed)
    return move


def test_what_was_true_is_told_for_a_while_and_says_since_when(
    reader: Reader, site: Site, log: Log, clock: Callable[[float], None]
):
    reader.get()
    log.is_away = True
    clock(90)
    with time_machine.travel("2026-03-01T12:34:50Z", tick=False):
        told = reader.get(HTTP_IF_NONE_MATCH='"1-x"')
    assert (told.status, told.headers["Age"]) == (200, "90")
    assert "ETag" not in told.headers
    text = told.body.decode()
    assert "last known to be true at 12:33 UTC on 1 March 2026" in text
    assert text.index("12:33") < text.index("<main")
    assert told.headers["Content-Length"] == str(len(told.body))
    assert len(site.asked) == 1
    clock(511)
    reader.get()
    assert len(site.asked) == 2, "Ten minutes are over: Django says that it cannot."


def test_what_was_seen_to_be_over_is_not_told_again(reader: Reader, site: Site, log: Log):
    """Such as a record that was withdrawn meanwhile, of which nobody asked since."""
    reader.get("/asked-again")
    reader.get("/not-asked-again")
    log.move()
    reader.get("/asked-again")
    log.is_away = True
    assert b">2<" in reader.get("/asked-again").body
    asked = len(site.asked)
    reader.get("/not-asked-again")
    assert len(site.asked) == asked + 1


def test_what_is_true_of_the_release_is_true_while_the_database_is_away(
    reader: Reader, site: Site, log: Log, clock: Callable[[float], None]
):
    site.ever = True
    first = reader.get()
    log.is_away = True
    clock(90)
    again = reader.get()
    assert (again.body, again.headers["ETag"]) == (first.body, first.headers["ETag"])
    assert "Age" not in again.headers
    assert reader.get(HTTP_IF_NONE_MATCH='"1-x-gzip"').status == 304
    assert len(site.asked) == 1
    clock(600)
    assert reader.get().status == 200
    assert len(site.asked) == 2


def test_late_answers_may_be_switched_off(site: Site, log: Log):
    reader = reader_of(site, log, late_seconds=0)
    reader.get()
    log.is_away = True
    assert "Age" not in reader.get().headers
    assert len(site.asked) == 2


def test_who_is_signed_in_is_told_no_late_answer(reader: Reader, site: Site, log: Log):
    reader.get()
    log.is_away = True
    assert "Age" not in reader.get(HTTP_COOKIE="sessionid=abc").headers


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


# Representations


def test_answers_of_the_api_differ_by_what_is_accepted_and_those_of_pages_do_not(
    reader: Reader, site: Site
):
    site.headers = {"Vary": "Accept"}
    asked = ["", "application/ld+json", "text/html", "application/json;q=0.5, application/ld+json"]
    usual = ["*/*", "application/json", "application/json, text/plain, */*", "text/html,*/*;q=0.8"]
    for accept in (*asked, *usual) * 2:
        told = reader.get("/api/v1/therapies/x/", HTTP_ACCEPT=accept)
        assert told.headers["Vary"] == "Accept, Accept-Encoding"
    assert [environ.get("HTTP_ACCEPT", "") for environ in site.asked] == [
        "",
        "application/ld+json;q=1.0",
        "*/*;q=0",
        "application/ld+json;q=1.0, application/json;q=0.999",
    ]
    for accept in (*asked, *usual):
        reader.get("/therapies/x/", HTTP_ACCEPT=accept)
    assert len(site.asked) == len(asked) + 1


def test_whatever_is_accepted_few_answers_are_kept(reader: Reader, site: Site):
    for number in range(100):
        weight = f"0.{number + 100}"
        accept = f"application/ld+json;q={weight}, a/b;q=0.{number + 1}, application/json;q=0.05"
        reader.get("/api/v1/", HTTP_ACCEPT=accept)
    assert len(site.asked) == 1
