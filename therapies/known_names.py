"""Other names of what a record or a claim names, as the vocabulary has them: a help to find it.

The vocabulary is read here as data. It names things and asserts nothing, and none of its names
becomes part of a record.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from publication.search.tokens import stems

__all__ = ["known_as", "listed"]

_PATH = Path(__file__).with_name("vocabulary.yaml")
_LISTS = {
    "therapy": "therapies",
    "mechanism": "mechanisms",
    "target": "targets",
    "outcome": "outcomes",
    "course": "courses",
    "effect": "effects",
}
_MEMBERS = ("brands", "synonyms")


def known_as(kind: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that the vocabulary has for whom it knows by one of these; without these."""
    own = {stems(name): None for name in names}
    found: dict[str, str] = {}
    for name in own:
        for other in _names(kind).get(name, ()):
            found.setdefault(stems(other), other)
    return tuple(other for key, other in found.items() if key not in own)


def listed(kind: str) -> list[dict[str, Any]]:
    """What the vocabulary has of a kind, in its order."""
    return _vocabulary()[_LISTS[kind]]


@cache
def _names(kind: str) -> Mapping[str, tuple[str, ...]]:
    """By each name of a kind, as names are compared, all names of what is called so."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in _vocabulary()[_LISTS[kind]]:
        names = (entry["name"], *(n for member in _MEMBERS for n in entry.get(member) or ()))
        for name in names:
            found.setdefault(stems(name), names)
    return found


@cache
def _vocabulary() -> Mapping[str, list[dict[str, Any]]]:
    loaded: Mapping[str, list[dict[str, Any]]] = yaml.safe_load(_PATH.read_text("utf-8"))
    return loaded
