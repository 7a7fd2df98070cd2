"""Fields behind a label: ``Publisher: X``, ``Issue number4``, or the value on the next line."""

import re

from extraction.bibliography.citation import is_journal
from extraction.bibliography.findings import Findings
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import read_doi, read_value
from extraction.page.telling import is_telling, telling_part
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_authors, parse_person
from extraction.text.words import by_word, words

_LABELS = {
    "authors": "author, authors, "
    "autor, autores, autoren, autori, auteur, auteurs, "
    " author(s), creator, creators, written by, article by, by",
    "container_title": "journal, journal title, journal name, published in, publication title, "
    "source title, source, container title, title of host publication, host publication title, "
    "book title, host publication, publication, in",
    "publisher": "publisher, published by, publisher name",
    "volume": "volume, vol, volume number",
    "issue": "issue, issue number",
    "pages": "pages, pages (from-to), page range, page numbers, pages from-to, page, "
    "article number, pagination",
    "number_of_pages": "number of pages, page count",
    "date": "published, publication date, date published, date of publication, published online, "
    "publication status, issue date, date, date issued, first published, available online, "
    "posted, posted on, year, publication year, year of publication, first posted, "
    "published on, online publication date, publication year, study first posted, created, "
    "date of issue, issued, date of publication online, publish date, version published, "
    "published version, "
    "registration date, date of registration, date registered, date applied, submitted date, "
    "date of registration in primary registry, date added to ictrp",
    "weak_date": "last updated, updated, updated on, last reviewed, revised, date revised, "
    "last modified, last update posted, reviewed, medically reviewed on, page last reviewed, "
    "last revised, date of revision of the text, last medically reviewed on, last refreshed on, "
    "last edited on, last update submitted",
    "doi": "doi, dois, digital object identifier, article doi",
    "pmid": "pmid, pubmed id, pubmed pmid",
    "registry_id": "nct number, clinicaltrials.gov id, clinicaltrials.gov identifier, nct id, "
    "trial registration, registration, registration number, trial registration number, "
    "clinical trial registration, clinical trial registration number, clinicaltrials.gov number, "
    "prospero registration, eudract number, trial registration information, clinicaltrials.gov, "
    "clinical trials registration, registry number, trial registry, clinical trial number, "
    "study registration, clinicaltrials.gov registration, prospero registration number, main id, "
    "primary id, trial id, eu ct number, eu trial number, isrctn, isrctn number, protocol id, "
    "registry id, primary registry and trial identifying number",
    "url": "url, link, uri, web address, permalink, source url, original url, article url, "
    "available at, canonical url, handle, retrieved from, page url",
    "language": "language, original language, lang, article language",
    "kind": "type, publication type, publication types, document type, article type, "
    "research output, output type, type of publication, resource type, item type",
    "": "keywords, key words, keyword, issn, isbn, asjc scopus subject areas, externally "
    "published, "
    "bibliographical note, early online date, editors, editor, edition, state, event, "
    "correspondence, corresponding author, received, accepted, license, licence, pmcid, "
    "subjects, mesh terms, email, e-mail, series, place of publication, electronic issn, "
    "print issn, issn (print), isbn (print), isbn (electronic), issn (electronic), eissn, "
    "conflict of interest, conflicts of interest, conflict of interest statement, copyright, "
    "subject areas, peer-reviewed, status, medically reviewed by, reviewed by, fact checked by, "
    "publication model, country, grant support, open access, electronic isbn, print isbn, "
    "next review due, review date, next review, next review date, date deposited, generic name, "
    "generic names, brand name, brand names, drug class, leaflet number, document number, "
    "reference number, submission date, last edited, condition category, corpus id, "
    "appears in collections, item views, submission received, study type, phase, "
    "enrollment, allocation, masking, overall status, "
    "recruitment status, study start, study completion, ages eligible, sexes eligible, "
    "intervention model, primary purpose, "
    "funding, funding information, acknowledgements, sponsor, collaborators, responsible party, "
    "register, primary sponsor, secondary sponsor, secondary id, secondary ids, "
    "source register, countries of recruitment, date of first enrolment, "
    "date of first enrollment, target sample size, recruitment status, recruiting status, "
    "overall trial status, overall recruitment status, sponsor protocol number",
}
_FIELD_OF = by_word(_LABELS, ",")
_ALTERNATIVES = "|".join(re.escape(x) for x in sorted(_FIELD_OF, key=len, reverse=True))
_COLON = re.compile(
    rf"(?:\*\*)?(?P<label>{_ALTERNATIVES})(?:\*\*)?\s*(?:[:=|]|\t)\s*(?:\*\*)?\s*", re.I
)
_LOGO = re.compile(r"(?P<name>.{4,90}?) ?logo ?Link to (?P=name)")
"""The head of a page of PubMed Central: the logo of the journal, or of an archive."""
_ARCHIVE = re.compile(r"manuscript|collection|PMC|NIH|Europe", re.I)
_ROW = re.compile(r"(?:\|\s*)?(?P<row>(?P<label>[^|]{2,40}?)\s*\|\s*[^|]+?)\s*(?:\|\s*)?")
_GLUED = re.compile(rf"(?P<label>{_ALTERNATIVES})(?=(?-i:[A-Z0-9]))", re.I)
_SPACED = re.compile(r"(?P<label>volume|issue|pages|doi|pmid|issn|pmcid)\s+(?=\d|10\.|PMC)", re.I)
_ALONE = re.compile(rf"(?P<label>{_ALTERNATIVES})\s*:?", re.I)
_NEVER_GLUED = words("by in type source date link year page state event posted vol lang issued")
_COMMON = words("status event events type phase state source series issue country edition")
"""Labels that are plain words: a sentence may follow them."""
_FACTS = frozenset({"date", "weak_date", "doi", "pmid", "registry_id"})
"""Fields whose value is one word or a few; a sentence behind them is none of it."""
_MENU = frozenset({"research output", "publications", "events", "editors"})
"""Labels that are also the names of parts of a site: alone on a line they label nothing."""
_ITEM_PAGE = frozenset(
    words(
        "date author authors creators uri publisher citation type doi language issn description "
        "files collections"
    )
)
_ITEM_LABELS = 3
"""A page that sets so many of these alone on their lines has their values on the next."""
_STATE = re.compile(r"State(?=Published\b.*(?:19|20)\d\d)")
_NOTICE = re.compile(r"copyright\s*:\s*(?:©|\(c\))", re.I)
_WEAK_CONTAINER = frozenset({"source", "in", "publication", "series"})
_DATABASES = re.compile(
    r"scopus|web of (?:science|knowledge)|pubmed|medline|embase|cinahl|proquest|ebsco\w*|crossref|"
    r"google scholar|psycinfo|central|ovid(?: technologies)?",
    re.I,
)
"""Where a record was found, which is not where its work appeared."""
_FROM = frozenset({"source", "publication"})
"""Labels of an address in the lines at the top, where nothing but the address stands behind."""
_TOP = 12
"""Lines."""
_PORTAL = frozenset(
    {
        "original language",
        "pages (from-to)",
        "number of pages",
        "issue number",
        "publication status",
        "externally published",
        "title of host publication",
        "asjc scopus subject areas",
    }
)
_PUBLISHED = re.compile(r"\bpublished(?: online)?:\s*(?=\d|[A-Z])", re.I)
_PART = re.compile(
    r"[\s:;,.|•·-]*\b(?:(?P<volume>vol(?:ume)?\.?)|(?P<issue>issue|no\.)|(?P<pages>pages?|pp?\.)"
    r"|(?P<date>(?:first |date )?published(?: online)?|publication date|year"
    r"|,\s(?=(?:19|20)\d\d\b))|(?P<doi>doi))\s*[:.]?\s*(?=[\dA-Z])",
    re.I,
)
_NEXT_LABEL = re.compile(r"\s+(?:[|•·–—-]\s+)?[A-Z][\w-]{2,20}(?: [A-Z]?[\w-]{2,20})?:(?=\s|$)")
"""Where a value ends because a label of another begins: ``X - Category: Y``."""
_CLOSING_IDENTIFIERS = re.compile(
    r"(?:[\s|;,·•(\[-]{0,5}(?:PMID|PMCID|DOI)\s?[:=]?\s?"
    r"(?:https?://(?:dx\.)?doi\.org/)?(?:PMC)?[\d][^\s|;]{3,120}){1,4}[\s.)\]]{0,4}$",
    re.I,
)
_CLOSING_LONGEST = 400
_SENTENCE = re.compile(r"(?:[a-z]{2,}\W{1,3}){3}[^.]{0,200}[a-z)%][.!?]\s{0,3}$")
"""What a paragraph ends with; a reference ends with its year or its pages."""
_REFERENCE = re.compile(r"(?:19|20)\d\d\s?;\s?\d|;\s?\d+\s?\(\d+\)|\bpp?\.\s?\d|\d\(\d+\):")
_NAMED = re.compile(r"[\"“'‘(*_<]{0,3}\w")
_MAX_LINE = 2000
_IDENTIFIED = re.compile(
    r"(?:pmid|pmcid|pubmed id|doi|dois|e?issn|(?:first |date )?published(?: online)?|"
    r"available online|publication date|posted|epub)\b",
    re.I,
)
_IDENTIFIER = re.compile(
    r"(?P<pmid>\bPMID\s*:?\s*(?=\d))|\bdoi\s*[:.]?\s*(?=10\.|https?:)|\bdoi\.org/(?=10\.)", re.I
)


