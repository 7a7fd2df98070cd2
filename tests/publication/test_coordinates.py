"""``as_of`` as readers write it."""

import datetime as dt

import pytest

from publication.coordinates import BadCoordinate, parse_as_of
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
        ("2030-01-01", 2),
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
    ["", "3", "-1", "now", "2026-02-30", "2026-5-1", "2026-05-01T25:00Z", "2026-05-02T12:00",
     "٣", "1" * 16, "2026-05-01\n", "0001-01-01T00:00:00+23:59", "1e3", " 1"],
)  # fmt: skip
def test_as_of_refuses_the_rest(text: str) -> None:
    with pytest.raises(BadCoordinate, match="as_of="):
        parse_as_of(text)
