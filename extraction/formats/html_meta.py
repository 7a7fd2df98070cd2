"""Bibliography in the head of a saved web page: ``<meta>``, the canonical link, ``lang``, title."""

import re
from collections.abc import Iterator

from extraction.bibliography.dates import FoundDate
from extraction.bibliography.findings import Findings
from extraction.bibliography.values import LANGUAGES
from extraction.formats.places import Places, tidy_place
from extraction.formats.stated import date_of, offer_date, offer_stated
from extraction.text.lines import Page
from extraction.text.markup import Tag, view
from extraction.text.person_names import parse_authors, parse_person
from extraction.text.tree import tidy
from extraction.types import Author, Span

_META = {
    "title": "citation_title dc.title dcterms.title",
    "container_title": "citation_journal_title citation_inbook_title prism.publicationname "
    "citation_conference_title citation_journal_abbrev",
    "publisher": "citation_publisher dc.publisher dcterms.publisher",
    "volume": "citation_volume prism.volume",
    "issue": "citation_issue prism.number",
    "doi": "citation_doi dc.identifier prism.doi bepress_citation_doi",
    "pmid": "citation_pmid",
    "url": "og:url citation_abstract_html_url",
    "language": "citation_language dc.language dcterms.language",
    "hosting_site": "og:site_name",
    "kind": "citation_article_type dc.type prism.section",
}
_DATES = (
    "citation_publication_date citation_cover_date citation_date prism.publicationdate dc.date "
    "dc.date.issued dcterms.issued dcterms.date dc.issued bepress_citation_date "
    "eprints.date citation_online_date article:published_time og:published_time "
    "article:published datepublished date published_date publish_date publication_date pubdate "
    "parsely-pub-date sailthru.date citation_year"
)
"""The date of publication before that of going online."""
_AUTHORS = (
    "citation_author citation_authors bepress_citation_author eprints.creators_name dc.creator "
    "dcterms.creator dc.creator.personalname dc.contributor.author author"
)
_INSTITUTIONS = frozenset({"citation_author_institution", "citation_author_affiliation"})
_NO_AUTHOR = re.compile(
    r"admin(?:istrator)?|webmaster|staff|editor|guest|null|undefined|unknown", re.I
)
_GROUP = re.compile(r"\b(?:Group|Investigators|Consortium|Collaborators|Collaboration|Team)$")
_SUFFIX = re.compile(r"\s+[|–—·»-]\s+(?P<site>[^|–—·»]{2,60})$")
_PUBLISHED = re.compile(r"publish|pubdate|issued|created", re.I)


def read_page_meta(page: Page, findings: Findings) -> None:
    metas = list(_metas(page))
    for field, names in _META.items():
        for name in names.split():
            for key, span in metas:
                if key == name:
                    offer_stated(findings, field, _clean(page, span), span)
    _read_date(page, findings, metas)
    _read_authors(page, findings, metas)
    _read_first_last(page, findings, metas)
    for tag in page.view.tags:
        if tag.name == "link" and _attribute(page, tag, "rel").lower() == "canonical":
            place = tag.attributes.get("href")
            offer_stated(findings, "url", _attribute(page, tag, "href"), place)
        if tag.name == "html" and "lang" in tag.attributes:
            code = LANGUAGES.get(_attribute(page, tag, "lang").lower().split("-")[0])
            findings.offer_raw("language", code, tag.attributes["lang"])
    if not page.title_marks:
        _read_window_title(page, findings)


def _metas(page: Page) -> Iterator[tuple[str, Span]]:
    for tag in page.view.tags:
        if tag.name == "meta" and "content" in tag.attributes:
            name = next((k for k in ("name", "property", "itemprop") if k in tag.attributes), None)
            if name:
                yield _attribute(page, tag, name).strip().lower(), tag.attributes["content"]


def _attribute(page: Page, tag: Tag, name: str) -> str:
    return tag.attributes[name].of(page.view.raw) if name in tag.attributes else ""


def _clean(page: Page, span: Span) -> str:
    return tidy(view(span.of(page.view.raw)).text)


def _read_date(page: Page, findings: Findings, metas: list[tuple[str, Span]]) -> None:
    """The first kind of date that is stated; another that only says its day makes it fuller."""
    stated = [
        (date, span)
        for name in _DATES.split()
        for key, span in metas
        if key == name and (date := date_of(_clean(page, span)))
    ]
    stated = stated or list(_dates_in_text(page))
    if stated:
        first = stated[0][0].value
        fuller = [one for one in stated if one[0].value.startswith(first)]
        offer_date(findings, *max(fuller, key=lambda one: len(one[0].value)))


