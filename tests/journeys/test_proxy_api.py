"""nginx before the API: what it refuses itself is a problem too, and what it says is not forged."""

import gzip
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from publication.api.headers import ALWAYS
from tests.databases import Copies, run_manage
from tests.journeys.test_proxy import Answer, ask
from tests.plugin import REQUIRED
from tests.proxy import FEW_PAGES, Changes, find, nginx_before
from tests.servers import Site, start_site

pytestmark = pytest.mark.process

API = "/api/v1/"
HOST = "msportal.example.org"
TLS = {"Host": HOST, "X_Forwarded_Proto": "https"}
"""As a proxy of ours says that it ended TLS."""
ID = "6e1c7a52-3a0b-4b6f-9a39-5f1b8c3d2e10"
FROM_ELSEWHERE: Changes = (("127.0.0.0/8", "198.51.100.0/24"),)
"""Who asks in a test is no proxy of ours then."""


@pytest.fixture(scope="module")
def _installed() -> None:
    if find("nginx") is None:
        refuse = pytest.fail if REQUIRED else pytest.skip
        refuse("nginx is not installed")


@pytest.fixture(scope="module")
def site(
    _installed: None, database_copies: Copies, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """As in production: TLS ends before nginx."""
    url = database_copies.make()
    run_manage(url, "shell", "-v0", "-c", "from tests.small_base import small_base; small_base()")
    more = {"MSPORTAL_TRUSTED_PROXIES": "1", "WEB_CONCURRENCY": "1", "MSPORTAL_HTTPS": "true"}
    more["ALLOWED_HOSTS"] = f"{HOST},127.0.0.1"
    site = start_site(url, tmp_path_factory.mktemp("site") / "log", **more)
    yield site
    site.stop()
    database_copies.remove(url)


@pytest.fixture
def proxy(site: Site, tmp_path: Path) -> Iterator[str]:
    with nginx_before(site.url, tmp_path) as url:
        yield url


def raw(url: str, request: bytes) -> tuple[bytes, bytes]:
    """Head and body of the answer to what no client would send."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), 30) as line:
        line.sendall(request)
        found = b""
        while part := line.recv(65_536):
            found += part
    head, _, body = found.partition(b"\r\n\r\n")
    return head, body


def assert_problem(answer: Answer, status: int, title: str) -> dict[str, Any]:
    """One of nginx's own."""
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "X-Request-ID"):
        assert name in answer.headers
    found: dict[str, Any] = json.loads(answer.body)
    assert (found["type"], found["title"], found["status"]) == ("about:blank", title, status)
    assert found["errors"] == []
    return found


# What nginx refuses itself


def test_too_much_content_is_a_problem(proxy: str) -> None:
    answer = ask(proxy, API, method="POST", body=b"x" * 600_000, **TLS)
    assert_problem(answer, 413, "Content Too Large")


def test_address_is_too_long_for_the_site_or_for_nginx(proxy: str) -> None:
    for length in (4_001, 12_000, 17_000, 60_000):
        answer = ask(proxy, f"{API}therapies/?q={'x' * length}", **TLS)
        assert_problem(answer, 414, "URI Too Long")
    page = ask(proxy, f"/therapies/?q={'x' * 17_000}", **TLS)
    assert (page.status, b"<h1>URI Too Long</h1>" in page.body) == (414, True)
    assert "Access-Control-Allow-Origin" not in page.headers


