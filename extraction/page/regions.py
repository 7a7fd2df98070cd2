"""What each part of the text is: boilerplate, metadata or prose."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from extraction.page.declarations import claim_declarations
from extraction.page.headings import INLINE_LABEL, SECTION_NAMES
from extraction.text.lines import Page, paragraphs
from extraction.text.sentences import CAPTION_MARK, sentence_spans
from extraction.types import Region, Sentence, Span

_HAS_WORD = re.compile(r"[^\W\d_]{2}")
_NUMERIC = re.compile(r"\d")
_CAPTION = re.compile(
    rf"{CAPTION_MARK}(?:\s?[.:|]|[A-Z][a-z])|(?:TABLE|FIGURE|FIG\.?)\s\d{{1,2}}\b|Abbreviations:"
)
"""Also with its words glued to its number: "Table 1Baseline characteristics"."""
_WIDE_GAP = re.compile(r"(?<![ \t\r\n])[ \t]{3,}+(?=[A-Z*•])")
_BRACKETED = re.compile(r"\([^()]{0,200}\)|\[[^][]{0,200}\]")
_GROUP_SIZE = re.compile(r"\(n\s?=\s?\d+\)", re.I)
_TABLE_TOKENS = 25
_TABLE_SHARE = 0.3
_TABLE_GROUPS = 4


def claim_prose(page: Page) -> None:
    """What nobody claimed is prose when it has words, else debris."""
    claim_declarations(page)
    for _, line in page.free():
        line.role = "prose" if _HAS_WORD.search(line.text) else "debris"


def sentences_of(page: Page) -> tuple[Sentence, ...]:
    found = []
    cuts = _Cuts(page.cuts)
    for paragraph in paragraphs(page):
        heading = paragraph.heading
        for start, end in cuts.around(paragraph.start, paragraph.end):
            for first, last in _pieces(page.view.text, start, end):
                text = page.view.text[first:last]
                if label := _inline_label(text):
                    heading = label["name"]
                    page.cut(first, first + label.end(), "heading")
                    first += label.end()
                    text = text[label.end() :]
                if not _HAS_WORD.search(text):
                    continue
                if _is_table(text) or _CAPTION.match(text):
                    page.cut(first, last, "table" if _is_table(text) else "caption")
                    continue
                raw = page.view.to_raw(first, last)
                found.append(Sentence(raw.start, raw.end, paragraph.number, heading))
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences; three spaces in a line, before a capital, part a table from the text around it."""
    begin = start
    for gap in _WIDE_GAP.finditer(text, start, end):
        yield from sentence_spans(text, begin, gap.start())
        begin = gap.end()
    yield from sentence_spans(text, begin, end)


def _inline_label(text: str) -> re.Match[str] | None:
    """A section label glued to the sentence it heads (``METHODS: We ...``)."""
    label = INLINE_LABEL.match(text[:120])
    if not label or label.end() >= len(text):
        return None
    name = label["name"]
    if name.isupper() or (name[0].isupper() and name.split()[0].lower() in SECTION_NAMES):
        return label
    return None


def _is_table(text: str) -> bool:
    """A sentence puts most of its numbers in brackets; the cells of a table stand free."""
    tokens = text.split()
    if len(tokens) < _TABLE_TOKENS:
        return False
    if len(_GROUP_SIZE.findall(text)) >= max(_TABLE_GROUPS, len(tokens) / 16):
        return True
    free = _BRACKETED.sub(" ", text).split()
    return sum(bool(_NUMERIC.search(t)) for t in free) >= _TABLE_SHARE * len(free) > 0


class _Cuts:
    """The stretches cut out of lines, in order and without overlap."""

    def __init__(self, cuts: list[tuple[int, int, str]]) -> None:
        self.spans: list[Span] = []
        for start, end, _ in sorted(cuts):
            if self.spans and start <= self.spans[-1].end:
                self.spans[-1] = Span(self.spans[-1].start, max(end, self.spans[-1].end))
            else:
                self.spans.append(Span(start, end))
        self.ends = [span.end for span in self.spans]

    def around(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretches of ``start``..``end`` that no cut covers."""
        for number in range(bisect_right(self.ends, start), len(self.spans)):
            cut = self.spans[number]
            if cut.start >= end:
                break
            if cut.start > start:
                yield start, cut.start
            start = max(start, cut.end)
        if start < end:
            yield start, end


def regions_of(page: Page) -> tuple[Region, ...]:
    """Neighbouring lines of one role make one region; cuts split the region they stand in."""
    pieces: list[tuple[int, int, str]] = list(page.cuts)
    cuts = _Cuts(page.cuts)
    for line in page.lines:
        pieces += [(s, e, line.role) for s, e in cuts.around(line.start, line.end)]
    pieces = [(*_trimmed(page.view.text, s, e), label) for s, e, label in pieces]
    merged: list[tuple[int, int, str]] = []
    for start, end, label in sorted(p for p in pieces if p[0] < p[1]):
        if merged and merged[-1][2] == label and label != "heading":
            merged[-1] = (merged[-1][0], end, label)
        else:
            merged.append((start, end, label))
    found = []
    for start, end, label in merged:
        raw = page.view.to_raw(start, end)
        found.append(Region(label, raw.start, raw.end, prose=label == "prose"))
    return tuple(sorted([*found, *_debris(page, found)], key=lambda region: region.start))


def _debris(page: Page, regions: list[Region]) -> Iterator[Region]:
    """Mark-up that stands between the regions, neighbouring tags as one."""
    starts = [region.start for region in regions]
    merged: list[Span] = []
    for dropped in page.view.dropped:
        before = bisect_right(starts, dropped.start) - 1
        if before >= 0 and dropped.start < regions[before].end:
            continue
        between = page.view.raw[merged[-1].end : dropped.start] if merged else "-"
        if len(between) < 20 and not between.strip():
            merged[-1] = Span(merged[-1].start, dropped.end)
        else:
            merged.append(dropped)
    return (Region("html_debris", span.start, span.end) for span in merged)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
