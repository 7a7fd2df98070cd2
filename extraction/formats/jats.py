"""Bibliography of a JATS (NLM, PMC) article: from its own meta data alone."""

import re
from collections.abc import Iterator

from extraction.bibliography.dates import FoundDate, find_dates
from extraction.bibliography.findings import Findings
from extraction.formats.places import Places, places_in
from extraction.formats.stated import (
    date_of,
    date_of_parts,
    fullest,
    most_telling,
    offer_date,
    offer_stated,
    stated_kind,
)
from extraction.text.person_names import parse_person
from extraction.text.tree import Element, Tree
from extraction.text.words import words
from extraction.types import Author, Span

_NOTES = frozenset({"xref", "fn", "target", "ext-link"})
_MARKS = " *†‡§☆⋆"
"""Of footnotes, at the end of a title."""
_STOP = re.compile(r"[.:?!–—]$")
_NO_PUBLICATION = re.compile(
    r"received|accepted|rev-|revised|request|submitted|pmc-release|correct|retract|update|hwp-|"
    r"resubmission|preprint",
    re.I,
)
_DATE_ORDER = ("epub", "pub", "epub-ppub", "ppub", "collection", "")
_NO_AUTHOR = re.compile(
    r"editor|review|translat|referee|non-?byline|illustrat|collaborator|compiler|handling|advis|collab-?list|member",
    re.I,
)
_BEHALF = re.compile(
    r"^(?:and )?(?:(?:on|in) behalf of|for|representing|writing group for)\s+", re.I
)
_KINDS = {
    "addendum": "", "announcement": "", "retraction": "", "correction": "", "news": "",
    "article-commentary": "journal-article", "brief-report": "journal-article",
    "case-report": "journal-article", "data-paper": "journal-article",
    "discussion": "journal-article", "editorial": "journal-article", "letter": "journal-article",
    "methods-article": "journal-article", "protocol": "journal-article",
    "rapid-communication": "journal-article",
}  # fmt: skip
"""Kinds of articles whose names do not say that they are."""


def read_jats(tree: Tree, article: Element, findings: Findings) -> None:
    front = article.first("front") or article
    meta = front.first("article-meta") or front.first("front-stub") or front
    journal = front.first("journal-meta")
    _read_title(tree, meta, findings)
    if journal:
        _read_journal(tree, journal, findings)
    for name in ("volume", "issue"):
        for element in meta.all(name):
            offer_stated(findings, name, tree.text(element), element.span)
    _read_people(tree, meta, findings)
    _read_pages(tree, meta, findings)
    _read_dates(tree, meta, findings)
    for element in meta.all("article-id"):
        field = {"doi": "doi", "pmid": "pmid"}.get(tree.attribute(element, "pub-id-type").lower())
        if field:
            offer_stated(findings, field, tree.text(element), element.span)
    _read_kind(tree, article, meta, findings)
    for key, span in article.attributes.items():
        if key.endswith("lang"):
            offer_stated(findings, "language", span.of(tree.raw), span)


def _read_title(tree: Tree, meta: Element, findings: Findings) -> None:
    group = meta.first("title-group") or meta
    named = [*group.all("article-title"), *_other_titles(tree, group)]
    title = next((title for title in named if tree.text(title)), None)
    if title is None:
        return
    value = tree.text(title, _NOTES | {"subtitle"}).rstrip(_MARKS)
    end = title.stop
    for subtitle in [*title.all("subtitle"), *group.all("subtitle")]:
        more = tree.text(subtitle, _NOTES).rstrip(_MARKS).lstrip(":–— ")
        if more and value:
            value = f"{value.rstrip('.')}{' ' if _STOP.search(value.rstrip('.')) else ': '}{more}"
            end = max(end, subtitle.stop)
    offer_stated(findings, "title", value.rstrip(". "), Span(title.inner, end))


def _other_titles(tree: Tree, group: Element) -> Iterator[Element]:
    """Of a work whose title element is empty, such as a review of a book."""
    for title in group.all("alt-title"):
        if not re.search(r"run|short|left|right|head", tree.attribute(title, "alt-title-type")):
            yield title


def _read_journal(tree: Tree, journal: Element, findings: Findings) -> None:
    named = [
        *journal.all("journal-title-group", "journal-title"),
        *journal.all("journal-title"),
        *journal.all("journal-title-group", "abbrev-journal-title"),
        *journal.all("abbrev-journal-title"),
    ]
    for name in named:
        offer_stated(findings, "container_title", tree.text(name, _NOTES), name.span)
    for publisher in journal.all("publisher", "publisher-name"):
        offer_stated(findings, "publisher", tree.text(publisher), publisher.span)


