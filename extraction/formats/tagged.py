"""MEDLINE (.nbib), RIS, EndNote, Ovid and Cochrane records: what their tagged fields mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.bibliography.dates import FoundDate, stated_date
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import (
    NOTED_PMID,
    find_ncts,
    normalize_doi,
    normalize_pmid,
    stated_doi,
)
from extraction.bibliography.kinds import is_preprint_server, kind_stated
from extraction.bibliography.values import LANGUAGES
from extraction.formats.claiming import claim_record, paragraphs_in
from extraction.formats.ovid import ovid_places, ovid_source
from extraction.formats.tagged_lines import TaggedField, entries_in
from extraction.text.labelled_names import group, named_in_list
from extraction.text.lines import Page
from extraction.text.words import by_word, words
from extraction.types import Affiliation, Author

_MEDLINE = words("PMID OWN STAT FAU JT DP IP DCOM OID JID")
"""Tags that RIS has not, or means otherwise: its ``IS`` is the issue, MEDLINE's the ISSN."""
_TITLES = ("TI", "T1", "BTI", "BT", "CT", "CTI")
_CONTAINERS = ("JT", "JF", "JO", "BTI", "T2", "BT", "TA", "JA", "J2", "J1", "C3", "CTI")
_PROSE = ("AB", "N2")
_ISSN = re.compile(r"(?:e?issn\W{0,3})?\d{4}-?\d{3}[\dX]\b", re.I)
_PAGE = re.compile(r"\d|^[ivxlc]+\b", re.I)
"""A page has a number; "No pagination specified" has none."""
_SOURCE_LINE = re.compile(
    r"v(?P<volume>\w{1,8})(?: n(?P<issue>[\w-]{1,10}))?(?: p(?P<pages>[\w-]{1,20}))?\b"
)
"""ERIC's ``SO``: "v40 n2 p123-145 2010"."""
_TYPES = by_word(
    {
        "journal-article": "JOUR EJOUR JFULL INPR",
        "book-chapter": "CHAP ECHAP",
        "web-page": "ELEC WEB BLOG",
    }
)
"""Of RIS; a type of which we have no kind is another."""
_UNTOLD = frozenset({"GEN", "GENERIC", "UNPB", "UNPD"})
"""Types that say nothing: of a work with a container or an identifier the text shows the kind."""
_DECLARED = re.compile(
    r"(?<=[.!?)])\s{0,9}(?:#{1,4} )?(?:Competing Interest|Funding) Statement(?=[A-Z\s#])"
)
_MOST_ABSTRACTS = 50
"""Of one record that are compared."""


def read_tagged(page: Page, findings: Findings) -> None:
    text = page.view.text
    entries = entries_in(text)
    if not entries:
        return
    record = _Record(findings, entries)
    record.read()
    prose = [s for e in _once(entries) for s in paragraphs_in(text, e.start, _said_by(text, e))]
    claim_record(page, prose)


def _said_by(text: str, entry: TaggedField) -> int:
    """Where an abstract ends: servers of preprints go on with declarations."""
    declared = _DECLARED.search(text, entry.start, entry.end)
    return declared.start() if declared else entry.end


def _once(entries: Sequence[TaggedField]) -> list[TaggedField]:
    """The abstracts: one that says the same as another, or a part of it, is left out."""
    prose = [entry for entry in entries if entry.tag in _PROSE]
    kept: list[tuple[str, TaggedField]] = []
    if len(prose) > _MOST_ABSTRACTS:
        return prose
    for entry in prose:
        said = re.sub(r"\W+", "", entry.value).casefold()
        if any(said in other for other, _ in kept):
            continue
        kept = [(other, field) for other, field in kept if other not in said]
        kept.append((said, entry))
    return [entry for _, entry in kept]


