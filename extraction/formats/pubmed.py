"""Bibliography of a PubMed record in XML, of an article or of a book or its chapter."""

import re
from collections.abc import Iterator

from extraction.bibliography.dates import FoundDate, find_dates
from extraction.bibliography.findings import Findings
from extraction.bibliography.kinds import kind_stated
from extraction.formats.places import Places, tidy_place
from extraction.formats.stated import date_of_parts, fullest, most_telling, offer_date, offer_stated
from extraction.text.tree import Element, Tree
from extraction.types import Author, Span

_NO_TITLE = re.compile(r"\[?not available\]?\.?", re.I)


def read_pubmed(tree: Tree, record: Element, findings: Findings) -> None:
    """The fields of a ``PubmedArticle`` or a ``MedlineCitation``."""
    citation = record.first("medlinecitation") or record
    article = citation.first("article") or citation
    journal = article.first("journal")
    for title in article.all("articletitle|vernaculartitle"):
        value = tree.text(title)
        if not _NO_TITLE.fullmatch(value):
            offer_stated(findings, "title", value.rstrip("."), title.span)
    if journal:
        _take(tree, findings, "container_title", journal, "title")
        _take(tree, findings, "container_title", journal, "isoabbreviation")
        _take(tree, findings, "volume", journal, "journalissue", "volume")
        _take(tree, findings, "issue", journal, "journalissue", "issue")
    _take(tree, findings, "container_title", citation, "medlinejournalinfo", "medlineta")
    _take(tree, findings, "language", article, "language")
    _take(tree, findings, "pmid", citation, "pmid")
    _read_ids(tree, findings, article, record)
    dates = [
        *(journal.all("journalissue", "pubdate") if journal else ()),
        *article.all("articledate"),
    ]
    _read_date(tree, findings, dates)
    _read_pages(tree, findings, article)
    _read_people(tree, findings, list(article.all("authorlist")))
    _read_kind(tree, findings, article)
    for bank in article.all("databanklist", "databank"):
        if tree.text(bank.first("databankname")).lower() == "clinicaltrials.gov":
            _take(tree, findings, "registry_id", bank, "accessionnumberlist", "accessionnumber")


def read_pubmed_book(tree: Tree, record: Element, findings: Findings) -> None:
    """The fields of a ``PubmedBookArticle``: of the chapter, else of the book."""
    document = record.first("bookdocument") or record
    book = document.first("book") or document
    chapter = document.first("articletitle")
    if chapter and tree.text(chapter):
        offer_stated(findings, "title", tree.text(chapter).rstrip("."), chapter.span)
        _take(tree, findings, "container_title", book, "booktitle")
        findings.offer_raw("kind", "book-chapter", chapter.span)
    _take(tree, findings, "title", book, "booktitle")
    _take(tree, findings, "publisher", book, "publisher", "publishername")
    _take(tree, findings, "volume", book, "volume")
    _take(tree, findings, "language", document, "language")
    _take(tree, findings, "pmid", document, "pmid")
    _read_ids(tree, findings, document, record)
    _read_date(tree, findings, [*document.all("contributiondate"), *book.all("pubdate")])
    _read_pages(tree, findings, document)
    _read_people(tree, findings, [*document.all("authorlist"), *book.all("authorlist")])
    _read_kind(tree, findings, document)


def _take(tree: Tree, findings: Findings, field: str, element: Element, *path: str) -> None:
    for found in element.all(*path):
        offer_stated(findings, field, tree.text(found).rstrip("."), found.span)


def _read_ids(tree: Tree, findings: Findings, article: Element, record: Element) -> None:
    """Of the article itself: identifiers of what it cites stand in other lists."""
    stated = [
        *article.all("elocationid"),
        *article.all("articleidlist", "articleid"),
        *record.all("pubmeddata|pubmedbookdata", "articleidlist", "articleid"),
    ]
    for element in stated:
        kind = (tree.attribute(element, "eidtype") or tree.attribute(element, "idtype")).lower()
        field = {"doi": "doi", "pubmed": "pmid"}.get(kind)
        if field and tree.attribute(element, "validyn").upper() != "N":
            offer_stated(findings, field, tree.text(element), element.span)


def _read_date(tree: Tree, findings: Findings, dates: list[Element]) -> None:
    if found := fullest((_date(tree, date), date.span) for date in dates):
        offer_date(findings, *found)


def _date(tree: Tree, element: Element) -> FoundDate | None:
    year, month, day = (tree.text(element.first(name)) for name in ("year", "month|season", "day"))
    if year:
        return date_of_parts(year, month, day)
    return next(find_dates(tree.text(element.first("medlinedate"))), None)


def _read_pages(tree: Tree, findings: Findings, article: Element) -> None:
    for pages in article.all("pagination"):
        _take(tree, findings, "pages", pages, "medlinepgn")
        first, last = pages.first("startpage"), pages.first("endpage")
        if first and tree.text(first):
            ends = [first, *([last] if last and tree.text(last) else [])]
            value = "-".join(dict.fromkeys(tree.text(end) for end in ends))
            findings.offer_raw("pages", value, Span(first.inner, ends[-1].stop))


def _read_people(tree: Tree, findings: Findings, lists: list[Element]) -> None:
    lists = [people for people in lists if tree.attribute(people, "type").lower() != "editors"]
    places = Places()
    found = [
        (author, person.span)
        for people in lists[:1]
        for person in people.all("author")
        for author in _author(tree, person, places)
    ]
    if found:
        findings.offer_raw(
            "authors",
            tuple(author for author, _ in found),
            Span(found[0][1].start, found[-1][1].end),
        )
    if places.found:
        findings.offer_raw("affiliations", places.listed(places.relabelled({})), places.span())


def _author(tree: Tree, person: Element, places: Places) -> Iterator[Author]:
    if tree.attribute(person, "validyn").upper() == "N":
        return
    numbers = [
        places.add(tidy_place(tree.text(place)), place.span)
        for place in [*person.all("affiliationinfo", "affiliation"), *person.all("affiliation")]
    ]
    linked = tuple(dict.fromkeys(number for number in numbers if number))
    family, given, initials, suffix, group = (
        tree.text(person.first(name))
        for name in ("lastname", "forename|firstname", "initials", "suffix", "collectivename")
    )
    if family:
        yield Author(f"{family} {suffix}".strip(), given, "" if given else initials, linked)
    elif group or given:
        yield Author((group or given).rstrip("."), "", "", linked)


def _read_kind(tree: Tree, findings: Findings, article: Element) -> None:
    types = article.all("publicationtypelist", "publicationtype")
    also = article.all("publicationtype")
    kinds = [(kind_stated(tree.text(kind)), kind.span) for kind in [*types, *also]]
    if telling := most_telling(kinds):
        findings.offer_raw("kind", *telling)
