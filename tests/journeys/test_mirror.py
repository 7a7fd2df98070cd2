"""Of each entry of the log, the feed names the records whose answers it alters."""

from typing import Any

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
