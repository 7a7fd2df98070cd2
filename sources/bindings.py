"""What a judgement on a source's field is bound to, from stored content."""

from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]


def field_pair(body: Body, reading: Body) -> dict[str, Any]:
    """A field of the source ``body``, beside the span that it was read from."""
    return _field(body, reading["field"]) | {"passage": reading["passage"]}


def vouched_pair(body: Body, vouch: Body) -> dict[str, Any]:
    """A field of the source ``body``, beside the person who vouches for it."""
    return _field(body, vouch["field"]) | {"vouched_by": vouch["by"]["id"]}


def _field(body: Body, field: str) -> dict[str, Any]:
    return {
        "subject": {"type": "source", "id": body["id"]},
        "field": field,
        "value": body[field],
        "made": field == "title" and body.get("title_made", False),
    }
