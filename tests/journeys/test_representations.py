"""The real server gives nobody another representation than was asked for, kept or made."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.acting import AS_SERVED, Actor
from tests.lanes import SEED
from tests.servers import WAIT, Site

pytestmark = [pytest.mark.longer, pytest.mark.process]

PATH = "/api/v1/therapies/ocrelizumab/"
JSON, JSON_LD, BIBTEX = "application/json", "application/ld+json", "application/x-bibtex"


@pytest.fixture
def client(site_server: Callable[..., Site], database_copy: str) -> Iterator[HTTPConnection]:
    actor = Actor(database_copy, seed=SEED)
    actor.stop()
    site = site_server(**AS_SERVED, WEB_CONCURRENCY="1", MSPORTAL_ANSWERS_MB="64")
    with closing(HTTPConnection(urlsplit(site.url).netloc, timeout=WAIT)) as connection:
        yield connection


class Told:
    def __init__(self, client: HTTPConnection, *headers: tuple[str, str], path: str = PATH) -> None:
        client.putrequest("GET", path)
        for name, value in headers:
            client.putheader(name, value)
        client.endheaders()
        answer = client.getresponse()
        self.status, self.headers = answer.status, answer.headers
        body = answer.read()
        packed = self.headers.get("Content-Encoding") == "gzip"
        self.text = (gzip.decompress(body) if packed else body).decode()
        self.media_type = self.headers.get("Content-Type", "").partition(";")[0]
        self.was_made = "Server-Timing" in self.headers

    @property
    def is_linked(self) -> bool:
        return "@context" in json.loads(self.text)


def test_each_is_given_what_was_asked_for_and_made_once(client: HTTPConnection) -> None:
    wanted = [JSON, JSON_LD, BIBTEX, JSON_LD, JSON, BIBTEX, JSON_LD]
    made = []
    for accept in wanted:
        for encoding in ("identity", "gzip"):
            told = Told(client, ("Accept", accept), ("Accept-Encoding", encoding))
            assert (told.status, told.media_type) == (200, accept)
            assert told.headers["Vary"] == "Accept, Accept-Encoding"
            if accept == BIBTEX:
                assert told.text.startswith("@misc{")
            else:
                assert told.is_linked == (accept == JSON_LD)
            made.append(told.was_made)
    assert made == [True, False, True, False, True, False] + [False] * 8
    for accept in ("*/*", "text/html,application/xml;q=0.9,*/*;q=0.8", "nonsense"):
        told = Told(client, ("Accept", accept))
        assert (told.media_type, told.was_made) == (JSON, False)
    assert not Told(client).was_made
    refused = Told(client, ("Accept", "text/html"))
    assert (refused.status, refused.media_type) == (406, "application/problem+json")
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_tag_of_one_is_of_no_other(client: HTTPConnection) -> None:
    tags = {accept: Told(client, ("Accept", accept)).headers["ETag"] for accept in (JSON, JSON_LD)}
    assert tags[JSON] != tags[JSON_LD]
    for accept in tags:
        for known, tag in tags.items():
            told = Told(client, ("Accept", accept), ("If-None-Match", tag))
            assert told.status == (304 if known == accept else 200)
            assert "Accept" in told.headers["Vary"]
            if told.status == 200:
                assert told.media_type == accept


def test_header_may_be_sent_in_several_lines(client: HTTPConnection) -> None:
    """They are one list (RFC 9110, 5.3)."""
    lines = [("Accept", "application/json;q=0.2"), ("Accept", JSON_LD)]
    for headers in (lines, lines[::-1]):
        assert Told(client, *headers).media_type == JSON_LD
