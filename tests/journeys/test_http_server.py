"""What the running server makes of requests as they come over the wire."""

import gzip
import json
import socket
from collections.abc import Iterator
from http.client import HTTPMessage, HTTPResponse
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.databases import Copies, run_manage
from tests.servers import WAIT, Site, start_site

pytestmark = pytest.mark.process

API = "/api/v1/"
PATHS = [
    *(API, f"{API}therapies/", f"{API}therapies/ocrelizumab/", f"{API}log/1/", f"{API}changes/"),
    *(f"{API}schema/", f"{API}schema/?format=yaml", f"{API}docs/", f"{API}therapies", "/api/v1"),
    *(f"{API}nowhere/", "/api/", f"{API}therapies/?x=1", f"{API}?q={'x' * 4_000}"),
]
ID = "6e1c7a52-3a0b-4b6f-9a39-5f1b8c3d2e10"
OF_ONE = {"x-request-id", "date", "server-timing", "last-modified"}  # the last not at once
"""Headers of a single answer."""


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes


@pytest.fixture(scope="module")
def site(database_copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = database_copies.make()
    run_manage(url, "shell", "-v0", "-c", "from tests.small_base import small_base; small_base()")
    site = start_site(url, tmp_path_factory.mktemp("site") / "log", WEB_CONCURRENCY="1")
    yield site
    site.stop()
    database_copies.remove(url)


def written(line: str, *headers: str, host: str = "localhost", body: bytes = b"") -> bytes:
    named = [f"Host: {host}", *headers] if host else list(headers)
    return "\r\n".join([f"{line} HTTP/1.1", *named, "", ""]).encode("latin-1") + body


def sent(site: Site, *requests: bytes) -> list[Answer]:
    """The answers to requests that are written to one connection at once."""
    parts = urlsplit(site.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), WAIT) as line:
        line.sendall(b"".join(requests))
        return [received(line, one.split(b" ")[0].decode()) for one in requests]


def received(line: socket.socket, method: str) -> Answer:
    answer = HTTPResponse(line, method=method)
    answer.fp = Unbuffered(line)
    answer.begin()
    return Answer(answer.status, answer.headers, answer.read())


