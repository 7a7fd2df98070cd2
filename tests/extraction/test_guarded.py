"""A guarded pattern finds what the bare one finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.text.guarded import guarded
from extraction.text.needs import needs_of


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        (r"\bmay\b", {" may "}),
        (r"\b(?:more|less)\s+likely\b", {" more likely ", " less likely "}),
        (r"\bimmunis(?:e|ed)?", {" immunis", " immunise", " immunised"}),
        (r"\bfail\w+\s+to\b|\bn['’]t\b", {" fail", " n t "}),
        (r"(?<!not )\bclear(?!ance)", {" clear"}),
        (r"\w+\s?\d", set()),
        (r"effects?|\w+", set()),
    ],
)
def test_needs_are_read_from_the_pattern(source: str, needs: set[str]) -> None:
    assert needs_of(source, re.IGNORECASE) == needs


@given(st.text("abAB -\n.'_1ſıİé", max_size=12))
def test_guard_lets_every_match_through(text: str) -> None:
    for source in (r"\ba?b+\b", r"a\W+b|1_", r"\b(?:a|b)\s*(?=b)", r"[ab]-?(?:a|is)\b", r"i's"):
        pattern = guarded(source, re.IGNORECASE)
        assert str(pattern.search(text)) == str(pattern.pattern.search(text))


def test_guarded_pattern_leaves_a_text_without_its_words() -> None:
    pattern = guarded(r"\bunlike\s+[^,]*,")
    assert pattern.sub(lambda m: "", "Nothing of it.") == "Nothing of it."
    assert (list(pattern.finditer("None.")), pattern.findall("None.")) == ([], [])
    assert pattern.match("None.") is None
