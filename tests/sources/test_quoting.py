"""Quotes are found as they stand, the nearest passage when they do not."""

import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publication.limits import QUOTE
from publication.writing import is_unseen
from sources.as_typed import goes_on, typed
from sources.quoting import MOST, Segment, Span, nearest, occurrences, segments, widened

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


def test_nearest_passage_has_whole_letters_and_the_text_s_own_signs() -> None:
    text = "It lowers the pa\u00adtient’s risk “of a re\u0301lapse”. It is given."
    span = nearest(text, 'lowered the patient\'s risk "of a rélapse".')
    assert span is not None
    assert text[span.start : span.end] == "lowers the pa\u00adtient’s risk “of a re\u0301lapse”."


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
        Segment("a", (), (), ()),
        Segment("bc", (0,), (0,), ()),
        Segment("d", (0, 1), (1,), (0,)),
        Segment("e", (1,), (), (1,)),
        Segment("f", (), (), ()),
    ]


@given(
    st.text(min_size=1, max_size=40),
    st.lists(st.builds(Span, st.integers(0, 45), st.integers(0, 45)), max_size=5),
)
def test_segments_together_are_the_text(text: str, spans: list[Span]) -> None:
    assert "".join(segment.text for segment in segments(text, spans)) == text


TELLING = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aefilst \n'\"-\u0301\u0323\u0327é\u1e69ﬁﬄ’“«‐–"),
        st.sampled_from("a \u00ad\u200b\ufeff\u00a0\u2009\u0002"),
        st.sampled_from("가각\u1100\u1161\u11a8\u2126\u212b\u0344\u034f\ufe0f"),
    ),
    max_size=40,
)
"""Texts with many of the signs that are written in more than one way."""


def by_typewriter(text: str) -> str:
    """As one would type it who sees it and has no other keys."""
    for signs, key in (("‘’‚‛ʼ′`´‹›", "'"), ("“”„‟″«»", '"'), ("‐‑‒–−﹣", "-")):
        text = text.translate(dict.fromkeys(map(ord, signs), key))
    text = re.sub("[ﬀ-ﬆ]", lambda m: unicodedata.normalize("NFKD", m[0]), text)
    return " ".join("".join(c for c in text if not is_unseen(c) or c.isspace()).split())


@settings(max_examples=500)
@given(
    TELLING,
    st.data(),
    st.sampled_from(
        [
            str,
            by_typewriter,
            lambda text: unicodedata.normalize("NFC", text),
            lambda text: unicodedata.normalize("NFD", text),
            lambda text: by_typewriter(unicodedata.normalize("NFC", text)),
        ]
    ),
)
def test_words_of_the_text_are_found_however_they_are_written(
    text: str, data: st.DataObject, written: Callable[[str], str]
) -> None:
    words = [match.span() for match in re.finditer(r"\S+", text)]
    if not words:
        return
    a, b = sorted(data.draw(st.tuples(*[st.integers(0, len(words) - 1)] * 2)))
    start, end = words[a][0], words[b][1]
    quote = written(text[start:end])
    wanted = typed(quote).text.strip()
    taken, offered = occurrences(text, quote), widened(text, quote)
    assert all(typed(text[s.start : s.end]).text == wanted for s in taken)
    found = [*taken, *offered]
    assert all(s.end == len(text) or not goes_on(text[s.end]) for s in found)
    if wanted:
        # The place itself, less what is not seen at its ends, or one that overlaps it.
        assert any(s.start < end and s.end > start for s in found)


