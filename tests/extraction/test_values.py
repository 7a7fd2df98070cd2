from dataclasses import asdict

import pytest

from extraction.types import ClaimValues
from tests.extraction.extracting import claims_in, labelled


@pytest.mark.parametrize(("topic", "wanted", "sentence"), labelled("values"))
def test_values_are_what_the_clause_says(topic: str, wanted: str, sentence: str) -> None:
    found = [
        c.values for c in claims_in(sentence) if c.topic == topic and c.subject_kind != "mechanism"
    ]

    assert [_filled(values) for values in found] == [_expected(wanted)]


def _filled(values: ClaimValues) -> dict[str, object]:
    ignored = {"courses"} if values.courses == ("ms",) else set()
    return {k: v for k, v in asdict(values).items() if v and k not in ignored}


def _expected(wanted: str) -> dict[str, object]:
    pairs = dict(pair.split("=", 1) for pair in wanted.split("; ") if pair)
    filled = {key: value for key, value in pairs.items() if value}
    if "courses" in filled:
        return {**filled, "courses": tuple(filled["courses"].split(","))}
    return filled