def read_labelled(page: Page, findings: Findings) -> list[tuple[Line, int]]:
    """Claim labelled lines (role ``field_table``) and read what they say.

    Returns the dates of updates and reviews, which count only where no other date is given.
    """
    portal = sum(_glued_or_alone(line.text) for line in page.lines) >= 2
    alone_labels = {line.text.lower() for line in page.lines} & _ITEM_PAGE
    portal = portal or len(alone_labels) >= _ITEM_LABELS
    weak: list[tuple[Line, int]] = []
    closing = _cut_closing_identifiers(page)
    skip = False
    for number, line in enumerate(page.lines):
        labelled_button = portal and line.role == "ui_labels" and _ALONE.fullmatch(line.text)
        if skip or (line.role and not labelled_button) or len(line.text) > _MAX_LINE:
            skip = False
            continue
        if logo := _LOGO.fullmatch(line.text):
            if not _ARCHIVE.search(logo["name"]):
                findings.offer_part("container_title", line, 0, logo.end("name"))
            line.role = "field_table"
            continue
        line = _row(line)
        name, start = _labelled(line.text)
        if name is None and number < _TOP and (address := _address_behind(line.text)):
            name, start = "url", address
        alone = _ALONE.fullmatch(line.text) if name is None else None
        if alone and (alone["label"].lower() not in _MENU or line.text.endswith(":")):
            following = page.lines[number + 1] if number + 1 < len(page.lines) else None
            if following and _is_value(following, line, portal=portal):
                name, start = _FIELD_OF[alone["label"].lower()], 0
                line.role = "field_table"
                line, skip = following, True
        if name is None:
            _read_pieces(findings, line)
            continue
        if name in _FACTS and (telling := telling_part(line.text, start)):
            line = _parted(page, line, telling)
        line.role = "field_table"
        if name == "weak_date":
            weak.append((line, start))
        elif name == "authors":
            _read_people(page, findings, line, start)
        elif name:
            _read_parts(findings, name, line, start)
        if " | " in line.text:
            _read_pieces(findings, line)
        if name == "" and (published := _PUBLISHED.search(line.text)):
            read_value(findings, "date", line, published.end())
        if name != "weak_date":
            _read_identifiers(findings, line)
    if closing:
        _read_identifiers(findings, closing)
    return weak


