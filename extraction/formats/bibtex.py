"""The first entry of a BibTeX file: ``@article{key, title = {...}, ...}``."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.bibliography.findings import Findings
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import read_value
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_person

_ENTRY = re.compile(r"\s*@(?P<type>[A-Za-z]{3,20})\s*\{\s*[^\s,={}]{0,100}\s*,")
_KEY = re.compile(r"[\s,]*(?P<key>[A-Za-z][\w-]{1,40})\s*=\s*")
_BARE = re.compile(r"[^\s,{}]+")
_FIELDS = {
    "title": "title",
    "journal": "container_title",
    "journaltitle": "container_title",
    "booktitle": "container_title",
    "publisher": "publisher",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "pages",
    "date": "date",
    "year": "date",
    "doi": "doi",
    "pmid": "pmid",
    "url": "url",
    "language": "language",
}
_KINDS = {"article": "article", "inbook": "chapter", "incollection": "chapter"}
_ACCENT = re.compile(r"\{?\\(?P<sign>[\"'`^~=.cvuHkr])\s*\{?\\?(?P<letter>[A-Za-z])\}?\}?")
_SIGNS = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "u": "\u0306",
    "H": "\u030b",
    "k": "\u0328",
    "r": "\u030a",
}
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    start: int
    end: int


def read_bibtex(page: Page, findings: Findings) -> None:
    text = page.view.text[:_LONGEST]
    entry = _ENTRY.match(text)
    if not entry:
        return
    fields = list(_fields(text, entry.end()))
    if not any(field.key == "title" for field in fields):
        return
    for field in fields:
        value = Line(field.start, field.end, _plain(text[field.start : field.end]))
        if field.key == "author":
            names = re.split(r"\s+and\s+", value.text)
            people = tuple(author for name in names for author in parse_person(name))
            findings.offer("authors", people, field.start, field.end)
        elif name := _FIELDS.get(field.key):
            _read(findings, name, value)
    kind = kind_stated(_KINDS.get(entry["type"].lower(), ""))
    findings.offer("kind", kind, entry.start("type"), entry.end("type"))
    _claim(page, next((field for field in fields if field.key == "abstract"), None))


def _fields(text: str, position: int) -> Iterator[_Field]:
    while key := _KEY.match(text, position):
        start = key.end()
        opener = text[start : start + 1]
        if opener in {"{", '"'}:
            start, end = start + 1, _closing(text, start, "}" if opener == "{" else '"')
            position = end + 1
        else:
            bare = _BARE.match(text, start)
            if not bare:
                return
            position = end = bare.end()
        if start < end:
            yield _Field(key["key"].lower(), start, end)


def _closing(text: str, start: int, closer: str) -> int:
    """Where the value opened at ``start`` closes; braces inside it are balanced."""
    depth = 0
    for at in range(start + 1, len(text)):
        sign = text[at]
        if sign == closer and not depth:
            return at
        depth += (sign == "{") - (sign == "}")
    return len(text)


def _plain(value: str) -> str:
    """The value without LaTeX accents and braces."""
    shown = _ACCENT.sub(lambda m: m["letter"] + _SIGNS[m["sign"]], value)
    shown = unicodedata.normalize("NFC", re.sub(r"[{}]", "", shown))
    return " ".join(shown.replace("--", "-").replace("\\&", "&").split())


def _read(findings: Findings, name: str, value: Line) -> None:
    if name in {"title", "container_title", "publisher"}:
        findings.offer(name, value.text, value.start, value.end)
    else:
        read_value(findings, name, value, 0)


def _claim(page: Page, abstract: _Field | None) -> None:
    """Every line is part of the record; the abstract in it is left as prose."""
    for line in page.lines:
        if abstract is None or line.end <= abstract.start or line.start >= abstract.end:
            line.role = "field_table"
            continue
        start, end = max(line.start, abstract.start), min(line.end, abstract.end)
        page.cut(line.start, start, "field_table")
        page.cut(end, line.end, "field_table")
        line.blank_before = line.blank_before or start > line.start
        line.start, line.end, line.text = start, end, page.view.text[start:end]
        line.role = "prose"
