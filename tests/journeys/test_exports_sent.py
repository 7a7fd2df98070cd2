"""Exports as the real server sends them: whole, bit by bit, or visibly not whole."""

import gzip
import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from msportal.exporting import views
from tests.databases import Copies, run_manage
from tests.servers import Site

pytestmark = pytest.mark.process

CLAIMS = "/api/v1/export/?type=claim"
FILL = """
from tests.building import claim, person, publish, source_with_text, therapy
people = {"editor": person("editor", "Ann Editor"), "reviewer": person("reviewer", "Rob Reviewer")}
words = [f"{chr(97 + number)}{'ä' * 1900}." for number in range(20)]
publish(source := source_with_text(" ".join(["A source.", *words]), title="A source."), **people)
for number in range(40):
    drug = therapy(f"Drug {number}")
    for sentence in words:
        claim(drug, sentence, source=source)
    publish(drug, **people)
"""
"""More than what the system takes in for somebody who does not read."""
CLAIM_COUNT = 800


def filled_with(url: str) -> str:
    run_manage(url, "shell", "--no-imports", "-c", FILL)
    return url


@pytest.fixture(scope="module")
def filled(database_copies: Copies) -> Iterator[str]:
    yield (url := filled_with(database_copies.make()))
    database_copies.remove(url)


@contextmanager
def asked(
    site: Site, path: str, *, slowly: bool = False, **headers: str
) -> Iterator[http.client.HTTPResponse]:
    """``slowly``: with little room for what comes before it is read."""
    with closing(http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=30)) as connection:
        connection.connect()
        if slowly:
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as answer:
            yield answer


def whole(site: Site, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    with asked(site, path, **headers) as answer:
        return answer, answer.read()


def test_export_is_sent_as_it_is_made(
    filled: str, site_server: Callable[..., Site], tmp_path: Path
) -> None:
    site = site_server(filled, WEB_CONCURRENCY="1")
    answer, body = whole(site, CLAIMS)
    assert answer.getheader("Content-Length") is None
    assert answer.getheader("Export-Rows") == str(body.count(b"\n")) == str(CLAIM_COUNT)
    assert [json.loads(line)["id"] for line in body.splitlines()] == sorted(
        json.loads(line)["id"] for line in body.splitlines()
    )
    answer, packed = whole(site, CLAIMS, **{"Accept-Encoding": "gzip"})
    assert answer.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(packed) == body
    tag = answer.getheader("ETag") or ""
    answer, nothing = whole(site, CLAIMS, **{"If-None-Match": tag})
    assert (answer.status, nothing) == (304, b"")
    run_manage(filled, "export_release", str(tmp_path / "out"), "--origin", "https://x.example")
    there = (tmp_path / "out" / "claims.ndjson").read_bytes()
    assert body.replace(site.url.encode(), b"https://x.example") == there


def test_places_of_who_goes_away_are_free_again(
    filled: str, site_server: Callable[..., Site]
) -> None:
    site = site_server(filled, WEB_CONCURRENCY="1")
    for _ in range(3):
        with ExitStack() as stack:
            for _ in range(views.AT_ONCE):
                stack.enter_context(asked(site, CLAIMS, slowly=True)).read(10)
            refused, said = whole(site, CLAIMS)
            assert (refused.status, refused.getheader("Retry-After")) == (503, "60")
            assert json.loads(said)["status"] == 503
            assert whole(site, "/api/v1/claims/")[0].status == 200
        deadline = time.monotonic() + 20
        while whole(site, CLAIMS)[0].status == 503:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert whole(site, CLAIMS)[1].count(b"\n") == CLAIM_COUNT


def test_export_that_breaks_off_does_not_look_whole(
    database_copy: str, site_server: Callable[..., Site]
) -> None:
    """The log is another one half way, as where a base is set back while the site runs."""
    site = site_server(filled_with(database_copy), WEB_CONCURRENCY="1")
    with asked(site, CLAIMS, slowly=True) as answer:
        rows = int(answer.getheader("Export-Rows") or "")
        begun = answer.readline()
        forget = (
            "from django.db import connection\n"
            "from publication import rules\n"
            "from publication.entries import Entry\n"
            "c = connection.cursor()\n"
            "pg = connection.vendor == 'postgresql'\n"
            "t = Entry._meta.db_table\n"
            "for rule in rules.wanted_on(connection):\n"
            "    if rule.table == t:\n"
            "        c.execute(f'DROP TRIGGER {rule.name}' + (f' ON {t}' if pg else ''))\n"
            "c.execute(f'UPDATE {t} SET hash = %s WHERE seq = 41', ['f' * 64])\n"
        )
        run_manage(database_copy, "shell", "--no-imports", "-c", forget)
        with pytest.raises(http.client.IncompleteRead) as broken:
            answer.read()
    assert (begun + broken.value.partial).count(b"\n") <= rows  # it tells at its end
    assert "LogChanged" in site.log.read_text()
