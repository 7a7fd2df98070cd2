"""One record of Web of Science's plain text: two letters and a value, running on indented lines."""

import re
from dataclasses import dataclass

from extraction.bibliography.dates import find_dates
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import normalize_doi, normalize_pmid
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import LANGUAGES
from extraction.formats.claiming import claim_record
from extraction.formats.stated import offer_date
from extraction.text.clean import cleaned
from extraction.text.labelled_names import group, named
from extraction.text.lines import Page
from extraction.types import Affiliation

_RECORD = re.compile(r"(?:FN [^\n]*\n(?:VR [^\n]*\n)?\s*)?PT [A-Z]\r?\n(?=[A-Z][A-Z0-9] |   )")
_FIELD = re.compile(r"^(?P<tag>[A-Z][A-Z0-9]) (?P<value>[^\r\n]*(?:\r?\n   ?[^\r\n]*)*)", re.M)
_TEXTS = {"TI": "title", "SO": "container_title", "PU": "publisher", "VL": "volume", "IS": "issue"}
_BOOKS = frozenset("BS")
_END = re.compile(r"^E[RF]\b", re.M)


@dataclass(frozen=True, slots=True)
class _Field:
    value: str
    start: int
    end: int

    @property
    def lines(self) -> list[str]:
        """Names stand one a line."""
        return [cleaned(line) for line in self.value.splitlines() if line.strip()]

    @property
    def text(self) -> str:
        return cleaned(self.value)


def read_web_of_science(page: Page, findings: Findings) -> None:
    text = page.view.text
    opening = _RECORD.match(text.lstrip("\ufeff"))
    if not opening:
        return
    end = _END.search(text)
    stop = end.start() if end else len(text)
    fields = {
        match["tag"]: _Field(match["value"], match.start("value"), match.end("value"))
        for match in reversed(list(_FIELD.finditer(text, 0, stop)))
    }
    for tag, field in _TEXTS.items():
        if found := fields.get(tag):
            findings.offer(field, found.text, found.start, found.end)
    _read_people(findings, fields)
    _read_numbers(findings, fields)
    _read_date(findings, fields)
    if found := fields.get("LA"):
        findings.offer("language", LANGUAGES.get(found.text.lower()), found.start, found.end)
    if found := fields.get("DT"):
        findings.offer("kind", kind_stated(found.text), found.start, found.end)
    if (found := fields.get("PT")) and found.text in _BOOKS:
        findings.offer("kind", "other", found.start, found.end)
    abstract = fields.get("AB")
    prose = [(abstract.start, abstract.end)] if abstract else []
    claim_record(page, prose)


def _read_people(findings: Findings, fields: dict[str, _Field]) -> None:
    """Full names, else short ones, then groups."""
    names = fields.get("AF") or fields.get("AU")
    people = [person for line in (names.lines if names else []) for person in named(line)]
    groups = fields.get("CA")
    people += [one for line in (groups.lines if groups else []) for one in group(line)]
    if places := [field for field in (names, groups) if field]:
        findings.offer("authors", tuple(people), places[0].start, places[-1].end)
    if found := fields.get("C1"):
        texts = (re.sub(r"^\[[^\]]*\]\s*", "", line).rstrip(".") for line in found.lines)
        affiliations = tuple(Affiliation(None, text) for text in dict.fromkeys(texts) if text)
        findings.offer("affiliations", affiliations, found.start, found.end)


def _read_numbers(findings: Findings, fields: dict[str, _Field]) -> None:
    first, last = fields.get("BP"), fields.get("EP")
    if first:
        both = last is not None and last.text != first.text
        value = f"{first.text}-{last.text}" if last and both else first.text
        ends = sorted([first.end, last.end if last else first.end])
        findings.offer("pages", value, first.start, ends[-1])
    elif number := fields.get("AR"):
        findings.offer("pages", number.text, number.start, number.end)
    for tag, name, normal in (("DI", "doi", _first_doi), ("PM", "pmid", normalize_pmid)):
        if found := fields.get(tag):
            findings.offer(name, normal(found.text), found.start, found.end)


def _first_doi(value: str) -> str | None:
    """The work's own: those of its reviews and replies follow it."""
    return normalize_doi(value.split("; ")[0])


def _read_date(findings: Findings, fields: dict[str, _Field]) -> None:
    """``PD MAR 5`` of ``PY 2019``; a season or a range of months is no month."""
    year, day = fields.get("PY"), fields.get("PD")
    if not year:
        return
    found = next(find_dates(f"{year.text} {day.text}"), None) if day else None
    found = found or next(find_dates(year.text), None)
    if found:
        place = day if day and found.precision != "year" else year
        start, end = sorted([year, place], key=lambda field: field.start)
        offer_date(findings, found, findings.page.view.to_raw(start.start, end.end))
