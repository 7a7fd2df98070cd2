"""What was read and extracted, as plain values for JSON."""

from dataclasses import asdict
from typing import Any

from extraction.types import ClaimValues, Extraction, Metadata, Reading

__all__ = ["as_json", "refusal_as_json"]

_TEXTS = (
    "container_title",
    "publisher",
    "volume",
    "issue",
    "pages",
    "number_of_pages",
    "date",
    "date_precision",
    "doi",
    "pmid",
    "registry_id",
    "url",
    "language",
    "kind",
)


def as_json(reading: Reading, extraction: Extraction) -> dict[str, Any]:
    """One document; offsets count code points of the decoded text without BOM."""
    return {
        "file": reading.name,
        "sha256": reading.sha256,
        "status": "read",
        "reason": "",
        "encoding": reading.encoding,
        "notes": list(reading.notes),
        "says": [
            {"code": s.code, "start": s.span.start, "end": s.span.end, "of": s.of or None}
            for s in reading.says
        ],
        "about_ms": extraction.about_ms,
        "about_ms_reason": extraction.about_ms_reason,
        "metadata": _metadata(reading.metadata),
        "regions": [
            {"label": region.label, "start": region.start, "end": region.end}
            for region in reading.regions
        ],
        "mentions": [asdict(mention) for mention in extraction.mentions],
        "claims": [
            {
                "subject": claim.subject,
                "subject_kind": claim.subject_kind,
                "topic": claim.topic,
                "certainty": claim.certainty,
                "start": claim.start,
                "end": claim.end,
                "exact": claim.exact,
                "values": _values(claim.values),
                "why": claim.why,
            }
            for claim in extraction.claims
        ],
        "seen": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "exact": sentence.exact,
                "names": list(sentence.names),
                "topics": list(sentence.topics),
            }
            for sentence in extraction.seen
        ],
        "why_nothing": extraction.why_nothing,
    }


def refusal_as_json(file: str, reason: str) -> dict[str, Any]:
    """A document that cannot be read, with one line that says why not."""
    return {
        "file": file,
        "sha256": None,
        "status": "refused",
        "reason": reason,
        "encoding": None,
        "notes": [],
        "says": [],
        "about_ms": False,
        "about_ms_reason": "",
        "metadata": {},
        "regions": [],
        "mentions": [],
        "claims": [],
        "seen": [],
        "why_nothing": "",
    }


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
        **{name: getattr(metadata, name) or None for name in _TEXTS},
        "citation_counts": [asdict(count) for count in metadata.citation_counts],
    }


def _values(values: ClaimValues) -> dict[str, Any]:
    found = {name: value for name, value in asdict(values).items() if value}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in found.items()}
