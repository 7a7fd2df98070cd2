"""What the stored content of a source says, in words for people."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from publication.difference import Body, Change, Place, Words
from publication.presentation import Judged, Quote
from sources.choices import LicenceCode, SourceKind
from sources.quoting import words_after, words_before

LABELS: Mapping[str, str] = {
    "container_title": "published in",
    "doi": "DOI",
    "pmid": "PubMed",
    "registry_id": "trial registry",
    "url": "address",
    "hosting_site": "page hosted by",
    "citation_counts": "counted by others",
    "related_documents": "listed by the page as related",
    "cited_sources": "named by the page as its sources",
}
"""Of fields whose own name is not what people call them."""

MADE_TITLE = "title made from its first words"
"""What is said beside a title that the work itself does not state."""

_CODES: Mapping[str, Any] = {"kind": SourceKind, "licence": LicenceCode}
"""By field, the codes that its value is one of."""


def code_in_words(codes: Any, code: str) -> str:
    """What people call a code; one that only a newer content knows is told as it stands."""
    return str(codes(code).label) if code in codes.values else str(code)


def capital(text: str) -> str:
    """The text with a capital at its start, the rest untouched."""
    return text[:1].upper() + text[1:]


def label_of(field: str) -> str:
    """What people call a bibliographic field, in the middle of a sentence."""
    return LABELS.get(field, field.replace("_", " "))


def in_words(field: str, value: Any) -> str:
    """One line of text for a bibliographic value."""
    if value in (None, "", []):
        return "(empty)"
    if isinstance(value, list):
        return "; ".join(items_in_words(field, value))
    if field in _CODES:
        return code_in_words(_CODES[field], value)
    return date_in_words(value) if field == "date" else str(value)


def items_in_words(field: str, items: list[Any]) -> list[str]:
    """The items of a bibliographic list, one line each."""
    if field == "authors":
        return [author_name(author) for author in items]
    if field == "affiliations":
        return [f"{place.get('number') or ''} {place['text']}".strip() for place in items]
    if field == "citation_counts":
        return [f"{count['count']} ({count['provider']})" for count in items]
    return [str(item) for item in items]


def author_name(author: Mapping[str, Any]) -> str:
    """``Family, Given`` or ``Family Initials``, as far as stated: for lists that are sorted."""
    if author.get("given"):
        return f"{author['family']}, {author['given']}"
    return f"{author['family']} {author.get('initials') or ''}".strip()


def byline(author: Mapping[str, Any]) -> str:
    """``Given Family`` or ``Family Initials``, as far as stated: as works print it."""
    if author.get("given"):
        return f"{author['given']} {author['family']}"
    return f"{author['family']} {author.get('initials') or ''}".strip()


def date_in_words(date: str) -> str:
    """``2018``, ``February 2018`` or ``21 February 2018``: no more than was stated."""
    try:
        if len(date) == 10:
            day = dt.date.fromisoformat(date)
            return f"{day.day} {day:%B %Y}"
        if len(date) == 7:
            return f"{dt.date.fromisoformat(f'{date}-01'):%B %Y}"
    except ValueError:
        pass
    return date


def quote(passage: Mapping[str, Any], judged: tuple[Judged, ...] = ()) -> Quote:
    """A stored passage as screens show it."""
    return Quote(
        exact=passage["exact"],
        before=words_before(passage["prefix"], passage["start"]),
        after=words_after(passage["suffix"]),
        start=passage["start"],
        end=passage["end"],
        locator=passage["locator"],
        sha256=passage["document"]["sha256"] if passage["document"] else "",
        judged=judged,
    )


def _document_in_words(document: Mapping[str, Any]) -> str:
    shown = f", all its {len(document['text']):,} characters shown" if document["text"] else ""
    return f"text with SHA-256 {document['sha256']}{shown}"


_PARTS: Mapping[str, str] = {
    "readings": "Where fields were read",
    "vouched": "Who vouches for fields that were read from no passage",
}
"""By key of the content, the heading of what is said of single fields."""


class SourceWords(Words):
    """How the content of a source is told."""

    labels = {
        **LABELS,
        "slug": "address on this site",
        "url": "address of the work",
        "title_made": MADE_TITLE,
    }
    silent = Words.silent | {"date_precision", "size", "encoding"}

    def place(self, change: Change, before: Body, after: Body) -> Place:
        head, *rest = change.path
        if head in _PARTS and rest:
            rows = [*after.get(head, []), *before.get(head, [])]
            field = next(row["field"] for row in rows if row["id"] == rest[0])
            return Place((head,), _PARTS[head], "", self.label(field))
        return super().place(change, before, after)

    def value(self, change: Change, value: Any, body: Body) -> str | list[str]:
        key = change.path[-1]
        if value in (None, "", [], {}):
            return ""
        if value is True:
            return "yes"
        if isinstance(value, Mapping) and "by" in value:
            return str(value["by"]["name"])
        if key in (*_CODES, "date"):
            return in_words(key, value)
        if key == "documents":
            return [_document_in_words(document) for document in value]
        if isinstance(value, list):
            return items_in_words(key, value)
        if isinstance(value, Mapping) and "passage" in value:
            return f"“{value['passage']['exact']}”"
        if isinstance(value, Mapping) and "exact" in value:
            return f"“{value['exact']}”"
        return super().value(change, value, body)
