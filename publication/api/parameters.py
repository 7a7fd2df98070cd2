"""Query parameters, read strictly: unknown, empty and needlessly repeated ones are refused."""

import re
from collections.abc import Collection

from django.http import QueryDict
from rest_framework.exceptions import ValidationError

from publication.anchors import HASH
from publication.coordinates import BadCoordinate, parse_as_of

AS_OF = "as_of"
LONGEST_NAME = 60
"""Characters of an unknown parameter's name that an answer repeats."""


def check(
    query: QueryDict, accepted: Collection[str], repeated: Collection[str] = frozenset()
) -> None:
    """Raise ``ValidationError`` with everything that is wrong with the names; those ``repeated``
    may be given several times.
    """
    errors: dict[str, str] = {}
    for name, values in query.lists():
        if name not in accepted:
            errors[name[:LONGEST_NAME]] = _unknown(accepted)
        elif len(values) > 1 and name not in repeated:
            errors[name] = "Give this parameter once."
        elif not all(value.strip() for value in values):
            errors[name] = "This parameter is empty: give a value or leave it out."
        elif any("\x00" in value for value in values):
            errors[name] = "Null characters are not allowed."
    if errors:
        raise ValidationError(errors)


def _unknown(accepted: Collection[str]) -> str:
    if not accepted:
        return "Unknown parameter; there are none here."
    return f"Unknown parameter; known here: {', '.join(sorted(accepted))}."


def coordinate(query: QueryDict, head: int) -> int:
    """The head of the log that the reader asks for; the present one when they do not."""
    try:
        seq = parse_as_of(query.get(AS_OF), head)
    except BadCoordinate as problem:
        raise ValidationError({AS_OF: str(problem)}) from problem
    return head if seq is None else min(seq, head)


def hash_of_entry(query: QueryDict, name: str, *, of: str) -> str | None:
    """The hash of the entry whose number is the parameter ``of``."""
    text = query.get(name)
    if text is None:
        return None
    if not re.fullmatch(HASH, text):
        raise ValidationError({name: "Give the entry's hash: 64 lower-case hexadecimal digits."})
    if of not in query:
        raise ValidationError({name: f"Give the entry's number too, as {of}."})
    return text


def whole_number(query: QueryDict, name: str, default: int, *, least: int, most: int) -> int:
    """A parameter in plain digits within its limits."""
    text = query.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdigit() and len(text) <= 15 and least <= int(text) <= most:
        return int(text)
    raise ValidationError({name: f"Give a whole number from {least} to {most}."})