def _dates_in_text(page: Page) -> Iterator[tuple[FoundDate, Span]]:
    """What tags of the text itself say: ``<time datetime>``, ``itemprop="datePublished"``."""
    plain: list[tuple[FoundDate, Span]] = []
    for tag in page.view.tags:
        place = tag.attributes.get("datetime") or tag.attributes.get("content")
        about = " ".join(
            _attribute(page, tag, k) for k in ("itemprop", "property", "class", "pubdate")
        )
        if tag.closing or tag.name == "meta" or place is None or place.start >= place.end:
            continue
        date = date_of(_clean(page, place))
        if date and _PUBLISHED.search(about + ("pubdate" if "pubdate" in tag.attributes else "")):
            yield date, place
        elif date and tag.name == "time" and not about.strip():
            plain.append((date, place))
    if len({date.value for date, _ in plain}) == 1:
        yield plain[0]


def _read_authors(page: Page, findings: Findings, metas: list[tuple[str, Span]]) -> None:
    """By the first name of the field that yields any; an institution is of the author before it."""
    for name in _AUTHORS.split():
        places = Places()
        found: list[tuple[Author, Span, list[int]]] = []
        for key, span in metas:
            if key == name:
                people = _people(_clean(page, span), sure=name != "author")
                found += [(person, span, []) for person in people]
            elif key in _INSTITUTIONS and found and name.startswith("citation"):
                number = places.add(tidy_place(_clean(page, span)), span)
                if number and number not in found[-1][2]:
                    found[-1][2].append(number)
        if found:
            authors = tuple(
                Author(a.family, a.given, a.initials, tuple(numbers)) for a, _, numbers in found
            )
            findings.offer_raw("authors", authors, Span(found[0][1].start, found[-1][1].end))
            if places.found:
                listed = places.listed(places.relabelled({}))
                findings.offer_raw("affiliations", listed, places.span())
            return


def _people(value: str, *, sure: bool) -> tuple[Author, ...]:
    """Those whom one field names; in a ``sure`` one also groups and names of one word."""
    if re.search(r"[;|•]|\n", value):
        parts = [part.strip() for part in re.split(r"\s*[;|•\n]\s*", value)]
        return tuple(person for part in parts for person in _one(part, sure=sure))
    both = re.fullmatch(r"[^,]*\S\s+\S[^,]*,[^,]*\S\s+\S[^,]*", value)
    if both and not sure:
        return parse_authors(value) or _one(value, sure=sure)
    found = parse_person(value) or parse_authors(value)
    return found or _listed(value, sure=sure) or _one(value, sure=sure)


def _listed(value: str, *, sure: bool) -> tuple[Author, ...]:
    """Persons of whom each is ``Family, Given``, and lists in which a group stands."""
    if re.search(r"\s(?:and|&)\s", value) and value.count(",") > 1:
        each = [parse_person(part) for part in re.split(r"\s(?:and|&)\s", value)]
        return tuple(person for people in each for person in people) if all(each) else ()
    parts = re.split(r"\s*,\s*", value)
    if len(parts) > 3 and len(parts) % 2 == 0 and not any(" " in part for part in parts[::2]):
        pairs = [parse_person(f"{parts[n]}, {parts[n + 1]}") for n in range(0, len(parts), 2)]
        return tuple(person for people in pairs for person in people) if all(pairs) else ()
    if len(parts) > 1 and any(_GROUP.search(part) for part in parts):
        return tuple(person for part in parts for person in _one(part, sure=sure))
    return ()


def _one(value: str, *, sure: bool) -> tuple[Author, ...]:
    value = value.strip(" ,;")
    if found := parse_person(value):
        return found
    kept = sure or " " in value
    if not kept or not re.search(r"[^\W\d_]{2}", value) or re.search(r"https?:|@|\.com\b", value):
        return ()
    return () if _NO_AUTHOR.fullmatch(value) else (Author(value),)


def _read_first_last(page: Page, findings: Findings, metas: list[tuple[str, Span]]) -> None:
    by_name = dict(reversed(metas))
    first = by_name.get("citation_firstpage") or by_name.get("prism.startingpage")
    last = by_name.get("citation_lastpage") or by_name.get("prism.endingpage")
    if first and (value := _clean(page, first)):
        if last and _clean(page, last) not in ("", value):
            value += "-" + _clean(page, last)
        ends = sorted(x for x in (first, last) if x and x.start < x.end)
        findings.offer_raw("pages", value, Span(ends[0].start, ends[-1].end))


def _read_window_title(page: Page, findings: Findings) -> None:
    opened: Tag | None = None
    for tag in page.view.tags:
        if tag.name != "title":
            continue
        if not tag.closing:
            opened = tag
        elif opened and opened.end < tag.start:
            _take_window_title(page, findings, Span(opened.end, tag.start))
            return


def _take_window_title(page: Page, findings: Findings, span: Span) -> None:
    text = _clean(page, span)
    site = _SUFFIX.search(text)
    if text and not findings.has("container_title"):
        findings.offer_raw("title", text[: site.start()] if site else text, span)
        if site:
            findings.offer_raw("hosting_site", site["site"], span)
