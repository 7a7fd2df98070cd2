"""Finds a pasted quote in a text, or the passage nearest to it; offsets are code points."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

CONTEXT = 80
"""Code points of text kept before and after a passage (TextQuoteSelector prefix, suffix)."""
NEAR_ENOUGH = 60.0
"""Per cent of agreement below which no passage is worth showing."""
END = 200
"""Code points of a long quote's beginning and end that are aligned: the whole of it would take
time that grows with its square."""
_SPACE = re.compile(r"\s")


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
    """Every place where the words of ``quote`` stand in ``text``.

    White space counts as white space whatever its kind and length: a quote copied from a page
    has other line breaks than the document. Letters and signs have to be the same.
    """
    words = quote.split()
    if not words:
        return []
    pattern = r"\s+".join(re.escape(word) for word in words)
    return [Span(*match.span()) for match in re.finditer(pattern, text)]


def nearest(text: str, quote: str) -> Span | None:
    """The passage most like ``quote``, from word to word; ``None`` when nothing is like it."""
    wanted = " ".join(quote.split())
    if not wanted or not text:
        return None
    flat = _SPACE.sub(" ", text)  # one for one, so that offsets stay
    head = _align(wanted[:END], flat)
    if head is None or len(wanted) <= END:
        return head and _finished(text, head.start, head.end, wanted[-1])
    end = min(head.start + len(wanted), len(text))
    tail = _align(wanted[-END:], flat[head.start : head.start + 2 * len(wanted)])
    if tail is not None and tail.end > END:
        end = head.start + tail.end
    return _finished(text, head.start, end, wanted[-1])


def _finished(text: str, start: int, end: int, last: str) -> Span | None:
    """Whole words, with the full stop that the quote has too, no white space around."""
    span = _to_words(text, start, end)
    if not last.isalnum() and text[span.end : span.end + 1] == last:
        span = Span(span.start, span.end + 1)
    return _trimmed(text, span)


def _align(wanted: str, flat: str) -> Span | None:
    found = fuzz.partial_ratio_alignment(wanted, flat, score_cutoff=NEAR_ENOUGH)
    return Span(found.dest_start, found.dest_end) if found else None


def _to_words(text: str, start: int, end: int) -> Span:
    """Widened until no word is cut."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


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
