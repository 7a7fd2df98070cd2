"""Sentences of every kind and what is read of them: claims with their values, or why none."""

import pytest

from tests.extraction.extracting import LABELLED, labelled, rows_of

TABLES = sorted(path.stem for path in LABELLED.glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "rows"),
    [pytest.param(*case, id=f"{t}: {case[0]}") for t in TABLES for case in labelled(t)],
)
def test_sentences_are_read_as_they_are_labelled(text: str, rows: tuple[str, ...]) -> None:
    assert rows_of(text) == rows
