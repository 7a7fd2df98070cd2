"""``fields``: which members of an answer are wanted, by dotted paths."""

import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from publication.api import parts

__all__ = ["FIELDS", "PARAMETER", "Wanted", "members", "only", "read"]

FIELDS = "fields"
MOST = 50
"""Paths in one parameter."""
ALWAYS = "id"
"""The member that every object which has it keeps."""
_PATH = r"[a-z_]+(\.[a-z_]+){0,5}"
Wanted = Mapping[str, Any]
"""By member, what is wanted of it: the same again, or nothing where it is wanted whole."""

PARAMETER = OpenApiParameter(
    FIELDS,
    {"type": "string", "pattern": f"^{_PATH}(,{_PATH}){{0,{MOST - 1}}}$"},
    description="Only these members, with commas between them, those of members with a dot: "
    "`name,version,subject.name`. At most 50. An object keeps its `id`; of the other members, "
    "those that are not asked for are not in the answer, whatever its schema requires.",
)


def read(text: str, serializer: type[serializers.Serializer[Any]]) -> Wanted:
    """What a parameter asks for; ``ValidationError`` for what the serializer does not declare."""
    declared = members(serializer)
    paths = [path.strip() for path in text.split(",")]
    if len(paths) > MOST:
        raise ValidationError({FIELDS: f"Give at most {MOST} members."})
    if unknown := [path for path in paths if path not in declared]:
        raise ValidationError({FIELDS: _unknown(unknown[0], declared)})
    wanted: dict[str, Any] = {}
    for path in sorted(set(paths)):  # a member before those of it
        here, (*above, last) = wanted, path.split(".")
        for name in above:
            if here.get(name) == {}:  # it is wanted whole
                break
            here = here.setdefault(name, {})
        else:
            here[last] = {}
    return wanted


def _unknown(path: str, declared: frozenset[str]) -> str:
    if not re.fullmatch(_PATH, path):
        return "Give names of members, with one comma between them, such as name,version."
    near = get_close_matches(path, declared, n=1, cutoff=0.7)
    meant = f" Did you mean “{near[0]}”?" if near else ""
    return f"There is no member “{path[:60]}” here.{meant}"


def only(written: bytes, wanted: Wanted) -> parts.Written:
    """Of a JSON text, an object or a list of objects, what is wanted."""
    return parts.write(_only(json.loads(written), wanted))


def _only(value: Any, wanted: Wanted) -> Any:
    if isinstance(value, list):
        return [_only(item, wanted) for item in value]
    if not wanted or not isinstance(value, dict):
        return value
    return {
        name: _only(member, wanted.get(name, {}))
        for name, member in value.items()
        if name in wanted or name == ALWAYS
    }


@cache
def members(serializer: type[serializers.Serializer[Any]]) -> frozenset[str]:
    """The paths of all members that a serializer declares."""
    return frozenset(_members(serializer()))


def _members(serializer: Any) -> Iterator[str]:
    for name, field in serializer.fields.items():
        yield name
        inner = getattr(field, "child", field)
        if isinstance(inner, serializers.Serializer):
            yield from (f"{name}.{path}" for path in _members(inner))
