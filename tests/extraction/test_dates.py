"""Dates, whole and partial."""

import time

import pytest

from extraction.bibliography.dates import find_dates, stated_date


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("January 14, 2016", "2016-01-14", "day"),
        ("21 Feb 2018", "2018-02-21", "day"),
        ("2018 Feb 21;97(4):742", "2018-02-21", "day"),
        ("2018 May;17(5):4", "2018-05", "month"),
        ("Revised: 8/2023", "2023-08", "month"),
        ("Published:2023", "2023", "year"),
        ("21.02.2018", "2018-02-21", "day"),
        ("03/04/2018", "2018", "year"),
        ("30 February 2018", "2018-02", "month"),
    ],
)
def test_find_dates_keeps_the_precision_given(text, value, precision):
    found = next(find_dates(text))
    assert (found.value, found.precision) == (value, precision)


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2014 Mar-Apr", "2014", "year"),
        ("March/April 2014", "2014", "year"),
        ("March and April 2014", "2014", "year"),
        ("Mar 2014-Apr 2014", "2014", "year"),
        ("2014 Dec-2015 Jan", "2014", "year"),
        ("2014 Mar 3-17", "2014-03", "month"),
        ("3-7 March 2014", "2014-03", "month"),
        ("2014 Autumn", "2014", "year"),
        ("2014/03/07/", "2014-03-07", "day"),
        ("2014/3//", "2014-03", "month"),
        ("2014///Spring", "2014", "year"),
        ("2014/00/00", "2014", "year"),
        ("2014/Mar/07", "2014-03-07", "day"),
        ("20140307", "2014-03-07", "day"),
        ("2014-3-7", "2014-03-07", "day"),
        ("2014-03-07T10:00:00Z", "2014-03-07", "day"),
        ("2014-03-01/2014-03-05", "2014-03", "month"),
        ("2014-03/2014-05", "2014", "year"),
        ("2014-22", "2014", "year"),
        ("2014-2015", "2014", "year"),
        ("c2014", "2014", "year"),
        ("1887", "1887", "year"),
        ("03/04/2018", "2018", "year"),
    ],
)
def test_stated_date_says_no_more_than_its_field(text: str, value: str, precision: str) -> None:
    found = stated_date(text)
    assert found is not None
    assert (found.value, found.precision) == (value, precision)


def test_field_without_a_year_states_no_date() -> None:
    assert [stated_date(text) for text in ("in press", "Mar 7", "", "99999")] == [None] * 4


@pytest.mark.parametrize("unit", ["2014-", "1-", "Jan-", "2014", "/", "Jan 2014-"])
def test_long_runs_of_dates_take_bounded_time(unit: str) -> None:
    begun = time.process_time()
    stated_date(unit * 100_000)
    list(find_dates(unit * 100_000))
    assert time.process_time() - begun < 5
