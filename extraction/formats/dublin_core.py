"""Repository records whose lines name Dublin Core elements: ``dc.date.issued  2019-06-14``."""

import re

from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import normalize_doi
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import read_value
from extraction.text.labelled_names import named_in_list
from extraction.text.lines import Line, Page
from extraction.text.words import by_word
from extraction.types import Author

_ELEMENT = re.compile(
    r"(?P<key>(?:dc|dcterms|prism|citation|oaire\.citation)(?:[._][a-z]\w{0,30}){1,3})"
    r"(?:\s*[:|\t=]\s*|\s+)(?=\S)",
    re.I,
)
_TAIL = re.compile(r"\s*(?:\t|\s\|)\s*(?:[a-z]{2}(?:[_-][A-Z]{2})?|-)?\s*$")
"""The language of a value, which stands in a column of its own."""
_FIELDS = by_word(
    {
        "title": "dc.title dcterms.title",
        "publisher": "dc.publisher",
        "date": "dc.date.issued dc.date dcterms.issued",
        "doi": "dc.identifier.doi",
        "pmid": "dc.identifier.pmid",
        "url": "dc.identifier.uri",
        "language": "dc.language.iso dc.language",
        "container_title": "dc.relation.ispartof dc.relation.ispartofjournal dc.source.title"
        " dc.source",
        "volume": "dc.source.volume citation.volume oaire.citation.volume",
        "issue": "dc.source.issue citation.issue oaire.citation.issue",
        "kind": "dc.type",
    }
)
_PEOPLE = frozenset({"dc.contributor.author", "dc.creator", "dcterms.creator"})
_MIN_LINES = 3


def read_dublin_core(page: Page, findings: Findings) -> None:
    marked = [(line, mark) for line in page.lines if (mark := _ELEMENT.match(line.text))]
    if len(marked) < _MIN_LINES:
        return
    people: list[tuple[Author, Line]] = []
    for line, mark in marked:
        key = mark["key"].lower().replace("_", ".")
        value = _value(line, mark.end())
        line.role = "field_table"
        if key in _PEOPLE:
            people += [(author, value) for author in named_in_list(value.text)]
        elif key == "dc.description.abstract":
            _keep(page, line, value, "prose")
        elif key == "dc.identifier.citation":
            _keep(page, line, value, "")
        elif field := _FIELDS.get(key):
            _read(findings, field, value)
    if people:
        authors = tuple(author for author, _ in people)
        findings.offer("authors", authors, people[0][1].start, people[-1][1].end)


def _value(line: Line, start: int) -> Line:
    text = line.text[start:]
    if tail := _TAIL.search(text):
        text = text[: tail.start()]
    return Line(line.start + start, line.start + start + len(text), text)


def _keep(page: Page, line: Line, value: Line, role: str) -> None:
    """Leave the value as a line of its own for the readers of prose and of citations."""
    page.cut(line.start, value.start, "field_table")
    page.cut(value.end, line.end, "field_table")
    line.start, line.end, line.text = value.start, value.end, value.text
    line.blank_before, line.role = True, role


def _read(findings: Findings, field: str, value: Line) -> None:
    if field == "kind":
        findings.offer("kind", kind_stated(value.text), value.start, value.end)
    elif field == "url" and (doi := normalize_doi(value.text)):
        findings.offer("doi", doi, value.start, value.end)
    else:
        read_value(findings, field, value, 0)
