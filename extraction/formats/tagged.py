"""MEDLINE (.nbib), RIS and EndNote records: ``TAG - value`` or ``%T value`` lines, values running
on over the lines below them."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from extraction.bibliography.dates import FoundDate, stated_date
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import find_ncts, normalize_doi, normalize_pmid, stated_doi
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import LANGUAGES
from extraction.formats.claiming import claim_record, is_preface, paragraphs_in
from extraction.text.clean import cleaned
from extraction.text.labelled_names import group, named_in_list
from extraction.text.lines import Page
from extraction.text.markup import view
from extraction.text.words import words
from extraction.types import Affiliation, Author, Unreadable

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TAG = re.compile(
    r"(?P<indent>[ \t\xa0\ufeff\u200b]{0,40})"
    r"(?:(?P<tag>[A-Za-z][A-Za-z0-9]{1,3})(?P<gap>[ \t]{0,4})-(?P<after>[ \t]{1,8}|$|(?=\S))"
    r"|%(?P<refer>[0-9A-Za-z@?!$+~&#*<>\[])(?:[ \t]{1,8}|$)|(?P<end>ER)[ \t]*$)"
)
_KNOWN = words(
    "A1 A2 A3 A4 AB AD AID AN AU AUID AV BT BTI C1 C2 C3 C4 C5 C6 C7 C8 CA CDAT CI CIN CN COI CON "
    "CP CRDT CRF CRI CT CTDT CTI CY DA DB DCOM DEP DI DO DP DRDT ED EDAT EFR EIN EN EP ER ET FAU "
    "FED FIR FPS GN GR GS ID IP IR IRAD IS ISBN ISSN J1 J2 JA JF JID JO JT KW L1 L2 L3 L4 LA LB LG "
    "LID LK LR M1 M2 M3 MH MHDA MID N1 N2 NV OAB OABL OCI OID OP OPR ORI OT OTO OWN PB PG PHST PL "
    "PM PMC PMCR PMID PP PRIN PS PST PT PUBM PY RF RI RIN RN ROF RP RPF RPI SB SE SFM SI SN SO SP "
    "SPIN ST STAT SV T1 T2 T3 TA TI TT TY U1 U2 U3 U4 U5 UI UIN UOF UR VI VL VN VO WP XR Y1 Y2 YR"
)
_REFER = {
    "0": "TY",
    "T": "TI",
    "A": "AU",
    "Q": "CN",
    "J": "JO",
    "B": "T2",
    "V": "VL",
    "N": "IS",
    "P": "PG",
    "D": "PY",
    "8": "DA",
    "I": "PB",
    "R": "DO",
    "U": "UR",
    "X": "AB",
    "G": "LA",
    "M": "AN",
    "9": "M3",
    "E": "ED",
    "@": "SN",
}
"""The letters of EndNote's own export and the tags of RIS that mean the same."""
_MEDLINE = words("PMID OWN STAT FAU JT DP IP DCOM OID JID")
"""Tags that RIS has not, or means otherwise: its ``IS`` is the issue, MEDLINE's the ISSN."""
_TITLES = ("TI", "T1", "BTI", "BT", "CT", "CTI", "ST")
_CONTAINERS = ("JT", "JF", "JO", "BTI", "T2", "BT", "TA", "JA", "J2", "J1", "C3", "CTI")
_PROSE = ("AB", "N2")
_ISSN = re.compile(r"(?:e?issn\W{0,3})?\d{4}-?\d{3}[\dX]\b", re.I)
_SOURCE_LINE = re.compile(
    r"v(?P<volume>\w{1,8})(?: n(?P<issue>[\w-]{1,10}))?(?: p(?P<pages>[\w-]{1,20}))?\b"
)
"""ERIC's ``SO``: "v40 n2 p123-145 2010"."""
_OVID_SOURCE = re.compile(
    r"(?P<container_title>[^.;]{3,200})\. (?P<volume>\w{1,8})(?:\((?P<issue>[^()]{1,20})\))?:"
    r"(?P<pages>[\w-]{1,20}), (?:19|20)\d\d"
)
_TYPES = {
    "JOUR": "journal-article",
    "EJOUR": "journal-article",
    "JFULL": "journal-article",
    "INPR": "journal-article",
    "CHAP": "book-chapter",
    "ECHAP": "book-chapter",
    "ELEC": "web-page",
    "WEB": "web-page",
    "BLOG": "web-page",
}
"""Of RIS; a type of which we have no kind is another."""
_UNTOLD = frozenset({"GEN", "GENERIC", "UNPB", "UNPD"})
"""Types that say nothing: of a work with a container or an identifier the text shows the kind."""
_WEAK_OPENER = 3
"""Tags from which on lines are a record that begins with no tag of its kind."""
_HEAD_LINES = 60
_MOST_ABSTRACTS = 50
"""Of one record that are compared."""


