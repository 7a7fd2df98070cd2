"""Whatever comes in: no crash, every span inside the text, sentences trimmed and in prose."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import Unreadable, extract, read
from tests.databases import ROOT
from tests.extraction.extracting import VOCABULARY
from tests.lanes import examples

PIECES = st.sampled_from(
    [
        *("<p", "</p>", "<h1>", "</h1\n", "<em>", "&nbsp;", "&amp", "<!--", "-->", "<script>"),
        *("Title: ", "---\n", "PMID- 1\n", "AB  - ", "© 2020 ", "All rights reserved.", "."),
        *("Ann Lee, Bo Chan\n", "Abstract\n", "References\n", "(secondQuint)", "Volume 2", "\xad"),
        *("The drug depletes B cells. ", "e.g. ", "1. ", "- ", "10.1000/a", "NCT00241254", "é"),
        *("<meta name='author' content='", "'>", "The short phrase\n", "\n", "\r\n", "By "),
        *("<article", "<article-meta>", "<contrib><surname>Lee</surname>", "@highlight"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


def check(data: bytes) -> None:
    try:
        reading = read(data, name="x")
    except Unreadable:
        return
    size = len(reading.text)
    for part in [*reading.regions, *reading.sentences, *reading.metadata.spans.values()]:
        assert 0 <= part.start < part.end <= size
    for sentence in reading.sentences:
        exact = reading.text[sentence.start : sentence.end]
        assert exact == exact.strip() != ""
    starts = [sentence.start for sentence in reading.sentences]
    assert starts == sorted(set(starts))
    for name in reading.metadata.__dataclass_fields__:
        if name != "spans" and getattr(reading.metadata, name):
            assert name in reading.metadata.spans


@settings(max_examples=examples(150))
@given(st.binary(max_size=200))
def test_read_survives_any_bytes(data):
    check(data)


@settings(max_examples=examples(300))
@given(TEXTS)
def test_read_survives_any_text(text):
    check(text.encode("utf-8", "surrogatepass"))


def test_a_long_run_of_blank_lines_takes_bounded_time() -> None:
    begun = time.process_time()
    read(b"TITLE: A drug in MS\n\n" + b"\n\n  \n" * 12_000 + b"It reduced relapses.", name="x")

    assert time.process_time() - begun < 5


SEEDS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]


@st.composite
def cut_up(draw: st.DrawFn) -> str:
    """Stretches of real documents in another order, with signs between."""
    parts = []
    for _ in range(draw(st.integers(1, 6))):
        text = draw(st.sampled_from(SEEDS))
        start = draw(st.integers(0, len(text)))
        parts.append(text[start : start + draw(st.integers(0, 600))])
    return draw(PIECES).join(parts)


@settings(max_examples=examples(40))
@given(cut_up())
def test_pieces_of_real_documents_are_read_and_quoted(text: str) -> None:
    data = text.encode("utf-8")
    check(data)
    try:
        reading = read(data, name="x")
    except Unreadable:
        return
    found = extract(reading, VOCABULARY)
    for claim in found.claims:
        assert reading.text[claim.start : claim.end] == claim.exact
    assert found == extract(reading, VOCABULARY)
