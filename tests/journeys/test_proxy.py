"""nginx before the site, as ``docker-compose.yml`` has it: what it holds back and lets by."""

import gzip
import json
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
import yaml

from tests.databases import ROOT, Copies
from tests.plugin import REQUIRED
from tests.proxy import FEW_FORMS, FEW_PAGES, configured, find, nginx_before
from tests.servers import WAIT, Site, start_site

pytestmark = pytest.mark.process
MB = 1_000_000
THREADS = 16
"""More than the site has."""
OF_ONE_ANSWER = {"server", "date", "server-timing", "x-request-id"}
PATIENCE = 20
"""Seconds, fewer than those after which the site ends a request that does not come."""


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes


def ask(
    url: str,
    path: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    seconds: int = WAIT,
    **headers: str,
) -> Answer:
    """Header names are written with low lines; gives up after so many seconds."""
    client = HTTPConnection(urlsplit(url).netloc, timeout=seconds)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    client.request(method, path, body, named)
    answer = client.getresponse()
    found = Answer(answer.status, answer.headers, answer.read())
    client.close()
    return found


def sign_in(url: str, **fields: str) -> Answer:
    token = "c" * 32
    form = urlencode({"csrfmiddlewaretoken": token, "username": "nobody", "password": "x"} | fields)
    return ask(
        url,
        "/admin/login/",
        method="POST",
        body=form.encode(),
        Content_Type="application/x-www-form-urlencoded",
        Cookie=f"csrftoken={token}",
    )


@pytest.fixture(scope="module")
def nginx() -> str:
    found = find("nginx")
    if found is None:
        refuse = pytest.fail if REQUIRED else pytest.skip
        refuse("nginx is not installed")
    return found or ""


