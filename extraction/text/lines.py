"""The seen text as lines with roles, and lines joined to paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extraction.text import frequency
from extraction.text.markup import Tag, View
from extraction.types import Unreadable

MAX_LINES = 100_000

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TERMINAL = re.compile(r"[.!?…:;][\"'”’)\]]*$")
LIST_MARK = re.compile(r"(?:[-*•◦▪‣·–—o]|\(?\d{1,2}[.)]|\(?[a-hivx]{1,4}\))(?:[ \t\xa0]+|$)")
_OPEN_END = re.compile(
    r"(?:,|-|–|\b(?:a|an|and|as|at|by|for|from|in|into|is|are|of|on|or|than|that|the|to|was|were|"
    r"which|who|with))$"
)
_BEGINS_OWN_LINE = re.compile(
    r"[-*•◦▪]\s|\(?\d{1,2}[.)]\s|\(\d{1,2}\)|[A-Z][A-Z/& ]{3,40}:\s|#{1,6}\s|"
    r"[A-Z][A-Z0-9]{1,3} {0,2}- "
)
_CUT_OFF = re.compile(
    r"(?:^|[\s(])(?P<letter>[a-z]\.)$|(?:^|[\s(])(?:vs|i\.e|e\.g)\.$|(?:^|[\s(=<>≤≥±–-])(?P<whole>\d{1,2}\.)$"
)
_DECIMALS = re.compile(
    r"\d{1,3}(?:\s?(?:[);,%\]-]|\.$|(?:mg|mL|ml|mmol|mol|µg|mcg|kg|g|cm|mm|points?|h|T)\b)|$)"
)
"""The rest of a number whose line broke at the decimal point."""
_WRAP_MIN, _WRAP_MAX = 45, 130
_WRAP_SLACK = 6
_FILLED_MIN = 36
"""Width from which on lines that fill it are thought to be broken prose."""


@dataclass(slots=True)
class Line:
    """A trimmed line of the seen text; ``role`` is empty while nobody has claimed it."""

    start: int
    end: int
    text: str
    blank_before: bool = True
    role: str = ""


@dataclass(slots=True)
class Page:
    """The document while it is being read: its view, its lines, and stretches cut out of them."""

    view: View
    lines: list[Line]
    cuts: list[tuple[int, int, str]] = field(default_factory=list)
    heading_marks: set[int] = field(default_factory=set)
    """Starts of lines that mark-up says are headings."""
    title_marks: list[int] = field(default_factory=list)
    """Starts of lines that mark-up says are the page's own heading (h1)."""
    subtitle_marks: set[int] = field(default_factory=set)
    is_file: bool = False
    """Whether it is the text of a file that is none itself: a PDF, a Word file."""
    front: int | None = None
    """Of a file: where the pages end on which it says what it is."""

    def free(self) -> Iterator[tuple[int, Line]]:
        return ((n, line) for n, line in enumerate(self.lines) if not line.role)

    def cut(self, start: int, end: int, label: str) -> None:
        if start < end:
            self.cuts.append((start, end, label))


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    heading: str
    number: int


def page_of(view: View) -> Page:
    lines: list[Line] = []
    last_end = 0
    for match in _LINE.finditer(view.text):
        text = match.group()
        stripped = text.strip(" \t\xa0\u200b\ufeff\u2003\u2009\u200e\u200f\u3000")
        if not stripped.strip():
            continue
        start = match.start() + text.index(stripped)
        gap = view.text[last_end:start].replace("\r\n", "\n")
        lines.append(Line(start, start + len(stripped), stripped, _has_blank(gap) or not lines))
        last_end = start + len(stripped)
        if len(lines) > MAX_LINES:
            raise Unreadable(f"The file has more than {MAX_LINES:,} lines; it is not read.")
    page = Page(view, _mended(view, _unwrapped(view, lines)))
    _mark_headings(page)
    return page


