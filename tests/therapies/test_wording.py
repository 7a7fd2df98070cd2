"""Dates and quotes in words: never more than was stated, never half a word."""

import pytest

from sources.wording import date_in_words
from therapies.presentation import quote
from therapies.wording import claim_facts, kind_label


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("", ""),
        ("2018", "2018"),
        ("2018-02", "February 2018"),
        ("2018-02-01", "1 February 2018"),
        ("2018-99", "2018-99"),
    ],
)
def test_date_is_said_as_far_as_stated(date: str, words: str) -> None:
    assert date_in_words(date) == words


def test_kind_is_said_in_words() -> None:
    assert kind_label("therapy", "drug-class") == "drug class"
    assert kind_label("mechanism", "action") == "mechanism of action"
    assert kind_label("source", "journal-review") == "journal review"


@pytest.mark.parametrize(
    ("start", "prefix", "suffix", "before", "after"),
    [
        (6, "Begin ", " end.", "Begin ", " end."),
        (90, "alf a word", " and " + "y" * 70 + " half", "…a word", " and " + "y" * 70 + "…"),
        (None, "", "", "", ""),
    ],
)
def test_context_of_a_quote_is_whole_words(
    start: int | None, prefix: str, suffix: str, before: str, after: str
) -> None:
    passage = {
        "exact": "It.",
        "prefix": prefix,
        "suffix": suffix,
        "start": start,
        "end": None,
        "locator": "",
        "document": None,
    }
    found = quote(passage, ())
    assert (found.before, found.after) == (before, after)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"outcome": "headache", "harm": "headache"}, [("Harm", "headache")]),
        ({"outcome": "Headache", "harm": "headache"}, [("Harm", "headache")]),
        ({"outcome": "pain", "harm": "headache"}, [("Outcome", "pain"), ("Harm", "headache")]),
        ({"outcome": "headache", "harm": ""}, [("Outcome", "headache")]),
        ({"harm": "headache", "frequency": "rare"}, [("Harm", "headache"), ("How often", "rare")]),
    ],
)
def test_harm_that_is_the_outcome_is_told_once(
    values: dict[str, str], told: list[tuple[str, str]]
) -> None:
    before = dict(values)
    assert [(fact.label, fact.value) for fact in claim_facts(values, None)] == told
    assert values == before