@pytest.mark.parametrize(
    ("text", "quote", "exact"),
    [
        ("Sjo\u0308gren’s disease", "Sjögren's", "Sjo\u0308gren’s"),
        ("Sjögren's disease", "Sjo\u0308gren‘s", "Sjögren's"),
        ("a “good” drug", '"good"', "“good”"),
        ("a «good» drug", "„good“", "«good»"),
        ("relapsing–remitting", "relapsing-remitting", "relapsing–remitting"),
        ("a change of −3", "of -3", "of −3"),
        ("a change of -3", "of −3", "of -3"),
        ("anti‑CD20", "anti-CD20", "anti‑CD20"),
        ("immuno\u00adtherapy", "immunotherapy", "immuno\u00adtherapy"),
        ("immunotherapy", "immuno\u200btherapy", "immunotherapy"),
        ("\ufeffThe drug", "The drug", "The drug"),
        ("speciﬁc oﬀ-label", "specific off-label", "speciﬁc oﬀ-label"),
        ("specific", "speciﬁc", "specific"),
        ("0.5\u00a0mg\u2009a day", "0.5 mg a day", "0.5\u00a0mg\u2009a day"),
        ("s\u0323\u0307 s\u0307\u0323", "\u1e69", "s\u0323\u0307"),
        ("❤\ufe0f heart", "❤", "❤\ufe0f"),
    ],
)
def test_signs_that_are_typed_alike_are_alike(text: str, quote: str, exact: str) -> None:
    span, *_ = occurrences(text, quote)
    assert text[span.start : span.end] == exact


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("cafe\u0301", "cafe"),
        ("café", "cafe"),
        ("cafe", "café"),
        ("oﬀ", "of"),
        ("ﬁne", "ine"),
        ("각", "가"),
        ("\u1100\u1161\u11a8", "가"),
        ("e\u0002\u0301", "e"),
        ("a/b", "a-b"),
        ("α", "alpha"),
        ("a text", "\u200b"),
    ],
)
def test_no_letter_is_cut_and_none_is_taken_for_another(text: str, quote: str) -> None:
    assert occurrences(text, quote) == []


def test_place_behind_one_that_would_cut_a_letter_is_found() -> None:
    assert occurrences("ﬀ f f", "f f") == [Span(2, 5)]


@given(st.lists(TELLING, min_size=1, max_size=5), st.data())
def test_long_text_is_typed_piece_by_piece_as_in_one(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts) * (3000 // (len("".join(parts)) + 1) + 1)
    page = typed(text)
    whole = [at for at in range(1, len(page.text)) if not page.is_inside_letter(at)]
    if len(whole) < 2:
        return
    start, end = sorted(data.draw(st.tuples(*[st.sampled_from(whole)] * 2)))
    if start < end:
        first, last = page.original(start, end)
        # Alone it has no space at its start.
        assert typed(text[first:last]).text == page.text[start:end].lstrip(" ")


def test_quote_that_stands_everywhere_is_found_no_more_than_anybody_reads() -> None:
    assert len(occurrences("a b " * 100_000, "a")) == MOST


HOSTILE = {
    "no such words": (TEXT, "of which there are none"),
    "marks": ("a\u0301\u0323", "\u0301\u0323" * 1500),
    "letters without the last mark": ("a\u0301", "a\u0301" * 1499 + "a"),
    "halves of ligatures": ("ﬀ", "f" * 2999),
    "apostrophes": ("'’", "'" * 3000),
    "white space": (" \u00a0", f"a{' ' * 2998}b"),
    "one letter": ("a", "a" * 2999 + "\u0301"),
    "nothing that is seen": ("a\u200b", "\u200b" * 3000),
    "marks out of order": ("\u0301\u0323", "e"),
    "pictures": ("\U0001f469\u200d", "\U0001f469" * 3000),
    "cut everywhere": ("a", "a"),
}


LONG = ("no such words", "white space", "one letter")


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_length_of_the_text_alone(name: str) -> None:
    piece, quote = HOSTILE[name]
    text = piece * ((5_000_000 if name in LONG else 500_000) // len(piece))
    start = time.process_time()
    occurrences(text, quote)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "sentence",
    [
        "Bệnh xơ cứng rải rác là một bệnh tự miễn. ",
        unicodedata.normalize("NFD", "Bệnh xơ cứng rải rác là một bệnh tự miễn. "),
        "مُحَمَّدٌ طَبِيبٌ فِي ",
    ],
    ids=["Vietnamese", "decomposed", "Arabic with vowels"],
)
def test_two_quotes_are_looked_up_in_the_longest_text_in_one_request(sentence: str) -> None:
    text = (sentence * (5_000_000 // len(sentence) + 1))[:5_000_000]
    start = time.process_time()
    for quote in (sentence * 5 + "of which there are none", sentence * 70):
        wrong = quote[:100] + "q" + quote[101:]
        assert occurrences(text, wrong) == widened(text, wrong) == []
        assert nearest(text, wrong) is not None
    assert time.process_time() - start < 10


@given(st.text(max_size=60), st.text(max_size=60))
def test_nearest_stays_inside_the_text(text: str, quote: str) -> None:
    span = nearest(text, quote)
    assert span is None or 0 <= span.start < span.end <= len(text)
