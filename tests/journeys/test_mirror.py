"""A client that follows the feed as the guide says holds exactly the answers of the API."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from publication import log
from tests.lanes import examples
from tests.openapi import BASE, of_it
from tests.stories import Story
from therapies.published import PublishedClaim

pytestmark = pytest.mark.django_db

LISTS = ("therapies", "mechanisms", "sources")
SITE = "http://testserver"


class Mirror:
    """What docs/api.md, “Staying in step”, tells a client to do, and no more."""

    def __init__(self) -> None:
        self.held: dict[str, Any] = {}
        """Answers by their address, without what they say of themselves."""
        self.seen = {"since": 0, "hash": "0" * 64}

    def begins_with_lists(self) -> None:
        """At the state that the first list shows: what changes meanwhile is followed from there."""
        shown = None
        for kind in LISTS:
            path = f"{BASE}{kind}/?limit=5"
            while path:
                answer = _read(path)
                shown = shown or answer["as_of"]
                for row in answer["results"]:
                    self.read_whole(row["api_url"])
                path = answer["next"]
        self.seen = {"since": shown["seq"], "hash": shown["hash"]}

    def follow(self) -> None:
        path = f"{BASE}changes/?{urlencode(self.seen)}&limit=5"
        altered: dict[str, None] = {}
        while path:
            answer = _read(path)
            for row in answer["results"]:
                altered |= dict.fromkeys(record["api_url"] for record in row["affects"])
                self.seen = {"since": row["seq"], "hash": row["hash"]}
            path = answer["next"]
        for address in altered:
            self.read_whole(address)

    def read_whole(self, address: str) -> None:
        """A record, and the claims that it has or had."""
        claims = self._claims(address)
        self.read(address)
        for claim in {**claims, **self._claims(address)}:
            self.read(claim)

    def _claims(self, address: str) -> dict[str, None]:
        told = self.held.get(address, {}).get("claims", [])
        return dict.fromkeys(claim["api_url"] for claim in told)

    def read(self, address: str) -> None:
        answer = _read(address)
        if answer is None:
            self.held.pop(address, None)
        else:
            self.held[address] = of_it(answer)


def _read(path: str) -> Any:
    """``None``: it is gone, or nothing is there."""
    answer = Client().get(path.removeprefix(SITE), follow=True)
    assert answer.status_code in (200, 404, 410), path
    return answer.json() if answer.status_code == 200 else None


def everything() -> dict[str, Any]:
    """All that is public now, read anew."""
    found = {}
    for kind in LISTS:
        for row in _read(f"{BASE}{kind}/?limit=200")["results"]:
            found[row["api_url"]] = of_it(_read(row["api_url"]))
    for claim in PublishedClaim.objects.current():
        address = f"{SITE}{BASE}claims/{claim.claim_id}/"
        if (answer := _read(address)) is not None:
            found[address] = of_it(answer)
    return found


SEEDS = examples(3)


@pytest.mark.parametrize("from_lists", [False, True], ids=["from 0", "from lists"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_mirror_is_the_api(seed: int, from_lists: bool) -> None:
    story, mirror = Story(seed), Mirror()
    story.begins()
    if from_lists:
        mirror.begins_with_lists()
    for _ in range(6):
        mirror.follow()
        fresh = everything()
        assert {path: held for path, held in mirror.held.items() if fresh.get(path) != held} == {}
        assert mirror.held.keys() == fresh.keys()
        for _ in range(4):
            story.goes_on()
    assert mirror.seen["since"] == log.head_seq() - 4


@pytest.mark.parametrize("seed", range(SEEDS))
def test_row_names_every_record_whose_answer_it_alters_and_no_other(seed: int) -> None:
    story = Story(seed)
    story.begins()
    before = everything()
    for _ in range(20):
        story.goes_on()
        after = everything()
        (row,) = _read(f"{BASE}changes/?since={log.head_seq() - 1}")["results"]
        named = {record["api_url"] for record in row["affects"]}
        altered = {
            address
            for address in before.keys() | after.keys()
            if "/claims/" not in address and before.get(address) != after.get(address)
        }
        assert named == altered | {row["api_url"]}
        before = after