def _cut_closing_identifiers(page: Page) -> Line | None:
    """What the one paragraph that ends in ``PMID:1 | DOI:10.1/x`` has there, cut from it.

    A list of references has many such ends, and their identifiers are not the document's.
    """
    found: list[tuple[Line, int]] = []
    for line in page.lines:
        base = max(0, len(line.text) - _CLOSING_LONGEST)
        mark = None if line.role else _CLOSING_IDENTIFIERS.search(line.text, base)
        if mark and _SENTENCE.search(line.text, 0, mark.start()):
            found.append((line, mark.start()))
    if len(found) != 1 or _REFERENCE.search(found[0][0].text):
        return None
    line, at = found[0]
    text = line.text[at:].lstrip(" |;,·•([-")
    closing = Line(line.end - len(text), line.end, text)
    page.cut(line.start + at, line.end, "identifier_line")
    line.text = line.text[:at].rstrip()
    line.end = line.start + len(line.text)
    return closing


def _parted(page: Page, line: Line, at: int) -> Line:
    """The fact before ``at`` as a line of its own; the line keeps the sentences behind it."""
    fact = line.text[:at].rstrip()
    head = Line(line.start, line.start + len(fact), fact, line.blank_before)
    page.cut(head.start, head.end, "field_table")
    line.start, line.text = line.start + at, line.text[at:]
    return head


