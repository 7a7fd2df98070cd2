"""A work in schema.org's words, as pages and the API say it. Pure."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from publication.shapes import stated
from sources.choices import SourceKind
from sources.wording import byline

Body = Mapping[str, Any]
Data = dict[str, Any]

_WORKS: Mapping[str, str] = {
    SourceKind.WEB_PAGE: "WebPage",
    SourceKind.BOOK_CHAPTER: "CreativeWork",
    SourceKind.TRIAL_REGISTRATION: "MedicalTrial",
    SourceKind.OTHER: "CreativeWork",
    SourceKind.LABEL: "CreativeWork",
    SourceKind.GUIDELINE: "MedicalGuideline",
}
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def type_of(kind: str) -> str:
    """The type of a work of one of our kinds."""
    return _WORKS.get(kind, "ScholarlyArticle")


def doi_address(doi: str) -> str:
    """Where a DOI leads (DOI Handbook, 3.8); empty without one."""
    return doi and f"https://doi.org/{quote(doi, safe='/:;().,~')}"


def address(url: str) -> str:
    """The address of a work, where it is one that may be written as an IRI; else empty."""
    return url if _ADDRESS.fullmatch(url) else ""


def work(body: Body) -> Data:
    """The work of a source's content in today's shape, of what is stated alone."""
    found: Data = stated(
        {
            "@type": type_of(body["kind"]),
            "name": body["title"] or body["name"],
            "author": [person(byline(author)) for author in body["authors"]],
            # Machines read a year alone as its first day, which no document says.
            "datePublished": body["date"] if body["date_precision"] == "day" else "",
            "inLanguage": body["language"],
            "publisher": body["publisher"] and {"@type": "Organization", "name": body["publisher"]},
            "isPartOf": container(body["container_title"]),
            "sameAs": doi_address(body["doi"]),
        }
    )
    return found


def person(name: str) -> Data:
    return {"@type": "Person", "name": name}


def container(title: str) -> Data | str:
    """What a work appeared in."""
    return title and {"@type": "CreativeWork", "name": title}


def identifiers(found: Mapping[str, Any]) -> list[Data]:
    """Codes by their schemes, such as ATC."""
    return [
        {"@type": "PropertyValue", "propertyID": scheme, "value": str(code)}
        for scheme, code in found.items()
        if code
    ]
