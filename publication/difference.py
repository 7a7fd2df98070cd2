"""What differs between two stored contents of a record, in words for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

ChangeKind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``path`` names the place, such as ``claims / x7f2… / text``."""

    kind: ChangeKind
    path: tuple[str, ...]
    before: str
    after: str

    def __str__(self) -> str:
        place = " / ".join(self.path)
        if self.kind == "added":
            return f"{place}: added “{self.after}”"
        if self.kind == "removed":
            return f"{place}: removed “{self.before}”"
        return f"{place}: “{self.before}” became “{self.after}”"


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Differences from ``before`` to ``after``; parts with an ``id`` are matched by it."""
    return list(_mappings((), before, after))


def _mappings(
    path: tuple[str, ...], before: Mapping[str, Any], after: Mapping[str, Any]
) -> "list[Change]":
    changes: list[Change] = []
    for key in [*before, *(k for k in after if k not in before)]:
        changes += _values((*path, key), before.get(key), after.get(key))
    return changes


def _values(path: tuple[str, ...], before: Any, after: Any) -> list[Change]:
    if before == after:
        return []
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _mappings(path, before, after)
    if _has_ids(before) and _has_ids(after) and (before or after):
        return _identified(path, before or [], after or [])
    if before in (None, "", [], {}):
        return [Change("added", path, "", in_words(after))]
    if after in (None, "", [], {}):
        return [Change("removed", path, in_words(before), "")]
    return [Change("changed", path, in_words(before), in_words(after))]


def _identified(path: tuple[str, ...], before: Sequence[Any], after: Sequence[Any]) -> list[Change]:
    old, new = {x["id"]: x for x in before}, {x["id"]: x for x in after}
    changes: list[Change] = []
    for key in [*old, *(k for k in new if k not in old)]:
        place = (*path, key)
        if key not in new:
            changes.append(Change("removed", place, in_words(old[key]), ""))
        elif key not in old:
            changes.append(Change("added", place, "", in_words(new[key])))
        else:
            changes += _mappings(place, old[key], new[key])
    if not changes:
        changes.append(Change("changed", path, "order " + ", ".join(old), ", ".join(new)))
    return changes


def _has_ids(value: Any) -> bool:
    return value is None or (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(item, Mapping) and "id" in item for item in value)
    )


def in_words(value: Any) -> str:
    """One line of plain text for a stored value."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        for key in ("text", "exact", "name"):
            if value.get(key):
                return str(value[key])
        return ", ".join(f"{k}: {in_words(v)}" for k, v in value.items() if v not in ("", [], {}))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(in_words(item) for item in value)
    return str(value)
