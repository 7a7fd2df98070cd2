"""One record of EndNote's XML export: ``<record><ref-type name="Book">6</ref-type> ...``."""

import re

from extraction.bibliography.dates import find_dates
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import find_dois, normalize_pmid
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import LANGUAGES
from extraction.formats.claiming import claim_record
from extraction.formats.stated import offer_date
from extraction.text.clean import cleaned
from extraction.text.labelled_names import named
from extraction.text.lines import Page
from extraction.text.markup import view
from extraction.types import Span

_RECORD = re.compile(r"<record>(?=.{0,4000}?<(?:ref-type|contributors|titles)[\s>])", re.S)
_FIELDS = (
    ("title", ("titles", "title")),
    ("container_title", ("titles", "secondary-title")),
    ("container_title", ("periodical", "full-title")),
    ("publisher", ("publisher",)),
    ("volume", ("volume",)),
    ("issue", ("number",)),
    ("pages", ("pages",)),
)
_TAG = re.compile(r"<[^<>]{0,300}>")
_OTHER = re.compile(r"book|thesis|report|conference|patent|film|map|software|statute|case", re.I)


def read_endnote_xml(page: Page, findings: Findings) -> None:
    raw = page.view.raw
    record = _RECORD.search(raw)
    if not record:
        return
    whole = Span(record.start(), len(raw))
    for field, path in _FIELDS:
        if span := _at(raw, whole, *path):
            findings.offer_raw(field, _value(raw, span), span)
    authors = _all(raw, _at(raw, whole, "contributors", "authors"), "author")
    people = tuple(person for span in authors for person in named(_value(raw, span)))
    if people:
        findings.offer_raw("authors", people, Span(authors[0].start, authors[-1].end))
    _read_date(findings, raw, whole)
    if span := _at(raw, whole, "electronic-resource-num"):
        for doi in find_dois(_value(raw, span)):
            findings.offer_raw("doi", doi.value, span)
    if span := _at(raw, whole, "accession-num"):
        findings.offer_raw("pmid", normalize_pmid(_value(raw, span)), span)
    for span in _all(raw, _at(raw, whole, "urls"), "url"):
        address = _value(raw, span)
        findings.offer_raw("url", address if re.match(r"https?://\S+$", address) else "", span)
    if span := _at(raw, whole, "language"):
        findings.offer_raw("language", LANGUAGES.get(_value(raw, span).lower()), span)
    _read_kind(findings, raw, whole)
    abstract = _at(raw, whole, "abstract") or Span(0, 0)
    stretch = (page.view.to_seen(abstract.start), page.view.to_seen(abstract.end))
    claim_record(page, [stretch])


def _at(raw: str, inside: Span, *path: str) -> Span | None:
    """What stands in the first element of that path."""
    found: Span | None = inside
    for name in path:
        found = next(iter(_all(raw, found, name, most=1)), None)
    return found


def _all(raw: str, inside: Span | None, name: str, *, most: int = 10_000) -> list[Span]:
    """What stands in the elements of that name, one after the other."""
    if inside is None:
        return []
    found: list[Span] = []
    position = inside.start
    opening = re.compile(rf"<{name}(?:\s[^<>]*)?>")
    while len(found) < most and (opened := opening.search(raw, position, inside.end)):
        closed = raw.find(f"</{name}>", opened.end(), inside.end)
        if closed < 0:
            break
        if opened.end() < closed:
            found.append(Span(opened.end(), closed))
        position = closed
    return found


def _value(raw: str, span: Span) -> str:
    """In one line, without the styles that EndNote wraps around every text."""
    return cleaned(view(_TAG.sub("", span.of(raw))).text)


def _read_date(findings: Findings, raw: str, record: Span) -> None:
    """The day where the day's year is the record's, else the year."""
    year = _at(raw, record, "dates", "year")
    day = _at(raw, record, "dates", "pub-dates", "date")
    stated = _value(raw, year) if year else ""
    if day and stated and stated in _value(raw, day):
        offer_date(findings, next(find_dates(_value(raw, day)), None), day)
    elif day and stated and re.search(r"[A-Za-z]{3}", _value(raw, day)):
        offer_date(findings, next(find_dates(f"{stated} {_value(raw, day)}"), None), day)
    if year:
        offer_date(findings, next(find_dates(stated), None), year)


def _read_kind(findings: Findings, raw: str, record: Span) -> None:
    stated = re.compile(r"<ref-type\s+name=\"(?P<name>[^\"<>]{1,60})\"").search(
        raw, record.start, record.end
    )
    if stated:
        other = "other" if _OTHER.search(stated["name"]) else ""
        kind = kind_stated(stated["name"]) or other
        findings.offer_raw("kind", kind, Span(*stated.span("name")))
