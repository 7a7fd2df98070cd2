"""A whole text in paragraphs, its passages marked: nothing lost, no more marked than they are."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.marking import anchor, paragraphs
from sources.quoting import Span

TEXT = "One two three.\nFour five.\n\n \nSix seven eight."


def marked(text: str, *spans: tuple[int, int]) -> list[list[tuple[str, tuple[int, ...]]]]:
    found = paragraphs(text, [Span(*span) for span in spans])
    return [[(s.text, s.covered_by) for s in stretches] for stretches in found]


def test_blank_lines_part_paragraphs_and_line_ends_stay() -> None:
    assert marked(f"\n{TEXT} \n") == marked(TEXT)
    assert marked("  One\n\n two") == [[("  One", ())], [(" two", ())]]
    assert marked(TEXT) == [[("One two three.\nFour five.", ())], [("Six seven eight.", ())]]


@pytest.mark.parametrize("text", ["", " \n\n \r\n", "\n"])
def test_text_without_words_has_no_paragraph(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_are_one(end: str) -> None:
    assert marked(f"a{end}b{end}{end}c") == [[(f"a{end}b", ())], [("c", ())]]


def test_passages_that_overlap_are_cut_into_stretches() -> None:
    one, two = paragraphs(TEXT, [Span(4, 13), Span(8, 36), Span(8, 36)])
    assert [(s.text, s.covered_by) for s in one] == [
        ("One ", ()),
        ("two ", (0,)),
        ("three", (0, 1, 2)),
        (".\nFour five.", (1, 2)),
    ]
    assert [(s.text, s.covered_by) for s in two] == [("Six sev", (1, 2)), ("en eight.", ())]
    assert [s.opens for s in one] == [(), (0,), (1, 2), ()]
    assert [s.closes for s in (*one, *two)] == [(), (), (0,), (), (1, 2), ()]


def test_passage_that_begins_or_ends_between_paragraphs_opens_and_closes_in_one() -> None:
    at = TEXT.index("Six")
    (one, two) = paragraphs(TEXT, [Span(15, at - 1), Span(at - 3, at + 3)])
    assert [(s.text, s.opens, s.closes) for s in one][1:] == [("Four five.", (0,), (0,))]
    assert [(s.text, s.opens, s.closes) for s in two][:1] == [("Six", (1,), (1,))]


@given(
    st.text(alphabet="ab \n\r\t\u200b\u0301😀", max_size=40),
    st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=5),
)
def test_no_word_is_lost_and_each_passage_is_marked_whole(
    text: str, spans: list[tuple[int, int]]
) -> None:
    found = [s for stretches in marked(text, *spans) for s in stretches]
    assert re.sub(r"\s", "", "".join(t for t, _ in found)) == re.sub(r"\s", "", text)
    for number, (start, end) in enumerate(spans):
        inside = "".join(t for t, covered in found if number in covered)
        whole = text[start:end] if 0 <= start < end <= len(text) else ""
        assert re.sub(r"\s", "", inside) == re.sub(r"\s", "", whole)


@pytest.mark.parametrize("text", ["\n" * 400_000, "\r\n \t" * 100_000, "a\n\n" * 130_000])
def test_large_texts_are_cut_fast(text: str) -> None:
    before = time.process_time()
    paragraphs(text, [])
    assert time.process_time() - before < 5


def test_passages_of_each_text_have_places_of_their_own() -> None:
    assert [anchor(0, 3, 9), anchor(1, 3, 9)] == ["p-3-9", "p2-3-9"]
