"""Lines at the top that say at once what a head says line by line: a reference, a notice."""

import re
from itertools import pairwise

from extraction.bibliography.citation import is_journal, read_locator, read_part
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import normalize_doi
from extraction.bibliography.kinds import TYPE_LINE
from extraction.bibliography.values import read_doi, read_value
from extraction.page.headings import is_section_name
from extraction.page.telling import is_telling
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_authors

_REFERENCE = re.compile(
    r"(?P<authors>[^()]{3,1500}?)(?:[\s,;]{1,3}(?:and\s|&\s)?"
    r"\(?(?:and\s)?\d{1,4}\s(?:more|others?|additional)(?:\sauthors?)?\)?\]?)?"
    r"[.,]?\s\((?P<date>(?:19|20)\d\d)[^()]{0,20}\)[.:,]?\s"
    r"(?P<title>[A-Z0-9“\"'][^?!]{9,400}?[.?!])\s+(?P<rest>[A-Z].{3,400})$"
)
_IN_JOURNAL = re.compile(
    r"(?P<journal>[A-Z][^,;]{1,118}),\s(?P<volume>[A-Z]?\d{1,4})(?:\s?\((?P<issue>[^()]{1,25})\))?"
    r"(?:[.,:]\s(?:pp?\.\s?|art(?:icle)?\.?\s(?:no\.?\s)?)?(?P<pages>[A-Za-z]?\d[\w–.-]{0,30}))?"
)
_IN_BOOK = re.compile(r"In:\s(?P<book>[A-Z][^.;]{3,200})[.;]")
_VANCOUVER = re.compile(
    r"(?:\d{1,5}[.:]\s)?(?P<authors>[^.:;()\d]{3,800})\.\s(?P<title>[A-Z0-9][^?!]{9,400}?)[.?!]\s"
    r"(?=[A-Z][\w. &:]{1,100}[.,]?\s(?:19|20)\d\d[\w ]{0,12};)"
)
_PMID = re.compile(r"\bPMID: ?(?P<pmid>[1-9]\d{0,7})\b")
_PLACED = re.compile(
    r"[\s.,]{1,3}\(?(?:19|20)\d\d[\w ]{0,12}\)?[;,]\s?\w{1,8}\s?"
    r"(?:\([^()\n]{1,25}\)\s?)?[:,]\s?\w"
)
"""Year, volume and pages behind a journal."""
_LABELLED = re.compile(r"(?:published in|citation|source|reference)\s?:\s+", re.I)
_STOP = re.compile(r"\.\s+(?=[A-Z])")
_OF_JOURNALS = re.compile(
    r"\b(?:reviews?|opinions?|acta|annals|archives?|proceedings|transactions|bulletin|letters|"
    r"reports?|frontiers|advances|progress|trends|seminars|clinics|current|nature|science|cell|"
    r"lancet|brain|neurology|medicine|journal|nerve|neuron|supplement\w*)\b"
    r"|\b(?!(?-i:Jr|Sr|St|Dr|Prof|al)\b)[^\W\d_]{2,}\.(?!\w)",
    re.I,
)
"""Words of journals, and abbreviated ones."""
_INITIALS_FIRST = re.compile(r"[^\W\d_]\.")
_LONGEST_LINE = 1_500
_LONGEST_JOURNAL = 9
"""Words of a journal; a title has more."""
_EDITED = re.compile(
    r"In:\s[^()]{3,200}\((?:eds?|editors?)\.?\)[,.:]?\s(?P<book>[A-Z][^.]{3,200})\.\s"
    r"(?P<publisher>[A-Z][^,.]{2,60}),(?:\s[A-Z][^,]{1,40},){0,2}\s(?P<date>(?:19|20)\d\d)"
    r"(?:,\spp?\.?\s?(?P<pages>\d[\d–-]{0,15}))?"
)
_TO_CITE = re.compile(r"to cite this (?:version|document|article|work)\s*:?", re.I)
_DOTTED = re.compile(
    r"(?P<authors>[^.]{3,1500}(?:\.[^.]{1,40}){0,20}?)\.\s(?P<title>[A-Z][^?!]{9,400}?)[.?!]\s+"
    r"(?P<journal>[A-Z][^.,]{2,118}),\s(?P<date>(?:19|20)\d\d),\s(?P<volume>\d{1,4})"
    r"(?:\s?\((?P<issue>[^()]{1,25})\))?(?:,\spp?\.\s?(?P<pages>[A-Za-z]?\d[\w–-]{0,30}))?"
)
_DATED = re.compile(
    r"(?P<journal>[A-Z][\w.&: -]{2,80}?),\s(?P<date>\d{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d)$"
)
_PUBLISHED_IN = re.compile(
    r"Published in (?P<journal>[A-Z][\w.&: -]{2,80}?),?\s"
    r"(?P<date>(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d)$"
)
_PREPRINT = re.compile(
    r"(?:bioRxiv|medRxiv|Research Square|arXiv|Preprints(?:\.org)?)\b.{0,30}\bpreprint\b|"
    r".{0,60}\b(?:was|is) not (?:certified by|been) peer[- ]review",
    re.I,
)
_POSTED = re.compile(r"\bposted(?: online)?(?: on)?:?\s", re.I)
_DOI_HEAD = re.compile(r"10\.\d{4,9}/(?:\S*[./_-])?$")
_DOI_TAIL = re.compile(r"(?=\S*\d)[a-z\d][\w.()/;-]{1,60}")
_FEW_WORDS = 6
_TOP_LINES, _ALL_LINES = 15, 60


