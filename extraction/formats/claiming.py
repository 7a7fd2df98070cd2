"""The lines of a record are claimed, but for its prose: that stays, without what labels it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extraction.text.lines import Line, Page

__all__ = ["claim_record", "paragraphs_in"]

_OPEN_LINE = re.compile(r"[^\n\r]+(?:(?:\r\n|\n|\r)[ \t]+(?=\S)[^\n\r]+)*")


def paragraphs_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a value, parted where a line begins without an indent."""
    for match in _OPEN_LINE.finditer(text, start, end):
        if match.group().strip():
            yield match.span()


def claim_record(page: Page, prose: Sequence[tuple[int, int]]) -> None:
    """Claim all of the seen text; each stretch of ``prose`` (sorted, disjoint) stays as a line."""
    kept = [line for stretch in prose if (line := _line(page, *stretch))]
    for before, line in zip([None, *kept], kept, strict=False):
        gap = page.view.text[before.end : line.start] if before else ""
        line.blank_before = before is None or len(re.findall(r"\r\n|\n|\r", gap)) != 1
    for line in page.lines:
        line.role = "field_table"
    whole = [line for line in page.lines if not _cut(page, line, kept)]
    page.lines[:] = sorted([*whole, *kept], key=lambda line: line.start)


def _line(page: Page, start: int, end: int) -> Line | None:
    text = re.sub(r"\s", " ", page.view.text[start:end])
    stripped = text.strip()
    if not stripped:
        return None
    start += text.index(stripped)
    return Line(start, start + len(stripped), stripped, role="prose")


def _cut(page: Page, line: Line, kept: list[Line]) -> bool:
    """Cut what of the line is no prose; False when none of it is."""
    reached, found = line.start, False
    first = bisect_right(kept, line.start, key=lambda stretch: stretch.end)
    for number in range(first, len(kept)):
        stretch = kept[number]
        if stretch.start >= line.end:
            break
        page.cut(reached, min(stretch.start, line.end), "field_table")
        reached, found = stretch.end, True
    if found:
        page.cut(reached, line.end, "field_table")
    return found