@pytest.fixture(scope="module")
def site(database_copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = database_copies.make()
    folder = tmp_path_factory.mktemp("site")
    site = start_site(url, folder / "log", MSPORTAL_TRUSTED_PROXIES="1", WEB_CONCURRENCY="1")
    yield site
    site.stop()
    database_copies.remove(url)


@pytest.fixture
def proxy(nginx: str, site: Site, tmp_path: Path) -> Iterator[str]:
    """A new one for each test: what it counts of whom is its own."""
    with nginx_before(site.url, tmp_path) as url:
        yield url


def test_configuration_is_understood(nginx: str, tmp_path: Path) -> None:
    path = configured(tmp_path, before="127.0.0.1:9", port=8080, own=8081)
    command = [nginx, "-t", "-p", str(tmp_path), "-c", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


def test_only_nginx_is_reached_from_outside() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["web"]["environment"]["MSPORTAL_TRUSTED_PROXIES"] == "1"


def test_pages_come_through_with_their_headers(site: Site, proxy: str) -> None:
    straight, through = ask(site.url, "/therapies/"), ask(proxy, "/therapies/")
    names = {name.lower() for name in straight.headers} - OF_ONE_ANSWER
    lost = {name for name in names if through.headers[name] != straight.headers[name]}
    assert lost <= {"etag", "content-length"}, "the two name the host that was asked"
    assert through.status == straight.status == 200
    assert "default-src 'self'" in through.headers["Content-Security-Policy"]


def test_what_did_not_change_is_said_so(proxy: str) -> None:
    for path in ("/therapies/", "/api/v1/therapies/"):
        first = ask(proxy, path, Accept_Encoding="gzip")
        again = ask(proxy, path, Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
        assert (again.status, again.body) == (304, b"")


def test_answers_are_compressed_once_and_the_workroom_never(proxy: str) -> None:
    page = ask(proxy, "/therapies/", Accept_Encoding="gzip")
    assert gzip.decompress(page.body).startswith(b"<!doctype html>")
    style = ask(proxy, "/static/msportal/site.css", Accept_Encoding="gzip")
    assert b"{" in gzip.decompress(style.body)
    workroom = ask(proxy, "/admin/login/", Accept_Encoding="gzip")
    assert "Content-Encoding" not in workroom.headers


def test_the_visitor_is_told_by_one_address(nginx: str, tmp_path: Path) -> None:
    seen: list[Mapping[str, str]] = []

    class Sees(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(dict(self.headers.items()))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Sees)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with nginx_before(f"http://127.0.0.1:{server.server_port}", tmp_path) as url:
            said = {"X_Forwarded_For": "198.51.100.7, 203.0.113.9", "Host": "msportal.example.org"}
            ask(url, "/", **said, X_Forwarded_Proto="https", Cookie="a=b")
            ask(url, "/", X_Forwarded_Proto="gopher")
            ask(url, "/static/a.css", Cookie="a=b", **said)
    finally:
        server.shutdown()
        server.server_close()
    names = ("Host", "X-Forwarded-For", "X-Forwarded-Proto", "Cookie")
    host = "msportal.example.org"
    assert [tuple(one.get(name) for name in names) for one in seen] == [
        (host, "203.0.113.9", "https", "a=b"),
        (urlsplit(url).netloc, "127.0.0.1", "http", None),
        (host, "203.0.113.9", "http", None),
    ]


def test_slow_visitors_hold_no_thread(site: Site, proxy: str) -> None:
    """Each sends half a form and waits; with as many straight at the site, nobody is answered."""
    with ExitStack() as stack:
        for _ in range(THREADS):
            slow = stack.enter_context(socket.create_connection(_place(proxy), WAIT))
            slow.sendall(
                b"POST /reports/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n\r\nreference=half"
            )
        for through in (proxy, site.url):
            assert ask(through, "/therapies/", seconds=PATIENCE).status == 200


def test_who_sends_too_many_forms_has_to_wait(nginx: str, site: Site, tmp_path: Path) -> None:
    with nginx_before(site.url, tmp_path, FEW_FORMS) as url:
        answers = [sign_in(url, username=f"nobody{number}") for number in range(13)]
        assert ask(url, "/therapies/").status == 200, "reading is counted apart"
    refused = [answer for answer in answers if "Retry-After" in answer.headers]
    assert len(refused) == 2, "one is taken, and ten more at once"
    assert {answer.status for answer in refused} == {429}
    assert {answer.headers["Retry-After"] for answer in refused} == {"10"}
    assert b"Try again in 10 seconds" in refused[0].body


def test_who_asks_too_much_has_to_wait_and_others_do_not(
    nginx: str, site: Site, tmp_path: Path
) -> None:
    with nginx_before(site.url, tmp_path, FEW_PAGES) as url:
        answers = [ask(url, "/api/v1/therapies/") for _ in range(7)]
        other = ask(url, "/therapies/", X_Forwarded_For="203.0.113.9")
        watching = ask(url, "/healthz")
    assert [answer.status for answer in answers] == [200] * 6 + [429]
    refused = answers[-1]
    assert refused.headers["Retry-After"] == "10"
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert json.loads(refused.body)["status"] == 429
    assert (other.status, watching.status) == (200, 200)


def test_a_form_of_eleven_megabytes_is_taken(proxy: str) -> None:
    answer = sign_in(proxy, username="somebody", note="x" * 11 * MB)
    assert answer.status == 200
    assert b"Please enter the correct username and password" in answer.body


def test_a_form_of_thirteen_megabytes_is_refused_in_words(proxy: str) -> None:
    answer = sign_in(proxy, note="x" * 13 * MB)
    assert answer.status == 413
    assert b"A form has at most 12 MB" in answer.body


def test_only_the_workroom_takes_large_forms(proxy: str) -> None:
    answer = ask(proxy, "/reports/", method="POST", body=b"x" * MB)
    assert answer.status == 413
    assert b"256 kB elsewhere" in answer.body
    api = ask(proxy, "/api/v1/therapies/", method="POST", body=b"x" * MB)
    assert json.loads(api.body)["title"] == "Content Too Large"


def test_a_site_that_is_away_is_told_of(nginx: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with nginx_before(f"http://127.0.0.1:{port}", tmp_path) as url:
        answer = ask(url, "/therapies/")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert b"The site is not available" in answer.body


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 0
