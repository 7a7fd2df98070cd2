"""Quotes are found as they stand, the nearest passage when they do not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.limits import QUOTE
from sources.quoting import Segment, Span, nearest, occurrences, segments

TEXT = "Ocrelizumab depletes B cells.\r\nIt is given by\ninfusion. It depletes B cells."


def test_quote_is_found_with_its_offsets() -> None:
    (span,) = occurrences(TEXT, "Ocrelizumab depletes")
    assert (span, TEXT[span.start : span.end]) == (Span(0, 20), "Ocrelizumab depletes")


def test_quote_is_found_every_time_it_stands_there() -> None:
    spans = occurrences(TEXT, "depletes B cells")
    assert [TEXT[s.start : s.end] for s in spans] == ["depletes B cells"] * 2


def test_line_breaks_do_not_matter_and_the_span_keeps_those_of_the_text() -> None:
    (span,) = occurrences(TEXT, "  is given   by infusion.\n")
    assert TEXT[span.start : span.end] == "is given by\ninfusion."


@pytest.mark.parametrize(
    "quote", ["ocrelizumab depletes", "depletes B-cells", "B cells!", "", "  \n", "given infusion"]
)
def test_other_letters_are_not_the_quote(quote: str) -> None:
    assert occurrences(TEXT, quote) == []


def test_signs_of_patterns_are_read_as_letters() -> None:
    text = "relapses (0.16 vs. 0.29; P<0.001) fell [1]. 0x16"
    (span,) = occurrences(text, "(0.16 vs. 0.29; P<0.001)")
    assert text[span.start : span.end] == "(0.16 vs. 0.29; P<0.001)"
    assert occurrences(text, ".*") == []


def test_offsets_count_code_points() -> None:
    (span,) = occurrences("🧬 α4-integrin", "α4-integrin")
    assert span == Span(2, 13)


def test_nearest_passage_has_whole_words() -> None:
    span = nearest(TEXT, "Ocrelizumb depleted B cell")
    assert span is not None
    assert TEXT[span.start : span.end] == "Ocrelizumab depletes B cells"


def test_nearest_passage_reads_over_line_breaks() -> None:
    span = nearest(TEXT, "It was given by infusion.")
    assert span is not None
    assert "given by\ninfusion" in TEXT[span.start : span.end]


def test_nothing_is_near_a_text_about_something_else() -> None:
    assert nearest(TEXT, "Zwölf Boxkämpfer jagen Viktor quer über den Sylter Deich") is None
    assert nearest("", "Ocrelizumab") is None
    assert nearest(TEXT, " ") is None


def test_long_texts_are_searched_quickly() -> None:
    text = TEXT * 3000
    start = time.process_time()
    assert nearest(text, "Q" + text[100_000 : 100_000 + QUOTE - 1]) is not None
    assert time.process_time() - start < 5


def test_nearest_to_a_long_quote_runs_from_its_beginning_to_its_end() -> None:
    words = [f"word{number}" for number in range(200)]
    text = " ".join(words)
    wrong = " ".join(["wrd50", *words[51:119], "wrd119"])
    span = nearest(text, wrong)
    assert span is not None
    assert text[span.start : span.end] == " ".join(words[50:120])


def test_segments_cut_overlapping_spans() -> None:
    assert segments("abcdef", [Span(1, 4), Span(3, 5)]) == [
        Segment("a", (), ()),
        Segment("bc", (0,), (0,)),
        Segment("d", (0, 1), (1,)),
        Segment("e", (1,), ()),
        Segment("f", (), ()),
    ]


@given(
    st.text(min_size=1, max_size=40),
    st.lists(st.builds(Span, st.integers(0, 45), st.integers(0, 45)), max_size=5),
)
def test_segments_together_are_the_text(text: str, spans: list[Span]) -> None:
    assert "".join(segment.text for segment in segments(text, spans)) == text


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_whatever_was_copied_from_the_text_is_found_there(text: str, a: int, b: int) -> None:
    quote = text[min(a, b) : max(a, b)].strip()
    if quote:
        assert any(text[s.start : s.end].split() == quote.split() for s in occurrences(text, quote))


@given(st.text(max_size=60), st.text(max_size=60))
def test_nearest_stays_inside_the_text(text: str, quote: str) -> None:
    span = nearest(text, quote)
    assert span is None or 0 <= span.start < span.end <= len(text)
