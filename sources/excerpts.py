"""The parts of a source's texts in which its fields were read, with each field marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sources.models import Document, FieldReading, Source
from sources.quoting import Span, segments

_SPACE = re.compile(r"\s+")
AROUND = 240
"""Code points of text shown before and after what was read."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between two cuts; ``gap`` stands for text that is left out."""

    text: str = ""
    is_marked: bool = False
    anchor: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of one text."""

    document: Document
    stretches: tuple[Stretch, ...]


def excerpts(source: Source) -> list[Excerpt]:
    """Of each text that a field was read in, in the order of the fields."""
    readings = FieldReading.objects.filter(source=source).select_related("passage__document")
    by_text: dict[Document, list[FieldReading]] = {}
    for reading in readings:
        if reading.passage.document is not None:
            by_text.setdefault(reading.passage.document, []).append(reading)
    return [
        Excerpt(document, tuple(_stretches(document.text, found)))
        for document, found in by_text.items()
    ]


def _stretches(text: str, readings: Sequence[FieldReading]) -> Iterator[Stretch]:
    spans = [Span(r.passage.start or 0, r.passage.end or 0) for r in readings]
    windows = _windows(spans, text)
    cuts = {place for window in windows for place in (window.start, window.end)}
    at = 0
    for segment in segments(text, spans, cuts):
        if any(window.start <= at < window.end for window in windows):
            opened = [readings[number].public_id for number in segment.opens]
            yield Stretch(segment.text, bool(segment.covered_by), _anchor(opened))
        else:
            yield Stretch(gap=True)
        at += len(segment.text)


def _anchor(opened: Sequence[str]) -> str:
    return f"read-{opened[0]}" if opened else ""


def _windows(spans: Sequence[Span], text: str) -> list[Span]:
    """Around each span, of whole words; those that touch are joined."""
    found: list[Span] = []
    for start, end in sorted((_before(text, s.start), _after(text, s.end)) for s in spans):
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    return found


def _before(text: str, place: int) -> int:
    """Where the words before a place begin that are shown."""
    if place <= AROUND:
        return 0
    space = _SPACE.search(text, place - AROUND, place)
    return space.end() if space else place - AROUND


def _after(text: str, place: int) -> int:
    if place + AROUND >= len(text):
        return len(text)
    spaces = list(_SPACE.finditer(text, place, place + AROUND))
    return spaces[-1].start() if spaces else place + AROUND