def read_reference_lines(page: Page, findings: Findings) -> None:
    """Claim and read them, before the title is sought among the lines that are left."""
    for line in page.lines[:_TOP_LINES]:
        if not line.role and _PREPRINT.match(line.text):
            _read_notice(findings, line)
        elif not line.role and (book := _EDITED.match(line.text)):
            _read_book(findings, line, book)
        elif not line.role and (dated := _DATED.match(line.text) or _PUBLISHED_IN.match(line.text)):
            _read_dated(findings, line, dated)
    _read_broken_doi(page, findings)
    _read_path(page, findings)
    _read_cite_this(page, findings)
    _read_first_line(page, findings)
    _read_people_in_journal(page, findings)
    found = [
        (number, match)
        for number, line in enumerate(page.lines[:_ALL_LINES])
        if not line.role and "(" in line.text and (match := _REFERENCE.match(line.text))
    ]
    if len(found) == 1 and found[0][0] < _TOP_LINES and not findings.has("title"):
        number, match = found[0]
        if not any(is_section_name(line.text) for line in page.lines[:number]):
            _read_reference(findings, page.lines[number], match)


def _read_notice(findings: Findings, line: Line) -> None:
    """``medRxiv preprint doi: D; this version posted March 8, 2021``."""
    read_doi(findings, line.text, line.start)
    if posted := _POSTED.search(line.text):
        read_value(findings, "date", line, posted.end())
    line.role = "notice"


def _read_broken_doi(page: Page, findings: Findings) -> None:
    """A DOI that a line break parts: its line ends in a sign inside it, the rest stands alone."""
    for line, following in zip(page.lines[:_ALL_LINES], page.lines[1:], strict=False):
        head, tail = _DOI_HEAD.search(line.text), _DOI_TAIL.fullmatch(following.text)
        if line.role or following.role or not head or not tail or following.blank_before:
            continue
        if len(re.findall(r"\w+", line.text[: head.start()])) > _FEW_WORDS:
            continue
        doi = normalize_doi(line.text[head.start() :] + following.text)
        findings.offer("doi", doi, line.start + head.start(), following.end)
        line.role = following.role = "doi_line"


def _read_book(findings: Findings, line: Line, match: re.Match[str]) -> None:
    """``In: Roe J. (eds) Handbook. Some Press, London, 2014, pp. 1-9``."""
    findings.offer_part("container_title", line, *match.span("book"))
    findings.offer_part("publisher", line, *match.span("publisher"))
    read_value(findings, "date", line, match.start("date"))
    if match["pages"]:
        read_value(findings, "pages", line, match.start("pages"))
    findings.offer("kind", "book-chapter", line.start, line.end)
    line.role = "citation_line"


def _read_first_line(page: Page, findings: Findings) -> None:
    """A document that opens with a reference, alone of its kind, is the work referred to."""
    found = [line for line in page.lines if not line.role and _VANCOUVER.match(line.text)]
    if len(found) != 1 or found[0] is not page.lines[0] or findings.has("title"):
        return
    line, match = found[0], _VANCOUVER.match(found[0].text)
    authors = parse_authors(match["authors"]) if match else ()
    if not match or not authors or not all(a.initials for a in authors):
        return
    if read_locator(page, findings, line, match.end("title") + 1, bare=False):
        start = line.start + match.start("authors")
        findings.offer("authors", authors, start, line.start + match.end("authors"))
        findings.offer_part("title", line, *match.span("title"))
        read_doi(findings, line.text, line.start)
        if noted := _PMID.search(line.text, match.end()):
            findings.offer_part("pmid", line, *noted.span("pmid"))
        line.role = "citation_line"