class Unbuffered:
    """Reads no byte of the next answer."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def read(self, size: int = -1) -> bytes:
        found = b""
        while len(found) < size and (part := self._line.recv(size - len(found))):
            found += part
        return found

    def readline(self, most: int = -1) -> bytes:
        found = b""
        while not found.endswith(b"\n") and (part := self._line.recv(1)):
            found += part
        return found

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


def ask(site: Site, path: str, *headers: str, method: str = "GET", **more: Any) -> Answer:
    return sent(site, written(f"{method} {path}", *headers, **more))[0]


def assert_problem(answer: Answer, status: int) -> None:
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Request-ID" in answer.headers["Access-Control-Expose-Headers"]
    assert json.loads(answer.body)["status"] == status
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_head_has_the_headers_of_get_and_no_body(site: Site, path: str) -> None:
    for accepted in ("identity", "gzip"):
        get, head = (
            ask(site, path, f"Accept-Encoding: {accepted}", method=method)
            for method in ("GET", "HEAD")
        )
        assert (head.status, head.body) == (get.status, b"")
        assert told(head) == told(get)
        assert get.headers["Content-Length"] == str(len(get.body))
        assert get.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in get.headers


def told(answer: Answer) -> dict[str, str]:
    return {k.lower(): v for k, v in answer.headers.items() if k.lower() not in OF_ONE}


@pytest.mark.parametrize("path", PATHS[:-1])
def test_options_answers_everywhere(site: Site, path: str) -> None:
    answer = ask(site, path, "Origin: https://a.example", method="OPTIONS")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", [f"{API}therapies/", f"{API}schema/", f"{API}log/1/", API])
def test_compressed_answers_have_tags_of_their_own_that_come_back(site: Site, path: str) -> None:
    plain, packed = ask(site, path), ask(site, path, "Accept-Encoding: gzip;q=0.3, br")
    assert packed.headers["ETag"] == f'{plain.headers["ETag"][:-1]}-gzip"'
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept, Accept-Encoding"
    for tag in (plain.headers["ETag"], packed.headers["ETag"], f"W/{plain.headers['ETag']}", "*"):
        for accepted in ("gzip", "gzip;q=0"):
            again = ask(site, path, f"If-None-Match: {tag}", f"Accept-Encoding: {accepted}")
            assert (again.status, again.body) == (304, b""), tag
            assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Encoding" not in ask(site, path, "Accept-Encoding: gzip;q=0, *").headers


def test_problems_are_compressed(site: Site) -> None:
    packed = ask(site, f"{API}therapies/?x=1", "Accept-Encoding: gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.body))["status"] == 400
    assert packed.headers["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("method", ["POST", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get"])
def test_other_methods_are_problems(site: Site, method: str) -> None:
    for path in (API, f"{API}docs/", "/api/nowhere"):
        answer = ask(site, path, "Content-Length: 2", method=method, body=b"{}")
        assert_problem(answer, 405)
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("host", ["evil.example", "<b>[x", "", "localhost,evil.example"])
def test_wrong_host_is_a_problem(site: Site, host: str) -> None:
    for path in (f"{API}therapies/", "/api/nowhere"):
        answer = ask(site, path, host=host)
        assert_problem(answer, 400)
        assert b"evil" not in answer.body
        assert b"<b>" not in answer.body


def test_address_that_is_too_long_is_a_problem(site: Site) -> None:
    assert_problem(ask(site, f"{API}therapies/?q={'x' * 4_000}"), 414)


def test_what_is_sent_with_a_get_is_ignored_and_not_taken_for_a_request(site: Site) -> None:
    hidden = b"GET /healthz HTTP/1.1\r\n\r\n"
    whole = ask(site, API)
    first, second = sent(
        site,
        written(f"GET {API}", f"Content-Length: {len(hidden)}", body=hidden),
        written(f"GET {API}therapies/"),
    )
    assert (first.status, first.body) == (200, whole.body)
    assert second.body == ask(site, f"{API}therapies/").body
    chunked = b"5\r\nhello\r\n0\r\n\r\n"
    first, second = sent(
        site,
        written(f"GET {API}", "Transfer-Encoding: chunked", body=chunked),
        written(f"GET {API}therapies/"),
    )
    assert (first.status, second.status) == (200, 200)
    assert first.body == whole.body


def test_range_is_ignored(site: Site) -> None:
    answer = ask(site, API, "Range: bytes=0-3")
    assert (answer.status, answer.body) == (200, ask(site, API).body)


def test_names_of_hosts_elsewhere_in_a_request_have_no_effect(site: Site) -> None:
    whole = ask(site, API)
    for line, *headers in (
        (f"GET http://localhost{API}",),
        (f"GET http://evil.example{API}",),
        (f"GET {API}", "X-Forwarded-Host: evil.example", "X-Forwarded-Port: 81"),
        (f"GET {API}", "Forwarded: host=evil.example;proto=https", "X-Forwarded-Proto: https"),
        (f"GET {API}", "X-Original-URL: /admin/", "X-Rewrite-URL: /admin/", "X-Script-Name: /x"),
    ):
        answer = sent(site, written(line, *headers))[0]
        assert (answer.status, answer.body) == (200, whole.body)
        assert told(answer) == told(whole)


def test_missing_slash_is_one_redirect_that_keeps_the_query(site: Site) -> None:
    for path in ("/api/v1", f"{API}therapies", f"{API}log/1"):
        answer = ask(site, f"{path}?limit=2&x=%C3%BC")
        assert (answer.status, answer.headers["Location"]) == (301, f"{path}/?limit=2&x=%C3%BC")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_id_of_a_request_is_in_its_answer_and_in_the_log(site: Site) -> None:
    ids = [ask(site, API).headers["X-Request-ID"] for _ in range(3)]
    assert len(set(ids)) == 3, "The answer is kept, its id is not."
    answer = ask(site, "/no-such-page", f"X-Request-ID: {ID}")
    assert answer.headers["X-Request-ID"] == ID
    (line,) = [line for line in site.log.read_text().splitlines() if ID in line]
    assert "/no-such-page" in line
    forged = ask(site, API, "X-Request-ID: anna@example.org")
    assert "anna" not in forged.headers["X-Request-ID"]