def _row(line: Line) -> Line:
    """``| Journal | X |``, a row of a table with a label and a value, as ``Journal | X``."""
    row = _ROW.fullmatch(line.text)
    if row is None or row["label"].lower() not in _FIELD_OF:
        return line
    line.role = "field_table"
    begin, end = row.span("row")
    return Line(line.start + begin, line.start + end, row["row"], line.blank_before, line.role)


def _read_pieces(findings: Findings, line: Line) -> None:
    """``Pages 1-9 | Received 5 Jan 2018, Published online: 2 Mar 2018``: a label a piece."""
    at = 0
    for text in line.text.split(" | ") if " | " in line.text else ():
        piece = Line(line.start + at, line.start + at + len(text), text)
        at += len(text) + len(" | ")
        name, start = _labelled(text)
        if name not in {None, "", "weak_date", "authors"}:
            _read_parts(findings, str(name), piece, start)
            line.role = "field_table"
        elif published := _PUBLISHED.search(text):
            read_value(findings, "date", piece, published.end())
            line.role = "field_table"


def _read_people(page: Page, findings: Findings, line: Line, start: int) -> None:
    """The persons behind the label, who may go on as ``Family, Given`` one below the other."""
    text = line.text[start:]
    if authors := parse_authors(text):
        findings.offer("authors", authors, line.start + start, line.end)
        return
    authors, end = parse_person(text) if "," in text else (), line.end
    below = page.lines[page.lines.index(line) + 1 :]
    for following in below if authors else ():
        person = parse_person(following.text) if "," in following.text else ()
        if following.role or following.blank_before or not person:
            break
        following.role = "field_table"
        authors, end = authors + person, following.end
    findings.offer("authors", authors, line.start + start, end)


def _read_identifiers(findings: Findings, line: Line) -> None:
    """A DOI and a PMID that stand on the labelled line behind labels of their own."""
    if not _IDENTIFIED.match(line.text):
        return
    for mark in _IDENTIFIER.finditer(line.text):
        if mark["pmid"]:
            read_value(findings, "pmid", line, mark.end())
        else:
            read_doi(findings, line.text[mark.end() :], line.start + mark.end())


