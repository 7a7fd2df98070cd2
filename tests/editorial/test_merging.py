"""Three marks decide which text stays; a page carries them in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.merging import Stays, mark, merged, read, written


@pytest.mark.parametrize(
    ("seen", "saved", "typed", "stays"),
    [
        ("a", "a", "a", Stays.TYPED),
        ("a", "a", "mine", Stays.TYPED),
        ("a", "theirs", "a", Stays.SAVED),
        ("a", "same", "same", Stays.TYPED),
        ("a", "theirs", "mine", Stays.ASKED),
        (None, "a", "a", Stays.TYPED),
        (None, "a", "mine", Stays.ASKED),
    ],
)
def test_merged_text_is_the_one_that_was_changed(
    seen: str | None, saved: str, typed: str, stays: Stays
) -> None:
    assert merged(seen=seen, saved=saved, typed=typed) == stays


def test_mark_tells_parts_from_their_joint_text() -> None:
    marks = {mark(parts) for parts in (["ab"], ["a", "b"], ["", "ab"], ["ab", ""], [])}
    assert len(marks) == 5
    assert mark([]) == mark([""])


@given(st.lists(st.text()))
def test_mark_is_short_and_can_be_carried(parts: list[str]) -> None:
    carried = written({"*": mark(parts), "text": mark(["x"])})
    assert len(mark(parts)) == 8
    assert read(carried) == {"*": mark(parts), "text": mark(["x"])}


def test_read_marks_leave_out_what_is_none() -> None:
    assert read("text:abc nonsense : :x brands: courses:d") == {"text": "abc", "courses": "d"}
