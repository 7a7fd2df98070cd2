"""Differences in words."""

import pytest

from therapies.diffing import by_word


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("a b c d", "a b x d", [("same", "a b"), ("gone", "c"), ("new", "x"), ("same", "d")]),
        ("a b", "a b c", [("same", "a b"), ("new", "c")]),
        ("one thing", "quite another", [("gone", "one thing"), ("new", "quite another")]),
        ("", "new", [("new", "new")]),
        ("old", "", [("gone", "old")]),
    ],
)
def test_by_word_marks_what_went_and_came(
    old: str, new: str, pieces: list[tuple[str, str]]
) -> None:
    assert [(piece.kind, piece.text) for piece in by_word(old, new)] == pieces
