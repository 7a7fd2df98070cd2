"""Bibliographic fields in mark-up: ``<meta>`` of saved pages, JATS and PubMed article XML."""

import re
from collections.abc import Iterator

from extraction.bibliography.dates import find_dates
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import normalize_doi, normalize_pmid
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import LANGUAGES
from extraction.text.lines import Page
from extraction.text.markup import Tag, view
from extraction.text.person_names import parse_authors, parse_person
from extraction.types import Affiliation, Author, Span

_META = {
    "title": "citation_title dc.title dcterms.title",
    "container_title": "citation_journal_title citation_inbook_title prism.publicationname "
    "citation_conference_title",
    "publisher": "citation_publisher dc.publisher dcterms.publisher",
    "volume": "citation_volume prism.volume",
    "issue": "citation_issue prism.number",
    "date": "citation_publication_date citation_date citation_online_date dc.date dcterms.date "
    "dcterms.issued article:published_time datepublished prism.publicationdate",
    "doi": "citation_doi dc.identifier prism.doi bepress_citation_doi",
    "pmid": "citation_pmid",
    "url": "og:url citation_abstract_html_url",
    "language": "citation_language dc.language dcterms.language",
    "hosting_site": "og:site_name",
    "kind": "citation_article_type dc.type prism.section",
}
_ELEMENTS = {
    "title": "article-title articletitle",
    "container_title": "journal-title title",
    "publisher": "publisher-name",
    "volume": "volume",
    "issue": "issue",
    "language": "language",
}
_SUFFIX = re.compile(r"\s+[|–—·»-]\s+(?P<site>[^|–—·»]{2,60})$")
_ARTICLE_XML = re.compile(r"<(?:article|pubmedarticle(?:set)?)[\s>]", re.I)


def read_page_meta(page: Page, findings: Findings) -> None:
    """Fields from ``<meta>``, the canonical link, ``lang`` and ``<title>`` of an HTML page."""
    metas = list(_metas(page))
    for field, names in _META.items():
        for name in names.split():
            for key, span in metas:
                if key == name:
                    _offer(findings, field, _clean(page, span), span)
    spans = [span for key, span in metas if key in {"citation_author", "dc.creator"}]
    spans = spans or [span for key, span in metas if key == "author"]
    authors = tuple(a for span in spans for a in _people(_clean(page, span)))
    if authors:
        findings.offer_raw("authors", authors, Span(spans[0].start, spans[-1].end))
    _read_first_last(page, findings, metas)
    for tag in page.view.tags:
        if tag.name == "link" and _attribute(page, tag, "rel").lower() == "canonical":
            _offer(findings, "url", _attribute(page, tag, "href"), tag.attributes.get("href"))
        if tag.name == "html" and "lang" in tag.attributes:
            code = LANGUAGES.get(_attribute(page, tag, "lang").lower().split("-")[0])
            findings.offer_raw("language", code, tag.attributes["lang"])
    if not page.title_marks:
        _read_window_title(page, findings)


def _people(value: str) -> tuple[Author, ...]:
    return parse_person(value) or parse_authors(value)


def _metas(page: Page) -> Iterator[tuple[str, Span]]:
    for tag in page.view.tags:
        if tag.name == "meta" and "content" in tag.attributes:
            name = next((k for k in ("name", "property", "itemprop") if k in tag.attributes), None)
            if name:
                yield _attribute(page, tag, name).lower(), tag.attributes["content"]


def _attribute(page: Page, tag: Tag, name: str) -> str:
    return tag.attributes[name].of(page.view.raw) if name in tag.attributes else ""


def _clean(page: Page, span: Span) -> str:
    return " ".join(view(span.of(page.view.raw)).text.split())


def _read_first_last(page: Page, findings: Findings, metas: list[tuple[str, Span]]) -> None:
    by_name = dict(reversed(metas))
    first, last = by_name.get("citation_firstpage"), by_name.get("citation_lastpage")
    if first:
        value = _clean(page, first)
        if last and _clean(page, last) != value:
            value += "-" + _clean(page, last)
        ends = sorted(x for x in (first, last) if x)
        findings.offer_raw("pages", value, Span(ends[0].start, ends[-1].end))


def _read_window_title(page: Page, findings: Findings) -> None:
    for start, end in _elements(page, "title"):
        text = _clean(page, Span(start, end))
        site = _SUFFIX.search(text)
        if text and not findings.has("container_title"):
            findings.offer_raw("title", text[: site.start()] if site else text, Span(start, end))
            if site:
                findings.offer_raw("hosting_site", site["site"], Span(start, end))
        return


def read_article_xml(page: Page, findings: Findings) -> None:
    """Fields of the first article of a JATS or PubMed XML file."""
    if not page.view.raw.lstrip("\ufeff \t\r\n").startswith("<") or not _ARTICLE_XML.search(
        page.view.raw[:3000]
    ):
        return
    if not any(tag.name in {"article-meta", "medlinecitation"} for tag in page.view.tags):
        return
    for field, names in _ELEMENTS.items():
        for name in names.split():
            for start, end in _elements(page, name):
                _offer(
                    findings, field, _clean(page, Span(start, end)).rstrip("."), Span(start, end)
                )
                break
    _read_contributors(page, findings)
    _read_pages(page, findings)
    _read_ids(page, findings)
    for name in ("pub-date", "pubdate", "articledate"):
        for start, end in _elements(page, name):
            _read_pub_date(page, findings, start, end)
    for tag in page.view.tags:
        if tag.name == "article" and "article-type" in tag.attributes:
            kind = kind_stated(_attribute(page, tag, "article-type"))
            findings.offer_raw("kind", kind, tag.attributes["article-type"])