class _Record:
    """Reads the fields of one record."""

    def __init__(self, findings: Findings, entries: list[TaggedField]) -> None:
        self.findings = findings
        self.entries = entries
        self.medline = any(entry.tag in _MEDLINE for entry in entries if entry.tag != "DP")
        self.ris = any(e.tag == "TY" for e in entries)
        self.medline = self.medline and not self.ris
        self.ovid = not self.ris and any(e.tag in {"UI", "VN"} for e in entries)

    def of(self, *tags: str) -> Iterator[TaggedField]:
        """The fields of these tags, tag by tag."""
        for tag in tags:
            yield from (entry for entry in self.entries if entry.tag == tag)

    def read(self) -> None:
        self._read_titles()
        for name, tags in (("volume", ("VI", "VL")), ("publisher", ("PB",))):
            self._offer(name, tags)
        self._read_issue()
        self._read_people()
        self._read_pages()
        self._read_source_line()
        self._read_identifiers()
        self._read_date()
        self._read_kind()
        for entry in self.of("LA", "LG"):
            language = LANGUAGES.get(entry.value.lower())
            self.findings.offer("language", language, entry.start, entry.end)

    def _offer(self, name: str, tags: Sequence[str]) -> None:
        for entry in self.of(*tags):
            self.findings.offer(name, entry.value, entry.start, entry.end)

    def _read_titles(self) -> None:
        title = next(self.of(*_TITLES, *(["ST"] if self.ris else [])), None)
        if title:
            value = title.value.removesuffix(".")
            self.findings.offer("title", value, title.start, title.end)
        tags = [tag for tag in _CONTAINERS if title is None or tag != title.tag]
        self._offer("container_title", tags)

    def _read_issue(self) -> None:
        tags = ("IP",) if self.medline else ("IP", "IS", "NO", *(["CP"] if self.ris else []))
        for entry in self.of(*tags):
            if not _ISSN.match(entry.value):
                self.findings.offer("issue", entry.value, entry.start, entry.end)

    def _read_people(self) -> None:
        found = list(self._authors())
        if found:
            authors = tuple(author for author, _ in found)
            self.findings.offer("authors", authors, found[0][1].start, found[-1][1].end)
        places = list(self.of("IN") if self.ovid else ()) or list(self.of("AD"))
        texts = dict.fromkeys(text for entry in places for text in _places_of(entry))
        if places:
            affiliations = tuple(Affiliation(None, text) for text in texts)
            self.findings.offer("affiliations", affiliations, places[0].start, places[-1].end)

    def _authors(self) -> Iterator[tuple[Author, TaggedField]]:
        """In the order of the record; the short form (AU) of a full name (FAU) is the same one."""
        tags = {entry.tag for entry in self.entries}
        there: set[tuple[str, str]] = set()
        groups = {"CN"} if self.medline or "TY" not in tags or self._is_refer() else set()
        full = False
        for entry in self.entries:
            if entry.tag in groups:
                found = group(entry.value)
            elif entry.tag in {"FAU", "AU", "A1"} and not (entry.tag == "AU" and full):
                found = named_in_list(entry.value)
            else:
                found = ()
            if entry.tag in {"FAU", "AU"}:
                full = entry.tag == "FAU"
            for author in found:
                key = author.family.casefold(), (author.given or author.initials)[:1].casefold()
                if entry.tag != "A1" or key not in there:
                    there.add(key)
                    yield author, entry

    def _is_refer(self) -> bool:
        text, start = self.findings.page.view.text, self.entries[0].start
        return "%" in text[max(0, start - 10) : start]

    def _read_pages(self) -> None:
        self._offer("pages", ("PG",))
        first, last = next(self.of("SP"), None), next(self.of("EP", "LP"), None)
        if first and _PAGE.search(first.value):
            value = first.value
            if last and last.value != value and "-" not in value and last.value[:1].isalnum():
                value = f"{value}-{last.value}"
            ends = sorted([first, *([last] if last else [])], key=lambda entry: entry.start)
            self.findings.offer("pages", value, ends[0].start, ends[-1].end)
        self._offer("pages", ("C7",))

    def _read_source_line(self) -> None:
        """Journal, volume, issue and pages of ``SO``; it may name the journal alone."""
        for entry in self.of("SO"):
            match = _SOURCE_LINE.match(entry.value)
            parts = match.groupdict(default="") if match else ovid_source(entry.value)
            if not parts and not self.medline and not re.search(r"\d", entry.value):
                parts = {"container_title": entry.value.rstrip(".")}
            for name, part in parts.items():
                if name != "date":
                    self.findings.offer(name, part, entry.start, entry.end)

    def _read_identifiers(self) -> None:
        offer = self.findings.offer
        for entry in self.of("DO", "DI", "DOI", "LID", "AID", "M3", "L3", "SO"):
            offer("doi", stated_doi(entry.value), entry.start, entry.end)
        for entry in self.of("UR", "LK", "L2"):
            offer("doi", normalize_doi(entry.value), entry.start, entry.end)
        pubmed = any(
            re.search(r"pubmed|medline|\bNLM\b", e.value, re.I) for e in self.of("DB", "DP")
        )
        for entry in self.of("PMID", "PM", "AN", *(["UI"] if self.ovid and pubmed else [])):
            if entry.tag != "AN" or pubmed or entry.value.lower().startswith("pmid"):
                offer("pmid", normalize_pmid(entry.value), entry.start, entry.end)
        for entry in self.of("N1", "UR", "LK", "L2"):
            if noted := NOTED_PMID.match(entry.value):
                offer("pmid", noted["pmid"], entry.start, entry.end)
        for entry in self.of("SI"):
            for nct in find_ncts(entry.value):
                offer("registry_id", nct.value, entry.start, entry.end)
        for entry in self.of("UR", "LK", "L2", "LID", "AID"):
            if entry.value.startswith(("http://", "https://")):
                offer("url", entry.value.split()[0], entry.start, entry.end)

    def _read_date(self) -> None:
        """The first date that is stated, as fully as another field states the same one."""
        tags = ("DP", "PY", "YR", "DEP") if self.medline else ("DA", "PY", "Y1", "YR")
        dates = [(found, e) for e in self.of(*tags) if (found := stated_date(e.value))]
        if self.ovid:
            sources = [(ovid_source(e.value).get("date", ""), e) for e in self.of("SO")]
            dates += [(found, e) for words, e in sources if (found := stated_date(words))]
        if not dates:
            return
        best, entry = dates[0]
        for found, other in () if self.medline and not self.ovid else dates[1:]:
            if len(found.value) > len(best.value) and found.value.startswith(best.value):
                best, entry = found, other
        start, end = entry.start, entry.end
        for day in self.of("DA"):
            if best.precision == "year" and (fuller := _of_year(best, day.value)):
                best, start, end = fuller, min(start, day.start), max(end, day.end)
        if self.findings.offer("date", best.value, start, end):
            self.findings.values["date_precision"] = best.precision
            self.findings.spans["date_precision"] = self.findings.spans["date"]

    def _read_kind(self) -> None:
        """The most telling of the publication types; ``Journal Article`` says least."""
        kinds = [(_kind(entry), entry) for entry in self.of("PT", "TY", "M3")]
        servers = (e for e in self.of(*_CONTAINERS, "PB") if is_preprint_server(e.value))
        kinds += [("preprint", entry) for entry in servers]
        if any(self.findings.has(name) for name in ("container_title", "doi", "pmid")):
            kinds = [k for k in kinds if k[0] != "other" or k[1].value.upper() not in _UNTOLD]
        order = ["guideline", "preprint", "journal-review", "trial-report", "book-chapter"]
        for kind, entry in sorted(kinds, key=lambda k: order.index(k[0]) if k[0] in order else 9):
            self.findings.offer("kind", kind, entry.start, entry.end)


def _places_of(entry: TaggedField) -> list[str]:
    if entry.tag == "IN":
        return ovid_places(entry.value)
    return [entry.value.rstrip(".")]


def _of_year(year: FoundDate, value: str) -> FoundDate | None:
    """``Sep 1`` of the year that another field states."""
    if re.search(r"\d{3}", value):
        return None
    found = stated_date(f"{year.value} {value}")
    return replace(found, start=0, end=0) if found and found.precision != "year" else None


def _kind(entry: TaggedField) -> str:
    if entry.tag != "TY":
        is_plan = re.search(r"\bprotocol\b", entry.value, re.I)
        return "" if is_plan else kind_stated(entry.value)
    return _TYPES.get(entry.value.upper()) or kind_stated(entry.value) or "other"
