"""What reading a file yields: its text, which page each part stands on, and what it looks like.

Every offset counts code points of ``text``. A file text is a plain value that can be kept as JSON:
whoever has it needs neither the file nor the program that read it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

__all__ = ["FileText", "Looks", "Mark", "pages_of"]


class Looks(StrEnum):
    """What a block of a file is, as far as the file says or its looks tell."""

    TEXT = "text"
    HEADING = "heading"
    TITLE = "title"
    SUBTITLE = "subtitle"
    CAPTION = "caption"
    TABLE = "table"
    """Rows of cells: a line each, tabs between the cells."""
    NOTE = "note"
    """Small print at the foot of a column, or beside the text."""
    RUNNING = "running"
    """The first one of a running head or foot."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that is no plain paragraph."""

    start: int
    end: int
    looks: str
    """Of ``Looks``."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file that is none itself."""

    text: str
    reader: str
    """Which program read it, with its version."""
    page_count: int = 0
    """Of a file without pages: 0."""
    pages: tuple[tuple[int, int], ...] = ()
    """From which offset on the text stands on which page, from 1; pages may come again, since a
    note follows the paragraph that it interrupts."""
    marks: tuple[Mark, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    """What the file's own properties say; they count where the text says the same."""
    notes: tuple[str, ...] = ()

    def pages_of(self, start: int, end: int) -> tuple[int, ...]:
        """The pages on which ``text[start:end]`` stands, in order; none without pages."""
        return pages_of(self.pages, start, end)

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "reader": self.reader,
            "page_count": self.page_count,
            "pages": [list(run) for run in self.pages],
            "marks": [[mark.start, mark.end, mark.looks] for mark in self.marks],
            "hints": dict(self.hints),
            "notes": list(self.notes),
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "FileText":
        return cls(
            text=kept["text"],
            reader=kept["reader"],
            page_count=kept["page_count"],
            pages=tuple((start, page) for start, page in kept["pages"]),
            marks=tuple(Mark(*mark) for mark in kept["marks"]),
            hints=dict(kept["hints"]),
            notes=tuple(kept["notes"]),
        )


def pages_of(runs: Iterable[tuple[int, int]], start: int, end: int) -> tuple[int, ...]:
    """The pages of a span, by the runs of a page map."""
    found: set[int] = set()
    current = 0
    for begins, page in runs:
        if begins >= end:
            break
        if begins <= start:
            found.clear()
        found.add(page)
        current = page
    return tuple(sorted(found)) if current else ()
