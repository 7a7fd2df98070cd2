"""Differences between stored contents, and how they are told."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.difference import (
    ORDER,
    Change,
    Piece,
    Place,
    Row,
    Words,
    after,
    before,
    compare,
    pieces,
    pieces_of_lists,
    plainly,
    side_by_side,
    told,
)


def test_compare_of_equal_contents_is_empty() -> None:
    body = {"name": "A", "claims": [{"id": "1", "text": "x"}]}
    assert compare(body, dict(body)) == []


def test_compare_takes_one_kind_of_nothing_for_another() -> None:
    assert compare({"a": None, "b": "", "c": []}, {"a": {}, "b": None, "d": []}) == []
    assert compare({"a": 0}, {"a": None}) == [Change("removed", ("a",), 0, None)]


def test_compare_names_changed_added_and_removed_parts() -> None:
    old = {"name": "A", "claims": [{"id": "1", "text": "x"}, {"id": "2", "text": "y"}]}
    new = {"name": "B", "claims": [{"id": "1", "text": "z"}, {"id": "3", "text": "w"}]}
    assert compare(old, new) == [
        Change("changed", ("name",), "A", "B"),
        Change("changed", ("claims", "1", "text"), "x", "z"),
        Change("removed", ("claims", "2"), {"id": "2", "text": "y"}, None),
        Change("added", ("claims", "3"), None, {"id": "3", "text": "w"}),
    ]


def test_compare_sees_a_new_order() -> None:
    old = {"claims": [{"id": "1"}, {"id": "2"}]}
    new = {"claims": [{"id": "2"}, {"id": "1"}]}
    assert compare(old, new) == [Change("changed", ("claims",), ["1", "2"], ["2", "1"])]


def test_compare_sees_first_and_last_part() -> None:
    part = {"id": "1", "text": "x"}
    assert compare({"claims": []}, {"claims": [part]}) == [
        Change("added", ("claims", "1"), None, part)
    ]
    assert compare({"synonyms": ["a"]}, {"synonyms": []}) == [
        Change("removed", ("synonyms",), ["a"], [])
    ]


def test_change_reads_as_a_sentence() -> None:
    assert str(Change("changed", ("claims", "1"), "x", "y")) == "claims / 1: “x” became “y”"
    assert str(Change("added", ("a",), None, {"text": "It may."})) == "a: added “It may.”"
    assert str(Change("removed", ("a",), ["x", "y"], [])) == "a: removed “x; y”"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (7, "7"),
        (["a", "b"], "a; b"),
        ({"id": "1", "text": "It may help."}, "It may help."),
        ({"family": "Okafor", "given": "", "initials": "A."}, "family: Okafor, initials: A."),
    ],
)
def test_values_are_told_plainly(value: object, words: str) -> None:
    assert plainly(value) == words


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "a b c d",
            "a b x d",
            [("same", "a b "), ("gone", "c"), ("new", "x"), ("same", " d")],
        ),
        ("a b", "a b c", [("same", "a b"), ("new", " c")]),
        ("It may help.", "It does help.", [("same", "It "), ("gone", "may"), ("new", "does"),
                                           ("same", " help.")]),
        ("one thing", "quite another", [("gone", "one thing"), ("new", "quite another")]),
        ("", "new", [("new", "new")]),
        ("old", "", [("gone", "old")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_pieces_mark_what_went_and_came(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert [(piece.kind, piece.text) for piece in pieces(old, new)] == expected


@given(st.text(max_size=80), st.text(max_size=80))
def test_pieces_together_are_the_texts(old: str, new: str) -> None:
    left, right = side_by_side(old, new)
    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (old, new)
    assert {p.kind for p in left} <= {"same", "gone"}
    assert {p.kind for p in right} <= {"same", "new"}


ITEMS = st.lists(st.text("abc;", min_size=1, max_size=4), max_size=5)


@given(ITEMS, ITEMS)
def test_pieces_of_lists_together_are_the_lists(old: list[str], new: list[str]) -> None:
    found = pieces_of_lists(old, new)
    assert "".join(p.text for p in before(found)) == "; ".join(old)
    assert "".join(p.text for p in after(found)) == "; ".join(new)


class PetWords(Words):
    """How a content that was made up is told."""

    labels = {"food": "what it eats"}

    def place(self, change: Change, before: Any, after: Any) -> Place:
        if change.path[0] == "toys" and len(change.path) > 1:
            return Place(change.path[:2], "Toy", "", self.label(change.path[-1]))
        return super().place(change, before, after)


def test_changes_are_told_under_what_they_belong_to_the_record_first() -> None:
    old = {"id": "p", "toys": [{"id": "1", "colour": "red"}], "food": ["hay"], "name": "Rex"}
    new = {"id": "q", "toys": [{"id": "1", "colour": "blue"}], "food": ["hay", "oats"],
           "name": "Rex"}  # fmt: skip
    record, toy = told(old, new, PetWords())

    assert (record.heading, toy.heading) == ("The record", "Toy")
    assert record.rows == [
        Row("what it eats", "changed", (Piece("same", "hay"), Piece("new", "; oats")), ("food",))
    ]
    assert [(row.label, row.before, row.after) for row in toy.rows] == [
        ("colour", (Piece("gone", "red"),), (Piece("new", "blue"),))
    ]


def test_new_order_says_so_and_nothing_more() -> None:
    old = {"toys": [{"id": "1"}, {"id": "2"}]}
    (group,) = told(old, {"toys": old["toys"][::-1]}, Words())
    assert [(row.label, row.pieces) for row in group.rows] == [("toys", ORDER)]


@pytest.mark.parametrize("n", [300, 9_000])
def test_long_texts_of_like_words_take_no_time(n: int) -> None:
    start = time.process_time()
    old, new = "long words " * n, "long wide words " * n
    found = pieces(old, new)
    assert "".join(piece.text for piece in before(found)) == old
    assert "".join(piece.text for piece in after(found)) == new
    pieces_of_lists(["a", "b"] * n, ["b", "a"] * n)
    assert time.process_time() - start < 10


def test_a_change_in_a_long_text_is_shown_where_it_is() -> None:
    words = [f"word{number}" for number in range(3_000)]
    found = pieces(" ".join(words), " ".join([*words[:1500], "new", *words[1500:]]))
    assert [piece.text.strip() for piece in found if piece.kind != "same"] == ["new"]
