"""Examples of log entries for the OpenAPI document, whose ground floor knows no such record."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer

from publication.api.pagination import Since
from publication.api.serializers import ChangeSerializer, EntrySerializer, VersionSerializer
from publication.canonical import canonical, digest
from publication.shapes import stated

_CONTENT = {
    "schema": 1,
    "type": "mechanism",
    "id": "m4k7q2w9x3bc",
    "slug": "b-cell-depletion",
    "name": "B-cell depletion",
    "kind": "action",
    "target": "B cells",
    "effect": "depletes",
    "not_stated": [{"topic": "mechanism", "sources": ["a7d3k9x2m4wq"], "until": "2026-01-30"}],
}
_TEXT = canonical(_CONTENT)
_ENVELOPE = {
    "schema": 1,
    "seq": 12,
    "at": "2026-01-31T09:30:00.000000Z",
    "action": "approve",
    "type": "mechanism",
    "id": "m4k7q2w9x3bc",
    "version": 1,
    "digest": digest(_TEXT),
    "contributors": [{"id": 3, "name": "Ann Editor"}],
    "approver": {"id": 4, "name": "Rob Reviewer"},
    "judgements": [],
    "note": "Checked.",
    "demonstration": True,
    "previous": "0" * 64,
}

_ENTRY = {
    **_ENVELOPE,
    "envelope": canonical(stated(_ENVELOPE)),
    "hash": digest(canonical(stated(_ENVELOPE))),
    "slug": _CONTENT["slug"],
    "name": _CONTENT["name"],
    "content": _CONTENT,
    "canonical": _TEXT,
}
_PAGE = "https://example.org/mechanisms/b-cell-depletion/v/1/"

ENTRY_EXAMPLE = OpenApiExample("entry", value=_ENTRY, response_only=True)
VERSION_EXAMPLE = OpenApiExample(
    "version", value={**_ENTRY, "url": _PAGE, "marks": ["superseded"]}, response_only=True
)
CHANGE_EXAMPLE = OpenApiExample(
    "change",
    value={
        **{name: _ENVELOPE[name] for name in ("seq", "at", "action", "type", "id")},
        "slug": _CONTENT["slug"],
        "version": 1,
        "digest": digest(_TEXT),
        "hash": _ENTRY["hash"],
        "name": _CONTENT["name"],
    },
    response_only=True,
)


def attach() -> None:
    """Give the ground's serializers their examples; safe to repeat."""
    extend_schema_serializer(examples=[ENTRY_EXAMPLE])(EntrySerializer)
    extend_schema_serializer(examples=[VERSION_EXAMPLE])(VersionSerializer)
    extend_schema_serializer(examples=[CHANGE_EXAMPLE])(ChangeSerializer)
    Since.example_hash = str(_ENTRY["hash"])
