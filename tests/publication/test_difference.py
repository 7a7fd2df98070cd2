"""Differences between stored contents."""

from publication.difference import Change, compare


def test_compare_of_equal_contents_is_empty() -> None:
    body = {"name": "A", "claims": [{"id": "1", "text": "x"}]}
    assert compare(body, dict(body)) == []


def test_compare_names_changed_added_and_removed_parts() -> None:
    before = {"name": "A", "claims": [{"id": "1", "text": "x"}, {"id": "2", "text": "y"}]}
    after = {"name": "B", "claims": [{"id": "1", "text": "z"}, {"id": "3", "text": "w"}]}
    assert compare(before, after) == [
        Change("changed", ("name",), "A", "B"),
        Change("changed", ("claims", "1", "text"), "x", "z"),
        Change("removed", ("claims", "2"), "y", ""),
        Change("added", ("claims", "3"), "", "w"),
    ]


def test_compare_sees_a_new_order() -> None:
    before = {"claims": [{"id": "1"}, {"id": "2"}]}
    after = {"claims": [{"id": "2"}, {"id": "1"}]}
    assert compare(before, after) == [Change("changed", ("claims",), "order 1, 2", "2, 1")]


def test_compare_sees_first_and_last_part() -> None:
    assert compare({"claims": []}, {"claims": [{"id": "1", "text": "x"}]}) == [
        Change("added", ("claims", "1"), "", "x")
    ]
    assert compare({"synonyms": ["a"]}, {"synonyms": []}) == [
        Change("removed", ("synonyms",), "a", "")
    ]


def test_change_reads_as_a_sentence() -> None:
    assert str(Change("changed", ("claims", "1"), "x", "y")) == "claims / 1: “x” became “y”"
