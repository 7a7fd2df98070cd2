"""``as_of`` as readers write it."""

import datetime as dt

import pytest

from publication.coordinates import BadCoordinate, LiesAhead, parse_as_of
from tests import clocks
from tests.building import publish, source_with_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_entries() -> None:
    for day in (1, 2):
        with clocks.on(dt.datetime(2026, 5, day, 12, tzinfo=dt.UTC)):
            publish(source_with_text(f"Source {day}.", title=f"Source {day}"))


@pytest.mark.parametrize(
    ("text", "seq"),
    [
        (None, None),
        ("0", 0),
        ("2", 2),
        ("2026-04-30", 0),
        ("2026-05-01", 1),
        ("2026-05-02", 2),
        ("2026-05-02T11:59:59Z", 1),
        ("2026-05-02T12:00Z", 2),
        ("2026-05-02T13:59:59+02:00", 1),
        ("2026-05-02T14:00:00.000000+02:00", 2),
    ],
)
def test_as_of_is_a_number_a_date_or_an_instant(text: str | None, seq: int | None) -> None:
    assert parse_as_of(text) == seq


@pytest.mark.parametrize(
    "text",
    ["3", "2026-05-10", "2026-05-11", "9999-12-31", "2026-05-10T12:00:01Z", "2030-01-01T00:00Z"],
)
def test_what_lies_ahead_is_refused_and_the_nearest_named(text: str) -> None:
    said = r"day that is over is 2026-05-09 \(UTC\), and the newest entry of the log is 2\."
    with clocks.on("2026-05-10T12:00:00Z"), pytest.raises(BadCoordinate, match=said):
        parse_as_of(text)


@pytest.mark.parametrize(
    ("now", "is_over"), [("2026-05-02T23:59:59Z", False), ("2026-05-03T00:00:00Z", True)]
)
def test_day_is_over_when_it_is_over_in_utc(now: str, *, is_over: bool) -> None:
    with clocks.on(now):
        if is_over:
            assert parse_as_of("2026-05-02") == 2
        else:
            with pytest.raises(BadCoordinate, match="2026-05-01"):
                parse_as_of("2026-05-02")


def test_instant_that_is_now_is_no_past_to_wait_for() -> None:
    with clocks.on("2026-05-02T13:00:00Z"):
        assert parse_as_of("2026-05-02T13:00:00Z") == 2


@pytest.mark.parametrize(
    "text",
    ["", "3", "-1", "now", "2026-02-30", "2026-5-1", "2026-05-01T25:00Z", "2026-05-02T12:00",
     "٣", "1" * 16, "2026-05-01\n", "0000-01-01", "1e3", " 1"],
)  # fmt: skip
def test_as_of_refuses_the_rest(text: str) -> None:
    with pytest.raises(BadCoordinate, match="as_of="):
        parse_as_of(text)


def test_as_of_at_the_ends_of_time_is_before_all_or_ahead() -> None:
    assert parse_as_of("0001-01-01T00:00:00+23:59") == 0
    with pytest.raises(LiesAhead, match="has not come yet"):
        parse_as_of("9999-12-31T23:59:59-23:59")
