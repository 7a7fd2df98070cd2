"""What a judgement on a source's field is bound to, from stored content."""

from collections.abc import Mapping
from typing import Any

from publication.canonical import digest_of
from publication.shapes import stated

Body = Mapping[str, Any]


def field_pair(body: Body, reading: Body) -> dict[str, Any]:
    """A field of the source ``body``, beside the span that it was read from."""
    return {
        "subject": {"type": "source", "id": body["id"]},
        "field": reading["field"],
        "value": body[reading["field"]],
        "passage": reading["passage"],
    }


def field_digest(body: Body, reading: Body) -> str:
    """The digest by which judgements on the pair are kept."""
    return digest_of(stated(field_pair(body, reading)))
