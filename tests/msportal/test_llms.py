"""What language models are told first, in the form of llmstxt.org."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from publication.api.serializers import MARKS
from tests.building import claim, mechanism, person, publish
from tests.small_base import DEPLETES, Base

pytestmark = pytest.mark.django_db

LINK = re.compile(r"- \[[^\]]+\]\((?P<address>https?://[^)]+)\): \S.*")


def text_of(client: Client, **headers: str) -> str:
    answer = client.get("/llms.txt", headers=headers)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode()


def test_form_is_the_one_that_parsers_read(client: Client, base: Base) -> None:
    """One title, one summary, details without headings, then sections of links alone."""
    text = text_of(client)
    title, summary, *_ = text.split("\n\n")
    assert title == "# msportal"
    assert re.fullmatch(r"> [^\n]+", summary)
    assert re.findall(r"^#+ .*", text, re.MULTILINE)[1:] == [
        "## For programs",
        "## Records",
        "## For people",
        "## Optional",
    ]
    before, *sections = text.split("\n## ")
    assert LINK.search(before) is None
    for section in sections:
        lines = [line for line in section.splitlines()[1:] if line]
        assert lines
        assert [line for line in lines if not LINK.fullmatch(line)] == []
    assert "&" not in text
    assert "{" not in text


def test_every_link_leads_somewhere_at_the_origin_that_was_asked(
    client: Client, base: Base
) -> None:
    found = [match["address"] for match in LINK.finditer(text_of(client, host="127.0.0.1:8000"))]
    assert len(found) > 12
    for address in found:
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc) == ("http", "127.0.0.1:8000")
        answer = client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        assert answer.status_code == 200, address


def test_every_mark_and_the_head_are_named(client: Client, base: Base) -> None:
    text = text_of(client)
    assert [mark for mark in MARKS if f"`{mark}`" not in text] == []
    assert "The public log stands at entry 3." in text
    assert "demonstration" not in text


def test_demonstration_is_said(client: Client, base: Base) -> None:
    other = mechanism("Another")
    claim(other, DEPLETES, source=base.source)
    publish(other, reviewer=person("reviewer", demonstration=True))
    assert "This is a demonstration: no clinician approved what it says." in text_of(client)


def test_it_is_for_those_who_ask_for_it(client: Client, base: Base) -> None:
    assert "llms.txt" not in client.get("/sitemap.xml").content.decode()
    assert "llms.txt" not in client.get("/robots.txt").content.decode()
    assert client.post("/llms.txt").status_code == 405
