"""Finds a pasted quote in a text, or the passage nearest to it; offsets are code points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from sources.as_typed import Typed, goes_on, is_inside_word, typed

CONTEXT = 80
"""Code points of text kept before and after a passage (TextQuoteSelector prefix, suffix)."""
NEAR_ENOUGH = 60.0
"""Per cent of agreement below which no passage is worth showing."""
END = 200
"""Code points of a long quote's beginning and end that are aligned: the whole of it would take
time that grows with its square."""


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text and which of the spans cover it, by their index."""

    text: str
    covered_by: tuple[int, ...]
    opens: tuple[int, ...]
    """Spans that start here."""


def occurrences(text: str, quote: str) -> list[Span]:
    """Every place where the words of ``quote`` stand in ``text``; none overlaps another.

    Both are compared as they would be typed (``sources.as_typed``): a quote that was copied from
    a page or typed has other line breaks, quotation marks and hyphens than the document. The
    places are stretches of the document itself, of whole letters.
    """
    wanted = typed(quote).text.strip()
    if not wanted:
        return []
    page = typed(text)
    found, done = [], 0
    for start in _places(page, wanted):
        if start >= done:
            done = start + len(wanted)
            found.append(Span(*page.original(start, done)))
    return found


def _places(page: Typed, wanted: str) -> Iterator[int]:
    """Where ``wanted`` stands and no letter is cut, from left to right."""
    start = page.text.find(wanted)
    while start >= 0:
        if page.cuts(start, start + len(wanted)):
            break
        yield start
        start = page.text.find(wanted, start + len(wanted))
    if start >= 0:
        for at in _all_places(page.text, wanted, start):
            if not page.cuts(at, at + len(wanted)):
                yield at


def _all_places(text: str, wanted: str, start: int) -> Iterator[int]:
    """From ``start`` on, also those that overlap, in linear time (Knuth, Morris and Pratt)."""
    again = [0] * len(wanted)
    """How many characters of ``wanted`` its own first ones end in, by place."""
    same = 0
    for i in range(1, len(wanted)):
        while same and wanted[i] != wanted[same]:
            same = again[same - 1]
        same += wanted[i] == wanted[same]
        again[i] = same
    same = 0
    for i in range(start, len(text)):
        while same and text[i] != wanted[same]:
            same = again[same - 1]
        same += text[i] == wanted[same]
        if same == len(wanted):
            yield i - same + 1
            same = again[same - 1]


def nearest(text: str, quote: str) -> Span | None:
    """The passage most like ``quote``, from word to word; ``None`` when nothing is like it."""
    wanted, page = typed(quote).text.strip(), typed(text)
    flat = page.text
    if not wanted or not flat:
        return None
    head = _align(wanted[:END], flat)
    if head is None:
        return None
    end = head.end
    if len(wanted) > END:
        end = min(head.start + len(wanted), len(flat))
        tail = _align(wanted[-END:], flat[head.start : head.start + 2 * len(wanted)])
        if tail is not None and tail.end > END:
            end = head.start + tail.end
    if end <= head.start:
        return None
    return _finished(text, *page.original(head.start, end), wanted[-1])


def _finished(text: str, start: int, end: int, last: str) -> Span | None:
    """Whole words, with the full stop that the quote has too, no white space around."""
    span = _to_words(text, start, end)
    after = text[span.end : span.end + 1]
    if not is_inside_word(last) and after and typed(after).text == last:
        span = Span(span.start, span.end + 1)
    return _trimmed(text, span)


def _align(wanted: str, flat: str) -> Span | None:
    found = fuzz.partial_ratio_alignment(wanted, flat, score_cutoff=NEAR_ENOUGH)
    return Span(found.dest_start, found.dest_end) if found else None


def _to_words(text: str, start: int, end: int) -> Span:
    """Widened until no word and no letter is cut."""
    while 0 < start < len(text) and _is_one_word(text[start - 1], text[start]):
        start -= 1
    while 0 < end < len(text) and _is_one_word(text[end - 1], text[end]):
        end += 1
    return Span(start, end)


def _is_one_word(left: str, right: str) -> bool:
    return goes_on(right) or (is_inside_word(left) and is_inside_word(right))


def _trimmed(text: str, span: Span) -> Span | None:
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    end = span.end - (len(inside) - len(inside.rstrip()))
    return Span(start, end) if start < end else None


def segments(text: str, spans: Sequence[Span]) -> list[Segment]:
    """The whole text, cut wherever a span starts or ends; spans may overlap."""
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for i, span in enumerate(spans):
        if 0 <= span.start < span.end <= len(text):
            opens.setdefault(span.start, []).append(i)
            closes.setdefault(span.end, []).append(i)
    cuts = sorted({0, len(text), *opens, *closes})
    covering: set[int] = set()
    found = []
    for a, b in pairwise(cuts):
        covering.difference_update(closes.get(a, ()))
        covering.update(opens.get(a, ()))
        found.append(Segment(text[a:b], tuple(sorted(covering)), tuple(opens.get(a, ()))))
    return found


def words_before(prefix: str, start: int | None) -> str:
    """The context from its first whole word; an ellipsis says that the document goes further."""
    if start == len(prefix):
        return prefix
    first, space, rest = prefix.partition(" ")
    return f"…{rest if space else first}" if prefix else ""


def words_after(suffix: str) -> str:
    """The context up to its last whole word; short context ends with the document."""
    if len(suffix) < CONTEXT:
        return suffix
    rest, space, last = suffix.rpartition(" ")
    return f"{rest if space else last}…"