def _labelled(text: str) -> tuple[str | None, int]:
    """The field a line is labelled with (empty: none we keep), and where its value begins."""
    if state := _STATE.match(text):
        return "date", state.end()
    if _NOTICE.match(text):
        return None, 0
    for pattern in (_COLON, _SPACED, _GLUED):
        match = pattern.match(text)
        if not match or match.end() >= len(text):
            continue
        label = match["label"].lower()
        if pattern is _SPACED and len(text) > match.end() + 60:
            continue
        if pattern is _SPACED and re.search(
            r"\b(?:issue|no\.|pages?|pp\.)\s*\d|,\s\w{0,12}\s?(?:19|20)\d\d\b",
            text[match.end() :],
            re.I,
        ):
            continue
        if pattern is _GLUED and (label in _NEVER_GLUED or not text[:1].isupper()):
            continue
        name = _FIELD_OF[label]
        if label in _WEAK_CONTAINER and not _names_container(text[match.end() :]):
            continue
        if _plausible(name, text[match.end() :], label):
            return name, match.end()
    return None, 0


def _address_behind(text: str) -> int:
    """Where the address begins in ``Source: https://...``; 0 where the line says other things."""
    match = _COLON.match(text)
    if match is None or match["label"].lower() not in _FROM:
        return 0
    return match.end() if re.fullmatch(r"https?://[^\s<>]{4,2000}", text[match.end() :]) else 0


def _names_container(value: str) -> bool:
    if _DATABASES.fullmatch(value.strip(" .;")):
        return False
    if label := _NEXT_LABEL.search(value):
        value = value[: label.start()]
    part = _PART.search(value)
    return is_journal(value[: part.start()].strip(" :;,.") if part else value.strip(" .;"))


def _plausible(name: str, value: str, label: str) -> bool:
    """A labelled paragraph of prose is not a field."""
    if label in _COMMON and is_telling(value):
        return False
    if name in {"", "url", "doi", "pmid"}:
        return len(value) < 600 or label in {"keywords", "funding"}
    if name == "registry_id":
        return len(value) < 300
    if name in {"volume", "issue", "pages", "number_of_pages"}:
        return len(value) < 80 and bool(
            re.match(r"\W{0,3}(?:[A-Za-z]{1,6}\.?\s?)?\d|[IVX]+$", value)
        )
    if name in {"date", "weak_date"}:
        return len(value) < 120 and bool(re.search(r"(?:19|20)\d\d", value))
    if name == "language":
        return len(value) < 30
    if name in {"container_title", "publisher"} and not _NAMED.match(value):
        return False
    return len(value) < 500 and not re.search(r"[a-z]{3}\.\s+[A-Z][a-z]+\s+[a-z]+\s+[a-z]+", value)


def _glued_or_alone(text: str) -> bool:
    match = _GLUED.match(text) or _ALONE.fullmatch(text) or _COLON.match(text)
    return bool(match and match["label"].lower() in _PORTAL)


def _is_value(following: Line, line: Line, *, portal: bool) -> bool:
    if following.role or len(following.text) > 300 or _ALONE.fullmatch(following.text):
        return False
    if _labelled(following.text)[0] is not None:
        return False
    return portal or (line.text.endswith(":") and not following.blank_before)


def _read_parts(findings: Findings, name: str, line: Line, start: int) -> None:
    """A labelled value, and the volume, issue, pages and date that may stand behind it."""
    if name == "kind":
        if kind := kind_stated(line.text[start:]):
            findings.offer("kind", kind, line.start + start, line.end)
        return
    if name in {"container_title", "publisher", "volume", "issue"}:
        parts = list(_PART.finditer(line.text, start))
        for part in parts:
            field = next(key for key, value in part.groupdict().items() if value)
            read_value(findings, field, line, part.end())
        if parts and name in {"container_title", "publisher"}:
            findings.offer_part(name, line, start, parts[0].start())
            return
        if name in {"container_title", "publisher"} and (
            label := _NEXT_LABEL.search(line.text, start)
        ):
            findings.offer_part(name, line, start, label.start())
            return
    read_value(findings, name, line, start)
    if name in {"doi", "pmid"}:
        read_doi(findings, line.text, line.start)
