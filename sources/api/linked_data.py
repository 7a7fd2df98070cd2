"""Sources, and passages of their documents, as linked data."""

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from publication.api import linked_data
from publication.api.linked_data import Data, Term, dated, person, reference
from publication.columns import lines
from publication.entries import Entry
from sources.choices import Standing
from sources.licences import LICENCES
from sources.linked_data import address, container, doi_address, identifiers, type_of, work
from sources.published import PublishedSource

Body = Mapping[str, Any]

LOCATOR = Term(
    "locator", "the target of an annotation", "Where a passage is in a work without text here."
)
FIELD = Term("field", "an annotation or a vouch", "The bibliographic field that it is about.")
READING = Term(
    "reading", "a version of a source", "An annotation: where in a document a field was read."
)
VOUCHED = Term(
    "vouched",
    "a version of a source",
    "That the person to whom it is attributed vouches for a field that was read from no passage.",
)
TERMS = (LOCATOR, FIELD, READING, VOUCHED)


def of_record(
    row: PublishedSource, entry: Entry, *, origin: str, url: str, marks: Iterable[str]
) -> Data:
    """A version of a source: ``row`` knows what became of the work, ``url`` is the page of it."""
    version = linked_data.version(
        entry, "WebPage", origin=origin, plural=PublishedSource.plural, marks=marks
    )
    about = _of_body(entry.body, origin) | became(row, [])
    judged: dict[str, list[str]] = {}
    for judgement in entry.judgement_list:
        judged.setdefault(judgement["part"], []).append(judgement["by"]["name"])
    return {
        "@context": linked_data.context(origin, TERMS),
        **version,
        "url": url,
        "mainEntity": about,
        READING.key: [
            annotation(
                f"{version['@id']}#reading-{item['id']}",
                item["passage"],
                of=about["@id"],
                about=about["@id"],
                agreed=judged.get(item["id"], []),
            )
            | {FIELD.key: item["field"]}
            for item in entry.body["readings"]
        ],
        VOUCHED.key: [
            {
                "@id": f"{version['@id']}#vouched-{item['id']}",
                "@type": "prov:Entity",
                FIELD.key: item["field"],
                "prov:wasAttributedTo": person(item["by"]["name"]),
                linked_data.AGREED_BY.key: list(map(person, judged.get(item["id"], []))),
            }
            for item in entry.body["vouched"]
        ],
    }


def iri(origin: str, public_id: str) -> str:
    """The work of a source."""
    return linked_data.thing(origin, PublishedSource.plural, PublishedSource.record_type, public_id)


def cited(row: PublishedSource, marks: Iterable[str], origin: str) -> Data:
    """A work as those name it that rest on it."""
    return {
        "@id": iri(origin, row.public_id),
        "@type": [type_of(row.kind), "prov:Entity"],
        "name": row.name,
        "author": [person(name) for name in lines(row.authors)],
        "datePublished": dated(row.date),
        "isPartOf": container(row.container_title),
        "sameAs": doi_address(row.doi),
        "url": address(row.url),
        "identifier": _numbers(row.doi, row.pmid, row.registry_id),
        "mainEntityOfPage": f"{origin}/{row.plural}/{row.slug}/",
        **became(row, marks),
    }


def became(row: PublishedSource, marks: Iterable[str]) -> Data:
    """What became of a work: its standing, and what a reader has to be told of it. That it was
    withdrawn from this site is nothing that its publisher said.
    """
    told = {*marks} | {row.standing, "withdrawn" if row.withdrawn else ""}
    told -= {"superseded", Standing.CURRENT, ""}
    return {
        "creativeWorkStatus": sorted(told - {"withdrawn"}),
        linked_data.MARK.key: sorted(told),
    }


def annotation(
    name: str, passage: Body, *, of: str, about: str, agreed: Iterable[str], at: str = ""
) -> Data:
    """A passage of the work ``of`` beside what it is about (W3C Web Annotation Data Model), with
    the names of those who agreed to the two.
    """
    return {
        "@id": name,
        "@type": "oa:Annotation",
        "oa:motivatedBy": reference("oa:linking"),
        "oa:hasBody": reference(about),
        "oa:hasTarget": _target(passage, of),
        linked_data.AGREED_BY.key: [person(one) for one in dict.fromkeys(agreed)],
        linked_data.AGREED_AT.key: at,
    }


def _target(passage: Body, of: str) -> Data:
    """Quote and position select the same span; the position counts code points of the decoded
    text, its end exclusive.
    """
    quote = {
        "@type": "oa:TextQuoteSelector",
        "oa:exact": passage["exact"],
        "oa:prefix": passage["prefix"],
        "oa:suffix": passage["suffix"],
    }
    target = {"@type": "oa:SpecificResource", LOCATOR.key: passage["locator"]}
    if not passage["document"]:
        selector = [quote] if passage["exact"] else []
        return target | {"oa:hasSource": reference(of), "oa:hasSelector": selector}
    position = {
        "@type": "oa:TextPositionSelector",
        "oa:start": passage["start"],
        "oa:end": passage["end"],
    }
    source = _document(passage["document"]["sha256"]) | {"encodesCreativeWork": reference(of)}
    return target | {"oa:hasSource": source, "oa:hasSelector": [quote, position]}


def _document(sha256: str) -> Data:
    """The bytes of a document, named by their digest (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return {"@id": f"ni:///sha-256;{digest}", "@type": "MediaObject", "sha256": sha256}


def _of_body(body: Body, origin: str) -> Data:
    """The work of a version, with all that it states of itself."""
    found = work(body)
    return {
        **found,
        "@id": iri(origin, body["id"]),
        "@type": [found["@type"], "prov:Entity"],
        "datePublished": dated(body["date"]),
        "volumeNumber": body["volume"],
        "issueNumber": body["issue"],
        "pagination": body["pages"],
        "url": address(body["url"]),
        "license": LICENCES[body["licence"]].url if body["licence"] in LICENCES else "",
        "identifier": _numbers(body["doi"], body["pmid"], body["registry_id"]),
        "encoding": [_document(document["sha256"]) for document in body["documents"]],
    }


def _numbers(doi: str, pmid: str, registry_id: str) -> list[Data]:
    return identifiers({"DOI": doi, "PMID": pmid, "trial registry": registry_id})
