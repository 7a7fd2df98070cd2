"""What of the API needs no database answers while it is away, and the rest says what to name."""

import json
from collections.abc import Callable
from http.client import HTTPConnection, HTTPMessage
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.msportal.test_outage import taken_away
from tests.servers import WAIT, Site

pytestmark = pytest.mark.process
OF_THE_RELEASE = ("schema/", "schema/?format=yaml", "docs/", "docs/try/")


class Told(NamedTuple):
    status: int
    tag: str | None
    age: str | None
    body: bytes


def read(site: Site, path: str, method: str = "GET", **headers: str) -> tuple[Told, HTTPMessage]:
    """As a program that has no cookie."""
    client = HTTPConnection(urlsplit(site.url).netloc, timeout=WAIT)
    client.request(method, f"/api/v1/{path}", headers=headers)
    answer = client.getresponse()
    told = answer.status, answer.headers["ETag"], answer.headers["Age"], answer.read()
    client.close()
    return Told(*told), answer.headers


def of_the_release(site: Site) -> dict[str, Told]:
    return {path: read(site, path)[0] for path in OF_THE_RELEASE}


def said_at(site: Site, told: dict[str, Told]) -> dict[str, bytes]:
    """What was said, whatever the address of the site."""
    return {path: one.body.replace(site.url.encode(), b"") for path, one in told.items()}


@pytest.mark.parametrize("kept", ["64", "0"])
def test_document_and_its_reader_answer_while_the_database_is_away(
    site_server: Callable[..., Site], database_copy: str, kept: str
) -> None:
    site = site_server(MSPORTAL_ANSWERS_MB=kept)
    before = of_the_release(site)
    assert {told.status for told in before.values()} == {200}
    with taken_away(database_copy):
        assert read(site, "therapies/")[0].status == 503
        assert of_the_release(site) == before
        for path, told in before.items():
            again, _ = read(site, path, **{"If-None-Match": told.tag or ""})
            assert (again.status, again.tag, again.age) == (304, told.tag, None)
        assert read(site, "nowhere/")[0].status == 404
        for path in (*OF_THE_RELEASE, "", "therapies/", "log/1/", "nowhere/"):
            assert read(site, path, "OPTIONS")[0].status == 204


def test_they_answer_where_the_site_starts_without_its_database(
    site_server: Callable[..., Site], database_copy: str
) -> None:
    bodies = said_at(there := site_server(), of_the_release(there))
    with taken_away(database_copy):
        after = of_the_release(site := site_server())
    assert said_at(site, after) == bodies
    assert {(told.status, told.tag is None) for told in after.values()} == {(200, False)}


def test_outage_names_the_request_under_which_the_log_has_it(
    site_server: Callable[..., Site], database_copy: str
) -> None:
    site = site_server()
    with taken_away(database_copy):
        told, headers = read(site, "therapies/")
    name = headers["X-Request-ID"]
    assert json.loads(told.body)["instance"] == f"urn:uuid:{name}"
    lines = [line for line in site.log.read_text().splitlines() if name in line]
    assert any("/api/v1/therapies/" in line for line in lines)
