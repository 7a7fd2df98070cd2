"""What a page says of itself to machines, in schema.org's words; nothing that it does not show."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from publication.entries import Entry
from sources.choices import SourceKind
from sources.wording import byline
from therapies.choices import TherapyKind
from therapies.pages.references import Reference

Data = dict[str, Any]
At = Callable[[str], str]
"""Makes an absolute address of a path."""

_THERAPIES: Mapping[str, str] = {
    TherapyKind.DRUG: "Drug",
    TherapyKind.SUPPLEMENT: "DietarySupplement",
    TherapyKind.PROCEDURE: "MedicalProcedure",
}
_WORKS: Mapping[str, str] = {
    SourceKind.WEB_PAGE: "WebPage",
    SourceKind.BOOK_CHAPTER: "CreativeWork",
    SourceKind.TRIAL_REGISTRATION: "MedicalTrial",
    SourceKind.OTHER: "CreativeWork",
    SourceKind.LABEL: "CreativeWork",
    SourceKind.GUIDELINE: "MedicalGuideline",
}


def of_subject(
    entry: Entry, *, kept: str, url: str, references: Iterable[Reference], at: At
) -> Data:
    """A page about a therapy or a mechanism, at the address ``kept`` for good and at ``url``."""
    body = entry.body
    kinds = _THERAPIES if entry.record_type == "therapy" else {}
    default = "MedicalTherapy" if entry.record_type == "therapy" else "DefinedTerm"
    names = [*body["synonyms"], *body.get("brands", [])]
    about = _stated({"@type": kinds.get(body["kind"], default), "name": body["name"]})
    about |= _stated({"alternateName": names})
    cited = [_cited(reference, at) for reference in references]
    return _page("MedicalWebPage", entry, at(kept), at(url)) | _stated(
        {
            "about": about,
            "lastReviewed": entry.at[:10],
            "reviewedBy": {"@type": "Person", "name": entry.approver_name},
            "citation": cited,
        }
    )


def of_source(entry: Entry, *, kept: str, url: str, at: At) -> Data:
    """A page about a work, at the address ``kept`` for good and at ``url``."""
    body = entry.body
    work = {
        "@type": _WORKS.get(body["kind"], "ScholarlyArticle"),
        "name": body["title"] or body["name"],
        "author": [{"@type": "Person", "name": byline(author)} for author in body["authors"]],
        # Machines read a year alone as its first day, which no document says.
        "datePublished": body["date"] if body["date_precision"] == "day" else "",
        "inLanguage": body["language"],
        "publisher": body["publisher"] and {"@type": "Organization", "name": body["publisher"]},
        "isPartOf": body["container_title"]
        and {"@type": "CreativeWork", "name": body["container_title"]},
        "identifier": body["doi"] and f"doi:{body['doi']}",
        "sameAs": body["doi"] and f"https://doi.org/{body['doi']}",
    }
    return _page("WebPage", entry, at(kept), at(url)) | {"mainEntity": _stated(work)}


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
            "@type": _WORKS.get(reference.kind, "ScholarlyArticle"),
            "name": reference.line.name,
            "url": reference.line.url and at(reference.line.url),
            "sameAs": reference.doi and f"https://doi.org/{reference.doi}",
            "datePublished": reference.day,
        }
    )


def _stated(data: Data) -> Data:
    return {key: value for key, value in data.items() if value}
