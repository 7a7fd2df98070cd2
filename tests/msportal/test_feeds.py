"""The Atom feed: valid, narrowed as the page is, and made of the log alone."""

import datetime as dt
import uuid
from itertools import pairwise
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from editorial import actions
from publication import log
from sources.actions import set_standing
from tests import clocks
from tests.building import publish, source_with_text
from tests.small_base import Base

pytestmark = pytest.mark.django_db

FEED = "/changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_feed_is_valid_and_says_the_sentences_of_the_page(client: Client, base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    found = feedparser.parse(client.get(FEED).content)
    assert (found.bozo, found.version) == (False, "atom10")
    assert [entry.title for entry in found.entries] == [
        "Ocrelizumab: withdrawn, because “Wrong.”",
        "New: Ocrelizumab, 4 statements from 1 source.",
        "New: B-cell depletion, 1 statement from 1 source.",
        "New source: Therapies of multiple sclerosis (journal review, 2019).",
    ]
    assert found.entries[1].link == "http://testserver/therapies/ocrelizumab/v/1/"
    assert found.entries[1].summary == (
        "New: Ocrelizumab, 4 statements from 1 source. "
        "Therapy, version 1 approved by Rob Reviewer. Checked."
    )
    assert found.entries[0].updated[:19] == log.entry_at(4).at[:19]


def ids(client: Client, query: str = "", **more: str) -> list[str]:
    root = ElementTree.fromstring(client.get(f"{FEED}{query}", **more).content)  # type: ignore[arg-type]
    return [str(found.text) for found in root.iter(f"{ATOM}id")]


def test_ids_hang_on_the_log_alone(client: Client, base: Base) -> None:
    here = ids(client)
    assert len(set(here)) == 4
    assert [each for each in here if not each.startswith("urn:uuid:")] == []
    assert ids(client, SERVER_NAME="127.0.0.1", secure=True) == here  # type: ignore[arg-type]
    feed, *narrowed = ids(client, "?type=therapy")
    assert feed not in here
    assert narrowed == [here[1]]
    publish(source_with_text("More.", title="More"))
    later = ids(client)
    assert (later[0], later[2:]) == (here[0], here[1:])


def test_ids_are_made_of_hashes_that_no_other_log_has(client: Client, base: Base) -> None:
    feed, *entries = ids(client)
    hashes = [log.entry_at(seq).hash for seq in (3, 2, 1)]
    made = [uuid.uuid5(uuid.NAMESPACE_OID, f"msportal entry {each}").urn for each in hashes]
    assert entries == made
    begins = f"msportal changes  in the log that begins with {hashes[-1]}"
    assert feed == uuid.uuid5(uuid.NAMESPACE_OID, begins).urn


def test_stamps_differ_and_never_go_back_though_the_clock_does(client: Client, base: Base) -> None:
    with clocks.on("2030-03-02T12:00:00Z"):
        actions.withdraw(base.therapy, by=base.reviewer, note="Wrong.")
    with clocks.on("2030-03-01T12:00:00Z"):
        set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
        actions.withdraw(base.mechanism, by=base.reviewer, note="Wrong.")
    assert log.entry_at(4).at == log.entry_at(6).at
    for query in ("", "?action=withdraw"):
        root = ElementTree.fromstring(client.get(f"{FEED}{query}").content)
        stamps = [dt.datetime.fromisoformat(str(e.text)) for e in root.iter(f"{ATOM}updated")]
        assert stamps[0] == stamps[1] == dt.datetime(2030, 3, 2, 12, 0, 0, 2, tzinfo=dt.UTC)
        assert [(a, b) for a, b in pairwise(stamps[1:]) if a <= b] == []


def test_feed_is_narrowed_and_names_itself(client: Client, base: Base) -> None:
    query = "?type=therapy&from=2026-01-01"
    root = ElementTree.fromstring(client.get(f"{FEED}{query}&page=1").content)
    assert len(root.findall(f"{ATOM}entry")) == 1
    by_rel = {str(a.get("rel")): str(a.get("href")) for a in root.findall(f"{ATOM}link")}
    assert by_rel == {
        "self": f"http://testserver{FEED}{query}&page=1",
        "alternate": f"http://testserver/changes/{query}",
    }
    for address in by_rel.values():
        assert client.get(address).status_code == 200


def test_empty_feed_is_the_same_each_time(client: Client, base: Base) -> None:
    first, second = (client.get(f"{FEED}?after=3") for _ in range(2))
    assert b"<entry>" not in first.content
    assert first.content == second.content
    assert feedparser.parse(first.content).bozo is False
