"""Shapes of stored texts: what they have today, and how those of another schema are read.

What is stored holds only what is stated, and is never written again. A shape says what else there
is today and what members meant before. An older text is brought up, one schema at a time; members
that it lacks are what they are where nothing is stated; and members that nobody knows, of a newer
version of this program, are kept.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

Body = Mapping[str, Any]
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""From a text of one schema to the same in the next; it may change what it is given."""


@dataclass(frozen=True, slots=True)
class Maybe:
    """In a shape: a mapping that may not be there, and then is null."""

    of: Body


@dataclass(frozen=True, slots=True)
class Shape:
    """What a stored text has today."""

    blank: Body
    """Every member, with what it is where nothing is stated. A mapping is filled in the same way;
    the one mapping in a list stands for each of its items.
    """
    schema: int = 1
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)
    """By schema, what brings a text to the next; none where members only joined."""

    def present(self, stored: Body) -> dict[str, Any]:
        """The text in today's shape."""
        body = dict(stored)
        since = body.get("schema")
        for schema in range(max(since, 0) if isinstance(since, int) else self.schema, self.schema):
            if schema in self.upcasters:
                # A copy: what was stored is read once, and by others too.
                body = self.upcasters[schema](deepcopy(body))
            body["schema"] = schema + 1
        return dict(_filled(body, self.blank))

    def fits(self, body: Body) -> bool:
        """Whether what holds others in the shape does so in the text: lists and mappings."""
        return _fits(body, self.blank)

    def known(self, body: Body) -> dict[str, Any]:
        """The text without members that are not of today's shape, as one of today's schema."""
        return {**_known(body, self.blank), "schema": self.schema}


def stated(value: Any) -> Any:
    """The value without members that state nothing: empty texts, lists and mappings, false, null.

    Items of a list stay, since their number and order say something.
    """
    if isinstance(value, Mapping):
        members = {key: stated(item) for key, item in value.items()}
        return {key: item for key, item in members.items() if not says_nothing(item)}
    if isinstance(value, list | tuple):
        return [stated(item) for item in value]
    return value


def says_nothing(value: Any) -> bool:
    """Zero says something; a mark that is not there does not."""
    return value is None or value is False or value in ("", [], {})


def _filled(value: Any, blank: Any) -> Any:
    blank = _present(value, blank)
    if isinstance(blank, Mapping) and blank and isinstance(value, Mapping):
        missing = {key: _copy(item) for key, item in blank.items() if key not in value}
        return {k: _filled(v, blank[k]) if k in blank else v for k, v in value.items()} | missing
    if _is_pattern(blank) and isinstance(value, list):
        return [_filled(item, blank[0]) for item in value]
    return value


def _known(value: Any, blank: Any) -> Any:
    blank = _present(value, blank)
    if isinstance(blank, Mapping) and blank and isinstance(value, Mapping):
        return {key: _known(item, blank[key]) for key, item in value.items() if key in blank}
    if _is_pattern(blank) and isinstance(value, list):
        return [_known(item, blank[0]) for item in value]
    return value


def _fits(value: Any, blank: Any) -> bool:
    if isinstance(blank, Mapping) and blank:
        return isinstance(value, Mapping) and all(
            _fits(value[key], item) for key, item in blank.items() if key in value
        )
    if _is_pattern(blank):
        return isinstance(value, list) and all(_fits(item, blank[0]) for item in value)
    return True


def _present(value: Any, blank: Any) -> Any:
    """What is said of a mapping that is there."""
    if isinstance(blank, Maybe):
        return blank.of if isinstance(value, Mapping) else None
    return blank


def _is_pattern(blank: Any) -> bool:
    return isinstance(blank, list) and len(blank) == 1


def _copy(blank: Any) -> Any:
    """What a missing member is: of a list nothing but the list."""
    if isinstance(blank, Maybe):
        return None
    if isinstance(blank, list):
        return []
    if isinstance(blank, Mapping):
        return {key: _copy(item) for key, item in blank.items()}
    return blank
