"""Before anything is approved every page answers and says so."""

import feedparser
import pytest
from django.test import Client

from tests.html import texts
from tests.openapi import read

pytestmark = pytest.mark.django_db


def test_home_of_an_empty_base_answers(client: Client) -> None:
    page = client.get("/")
    assert texts(page, "li", "empty") == ["Nothing has been approved yet."]
    assert texts(page, "ul", "figures")[0].startswith("0 therapies")


def test_feed_of_an_empty_base_is_valid(client: Client) -> None:
    found = feedparser.parse(client.get("/changes.atom").content)
    assert (found.bozo, found.entries) == (False, [])


def test_list_of_an_empty_base_says_so(client: Client) -> None:
    for plural in ("therapies", "mechanisms", "sources"):
        page = client.get(f"/{plural}/")
        assert page.status_code == 200
        assert len(texts(page, "div", "empty")) == 1


def test_comparison_and_maps_of_an_empty_base_say_so(client: Client) -> None:
    for path in ("/compare/", "/evidence-map/", "/mechanisms/map/"):
        page = client.get(path)
        assert page.status_code == 200
        assert len(texts(page, "p", "absence")) == 1


def test_api_of_an_empty_base_answers() -> None:
    assert read("")["as_of"] == {"seq": 0, "hash": "0" * 64, "time": None}
    for path in ("therapies/", "mechanisms/", "sources/", "claims/", "log/"):
        answer = read(path)
        assert answer.pop("meta")
        assert answer.pop("as_of") == {"seq": 0, "hash": "0" * 64, "time": None}
        assert answer == {"count": 0, "next": None, "previous": None, "results": []}
    assert read("changes/")["results"] == []


def test_look_back_on_an_empty_base_says_so(client: Client) -> None:
    page = client.get("/therapies/?as_of=0")
    assert texts(page, "aside", "look-back") == [
        "A look back: nothing has been public yet. Show the present."
    ]
