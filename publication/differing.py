"""As much of two contents as differs, so that a change can be kept without keeping all of both."""

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["IDENTITY", "differing"]

Body = Mapping[str, Any]
IDENTITY = ("schema", "type", "id")
"""What a part of a content keeps, to be read as a content is."""


def differing(before: Body, after: Body) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of each content its identity and the members that differ; of a list of parts with ids those
    alone that differ, whole, unless their order is another.
    """
    old: dict[str, Any] = {key: before[key] for key in IDENTITY if key in before}
    new: dict[str, Any] = {key: after[key] for key in IDENTITY if key in after}
    for key in dict.fromkeys([*before, *after]):
        a, b = before.get(key), after.get(key)
        if a == b or key in IDENTITY:
            continue
        a, b = _parts(a, b)
        old |= {key: a} if a else {}
        new |= {key: b} if b else {}
    return old, new


def _parts(before: Any, after: Any) -> tuple[Any, Any]:
    if not (_has_ids(before) and _has_ids(after)):
        return before, after
    old, new = ({part["id"]: part for part in parts or ()} for parts in (before, after))
    both = [key for key in old if key in new]
    if both != [key for key in new if key in old]:
        return before, after
    same = {key for key in both if old[key] == new[key]}
    left, right = ([part for key, part in of.items() if key not in same] for of in (old, new))
    return left, right


def _has_ids(value: Any) -> bool:
    if value is None:
        return True
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(part, Mapping) and "id" in part for part in value)
    )
