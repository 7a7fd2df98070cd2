"""The block of ``key: value`` lines between two ``---`` lines at the top of a Markdown file."""

import re

from extraction.bibliography.findings import Findings
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import read_value
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_authors, parse_person
from extraction.types import Author

_KEYS = {
    "title": "title",
    "author": "authors",
    "authors": "authors",
    "by": "authors",
    "date": "date",
    "published": "date",
    "publication_date": "date",
    "year": "date",
    "journal": "container_title",
    "container_title": "container_title",
    "container-title": "container_title",
    "publication": "container_title",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "doi": "doi",
    "pmid": "pmid",
    "url": "url",
    "source_url": "url",
    "canonical": "url",
    "canonical_url": "url",
    "link": "url",
    "lang": "language",
    "language": "language",
    "nct": "registry_id",
    "registry_id": "registry_id",
    "trial_registration": "registry_id",
    "registration": "registry_id",
    "site": "hosting_site",
    "site_name": "hosting_site",
    "type": "kind",
    "kind": "kind",
}
_KEY = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)\s*:(?:\s+|$)")
_ITEM = re.compile(r"-\s+(?:name:\s*)?")
_MAX_LINES = 200


def read_front_matter(page: Page, findings: Findings) -> None:
    lines = page.lines
    if not lines or lines[0].text != "---" or lines[0].start > 5:
        return
    end = next((n for n, x in enumerate(lines[1:_MAX_LINES], 1) if x.text in {"---", "..."}), None)
    if end is None:
        return
    key = ""
    people: list[tuple[Author, Line]] = []
    for line in lines[: end + 1]:
        line.role = "front_matter"
        if (item := _ITEM.match(line.text)) and key == "authors":
            people += [(a, line) for a in _people(line.text[item.end() :])]
            continue
        match = _KEY.match(line.text)
        if not match:
            continue
        key = _KEYS.get(match["key"].lower(), "")
        value = _unquoted(line, match.end())
        if key == "authors":
            people += [(a, line) for a in _people(value.text)]
        elif key and value.text:
            _read(findings, key, value)
    if people:
        authors = tuple(author for author, _ in people)
        findings.offer("authors", authors, people[0][1].start, people[-1][1].end)


def _unquoted(line: Line, start: int) -> Line:
    """The value as a line of its own, without quotation marks around it."""
    text, base = line.text[start:], line.start + start
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text, base = text[1:-1], base + 1
    stripped = text.strip()
    base += text.find(stripped) if stripped else 0
    return Line(base, base + len(stripped), stripped)


def _people(value: str) -> tuple[Author, ...]:
    names = [part.strip(" \"'") for part in value.strip("[] ").split(",")]
    if value.startswith("["):
        return tuple(author for name in names for author in parse_person(name))
    value = value.strip(" \"'")
    return parse_authors(value) or parse_person(value)


def _read(findings: Findings, key: str, value: Line) -> None:
    if key == "kind":
        findings.offer("kind", kind_stated(value.text), value.start, value.end)
    else:
        read_value(findings, key, value, 0)
