"""What readers were shown at an entry of the log is shown for good, whatever comes later."""

import re

import pytest
from django.test import Client

from publication import log
from tests.addresses import crawl, public_addresses
from tests.small_base import later, small_base

pytestmark = pytest.mark.django_db

PRESENT = re.compile(
    r"<aside class=\"note look-back\".*?</aside>|name=\"ticket\" value=\"[^\"]+\""
    r"|at entry \d+\.|'Content-Length': '\d+'|'X-Request-ID': '[0-9a-f-]+'|\"\d+-[0-9a-f]{16}\""
    r"|\s*<p class=\"warning\" role=\"note\"><strong>Withdrawn since\..*?</p>"
    r"| \[Withdrawn\]|  note = \{Withdrawn\},\n|N1  - Withdrawn\r\n|,\n *\"note\": \"Withdrawn\"",
    re.DOTALL,
)
"""What a page of the past says of the present: where it is, what changed since, where the log
stands, that a record was withdrawn since, also in its citation; the ticket of a form; the entity
tag, which goes with it; and the id of the request.
"""


def pages_of(client: Client, seq: int) -> dict[str, str]:
    """The text of every page that is reached at this entry of the log."""
    plain = [route for route, _ in public_addresses() if re.fullmatch(r"(?:[a-z]+/)*", route)]
    starts = tuple(f"/{route}?as_of={seq}" for route in plain if not route.startswith("api/"))
    found = {}
    for address, status, text in crawl(client, starts):
        # Answers of the API have the marks of today in them: tests/publication/test_api_past.py.
        if f"as_of={seq}" in address and status == 200 and not address.startswith("/api/"):
            found[address] = "".join(PRESENT.sub("", text).split())
    return found


def test_page_of_the_past_stays_what_it_was(client: Client) -> None:
    base = small_base()
    seq = log.head_seq()
    before = pages_of(client, seq)
    assert len(before) > 15
    later(base)
    assert log.head_seq() > seq
    after = pages_of(client, seq)
    assert sorted(after) == sorted(before)
    for address, text in before.items():
        assert after[address] == text, address
