"""What a judgement on a source's field is bound to, from stored content."""

from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]


def field_pair(body: Body, reading: Body) -> dict[str, Any]:
    """A field of the source ``body``, beside the span that it was read from."""
    return {
        "subject": {"type": "source", "id": body["id"]},
        "field": reading["field"],
        "value": body[reading["field"]],
        "passage": reading["passage"],
    }
