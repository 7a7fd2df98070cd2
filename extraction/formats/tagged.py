"""MEDLINE (.nbib), RIS and EndNote records: ``TAG - value`` or ``%T value`` lines, values running
on over indented lines."""

import re
from dataclasses import dataclass

from extraction.bibliography.dates import find_dates
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import find_dois, find_ncts, normalize_pmid
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import LANGUAGES
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_person
from extraction.types import Affiliation

_OPENING = re.compile(r"(?:PMID- ?\d|TY {1,2}- ?[A-Z]|%0 [A-Z])")
_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?=\S|$)|%(?P<refer>[0-9A-Z]) ")
_REFER = {
    "0": "TY",
    "T": "TI",
    "A": "AU",
    "J": "JO",
    "B": "T2",
    "V": "VL",
    "N": "IS",
    "P": "PG",
    "D": "PY",
    "I": "PB",
    "R": "DO",
    "U": "UR",
    "X": "AB",
    "G": "LA",
    "M": "AN",
}
"""The letters of EndNote's own export and the tags of RIS that mean the same."""
_SIMPLE = {
    "title": ("TI", "T1"),
    "container_title": ("JT", "JF", "JO", "T2", "TA", "JA"),
    "volume": ("VI", "VL"),
    "issue": ("IP", "IS"),
    "publisher": ("PB",),
}
_PROSE = ("AB", "N2")
_DATES = ("DP", "DA", "PY", "Y1")


@dataclass(frozen=True, slots=True)
class TaggedField:
    tag: str
    value: str
    start: int
    end: int


def read_tagged(page: Page, findings: Findings) -> None:
    if not page.lines or not _OPENING.match(page.lines[0].text):
        return
    entries = _entries(page)
    by_tag: dict[str, list[TaggedField]] = {}
    for entry in entries:
        by_tag.setdefault(entry.tag, []).append(entry)
    for field, tags in _SIMPLE.items():
        for entry in (e for tag in tags for e in by_tag.get(tag, ())):
            value = entry.value.removesuffix(".") if field == "title" else entry.value
            findings.offer(field, value, entry.start, entry.end)
    _read_people(findings, by_tag)
    _read_pages(findings, by_tag)
    _read_identifiers(findings, entries)
    for entry in (e for tag in _DATES for e in by_tag.get(tag, ())):
        _read_date(findings, entry)
    _read_kind(findings, [e for tag in ("PT", "TY") for e in by_tag.get(tag, ())])
    for entry in by_tag.get("LA", ()):
        findings.offer("language", LANGUAGES.get(entry.value.lower()), entry.start, entry.end)


def _entries(page: Page) -> list[TaggedField]:
    """Every record line claimed; the abstract is left as prose without its tag."""
    found: list[TaggedField] = []
    for line in page.lines:
        mark = _TAG.match(line.text)
        if mark:
            start = line.start + mark.end()
            tag = mark["tag"] or _REFER.get(mark["refer"], mark["refer"])
            found.append(TaggedField(tag, line.text[mark.end() :], start, line.end))
        elif found:
            last = found[-1]
            found[-1] = TaggedField(
                last.tag, f"{last.value} {line.text}".strip(), last.start, line.end
            )
        line.role = "prose" if found and found[-1].tag in _PROSE else "field_table"
        if mark and line.role == "prose":
            page.cut(line.start, line.start + mark.end(), "field_table")
            _shorten(line, mark.end())
    return [entry for entry in found if entry.value]


def _shorten(line: Line, count: int) -> None:
    line.text, line.start, line.blank_before = line.text[count:], line.start + count, True
    line.role = line.role if line.text else "field_table"


def _read_people(findings: Findings, by_tag: dict[str, list[TaggedField]]) -> None:
    entries = next((by_tag[tag] for tag in ("FAU", "AU", "A1") if tag in by_tag), [])
    authors = tuple(a for entry in entries for a in parse_person(entry.value))
    if authors:
        findings.offer("authors", authors, entries[0].start, entries[-1].end)
    places = by_tag.get("AD", [])
    texts = dict.fromkeys(entry.value.rstrip(".") for entry in places)
    if places:
        affiliations = tuple(Affiliation(None, text) for text in texts)
        findings.offer("affiliations", affiliations, places[0].start, places[-1].end)


def _read_pages(findings: Findings, by_tag: dict[str, list[TaggedField]]) -> None:
    for entry in by_tag.get("PG", []):
        findings.offer("pages", entry.value, entry.start, entry.end)
    first, last = by_tag.get("SP", []), by_tag.get("EP", [])
    if first:
        value = first[0].value
        if last and last[0].value != value and "-" not in value:
            value = f"{value}-{last[0].value}"
        ends = sorted([first[0], *last[:1]], key=lambda entry: entry.start)
        findings.offer("pages", value, ends[0].start, ends[-1].end)


def _read_identifiers(findings: Findings, entries: list[TaggedField]) -> None:
    for entry in entries:
        if entry.tag == "PMID" or (entry.tag == "AN" and normalize_pmid(entry.value)):
            findings.offer("pmid", normalize_pmid(entry.value), entry.start, entry.end)
        elif entry.tag in {"LID", "AID", "DO", "DI", "M3"}:
            for doi in find_dois(entry.value):
                findings.offer("doi", doi.value, entry.start, entry.end)
        elif entry.tag == "SI":
            for nct in find_ncts(entry.value):
                findings.offer("registry_id", nct.value, entry.start, entry.end)
        elif entry.tag in {"UR", "L2"} and entry.value.startswith("http"):
            findings.offer("url", entry.value.split()[0], entry.start, entry.end)


def _read_date(findings: Findings, entry: TaggedField) -> None:
    text = re.sub(
        r"(\d{4})/(\d\d)?/?(\d\d)?/?.*", lambda m: "-".join(filter(None, m.groups())), entry.value
    )
    found = next(find_dates(text), None)
    if found and findings.offer("date", found.value, entry.start, entry.end):
        findings.values["date_precision"] = found.precision
        findings.spans["date_precision"] = findings.spans["date"]


def _read_kind(findings: Findings, entries: list[TaggedField]) -> None:
    """The most telling of the publication types; ``Journal Article`` says least."""
    kinds = [(kind_stated(entry.value), entry) for entry in entries]
    order = ["guideline", "preprint", "journal-review", "trial-report", "book-chapter"]
    for kind, entry in sorted(kinds, key=lambda k: order.index(k[0]) if k[0] in order else 9):
        findings.offer("kind", kind, entry.start, entry.end)
