"""Texts by how their words begin, held against a look at every text."""

import tracemalloc
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publication import beginnings
from publication.beginnings import Beginnings

TEXTS = st.lists(
    st.lists(st.text("abé\U0010ffff", min_size=1, max_size=4), max_size=4).map(" ".join),
    max_size=12,
)
WORD = st.text("abé", min_size=1, max_size=4)
EACH_WAY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
"""The fixture is the same for all examples of a test."""


def plainly(texts: list[str], numbers: set[int], beginning: str) -> set[int]:
    return {n for n in numbers if any(w.startswith(beginning) for w in texts[n].split(" ") if w)}


@pytest.fixture(autouse=True, params=[beginnings.ORDERED_BY, 2], ids=["as it is", "shorter"])
def _ordered_by(request: pytest.FixtureRequest) -> Iterator[None]:
    """Also by less than the beginnings that are looked for here."""
    with patch.object(beginnings, "ORDERED_BY", request.param):
        yield


@given(TEXTS, WORD)
@EACH_WAY
def test_texts_with_a_word_that_begins_so(texts: list[str], beginning: str) -> None:
    numbers = set(range(len(texts)))
    found = Beginnings(texts, numbers).having(beginning)
    assert set(found) == plainly(texts, numbers, beginning)


def test_memory_of_a_long_text_grows_as_it_does() -> None:
    """Its words are put in order by a beginning each, not by all that follows."""
    tracemalloc.start()
    try:
        Beginnings(["long words " * 4_000], [0])
        assert tracemalloc.get_traced_memory()[1] < 8_000 * (beginnings.ORDERED_BY + 500)
    finally:
        tracemalloc.stop()


@given(TEXTS, st.data(), WORD)
@EACH_WAY
def test_texts_come_and_go(texts: list[str], data: st.DataObject, beginning: str) -> None:
    numbers = set(range(len(texts)))
    held = Beginnings(texts, numbers)
    before = plainly(texts, numbers, beginning)
    later = texts.copy()
    moved = held.over(later)
    for number in range(len(texts)):
        match data.draw(st.sampled_from(["stays", "goes", "changes"])):
            case "goes":
                moved.left_out(number)
                numbers.remove(number)
            case "changes":
                moved.left_out(number)
                later[number] = data.draw(st.sampled_from(["", "a", "a ab", "b a"]))
                moved.taken_up(number)
    assert set(moved.having(beginning)) == plainly(later, numbers, beginning)
    assert set(held.having(beginning)) == before
