"""Dates, whole and partial."""

import pytest

from extraction.bibliography.dates import find_dates


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