def test_header_that_is_too_long_is_a_problem(proxy: str) -> None:
    assert ask(proxy, API, X_Long="x" * 15_000, **TLS).status == 200
    assert_problem(
        ask(proxy, API, X_Long="x" * 17_000, **TLS), 431, "Request Header Fields Too Large"
    )
    many = {f"X_Long_{number}": "x" * 15_000 for number in range(5)}
    assert_problem(ask(proxy, API, **many, **TLS), 431, "Request Header Fields Too Large")
    assert ask(proxy, "/", X_Long="x" * 17_000, **TLS).body.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    "line",
    [
        b"GET /api/v1/\xff\xfe/ HTTP/1.1",
        "GET /api/v1/therapies/?q=β HTTP/1.1".encode(),
        b"GET /api/v1/%zz/ HTTP/1.1",
        b"GET /api/v1/%00/ HTTP/1.1",
        b"GET /api/v1/../../../ HTTP/1.1",
        b"get /api/v1/ HTTP/1.1",
    ],
)
def test_what_is_not_understood_is_a_problem(proxy: str, line: bytes) -> None:
    head, body = raw(proxy, line + b"\r\nHost: msportal.example.org\r\nConnection: close\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"Content-Type: application/problem+json" in head
    assert b"Access-Control-Allow-Origin: *" in head
    assert json.loads(body)["title"] == "Bad Request"


def test_junk_that_is_encoded_is_the_sites_to_answer(proxy: str) -> None:
    for path in (f"{API}%ff%fe/", f"{API}%ed%a0%80/", "/api//v1/", f"{API}x%2f..%2fy/"):
        answer = ask(proxy, path, **TLS)
        assert (answer.status, json.loads(answer.body)["title"]) == (404, "Not Found")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT"])
def test_methods_that_nginx_does_not_know_are_problems(proxy: str, method: str) -> None:
    answer = ask(proxy, API, method=method, **TLS)
    if method == "TRACE":
        assert_problem(answer, 405, "Method Not Allowed")
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.status == 405


def test_who_asks_too_much_is_told_so_by_a_problem(site: Site, tmp_path: Path) -> None:
    with nginx_before(site.url, tmp_path, FEW_PAGES) as url:
        answers = [ask(url, f"{API}therapies/", **TLS) for _ in range(7)]
        head = ask(url, API, method="HEAD", **TLS)
        page = ask(url, "/therapies/", **TLS)
    assert_problem(answers[-1], 429, "Too Many Requests")
    for answer in (answers[-1], head, page):
        assert (answer.status, answer.headers["Retry-After"]) == (429, "10")
    assert head.body == b""
    assert page.headers["Content-Type"].startswith("text/html")


@pytest.mark.usefixtures("_installed")
def test_site_that_is_away_is_told_of_by_a_problem(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with nginx_before(f"http://127.0.0.1:{port}", tmp_path) as url:
        answer = ask(url, f"{API}therapies/", X_Request_ID=ID)
    found = assert_problem(answer, 503, "Service Unavailable")
    assert answer.headers["Retry-After"] == "10"
    assert answer.headers["X-Request-ID"] == ID
    assert found["instance"] == f"urn:uuid:{ID}"


# What comes through


def test_id_of_a_request_is_the_same_before_and_behind(site: Site, proxy: str) -> None:
    assert ask(proxy, "/no-such-page", X_Request_ID=ID, **TLS).headers["X-Request-ID"] == ID
    answer = ask(proxy, "/no-such-page-2", X_Request_ID="anna@example.org", **TLS)
    made = answer.headers["X-Request-ID"]
    assert answer.headers.get_all("X-Request-ID") == [made]
    log = site.log.read_text()
    assert f"WARNING {ID} django.request: Not Found: /no-such-page\n" in log
    assert f"WARNING {made} django.request: Not Found: /no-such-page-2\n" in log
    assert "anna" not in log


@pytest.mark.parametrize("path", [f"{API}therapies/", f"{API}schema/", f"{API}schema/?format=yaml"])
def test_compressed_answers_are_known_again(proxy: str, path: str) -> None:
    packed = ask(proxy, path, Accept_Encoding="gzip", **TLS)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept, Accept-Encoding"
    assert gzip.decompress(packed.body) == ask(proxy, path, **TLS).body
    again = ask(proxy, path, Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"], **TLS)
    assert (again.status, again.body) == (304, b"")


def test_tag_that_nginx_weakened_is_known_again(site: Site, tmp_path: Path) -> None:
    """Where the site is not told that compression is wanted, nginx compresses."""
    asks_plainly = (('proxy_set_header Forwarded "";', 'proxy_set_header Accept-Encoding "";'),)
    with nginx_before(site.url, tmp_path, asks_plainly) as url:
        packed = ask(url, f"{API}schema/", Accept_Encoding="gzip", **TLS)
        tag = packed.headers["ETag"]
        again = ask(url, f"{API}schema/", Accept_Encoding="gzip", If_None_Match=tag, **TLS)
    assert (packed.headers["Content-Encoding"], tag[:2]) == ("gzip", "W/")
    assert (again.status, again.body) == (304, b"")


def links(url: str, **headers: str) -> set[str]:
    """What absolute addresses in answers begin with."""
    lists = json.loads(ask(url, f"{API}claims/?limit=1", **headers).body)
    record = ask(url, f"{API}therapies/ocrelizumab/", **headers)
    addresses = [lists["next"], json.loads(record.body)["url"], record.headers["Link"].strip("<")]
    return {"/".join(address.split("/")[:3]) for address in addresses}


def test_links_are_those_of_the_visitor_behind_tls(proxy: str) -> None:
    assert links(proxy, **TLS) == {f"https://{HOST}"}
    moved = ask(proxy, f"{API}therapies?limit=2", **TLS)
    assert (moved.status, moved.headers["Location"]) == (301, f"{API}therapies/?limit=2")
    assert moved.headers["Access-Control-Allow-Origin"] == "*"


def test_plain_http_is_sent_to_tls_and_any_site_may_follow(proxy: str) -> None:
    answer = ask(proxy, f"{API}claims/?limit=1", Host=HOST)
    assert (answer.status, answer.headers["Location"]) == (
        301,
        f"https://{HOST}{API}claims/?limit=1",
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_other_names_of_hosts_are_not_asked(proxy: str) -> None:
    forged = {
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_Port": "81",
        "Forwarded": "host=evil.example;proto=http",
        "X_Original_URL": "/admin/",
    }
    assert links(proxy, **TLS, **forged) == {f"https://{HOST}"}
    evil = ask(proxy, API, Host="evil.example", X_Forwarded_Proto="https")
    assert (evil.status, json.loads(evil.body)["title"]) == (400, "Bad Request")
    assert b"evil" not in evil.body


def test_visitor_who_is_no_proxy_of_ours_is_not_believed_about_tls(
    site: Site, tmp_path: Path
) -> None:
    with nginx_before(site.url, tmp_path, FROM_ELSEWHERE) as url:
        answer = ask(url, API, **TLS)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}{API}")
