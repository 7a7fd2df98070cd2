"""Plain links by which a page is passed on."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.html import attributes
from tests.small_base import Base
from therapies.pages.sharing import share_links

TITLE, URL = "A & B: 50% of “all”", "https://example.org/therapies/a-b/"


def test_what_is_passed_on_arrives_whole() -> None:
    found = {name: urlsplit(url) for name, url in share_links(TITLE, URL)}
    asked = {name: parse_qs(url.query) for name, url in found.items()}
    assert asked == {
        "E-mail": {"subject": [TITLE], "body": [URL]},
        "WhatsApp": {"text": [f"{TITLE} {URL}"]},
        "Facebook": {"u": [URL]},
        "LinkedIn": {"url": [URL]},
        "Bluesky": {"text": [f"{TITLE} {URL}"]},
    }
    assert found["E-mail"].scheme == "mailto"
    assert "+" not in found["E-mail"].query


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "v/1/"])
def test_record_is_passed_on_at_its_own_address(client: Client, base: Base, path: str) -> None:
    page = client.get(f"/sources/therapies-of-multiple-sclerosis/{path}")
    (mail,) = [a for a in attributes(page, "a") if str(a["href"]).startswith("mailto:")]
    said = parse_qs(urlsplit(str(mail["href"])).query)
    assert said["body"] == ["http://testserver/sources/therapies-of-multiple-sclerosis/"]
    assert mail["rel"] == "external nofollow noopener"
