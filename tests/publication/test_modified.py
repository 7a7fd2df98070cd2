"""When an answer last became another, and who has it already."""

import time
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.utils.http import http_date, parse_http_date

from publication.anchors import Anchor
from publication.api import modified
from tests.openapi import get
from tests.small_base import Base

STARTED = modified.STARTED


def head(moment: float) -> Anchor:
    at = datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")
    return Anchor(1, "a" * 64, at.replace("+00:00", "Z"))


def test_answer_is_of_the_log_and_of_the_program() -> None:
    later = STARTED + 1_000
    assert modified.date_of(head(later), later + 61) == http_date(later)
    assert modified.date_of(head(STARTED - 1_000), later) == http_date(STARTED)
    assert modified.date_of(None, later) == modified.date_of(Anchor(0, "0" * 64), later)


def test_nothing_is_said_until_all_that_has_the_date_is_there() -> None:
    """An entry of the same second may be written by then, and not be there yet."""
    assert modified.SETTLED > settings.WRITE_SECONDS + settings.LOCK_SECONDS
    moment = STARTED + 1_000.5
    assert modified.date_of(head(moment), moment + 59.9) == ""
    assert modified.date_of(head(moment), moment + 60.1) == http_date(moment)
    assert modified.date_of(head(moment), moment - 60) == ""  # dated by a clock that ran ahead


@pytest.mark.parametrize("asked", ["", "nonsense", "Thu, 99 Foo 2026 00:00:00 GMT"])
def test_what_is_no_date_is_of_nobody(asked: str) -> None:
    assert not modified.is_since(asked, http_date(STARTED))


@pytest.mark.django_db
def test_who_has_it_by_its_date_is_told_so(base: Base) -> None:
    with time_machine.travel(time.time() + 90, tick=False):
        date = get("therapies/")["Last-Modified"]
        assert get("therapies/", status=304, **{"If-Modified-Since": date}).content == b""
        for other in (1, -1):  # a later date is of what a restore took away
            since = http_date(parse_http_date(date) + other)
            get("therapies/", **{"If-Modified-Since": since})
        # A tag counts more (RFC 9110, 13.2.2).
        get("therapies/", **{"If-Modified-Since": date, "If-None-Match": '"another"'})
        get("therapies/?nonsense=1", status=400, **{"If-Modified-Since": date})