def _unwrapped(view: View, lines: list[Line]) -> list[Line]:
    """In a text wrapped at a fixed width, lines broken only because the next word did not fit
    become one line, offsets unchanged. Where the whole is not wrapped, blocks of it may be."""
    width = max((len(line.text) for line in lines), default=0)
    full = sum(len(line.text) > width * 0.8 for line in lines)
    if not _WRAP_MIN <= width <= _WRAP_MAX or full < max(5, len(lines) * 0.25):
        return _unwrapped_blocks(view, lines)
    groups: list[list[Line]] = []
    last_width = 0
    for line in lines:
        first_word = line.text.split(maxsplit=1)[0]
        forced = last_width + 1 + len(first_word) > width - _WRAP_SLACK
        if groups and forced and not line.blank_before and not _BEGINS_OWN_LINE.match(line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
        last_width = len(line.text)
    return [_one_line(view, group) for group in groups]


def _unwrapped_blocks(view: View, lines: list[Line]) -> list[Line]:
    """Lines between two empty ones become one where each ends because the next word would not
    have fitted, one of them begins amid a sentence, and the last one ends it.
    """
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and not line.blank_before:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    found: list[Line] = []
    for block in blocks:
        found += [_one_line(view, block)] if _is_filled(block) else block
    return found


def _is_filled(block: list[Line]) -> bool:
    width = max(len(line.text) for line in block)
    if len(block) < 2 or not _FILLED_MIN <= width <= _WRAP_MAX:
        return False
    ended = _TERMINAL.search(block[-1].text)
    if not ended or not any(line.text[:1].islower() for line in block[1:]):
        return False
    return not any(
        len(above.text) + 1 + len(line.text.split(maxsplit=1)[0]) <= width
        or _BEGINS_OWN_LINE.match(line.text)
        for above, line in pairwise(block)
    )


def _mended(view: View, lines: list[Line]) -> list[Line]:
    """Lines that a machine broke after each full stop, also that of "i. v." or "0. 5", joined."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _cut_off(groups[-1][-1].text, line.text, begun=len(groups[-1]) > 1):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_one_line(view, group) if len(group) > 1 else group[0] for group in groups]


def _cut_off(last: str, line: str, *, begun: bool) -> bool:
    """``begun``: the last line is itself the rest of a broken one, the "e." of "i. e."."""
    found = _CUT_OFF.search(last)
    if found is None:
        return False
    if found["whole"]:
        return found.start("whole") > 0 and bool(_DECIMALS.match(line))
    if found["letter"]:
        return begun or line[:1].islower()
    return True


def _one_line(view: View, group: list[Line]) -> Line:
    start, end = group[0].start, group[-1].end
    text = re.sub(r"\s", " ", view.text[start:end])
    return Line(start, end, text, group[0].blank_before)


def _has_blank(gap: str) -> bool:
    return len(re.findall(r"[\n\r\x0b\x0c\x85\u2028\u2029]", gap)) > 1


def _mark_headings(page: Page) -> None:
    """Lines between ``<h1>`` and ``</h1>``; a closing tag alone marks the line it ends."""
    page.heading_marks.update(page.view.headings)
    starts = {line.start: line for line in page.lines}
    open_tag: Tag | None = None
    by_end = {line.end: line for line in page.lines}
    ordered = sorted(starts)
    cursor = 0
    for tag in page.view.tags:
        if not re.fullmatch(r"h[1-6]|title", tag.name):
            continue
        if not tag.closing:
            open_tag = tag
            continue
        if open_tag and open_tag.name == tag.name:
            while cursor < len(ordered) and ordered[cursor] < open_tag.at:
                cursor += 1
            found = []
            while cursor < len(ordered) and ordered[cursor] < tag.at:
                found.append(ordered[cursor])
                cursor += 1
        else:
            found = [by_end[tag.at].start] if tag.at in by_end else []
        page.heading_marks.update(found)
        if tag.name == "h1":
            page.title_marks.extend(found)
        open_tag = None


def paragraphs(page: Page) -> Iterator[Paragraph]:
    """Prose lines, joined where a line was only wrapped; each with the heading above it."""
    heading, number = "", 0
    block: list[Line] = []
    for line in [*page.lines, None]:
        new_block = line is None or line.role != "prose" or line.blank_before
        if block and new_block:
            for start, end in _joined(block):
                yield Paragraph(start, end, heading, number)
                number += 1
            block = []
        if line is None:
            return
        if line.role == "prose":
            block.append(line)
        elif line.role == "heading":
            heading = heading_text(line.text)


def heading_text(line: str) -> str:
    """The heading without its marks; a label that announces the title heads no text."""
    text = re.sub(r"^#{1,6}\s+|[.:\s#]+$", "", line)
    return "" if text.lower() == "title" else text


def _joined(block: list[Line]) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs in a block of lines with no blank line inside."""
    wrapped = _is_wrapped(block)
    start, last = block[0].start, block[0]
    for line in block[1:]:
        if not _continues(last, line, wrapped=wrapped):
            yield start, last.end
            start = line.start
        last = line
    yield start, last.end


def _is_wrapped(block: list[Line]) -> bool:
    if len(block) < 2:
        return False
    lengths = [len(line.text) for line in block[:-1]]
    widest = max(lengths)
    if not _WRAP_MIN <= widest <= _WRAP_MAX:
        return False
    full = sum(length > widest * 0.75 for length in lengths)
    return full >= len(lengths) * 0.7 and any(not _TERMINAL.search(x.text) for x in block[:-1])


def _continues(last: Line, line: Line, *, wrapped: bool) -> bool:
    if (
        LIST_MARK.match(line.text)
        or frequency.is_label(line.text)
        or frequency.has_items(line.text)
    ):
        return False
    if wrapped or line.text[:1].islower():
        return True
    if _TERMINAL.search(last.text):
        return False
    return bool(_OPEN_END.search(last.text))
