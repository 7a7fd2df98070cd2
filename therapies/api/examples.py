"""Examples of log entries for the OpenAPI document, whose ground floor knows no such record."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer

from publication.anchors import Anchor
from publication.api.named import state
from publication.api.serializers import ChangeSerializer, EntrySerializer, VersionSerializer
from publication.api.terms import told
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

_HASH = digest(canonical(stated(_ENVELOPE)))
_HEAD = Anchor(12, _HASH, str(_ENVELOPE["at"]))
_ENTRY = {
    **_ENVELOPE,
    "envelope": canonical(stated(_ENVELOPE)),
    "hash": _HASH,
    "slug": _CONTENT["slug"],
    "name": _CONTENT["name"],
    "content": _CONTENT,
    "canonical": _TEXT,
}
_OF_ITSELF = {"as_of": state(_HEAD), "meta": told("https://example.org", _HEAD)}
_ANSWER = "https://example.org/api/v1/mechanisms/m4k7q2w9x3bc/versions/1/"
_PAGE = "https://example.org/mechanisms/b-cell-depletion/v/1/"

ENTRY_EXAMPLE = OpenApiExample("entry", value={**_ENTRY, **_OF_ITSELF}, response_only=True)
VERSION_EXAMPLE = OpenApiExample(
    "version",
    value={**_ENTRY, "url": _PAGE, "api_url": _ANSWER, "marks": ["superseded"], **_OF_ITSELF},
    response_only=True,
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
        "api_url": "https://example.org/api/v1/mechanisms/m4k7q2w9x3bc/",
        "reason": _ENVELOPE["note"],
        "changed": [],
        "affects": [
            {
                "type": "mechanism",
                "id": "m4k7q2w9x3bc",
                "api_url": "https://example.org/api/v1/mechanisms/m4k7q2w9x3bc/",
            }
        ],
    },
    response_only=True,
)


def attach() -> None:
    """Give the ground's serializers their examples; safe to repeat."""
    extend_schema_serializer(examples=[ENTRY_EXAMPLE])(EntrySerializer)
    extend_schema_serializer(examples=[VERSION_EXAMPLE])(VersionSerializer)
    extend_schema_serializer(examples=[CHANGE_EXAMPLE])(ChangeSerializer)
