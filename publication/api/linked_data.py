"""What every record says as linked data (W3C JSON-LD 1.1): its version, its people, its marks.

In the words of schema.org and of PROV-O (W3C); passages, which are for those above, in those of Web
Annotation (W3C). What these have no word for has one of our own, a ``Term``, below the site's own
address. The context stands in each answer: nothing has to be fetched to understand it.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.urls import reverse

from publication.entries import Entry
from publication.shapes import stated

Data = dict[str, Any]

SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIX = "msportal"
"""Stands for our own terms in an answer."""
PAGE = "/about/terms/"
"""The page that says what each of them means."""

_IRIS = ("url", "sameAs", "license", "mainEntityOfPage")
_TYPED = {
    "dateModified": "dateTime",
    "lastReviewed": "date",
    "prov:generatedAtTime": "dateTime",
    "prov:endedAtTime": "dateTime",
    "oa:start": "nonNegativeInteger",
    "oa:end": "nonNegativeInteger",
}


class Term(NamedTuple):
    """A word of our own."""

    name: str
    said_of: str
    """What has it, in the middle of a sentence."""
    meaning: str
    """A sentence."""
    type: str = ""
    """The type of its values (XML Schema); empty for texts and for things."""

    @property
    def key(self) -> str:
        """As an answer has it."""
        return f"{PREFIX}:{self.name}"


_VERSION = "a version"
DIGEST = Term("digest", _VERSION, "SHA-256 of the version’s content as canonical JSON (RFC 8785).")
ENTRY = Term("entry", _VERSION, "Number of the entry of the log that approved it.", "integer")
DEMONSTRATION = Term(
    "demonstration",
    _VERSION,
    "True when a demonstration account took part: it was not approved by clinicians.",
    "boolean",
)
NOTE = Term("note", "a review", "Why it was approved, in the reviewer’s words.")
MARK = Term(
    "mark",
    "a version, a part of one, a work",
    "What a reader has to be told of it today, by the codes that the API has as marks.",
)
AGREED_BY = Term(
    "agreedBy", "an annotation or a vouch", "A reviewer who agreed to it, as a person by name."
)
AGREED_AT = Term("agreedAt", "an annotation", "When the last of them agreed.", "dateTime")
TERMS: Sequence[Term] = (
    DIGEST,
    ENTRY,
    DEMONSTRATION,
    NOTE,
    MARK,
    AGREED_BY,
    AGREED_AT,
)


def context(origin: str, terms: Iterable[Term]) -> Data:
    """The context of a record whose own words are ``terms``; ``origin`` is the site's, without a
    slash at its end.
    """
    return {
        "@version": 1.1,
        "@vocab": SCHEMA,
        "schema": SCHEMA,
        "prov": PROV,
        "oa": OA,
        "xsd": XSD,
        PREFIX: f"{origin}{PAGE}#",
        **{name: {"@id": f"schema:{name}", "@type": "@id"} for name in _IRIS},
        **{
            name: {"@id": name if ":" in name else f"schema:{name}", "@type": f"xsd:{kind}"}
            for name, kind in _TYPED.items()
        },
        **{
            term.key: {"@id": term.key, "@type": f"xsd:{term.type}"}
            for term in (*TERMS, *terms)
            if term.type
        },
    }


def written(data: Data) -> str:
    """As an answer has it: without what states nothing."""
    return json.dumps(stated(data), ensure_ascii=False, separators=(",", ":"))


def record(origin: str, plural: str, public_id: str) -> str:
    """The IRI of a record, which never changes and leads to what it says now."""
    return origin + reverse(f"api:{plural}-detail", kwargs={"address": public_id})


def thing(origin: str, plural: str, record_type: str, public_id: str) -> str:
    """The IRI of what a record is about."""
    return f"{record(origin, plural, public_id)}#{record_type}"


def kept(origin: str, plural: str, entry: Entry) -> str:
    """The IRI of a version: its permanent address, in which the slug is that of the version."""
    return f"{origin}/{plural}/{entry.body['slug']}/v/{entry.version}/"


def person(name: str) -> Data:
    return {"@type": ["Person", "prov:Person"], "name": name}


def reference(iri: str) -> Data:
    return {"@id": iri}


def dated(date: str) -> Data | str:
    """A date as far as it is stated, ``YYYY[-MM[-DD]]``, typed as what it is (XML Schema 1.1)."""
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    return {"@type": f"xsd:{kinds[len(date)]}", "@value": date} if len(date) in kinds else date


def marked(marks: Iterable[str]) -> Data:
    """What a reader has to be told today, for those too who know schema.org alone."""
    return {"creativeWorkStatus": list(marks), MARK.key: list(marks)}


def version(entry: Entry, kind: str, *, origin: str, plural: str, marks: Iterable[str]) -> Data:
    """An approved version as a page of ``kind`` in schema.org's words, and as what a review made
    (PROV-O): the contributors wrote it, the approver was in charge of the review.
    """
    approver = person(entry.approver_name)
    return {
        "@id": kept(origin, plural, entry),
        "@type": [kind, "prov:Entity"],
        "name": entry.body["name"],
        "version": str(entry.version),
        "dateModified": entry.at,
        "isAccessibleForFree": True,
        **marked(marks),
        DIGEST.key: entry.digest,
        ENTRY.key: entry.seq,
        DEMONSTRATION.key: entry.demonstration,
        "prov:specializationOf": reference(record(origin, plural, entry.public_id)),
        "prov:generatedAtTime": entry.at,
        "prov:wasAttributedTo": [person(one["name"]) for one in entry.contributor_list],
        "prov:wasGeneratedBy": {
            "@id": origin + reverse("api:log-detail", kwargs={"seq": entry.seq}) + "#review",
            "@type": "prov:Activity",
            "prov:endedAtTime": entry.at,
            "prov:wasAssociatedWith": approver,
            NOTE.key: entry.note,
        },
    }
