"""``overdue``: what is to be looked at again, in lists of pages and of the API, day by day."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from publication.published import PublishedRecord
from tests import clocks
from tests.building import claim, publish, therapy
from tests.openapi import get, read
from tests.small_base import INFUSED, Base

pytestmark = pytest.mark.django_db

LISTS = ("therapies/", "mechanisms/", "sources/", "claims/")
DAY = dt.timedelta(days=1)


@pytest.fixture
def last_day(base: Base) -> dt.datetime:
    """Shortly before the end of the day on which all of the base is due."""
    approved = timezone.now().astimezone(dt.UTC)
    due = approved + dt.timedelta(days=settings.REVIEW_INTERVAL_DAYS)
    return due.replace(hour=23, minute=59, second=50)


@pytest.mark.parametrize("path", LISTS)
def test_everything_is_overdue_once_its_day_is_over(path: str, last_day: dt.datetime) -> None:
    every = read(path)["count"]
    for moment, late in ((last_day, 0), (last_day + DAY, every)):
        with clocks.on(moment):
            assert read(f"{path}?overdue=true")["count"] == late
            assert read(f"{path}?overdue=false")["count"] == every - late


def test_what_was_approved_since_is_not_overdue(base: Base, last_day: dt.datetime) -> None:
    with clocks.on(last_day + DAY):
        record = therapy("Siponimod")
        claim(record, INFUSED, source=base.source)
        publish(record)
        assert [row["name"] for row in read("therapies/?overdue=false")["results"]] == ["Siponimod"]
        late = [row["name"] for row in read("therapies/?overdue=true")["results"]]
        assert late
        assert "Siponimod" not in late


@pytest.mark.parametrize("path", LISTS)
def test_answer_of_yesterday_proves_nothing_today(path: str, last_day: dt.datetime) -> None:
    address = f"{path}?overdue=true"
    with clocks.on(last_day):
        held = get(address)
        assert "Last-Modified" not in held
        get(address, status=304, **{"If-None-Match": held["ETag"]})
        sent = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        get(address, status=200, **sent)
    with clocks.on(last_day + DAY):
        again = get(address, **{"If-None-Match": held["ETag"]})
        assert again["ETag"] != held["ETag"]
        other = get(f"{path}?limit=1")
        get(f"{path}?limit=1", status=304, **{"If-None-Match": other["ETag"]})


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("overdue=false", "Overdue: no"),
        ("approved_until=2020-01-31", "Approved until: 2020-01-31"),
        ("approved_after=1", "Approved after: 1"),
    ],
)
def test_chips_say_what_was_asked_for(client: Client, base: Base, query: str, said: str) -> None:
    page = client.get(f"/therapies/?{query}")
    (chip,) = page.context["filters"].chips
    assert f"{chip.name}: {chip.label}" == said


def test_pages_say_the_same(client: Client, last_day: dt.datetime) -> None:
    for moment, late in ((last_day, False), (last_day + DAY, True)):
        with clocks.on(moment):
            listed = client.get("/therapies/?overdue=true").context["parts"]
            rows: list[PublishedRecord] = [row["row"] for part in listed for row in part.rows]
            assert bool(rows) is late
            page = client.get("/therapies/ocrelizumab/").content.decode()
            assert ("review overdue since" in page) is late