@dataclass(frozen=True, slots=True)
class TaggedField:
    """A field; ``value`` is cleaned, ``start``..``end`` is where it stands in the seen text."""

    tag: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the record writes its tags: how far in, how wide, in which letters."""

    indent: int
    width: int
    lower: bool


@dataclass(frozen=True, slots=True)
class _Tag:
    tag: str
    start: int
    """Where the line begins."""
    value: int
    """Where its value begins."""


def read_tagged(page: Page, findings: Findings) -> None:
    text = page.view.text
    opening = _opening(text)
    if opening is None:
        return
    entries = list(_entries(text, *opening))
    record = _Record(findings, entries)
    record.read()
    prose = [s for e in _once(entries) for s in paragraphs_in(text, e.start, e.end)]
    claim_record(page, 0, len(text), prose)


def _opening(text: str) -> tuple[int, _Shape] | None:
    """Where the record begins, if the text is one, and the shape of its tags."""
    seen: list[tuple[_Shape, str, int]] = []
    for number, line in enumerate(_LINE.finditer(text)):
        if number >= _HEAD_LINES or not is_preface(text[: seen[0][2] if seen else line.start()]):
            break
        found = _shape(line.group())
        if found is None:
            continue
        shape, tag, strong = found
        seen.append((shape, tag, line.start()))
        if strong and len(seen) == 1:
            return line.start(), shape
        alike = {name for other, name, _ in seen if other.indent == seen[0][0].indent}
        if len(alike) >= _WEAK_OPENER and alike & {"TI", "T1", "BTI"}:
            return seen[0][2], seen[0][0]
    return None


def _shape(line: str) -> tuple[_Shape, str, bool] | None:
    """How a line that may open a record writes its tag, and whether it surely opens one."""
    match = _TAG.match(line)
    if match is None or match["end"]:
        return None
    value = line[match.end() :].strip()
    indent = len(match["indent"])
    if match["refer"]:
        tag = _REFER.get(match["refer"], match["refer"])
        return _Shape(indent, 0, lower=False), tag, tag == "TY" and value[:1].isalpha()
    tag = match["tag"].upper()
    spaced = bool(match["gap"]) or len(tag) == 4
    if tag not in _KNOWN or not spaced:
        return None
    strong = (tag == "TY" and value[:1].isalpha()) or (tag == "PMID" and value[:1].isdigit())
    return (
        _Shape(indent, match.end("gap") - match.start("tag"), match["tag"].islower()),
        tag,
        strong,
    )


def _tag_of(line: re.Match[str], shape: _Shape) -> _Tag | None:
    """The tag that opens a line; None where the line goes on with the value above.

    A line that is indented further than the tags goes on, whatever it looks like.
    """
    match = _TAG.match(line.group())
    if match is None or abs(len(match["indent"]) - shape.indent) > 1:
        return None
    start, value = line.start(), line.start() + match.end()
    if match["end"]:
        return _Tag("ER", start, value)
    if match["refer"]:
        if shape.width:
            return None
        return _Tag(_REFER.get(match["refer"], f"%{match['refer']}"), start, value)
    written = match["tag"]
    if not shape.width or (written != written.upper() and not shape.lower):
        return None
    same = match.end("gap") - match.start("tag") == shape.width
    apart = match["after"] != "" or match.end() == len(line.group())
    known = written.upper() in _KNOWN and (bool(match["gap"]) or same)
    if known if apart else (known and same):
        return _Tag(written.upper(), start, value)
    return _Tag(written.upper(), start, value) if same and apart and written.isupper() else None


def _entries(text: str, start: int, shape: _Shape) -> Iterator[TaggedField]:
    """The fields that say something, each over all of its lines."""
    current: _Tag | None = None
    end = start
    for line in _LINE.finditer(text, start):
        tag = _tag_of(line, shape)
        if tag is None:
            end = line.end() if line.group().strip() else end
            continue
        if current is not None and (field := _field(text, current, end)):
            yield field
        current, end = tag, line.end()
    if current is not None and (field := _field(text, current, end)):
        yield field


def _field(text: str, tag: _Tag, end: int) -> TaggedField | None:
    written = text[tag.value : end]
    stripped = written.strip()
    if not stripped:
        return None
    start = tag.value + written.index(stripped)
    value = stripped
    if "<" in value or "&" in value:
        with suppress(Unreadable):  # more tags than a page has
            value = view(value).text
    value = cleaned(value)
    return TaggedField(tag.tag, value, start, start + len(stripped)) if value else None


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
        self.medline = self.medline and not any(e.tag == "TY" for e in entries)

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
        title = next(self.of(*_TITLES), None)
        if title:
            value = title.value.removesuffix(".")
            self.findings.offer("title", value, title.start, title.end)
        tags = [tag for tag in _CONTAINERS if title is None or tag != title.tag]
        self._offer("container_title", tags)

    def _read_issue(self) -> None:
        tags = ("IP",) if self.medline else ("IP", "IS", "CP")
        for entry in self.of(*tags):
            if not _ISSN.match(entry.value):
                self.findings.offer("issue", entry.value, entry.start, entry.end)

    def _read_people(self) -> None:
        found = list(self._authors())
        if found:
            authors = tuple(author for author, _ in found)
            self.findings.offer("authors", authors, found[0][1].start, found[-1][1].end)
        places = list(self.of("AD"))
        texts = dict.fromkeys(entry.value.rstrip(".") for entry in places)
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
        first, last = next(self.of("SP"), None), next(self.of("EP"), None)
        if first:
            value = first.value
            if last and last.value != value and "-" not in value and last.value[:1].isalnum():
                value = f"{value}-{last.value}"
            ends = sorted([first, *([last] if last else [])], key=lambda entry: entry.start)
            self.findings.offer("pages", value, ends[0].start, ends[-1].end)
        self._offer("pages", ("C7",))

    def _read_source_line(self) -> None:
        for entry in self.of("SO"):
            if match := _SOURCE_LINE.match(entry.value) or _OVID_SOURCE.match(entry.value):
                for name, part in match.groupdict(default="").items():
                    self.findings.offer(name, part, entry.start, entry.end)

    def _read_identifiers(self) -> None:
        offer = self.findings.offer
        for entry in self.of("DO", "DI", "LID", "AID", "M3", "L3", "SO"):
            offer("doi", stated_doi(entry.value), entry.start, entry.end)
        for entry in self.of("UR", "LK", "L2"):
            offer("doi", normalize_doi(entry.value), entry.start, entry.end)
        pubmed = any(
            re.search(r"pubmed|medline|\bNLM\b", e.value, re.I) for e in self.of("DB", "DP")
        )
        for entry in self.of("PMID", "PM", "AN"):
            if entry.tag != "AN" or pubmed or entry.value.lower().startswith("pmid"):
                offer("pmid", normalize_pmid(entry.value), entry.start, entry.end)
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
        if not dates:
            return
        best, entry = dates[0]
        for found, other in () if self.medline else dates[1:]:
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
        if any(self.findings.has(name) for name in ("container_title", "doi", "pmid")):
            kinds = [k for k in kinds if k[0] != "other" or k[1].value.upper() not in _UNTOLD]
        order = ["guideline", "preprint", "journal-review", "trial-report", "book-chapter"]
        for kind, entry in sorted(kinds, key=lambda k: order.index(k[0]) if k[0] in order else 9):
            self.findings.offer("kind", kind, entry.start, entry.end)


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
