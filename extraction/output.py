"""What was read and extracted, as plain values for JSON."""

from dataclasses import asdict, fields
from typing import Any

from extraction.types import ClaimValues, Extraction, Metadata, Reading

__all__ = ["as_json", "refusal_as_json"]

_TEXTS = (
    "container_title publisher volume issue pages number_of_pages date date_precision doi pmid "
    "registry_id url language kind"
)
_NOTHING: dict[str, Any] = {
    **{"notes": [], "says": [], "about_ms": False, "about_ms_reason": "", "metadata": {}},
    **{
        "reader": None,
        "pages": [],
        "regions": [],
        "mentions": [],
        "claims": [],
        "seen": [],
        "why_nothing": "",
    },
}


def as_json(reading: Reading, extraction: Extraction) -> dict[str, Any]:
    """One document; offsets count code points of the decoded text without BOM."""
    return {
        "file": reading.name,
        "sha256": reading.sha256,
        "status": "read",
        "reason": "",
        "encoding": reading.encoding,
        "reader": reading.file.reader if reading.file else None,
        "pages": [list(run) for run in reading.file.pages] if reading.file else [],
        "notes": list(reading.notes),
        "says": [
            {"code": s.code, "start": s.span.start, "end": s.span.end, "of": s.of or None}
            for s in reading.says
        ],
        "about_ms": extraction.about_ms,
        "about_ms_reason": extraction.about_ms_reason,
        "metadata": _metadata(reading.metadata),
        "regions": [_named(region, "label start end") for region in reading.regions],
        "mentions": [asdict(mention) for mention in extraction.mentions],
        "claims": [
            {
                **_named(claim, "subject subject_kind topic certainty start end exact"),
                "values": _values(claim.values),
                "why": claim.why,
            }
            for claim in extraction.claims
        ],
        "seen": [_named(sentence, "start end exact names topics") for sentence in extraction.seen],
        "why_nothing": extraction.why_nothing,
    }


def refusal_as_json(file: str, reason: str) -> dict[str, Any]:
    """A document that cannot be read, with one line that says why not."""
    refused = {"file": file, "sha256": None, "status": "refused", "reason": reason}
    return {**refused, "encoding": None, **_NOTHING}


def _metadata(metadata: Metadata) -> dict[str, Any]:
    return {
        "title": metadata.title or None,
        "authors": [
            {
                "family": author.family,
                "given": author.given or None,
                "initials": author.initials or None,
                "affiliations": list(author.affiliations),
            }
            for author in metadata.authors
        ],
        "affiliations": [asdict(affiliation) for affiliation in metadata.affiliations],
        **{name: text or None for name, text in _named(metadata, _TEXTS).items()},
        "citation_counts": [asdict(count) for count in metadata.citation_counts],
    }


def _values(values: ClaimValues) -> dict[str, Any]:
    names = " ".join(field.name for field in fields(values))
    return {name: value for name, value in _named(values, names).items() if value}


def _named(thing: object, names: str) -> dict[str, Any]:
    """The attributes of these names; what is a tuple as a list."""
    found = {name: getattr(thing, name) for name in names.split()}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in found.items()}
