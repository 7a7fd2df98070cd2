"""Items of a CSL-JSON file, each the object as it stands in the file."""

import json
import re

_SPACE = re.compile(r"[\s,\ufeff]*")
_TELLING = ("title", "DOI", "container-title", "URL")
_OPENING = re.compile(r"\s*(?:\{\s*\"items\"\s*:\s*)?\[\s*(?=\{)")


def is_csl(item: object) -> bool:
    """Whether it describes a work as CSL-JSON does: its type, and something by which to know it."""
    return (
        isinstance(item, dict)
        and isinstance(item.get("type"), str)
        and any(isinstance(item.get(name), str) for name in _TELLING)
    )


def csl_items(text: str) -> list[str]:
    """The objects of the outermost list; none where the list is broken."""
    opening = _OPENING.match(text.lstrip("\ufeff"))
    if not opening:
        return []
    text = text.lstrip("\ufeff")
    decoder = json.JSONDecoder()
    found: list[str] = []
    position = opening.end()
    while text[position : position + 1] == "{":
        try:
            item, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return []
        if not is_csl(item):
            return []
        found.append(text[position:end])
        position = _SPACE.match(text, end).end()  # type: ignore[union-attr]
    return found
