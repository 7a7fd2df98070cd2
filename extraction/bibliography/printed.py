"""Printed works: identifiers that stand on the first pages, and what a file's properties hint at.

Properties are often those of another work or of a template: they count where the text says so.
"""

import re
from collections.abc import Mapping

from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import Stated, find_dois, normalize_doi
from extraction.page.telling import is_telling
from extraction.text.lines import Line, Page
from publication.folding import folded

__all__ = ["read_printed"]

_PART = re.compile(
    r"\.(?:[gst]|fig|tab|tbl|supp?l?|mmc|app)[-.]?\d{1,3}$|/(?:supp?l?|suppinfo)\b", re.I
)
"""What a publisher gives to a part of a work: a figure, a table, a supplement."""
_OTHER = re.compile(
    r"\b(?:see|cited? in|comment(?:ary)? on|reply to|response to|erratum (?:to|for)|correction to|"
    r"first published|regist\w+|companion|linked|related|accompany\w+|"
    r"data(?:set)?s?\b.{0,60}(?:available|deposited|found)|"
    r"available (?:at|from|in) (?:the )?(?:dryad|zenodo|figshare|osf)|dryad|zenodo|figshare)\b"
    r"[^.]{0,80}$",
    re.I,
)
_REFERENCE = re.compile(
    r"\bet al\b|[^\W\d_a-z][\w'’-]+,?\s(?:[A-Z]\.?[\s-]?){1,3}(?:[,;&(:.]|and\b)", re.A
)
"""Persons with their initials, as a list of references names them."""
_SAID_HERE = re.compile(r"\bdoi\b\W{0,3}$|doi\.org/$|\bcite\b", re.I)
_OF_DATA = re.compile(r"10\.(?:5061|5281|6084|7910|17605|17632|25384)/")
"""Prefixes of archives of data: Dryad, Zenodo, figshare, Dataverse, OSF, Mendeley, ICPSR."""
_LONG = 70
"""Letters from which on what stands before a DOI is a whole reference."""
_ENOUGH = 40
"""Letters of a title that tell it from others."""
_NOT_ITS_DATE = re.compile(
    r"\b(?:regist\w+|protocol version|version|approved|accessed|download\w*|enrol\w*|recruit\w*|"
    r"started?|conducted|between|from|since|until)\b[^.;]{0,80}$",
    re.I,
)
_FEW_AUTHORS = 2
_PERSONS = re.compile(
    r"^(?:and\s)?(?:[^\W\d_a-z][\w.'’-]*\s){1,4}[^\W\d_a-z][\w'’-]+\s?[¹²³⁴-⁹⁰ᵃ-ᶻ*†‡§,∗]*\s?[,;|&]\s"
    r"(?:and\s)?(?:[^\W\d_a-z][\w.'’-]*\s){1,4}[^\W\d_a-z][\w'’-]+\s?[¹²³⁴-⁹⁰ᵃ-ᶻ*†‡§,;|&∗]"
)
"""At least two persons with marks, or a list that goes on."""
_SKIPPED = frozenset({"sources", "related_docs"})


def read_printed(front: Page, findings: Findings, hints: Mapping[str, str]) -> None:
    """The work's own DOI, wherever the first pages print it; no address of the journal's."""
    findings.forget("hosting_site")
    if findings.has("authors") and not _is_sure_of_authors(front, findings):
        findings.forget("authors")
        findings.forget("affiliations")
    if not re.search(r"/[^?#]*\d", findings.get("url").partition("://")[2] or findings.get("url")):
        findings.forget("url")
    _forget_doubtful(front, findings)
    _read_doi(front, findings, hints)


def _forget_doubtful(front: Page, findings: Findings) -> None:
    """What a printed page may mean otherwise: a lone short number may be the issue, and the date
    of a registration or of a protocol is not the work's.
    """
    if re.fullmatch(r"\d{1,3}", findings.get("pages")):
        findings.forget("pages")
    span = findings.spans.get("date")
    line = next((x for x in front.lines if span and x.start <= span.start < x.end), None)
    if span and line:
        before = line.text[: span.start - line.start]
        if _NOT_ITS_DATE.search(before[-120:]):
            findings.forget("date")
            findings.forget("date_precision")


def _is_sure_of_authors(front: Page, findings: Findings) -> bool:
    """Whether the list is whole: no other persons stand right above or below it, and no running
    head says "et al" of one or two.
    """
    span = findings.spans["authors"]
    above = next((x for x in reversed(front.lines) if x.end <= span.start), None)
    below = next((x for x in front.lines if x.start >= span.end), None)
    if any(line and _PERSONS.search(line.text) for line in (above, below)):
        return False
    authors = findings.values["authors"]
    if len(authors) > _FEW_AUTHORS:
        return True
    first = re.escape(authors[0].family)
    return not any(re.search(rf"\b{first}\b[^.]{{0,12}}\bet al\b", x.text) for x in front.lines)


def _read_doi(front: Page, findings: Findings, hints: Mapping[str, str]) -> None:
    hinted = normalize_doi(hints.get("doi", "")) or ""
    found = [
        (line, doi)
        for line in front.lines
        if line.role not in _SKIPPED
        for doi in find_dois(line.text)
        if not _PART.search(doi.value)
    ]
    if not found:
        return
    own = _own(found, hinted, findings.get("title"))
    if own is None:
        return
    line, doi = own
    if findings.has("doi") and findings.get("doi") == doi.value:
        return
    findings.forget("doi")
    findings.offer("doi", doi.value, line.start + doi.start, line.start + doi.end)


def _own(found: list[tuple[Line, Stated]], hinted: str, title: str) -> tuple[Line, Stated] | None:
    """What the properties say too; else the only one, or the first that is not another's."""
    for line, doi in found:
        if doi.value == hinted:
            return line, doi
    mine = [(line, doi) for line, doi in found if not _is_others(line, doi, title)]
    # What an archive of data numbered is the work's own where nothing else is.
    works = [one for one in mine if not _OF_DATA.match(one[1].value)]
    return next(iter(works or mine), None)


def _is_others(line: Line, doi: Stated, title: str) -> bool:
    before = line.text[max(0, doi.start - 160) : doi.start]
    if _OTHER.search(before) or _is_told(line, doi):
        return True
    if not _REFERENCE.search(line.text, 0, doi.start):
        return False
    is_listed = bool(re.match(r"\W{0,2}\d{1,3}[\].)]?\s", line.text))
    names_it = folded(title)[:_ENOUGH] in folded(line.text)
    return is_listed or (doi.start > _LONG and not names_it)


def _is_told(line: Line, doi: Stated) -> bool:
    """Whether sentences of the text itself speak of it, as of data that are kept elsewhere."""
    if not is_telling(line.text):
        return False
    said = _SAID_HERE.search(line.text[: doi.start][-60:])
    return said is None or bool(_OF_DATA.match(doi.value))