def _read_pages(tree: Tree, meta: Element, findings: Findings) -> None:
    first, last = meta.first("fpage"), meta.first("lpage")
    if first and tree.text(first):
        value, end = tree.text(first), first.stop
        if last and tree.text(last) not in ("", value):
            value, end = f"{value}-{tree.text(last)}", max(end, last.stop)
        findings.offer_raw("pages", value, Span(min(first.inner, end), end))
    for element in meta.all("elocation-id|page-range"):
        offer_stated(findings, "pages", tree.text(element), element.span)


def _read_dates(tree: Tree, meta: Element, findings: Findings) -> None:
    published = [(_date_type(tree, date), date) for date in meta.all("pub-date")]
    for date in [*meta.all("history", "date"), *meta.all("pub-history", "event", "date")]:
        if _date_type(tree, date) in _DATE_ORDER[:-1]:
            published.append((_date_type(tree, date), date))
    own = [(kind, date) for kind, date in published if not _NO_PUBLICATION.search(kind)]
    own.sort(key=lambda one: _DATE_ORDER.index(one[0]) if one[0] in _DATE_ORDER else 9)
    if found := fullest((_date(tree, date), date.span) for _, date in own):
        offer_date(findings, *found)


def _date_type(tree: Tree, date: Element) -> str:
    return tree.attribute(date, "date-type") or tree.attribute(date, "pub-type")


def _date(tree: Tree, element: Element) -> FoundDate | None:
    year, month, day = (tree.text(element.first(name)) for name in ("year", "month|season", "day"))
    written = tree.text(element.first("string-date"))
    stated = date_of(tree.attribute(element, "iso-8601-date"))
    found = date_of_parts(year, month, day) if year else next(find_dates(written), None)
    if found and stated and stated.value.startswith(found.value):
        return stated
    return found or stated


def _read_kind(tree: Tree, article: Element, meta: Element, findings: Findings) -> None:
    stated = tree.attribute(article, "article-type").lower()
    kinds = []
    if "article-type" in article.attributes:
        kind = _KINDS.get(stated, stated_kind(stated))
        kinds.append((kind, article.attributes["article-type"]))
    if stated in {"", "other", "research-article"}:
        for subject in meta.all("article-categories", "subj-group", "subject"):
            kinds.append((stated_kind(tree.text(subject)), subject.span))
    if telling := most_telling(kinds):
        findings.offer_raw("kind", *telling)


def _read_people(tree: Tree, meta: Element, findings: Findings) -> None:
    groups = [g for g in meta.all("contrib-group") if not _no_author(tree, g, "content-type")]
    places = Places()
    labels: dict[int, int] = {}
    others = _of_others(tree, meta, groups)
    holders = [meta, *groups, *_contributors(tree, groups)]
    ids = _ids(tree, holders)
    for place in _places(holders):
        keys = ids[place.start]
        if others.intersection(keys):
            continue
        held = places_in(tree, place)
        for label, text in held:
            own = keys if len(held) == 1 else []
            number = places.add(text, place.span, keys=[*own, f"#{label}" if label else ""])
            if number and label.isdigit():
                labels.setdefault(number, int(label))
    numbers = places.relabelled(labels)
    found = []
    for group in [meta, *groups]:
        shared = _shared(tree, group, places)
        for contrib in group.all("contrib|collab|on-behalf-of|string-name|name"):
            linked = _linked(tree, contrib, places, numbers, shared)
            found += [(author, contrib.span) for author in _authors(tree, contrib, linked)]
    found = list({(a.family, a.given): (a, span) for a, span in reversed(found)}.values())[::-1]
    if found:
        span = Span(min(s.start for _, s in found), max(s.end for _, s in found))
        findings.offer_raw("authors", tuple(author for author, _ in found), span)
    if places.found:
        findings.offer_raw("affiliations", places.listed(numbers), places.span())


def _contributors(tree: Tree, groups: list[Element]) -> Iterator[Element]:
    for group in groups:
        yield from (c for c in group.all("contrib") if not _edits(tree, c))


def _of_others(tree: Tree, meta: Element, groups: list[Element]) -> set[str]:
    """The ids of places to which editors refer, and no author."""
    ours, others = set[str](), set[str]()
    for group in meta.all("contrib-group"):
        for contrib in group.all("contrib"):
            own = group in groups and not _edits(tree, contrib)
            for xref in contrib.within("xref"):
                (ours if own else others).update(tree.attribute(xref, "rid").split())
    return others - ours


def _places(holders: list[Element]) -> Iterator[Element]:
    """The affiliations that elements hold; of one in several languages the first."""
    for holder in holders:
        for place in holder.all("aff|aff-alternatives"):
            yield next(place.all("aff"), place) if place.name == "aff-alternatives" else place


