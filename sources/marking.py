"""A whole text for readers: its paragraphs, cut where passages begin and end, and the place of each
on the page. Pure.
"""

import re
from collections.abc import Sequence
from itertools import chain, pairwise

from sources.quoting import Segment, Span, segments

__all__ = ["anchor", "paragraphs"]

_GAP = re.compile(r"(?>\r\n?|\n)(?:[^\S\r\n]*+(?>\r\n?|\n))++")
"""A line's end and the blank lines after it."""


def anchor(number: int, start: int, end: int) -> str:
    """Of a passage of the first (0) or a later text on the page of a source's texts."""
    return f"p{number + 1 if number else ''}-{start}-{end}"


def paragraphs(text: str, spans: Sequence[Span]) -> list[list[Segment]]:
    """Each paragraph in its stretches. Nothing is left out but white space between them; what of it
    is at the ends of a span is no part of it here.
    """
    gaps = [(0, 0), *(gap.span() for gap in _GAP.finditer(text)), (len(text), len(text))]
    between = (_without_ends(text, a, b) for (_, a), (b, _) in pairwise(gaps))
    kept = {a: b for a, b in between if a < b}
    cuts = chain.from_iterable(kept.items())
    found: list[list[Segment]] = []
    at = end = 0
    for segment in segments(text, [_trimmed(text, span) for span in spans], cuts):
        if at in kept:
            found.append([])
            end = kept[at]
        if at < end:
            found[-1].append(segment)
        at += len(segment.text)
    return found


def _without_ends(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a paragraph begins and ends: the space before its first line is its own."""
    inside = text[start:end]
    return end - len(inside.lstrip("\r\n")), start + len(inside.rstrip())


def _trimmed(text: str, span: Span) -> Span:
    inside = text[span.start : span.end]
    end = span.end - (len(inside) - len(inside.rstrip()))
    return Span(span.start + len(inside) - len(inside.lstrip()), end)
