"""What is said of who has a record in review in hand."""

import datetime as dt

import pytest

from editorial.reserving import in_hand, is_fresh

NOW = dt.datetime(2026, 11, 28, 12, 0, tzinfo=dt.UTC)


def ago(**time: int) -> dt.datetime:
    return NOW - dt.timedelta(**time)


@pytest.mark.parametrize(
    ("since", "last", "said"),
    [
        (None, None, "asked: Ruth Vance"),
        (ago(hours=1), ago(hours=1), "Ruth Vance is reviewing this since 11:00"),
        (ago(hours=14), ago(minutes=1), "Ruth Vance is reviewing this since 27 November, 22:00"),
        (ago(hours=3), ago(hours=3), "Ruth Vance began on 28 November"),
        (ago(days=400), ago(days=16), "Ruth Vance began on 24 October 2025"),
    ],
)
def test_reviewer_is_told_as_they_stand(
    since: dt.datetime | None, last: dt.datetime | None, said: str
) -> None:
    assert in_hand("Ruth Vance", since, last, NOW) == said


def test_nobody_is_told_as_nobody() -> None:
    assert in_hand("", None, None, NOW) == ""


def test_reviewer_is_at_it_for_two_hours_after_their_last_word() -> None:
    assert is_fresh(ago(hours=1, minutes=59), NOW)
    assert not is_fresh(ago(hours=2), NOW)
    assert not is_fresh(None, NOW)