def _ids(tree: Tree, holders: list[Element]) -> dict[int, list[str]]:
    """The ids of each affiliation, by where it begins, with those of what it is a version of."""
    found: dict[int, list[str]] = {}
    for holder in holders:
        for place in holder.all("aff|aff-alternatives"):
            versions = list(place.all("aff")) if place.name == "aff-alternatives" else []
            ids = [tree.attribute(version, "id") for version in [place, *versions]]
            found[versions[0].start if versions else place.start] = [key for key in ids if key]
    return found


def _linked(
    tree: Tree, contrib: Element, places: Places, numbers: dict[int, int], shared: list[int | None]
) -> tuple[int, ...]:
    """The numbers of the places that a contributor refers to, holds, or shares with the group."""
    found = _numbers(tree, contrib, places)
    for xref in contrib.within("xref", outside="contrib-group"):
        kind = tree.attribute(xref, "ref-type")
        if kind not in {"", "aff"}:
            continue
        rids = tree.attribute(xref, "rid").split()
        known = [places.by_id[rid] for rid in rids if rid in places.by_id]
        marks = re.findall(r"\w+", tree.text(xref)) if kind == "aff" and not known else []
        found += known or [places.by_id.get(f"#{mark}") for mark in marks]
    found = found or shared
    return tuple(dict.fromkeys(numbers[number] for number in found if number))


def _shared(tree: Tree, group: Element, places: Places) -> list[int | None]:
    """The one place of a group whose contributors do not say which places are theirs."""
    refer = any(
        tree.attribute(xref, "ref-type") == "aff" or tree.attribute(xref, "rid") in places.by_id
        for xref in group.all("contrib", "xref")
    )
    held = [] if refer or group.name != "contrib-group" else _numbers(tree, group, places)
    return held if len(held) == 1 else []


def _numbers(tree: Tree, holder: Element, places: Places) -> list[int | None]:
    """Of the places that an element holds."""
    held = [text for place in _places([holder]) for _, text in places_in(tree, place)]
    return [places.found.get(text) for text in held]


def _no_author(tree: Tree, element: Element, attribute: str) -> bool:
    said = tree.attribute(element, attribute)
    return bool(_NO_AUTHOR.search(said)) or said == "section"


def _edits(tree: Tree, contrib: Element) -> bool:
    """Whether a contributor is an editor or a reviewer, by type or, without one, by role."""
    if tree.attribute(contrib, "contrib-type") == "author":
        return False
    role = tree.text(contrib.first("role"))
    in_role = re.search(r"\b(?:editor|reviewer)\b", role, re.I)
    return _no_author(tree, contrib, "contrib-type") or bool(in_role)


def _authors(tree: Tree, contrib: Element, places: tuple[int, ...]) -> Iterator[Author]:
    if contrib.name in {"collab", "on-behalf-of"}:
        yield from _group(tree, contrib, places)
        return
    if contrib.name in {"name", "string-name"}:
        yield from _person(tree, contrib, places)
        return
    if _edits(tree, contrib):
        return
    names = [
        *contrib.all("name|string-name"),
        *contrib.all("name-alternatives", "name|string-name"),
    ]
    western = [
        n
        for n in names
        if tree.attribute(n, "name-style") == "western" or tree.attribute(n, "lang")[:2] == "en"
    ]
    for name in (western or names)[:1]:
        yield from _person(tree, name, places)
    groups = [
        *contrib.all("collab"),
        *[c for a in contrib.all("collab-alternatives") for c in list(a.all("collab"))[:1]],
        *contrib.all("on-behalf-of"),
    ]
    for group in groups:
        yield from _group(tree, group, places if not names else ())


_LONGEST_NAME = 500
_IN_GROUP = words(
    "contrib-group contrib xref fn aff email role author-comment bio contrib-id label address "
    "institution-id ext-link"
)


def _group(tree: Tree, element: Element, places: tuple[int, ...]) -> Iterator[Author]:
    name = _BEHALF.sub("", tree.text(element, _IN_GROUP)).strip(" ,;:*†")
    if len(name) <= _LONGEST_NAME and re.search(r"[^\W\d_]", name):
        yield Author(name, "", "", places)


def _person(tree: Tree, name: Element, places: tuple[int, ...]) -> Iterator[Author]:
    family, given, suffix = (
        tree.text(name.first(part), _NOTES).strip(" ,;*†")
        for part in ("surname|family", "given-names|given-name|forename", "suffix")
    )
    if not family and not given:
        written = tree.text(name, _NOTES).strip(" ,;")
        for person in parse_person(written) or ((Author(written),) if written else ()):
            yield Author(person.family, person.given, person.initials, places)
    elif family:
        yield Author(f"{family} {suffix}".strip(), given, "", places)
    else:
        yield Author(given, "", "", places)
