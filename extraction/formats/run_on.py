"""Records that run their labelled fields on in one stretch: ``title: T date: D journal: J``."""

import re
from dataclasses import dataclass

from extraction.bibliography.findings import Findings
from extraction.bibliography.values import read_value
from extraction.text.labelled_names import named_in_list
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_authors, parse_family_first
from extraction.text.words import by_word

_FIELDS = by_word(
    {
        "": "key id pmcid keywords issn sha license source doc_id cord_uid",
        "authors": "author authors",
        "title": "title",
        "date": "date publish_time year",
        "container_title": "journal",
        "volume": "volume",
        "issue": "issue number",
        "pages": "pages",
        "publisher": "publisher",
        "doi": "doi",
        "pmid": "pmid pubmed_id",
        "url": "url",
        "language": "language",
        "prose": "abstract text",
    }
)
_NAMES = "|".join(sorted(_FIELDS, key=len, reverse=True))
_COLONS = re.compile(rf"(?:(?<=\s)|^)(?P<key>{_NAMES}):(?:\s+|$)", re.I)
_EQUALS = re.compile(rf"(?:(?<=[\s,;])|^)(?P<key>{_NAMES.upper()})=\s*")
_SPOKEN = re.compile(r"(?:^|(?<=\s))(?:the|an?|this|its|our|of|by|in|and)\s+\Z", re.I)
"""Before a word that only looks like a label: "the title:"."""
_NOTHING = re.compile(r"(?:nan|null|none|n/?a|unknown|-)?", re.I)
_MIN_LABELS = 4
_WINDOW = 8000


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    key_start: int
    start: int
    end: int


def read_run_on(page: Page, findings: Findings) -> None:
    """Read such a record at the top of the document; what follows its last field is prose."""
    if not page.lines:
        return
    top = page.lines[0].start
    text = page.view.text[top : top + _WINDOW]
    for labels in (_EQUALS, _COLONS):
        fields = _fields(text, labels)
        if fields:
            _read(page, findings, top, fields, family_first=labels is _EQUALS)
            return


def _fields(text: str, labels: re.Pattern[str]) -> list[_Field]:
    """The fields up to the prose; none when the text does not run its labels on in one line."""
    if not labels.match(text):
        return []
    found: list[tuple[str, int, int]] = []
    seen: set[str] = set()
    for match in labels.finditer(text):
        key = match["key"].lower()
        if key in seen or _SPOKEN.search(text, 0, match.start()):
            continue
        seen.add(key)
        found.append((key, match.start(), match.end()))
        if _FIELDS[key] == "prose":
            break
    in_first_line = sum(start < len(text.split("\n", 1)[0]) for _, start, _ in found)
    if "title" not in seen or len(found) < _MIN_LABELS or in_first_line < _MIN_LABELS:
        return []
    ends = [start for _, start, _ in found[1:]] + [_last_end(text, found[-1][0], found[-1][2])]
    return [
        _Field(_FIELDS[key], key_start, start, end)
        for (key, key_start, start), end in zip(found, ends, strict=True)
    ]


def _last_end(text: str, key: str, start: int) -> int:
    """The last value is one word, such as a number; the prose has no value of its own."""
    if _FIELDS[key] == "prose":
        return start
    word = re.compile(r"\S*").match(text, start)
    return word.end() if word else start


def _read(
    page: Page, findings: Findings, top: int, fields: list[_Field], *, family_first: bool
) -> None:
    for field in fields:
        line = _value(page, top + field.start, top + field.end)
        if field.name in {"", "prose"} or _NOTHING.fullmatch(line.text):
            continue
        if field.name == "authors":
            parse = parse_family_first if family_first else parse_authors
            authors = parse(line.text) or named_in_list(line.text)
            findings.offer("authors", authors, line.start, line.end)
        else:
            read_value(findings, field.name, line, 0)
    _claim(page, top + fields[-1].end)


def _value(page: Page, start: int, end: int) -> Line:
    written = page.view.text[start:end]
    text = written.strip(" \t\r\n\xa0,;")
    start += written.find(text) if text else 0
    return Line(start, start + len(text), re.sub(r"\s", " ", text))


def _claim(page: Page, end: int) -> None:
    """The lines of the record, and the part of a line before the prose that goes on in it."""
    for line in page.lines:
        if line.start >= end:
            return
        rest = page.view.text[end : line.end].lstrip()
        if line.end <= end or not rest:
            line.role = "field_table"
            continue
        page.cut(line.start, line.end - len(rest), "field_table")
        line.start, line.text, line.blank_before = line.end - len(rest), rest, True
