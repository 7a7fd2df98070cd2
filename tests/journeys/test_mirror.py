"""A client that follows the feed as the guide says holds exactly the answers of the API."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from publication import log
from tests.lanes import examples
from tests.openapi import BASE
from tests.stories import Story
from therapies.published import PublishedClaim

pytestmark = pytest.mark.django_db

LISTS = {"therapy": "therapies", "mechanism": "mechanisms", "source": "sources"}


class Mirror:
    """What docs/api.md, “Staying in step”, tells a client to do, and no more."""

    def __init__(self) -> None:
        self.held: dict[str, Any] = {}
        """Answers by the address that has an id in it."""
        self.seen = {"since": 0, "hash": "0" * 64}

    def follow(self) -> None:
        changed = dict(self.rows())
        named = [
            path
            for path, answer in self.held.items()
            if any(f'"{one}"' in json.dumps(answer) for one in changed)
        ]
        for path in {*changed.values(), *named}:
            self.read(path)
        for path in changed.values():
            for claim in self.held.get(path, {}).get("claims", []):
                self.read(f"claims/{claim['id']}/")

    def rows(self) -> Iterator[tuple[str, str]]:
        """The ids of what changed, and where it is read."""
        path = f"{BASE}changes/?{urlencode(self.seen)}&limit=5"
        while path:
            answer = _read(path)
            for row in answer["results"]:
                yield row["id"], f"{LISTS[row['type']]}/{row['id']}/"
                self.seen = {"since": row["seq"], "hash": row["hash"]}
            path = (answer["next"] or "").removeprefix("http://testserver")

    def read(self, address: str) -> None:
        answer = _read(BASE + address)
        if answer is None:
            self.held.pop(address, None)
        else:
            self.held[address] = answer


def _read(path: str) -> Any:
    """``None``: it is gone, or nothing is there."""
    answer = Client().get(path, follow=True)
    assert answer.status_code in (200, 404, 410), path
    return answer.json() if answer.status_code == 200 else None


def everything() -> dict[str, Any]:
    """All that is public now, read anew."""
    found = {}
    for kind in LISTS.values():
        path = f"{BASE}{kind}/?limit=200"
        for row in _read(path)["results"]:
            found[f"{kind}/{row['id']}/"] = _read(f"{BASE}{kind}/{row['id']}/")
    for claim in PublishedClaim.objects.current():
        address = f"claims/{claim.claim_id}/"
        if (answer := _read(BASE + address)) is not None:
            found[address] = answer
    return found


@pytest.mark.parametrize("seed", range(examples(3)))
def test_mirror_is_the_api(seed: int) -> None:
    story, mirror = Story(seed), Mirror()
    story.begins()
    for _ in range(6):
        mirror.follow()
        fresh = everything()
        assert {path: held for path, held in mirror.held.items() if fresh.get(path) != held} == {}
        assert mirror.held.keys() == fresh.keys()
        for _ in range(4):
            story.goes_on()
    assert mirror.seen["since"] == log.head_seq() - 4
