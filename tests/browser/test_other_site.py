"""Scripts of another site read the API: answers, refusals and redirects, with their headers."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.databases import Copies, run_manage
from tests.proxy import FEW_PAGES, find, nginx_before
from tests.servers import Site, start_site

FETCH = """async ([url, options]) => {
    const answer = await fetch(url, {cache: "no-store", ...options});
    const headers = Object.fromEntries(answer.headers);
    return {status: answer.status, url: answer.url, headers, text: await answer.text()};
}"""


@pytest.fixture(scope="module")
def site(database_copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = database_copies.make()
    run_manage(url, "shell", "-v0", "-c", "from tests.small_base import small_base; small_base()")
    site = start_site(url, tmp_path_factory.mktemp("site") / "log")
    yield site
    site.stop()
    database_copies.remove(url)


class Elsewhere(BaseHTTPRequestHandler):
    """A page of another origin, without a policy."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title>")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def elsewhere(page: Page) -> Iterator[Page]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    server.shutdown()
    server.server_close()


def fetched(page: Page, url: str, **options: Any) -> dict[str, Any]:
    """As a script of the page has it; fails where the browser keeps it back."""
    answer: dict[str, Any] = page.evaluate(FETCH, [url, options])
    return answer


def test_another_site_reads_answers_and_their_headers(site: Site, elsewhere: Page) -> None:
    api = f"{site.url}/api/v1/"
    first = fetched(elsewhere, f"{api}claims/?limit=1")
    assert first["status"] == 200
    assert {"etag", "link", "x-request-id"} <= first["headers"].keys()
    assert 'rel="next"' in first["headers"]["link"]
    known = {"If-None-Match": first["headers"]["etag"], "Accept": "application/json"}
    again = fetched(elsewhere, f"{api}claims/?limit=1", headers=known)
    assert (again["status"], again["text"]) == (304, "")
    name = "6e1c7a52-3a0b-4b6f-9a39-5f1b8c3d2e10"
    asked = fetched(elsewhere, api, headers={"X-Request-ID": name, "Cache-Control": "no-cache"})
    assert asked["headers"]["x-request-id"] == name
    for path in ("schema/", "docs/", "log/1/"):
        assert fetched(elsewhere, api + path)["status"] == 200


def test_another_site_follows_redirects_and_reads_refusals(site: Site, elsewhere: Page) -> None:
    api = f"{site.url}/api/v1/"
    moved = fetched(elsewhere, f"{api}therapies?limit=1")
    assert (moved["status"], moved["url"]) == (200, f"{api}therapies/?limit=1")
    for path, status in (
        ("nowhere/", 404),
        ("therapies/?x=1", 400),
        (f"changes/?since=1&hash={'0' * 64}", 409),
        (f"therapies/?q={'x' * 4_000}", 414),
        ("../", 404),
    ):
        refused = fetched(elsewhere, api + path)
        assert (refused["status"], refused["headers"]["content-type"]) == (
            status,
            "application/problem+json",
        )
        assert f'"status":{status}' in refused["text"]
    assert fetched(elsewhere, api, method="POST", body="x")["status"] == 405


@pytest.mark.skipif(find("nginx") is None, reason="nginx is not installed")
def test_another_site_is_told_by_nginx_when_to_come_again(
    site: Site, elsewhere: Page, tmp_path: Path
) -> None:
    with nginx_before(site.url, tmp_path, FEW_PAGES) as url:
        answers = [fetched(elsewhere, f"{url}/api/v1/") for _ in range(7)]
        large = fetched(elsewhere, f"{url}/api/v1/", method="POST", body="x" * 600_000)
    assert [answer["status"] for answer in answers] == [200] * 6 + [429]
    assert answers[-1]["headers"]["retry-after"] == "10"
    assert '"status": 429' in answers[-1]["text"]
    assert large["status"] == 413