def _read_people_in_journal(page: Page, findings: Findings) -> None:
    """``Ann Lee. Journal of Nerves 2020;12(3):1-9.`` below the title, alone of its kind."""
    found = [
        (number, line, behind)
        for number, line in enumerate(page.lines[:_ALL_LINES])
        if not line.role and number and (behind := _behind_people(line.text))
    ]
    if len(found) != 1 or found[0][0] >= _TOP_LINES:
        return
    number, line, behind = found[0]
    if any(is_section_name(above.text) for above in page.lines[:number]):
        return
    lead = _LABELLED.match(line.text)
    start = lead.end() if lead else 0
    authors = parse_authors(line.text[start:behind])
    if read_locator(page, findings, line, behind, bare=False):
        findings.offer("authors", authors, line.start + start, line.start + behind)
        read_doi(findings, line.text, line.start)
        line.role = "citation_line"


def _behind_people(text: str) -> int:
    """Where the persons end with whom a line begins, before a journal and its year; 0 else."""
    place = _PLACED.search(text) if len(text) < _LONGEST_LINE else None
    lead = _LABELLED.match(text)
    start = lead.end() if lead else 0
    for stop in _STOP.finditer(text, start, place.start() if place else 0):
        people = text[start : stop.start()]
        journal = text[stop.end() : place.start() if place else 0].strip(" .,;")
        if not is_journal(journal) or len(journal.split()) > _LONGEST_JOURNAL:
            continue
        if _INITIALS_FIRST.match(people) and re.search(r"(?<!\w)\w$", people):
            continue
        if parse_authors(people) and not _OF_JOURNALS.search(people):
            return stop.end()
    return 0


def _read_cite_this(page: Page, findings: Findings) -> None:
    """``To cite this version:`` above ``Ann Lee. Title. Journal, 2016, 12 (4), pp.1-9. DOI``."""
    for above, line in pairwise(page.lines[:_ALL_LINES]):
        match = _DOTTED.match(line.text) if _TO_CITE.fullmatch(above.text) else None
        authors = parse_authors(match["authors"]) if match else ()
        if not match or not authors or findings.has("title") or not is_journal(match["journal"]):
            continue
        above.role = line.role = "citation_line"
        findings.offer("authors", authors, line.start, line.start + match.end("authors"))
        findings.offer_part("title", line, *match.span("title"))
        findings.offer_part("container_title", line, *match.span("journal"))
        for name in ("date", "volume", "issue", "pages"):
            if match[name]:
                read_part(findings, name, line, match.span(name))
        read_doi(findings, line.text, line.start)


def _read_path(page: Page, findings: Findings) -> None:
    """``Home``, a journal, a kind of article: the way to the page, one step a line."""
    for home, journal, kind in zip(
        page.lines[:_ALL_LINES], page.lines[1:], page.lines[2:], strict=False
    ):
        named = not journal.role and is_journal(journal.text) and TYPE_LINE.fullmatch(kind.text)
        if home.text.lower() == "home" and named:
            findings.offer_part("container_title", journal, 0, len(journal.text))
            journal.role = "site_header"
            return


def _read_dated(findings: Findings, line: Line, match: re.Match[str]) -> None:
    """``Front. Immunol., 12 March 2020`` above a title."""
    if is_journal(match["journal"]):
        findings.offer_part("container_title", line, *match.span("journal"))
        read_value(findings, "date", line, match.start("date"))
        line.role = "citation_line"


def _read_reference(findings: Findings, line: Line, match: re.Match[str]) -> None:
    """``Ash, J. and Mill, T. (2015) Title. Journal, 12 (3). pp. 1-9.``: the document's own."""
    authors = parse_authors(match["authors"].strip(" ,.;[]"))
    if not authors or is_telling(match["rest"]) or not re.search(r"[\d:]", match["rest"]):
        return
    line.role = "citation_line"
    findings.offer("authors", authors, line.start, line.start + match.end("authors"))
    end = match.end("title") - (match["title"][-1] == ".")
    findings.offer_part("title", line, match.start("title"), end)
    read_value(findings, "date", line, match.start("date"))
    read_doi(findings, line.text, line.start)
    journal = _IN_JOURNAL.match(line.text, match.start("rest"))
    if journal and is_journal(journal["journal"]):
        findings.offer_part("container_title", line, *journal.span("journal"))
        for name in ("volume", "issue", "pages"):
            if journal[name]:
                read_part(findings, name, line, journal.span(name))
    elif book := _IN_BOOK.match(line.text, match.start("rest")):
        findings.offer_part("container_title", line, *book.span("book"))
