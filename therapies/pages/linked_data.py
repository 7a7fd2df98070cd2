"""What a page says of itself to machines, in schema.org's words; nothing that it does not show."""

from collections.abc import Callable, Iterable
from typing import Any

from publication.entries import Entry
from sources.linked_data import doi_address, type_of, work
from therapies.linked_data import subject
from therapies.pages.references import Reference

Data = dict[str, Any]
At = Callable[[str], str]
"""Makes an absolute address of a path."""


def of_subject(
    entry: Entry, *, kept: str, url: str, references: Iterable[Reference], at: At
) -> Data:
    """A page about a therapy or a mechanism, at the address ``kept`` for good and at ``url``."""
    cited = [_cited(reference, at) for reference in references]
    return _page("MedicalWebPage", entry, at(kept), at(url)) | _stated(
        {
            "about": subject(entry.body),
            "lastReviewed": entry.at[:10],
            "reviewedBy": {"@type": "Person", "name": entry.approver_name},
            "citation": cited,
        }
    )


def of_source(entry: Entry, *, kept: str, url: str, at: At) -> Data:
    """A page about a work, at the address ``kept`` for good and at ``url``."""
    doi = entry.body["doi"]
    about = work(entry.body) | ({"identifier": f"doi:{doi}"} if doi else {})
    return _page("WebPage", entry, at(kept), at(url)) | {"mainEntity": about}


def _page(kind: str, entry: Entry, kept: str, url: str) -> Data:
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": kept,
        "url": url,
        "name": entry.body["name"],
        "version": str(entry.version),
        "dateModified": entry.at,
        "isAccessibleForFree": True,
    }


def _cited(reference: Reference, at: At) -> Data:
    return _stated(
        {
            "@type": type_of(reference.kind),
            "name": reference.line.name,
            "url": reference.line.url and at(reference.line.url),
            "sameAs": doi_address(reference.doi),
            "datePublished": reference.day,
        }
    )


def _stated(data: Data) -> Data:
    return {key: value for key, value in data.items() if value}