def _elements(
    page: Page, name: str, inside: tuple[int, int] | None = None
) -> Iterator[tuple[int, int]]:
    """Raw spans of the content of every ``name`` element (the innermost where they nest)."""
    opened: Tag | None = None
    for tag in page.view.tags:
        if tag.name != name or (inside and not inside[0] <= tag.start < inside[1]):
            continue
        if not tag.closing:
            opened = tag
        elif opened and opened.end < tag.start:
            yield opened.end, tag.start
            opened = None


def _first(page: Page, names: str, inside: tuple[int, int]) -> str:
    for name in names.split():
        for start, end in _elements(page, name, inside):
            return _clean(page, Span(start, end))
    return ""


def _read_contributors(page: Page, findings: Findings) -> None:
    found = []
    for name in ("contrib", "author"):
        for inside in _elements(page, name):
            family = _first(page, "surname lastname", inside)
            given = _first(page, "given-names forename", inside)
            if family:
                numbers = re.findall(
                    r"rid=[\"']aff(\d{1,2})[\"']", page.view.raw[inside[0] : inside[1]]
                )
                found.append((Author(family, given, "", tuple(map(int, numbers))), inside))
    if found:
        span = Span(found[0][1][0], found[-1][1][1])
        findings.offer_raw("authors", tuple(author for author, _ in found), span)
    places = [place for name in ("aff", "affiliation") for place in _elements(page, name)]
    if places:
        texts = dict.fromkeys(_clean(page, Span(*place)) for place in places)
        affiliations = []
        for text in texts:
            number = re.match(r"(\d{1,2})[\s.)]*(?=[A-Z])", text)
            affiliations.append(
                Affiliation(
                    int(number[1]) if number else None, text[number.end() :] if number else text
                )
            )
        findings.offer_raw("affiliations", tuple(affiliations), Span(places[0][0], places[-1][1]))


def _read_pages(page: Page, findings: Findings) -> None:
    whole = (0, len(page.view.raw))
    first, last = _first(page, "fpage medlinepgn elocation-id", whole), _first(page, "lpage", whole)
    for name in ("fpage", "medlinepgn", "elocation-id"):
        for start, end in _elements(page, name):
            value = first
            if name == "fpage" and last and last != first:
                value = f"{first}-{last}"
                end = max([end, *(stop for _, stop in _elements(page, "lpage"))][:2])
            findings.offer_raw("pages", value, Span(start, end))


def _read_ids(page: Page, findings: Findings) -> None:
    for tag in page.view.tags:
        if tag.closing or tag.name not in {"article-id", "elocationid", "articleid", "pmid"}:
            continue
        stop = page.view.raw.find("<", tag.end, tag.end + 300)
        span = Span(tag.end, stop)
        if stop <= tag.end:
            continue
        kind = "pmid" if tag.name == "pmid" else ""
        for key in ("pub-id-type", "eidtype", "idtype"):
            kind = kind or _attribute(page, tag, key).lower()
        if kind == "doi":
            findings.offer_raw("doi", normalize_doi(_clean(page, span)), span)
        elif kind in {"pmid", "pubmed"}:
            findings.offer_raw("pmid", normalize_pmid(_clean(page, span)), span)


def _read_pub_date(page: Page, findings: Findings, start: int, end: int) -> None:
    inside = (start, end)
    parts = [_first(page, name, inside) for name in ("year", "month", "day")]
    text = " ".join(part for part in parts if part)
    if len(parts) > 1 and parts[1].isdigit():
        text = "-".join(part.zfill(2) for part in parts if part)
    found = next(find_dates(text), None)
    if found and findings.offer_raw("date", found.value, Span(start, end)):
        findings.offer_raw("date_precision", found.precision, Span(start, end))


def _offer(findings: Findings, field: str, value: str, span: Span | None) -> None:
    if span is None or span.start >= span.end or not value:
        return
    if field == "date":
        found = next(find_dates(value), None)
        if found and findings.offer_raw("date", found.value, span):
            findings.offer_raw("date_precision", found.precision, span)
    elif field == "doi":
        findings.offer_raw("doi", normalize_doi(value), span)
    elif field == "pmid":
        findings.offer_raw("pmid", normalize_pmid(value), span)
    elif field == "language":
        code = LANGUAGES.get(value.lower()) or LANGUAGES.get(value.lower().split("-")[0])
        findings.offer_raw("language", code, span)
    elif field == "kind":
        findings.offer_raw("kind", kind_stated(value), span)
    elif field == "url":
        findings.offer_raw("url", value if re.match(r"https?://", value) else "", span)
    else:
        findings.offer_raw(field, value, span)
