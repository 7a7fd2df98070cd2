"""The page of a file's text: its blocks are its lines, and no mark-up is looked for in it."""

import re
from dataclasses import replace

from extraction.filetext import FileText, Looks
from extraction.text.lines import MAX_LINES, Line, Page
from extraction.text.markup import View
from extraction.types import Unreadable

__all__ = ["claim_looks", "front_of", "page_of_file"]

_LINE = re.compile(r"[^\n]+")
FRONT = 2
"""Pages on which a work says what it is; in a file without pages, so many characters."""
_FRONT_LENGTH = 3_000
_ROLES = {
    Looks.TABLE: "table",
    Looks.CAPTION: "caption",
    Looks.NOTE: "note",
    Looks.RUNNING: "running_head",
}


def page_of_file(file: FileText) -> Page:
    """The lines of the text, each a paragraph or a row of a table."""
    view = View(file.text, file.text)
    view.seen_starts.append(0)
    view.runs.append((0, len(file.text), True))
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(file.text):
        text = match.group()
        if not text.strip():
            continue
        gap = match.start() - last
        lines.append(Line(match.start(), match.end(), text, blank_before=gap > 1 or not lines))
        last = match.end()
        if len(lines) > MAX_LINES:
            raise Unreadable(f"The file has more than {MAX_LINES:,} lines; it is not read.")
    page = Page(view, lines, is_file=True)
    for mark in file.marks:
        if mark.looks in (Looks.HEADING, Looks.TITLE):
            page.heading_marks.add(mark.start)
        if mark.looks == Looks.SUBTITLE:
            page.subtitle_marks.add(mark.start)
        if mark.looks == Looks.TITLE:
            page.title_marks.append(mark.start)
    return page


def front_of(page: Page, file: FileText) -> Page:
    """The lines on which the work says what it is: further on it speaks of others."""
    aside = [m for m in file.marks if m.looks in (Looks.TABLE, Looks.CAPTION)]
    lines = []
    for line in page.lines:
        pages = file.pages_of(line.start, line.end)
        if pages and pages[0] > FRONT + 1:
            break  # notes of a page may follow those of the next
        is_front = pages[0] <= FRONT if pages else line.start < _FRONT_LENGTH
        if is_front and not any(mark.start <= line.start < mark.end for mark in aside):
            lines.append(line)
    page.front = max((line.end for line in lines), default=0)
    return replace(page, lines=lines)


def claim_looks(page: Page, file: FileText) -> None:
    """Give their roles to rows of tables, captions, notes and running heads that nobody claimed."""
    marks = [mark for mark in file.marks if mark.looks in _ROLES]
    number = 0
    for line in page.lines:
        while number < len(marks) and marks[number].end <= line.start:
            number += 1
        if number < len(marks) and marks[number].start <= line.start and not line.role:
            line.role = _ROLES[Looks(marks[number].looks)]
