"""The one door of text that people type: in forms, and at submission for what came past them."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from editorial.pairs import Blocker
from publication import limits, writing

FOUND = frozenset({"exact", "prefix", "suffix", "sha256", "encoding"})
"""Members of a content that were found in a document: byte-true, whatever it holds."""


def unfit(content: Mapping[str, Any]) -> list[Blocker]:
    """What of a content could not have been typed, one blocker each."""
    return [Blocker("text", f"“{where}”: {why}") for where, why in _unfit("", content)]


def _unfit(where: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in FOUND:
                yield from _unfit(_place(where, key), item)
    elif isinstance(value, list):
        for item in value:
            yield from _unfit(where, item)
    elif why := why_not(value, longest=limits.STATEMENT):
        yield where, why


def _place(where: str, key: str) -> str:
    word = key.replace("_", " ")
    return f"{where}, {word}" if where else word


def why_not(value: Any, *, longest: int, lines: bool = True) -> str:
    """Why a typed text, number, list or mapping is refused; empty when it is not."""
    if isinstance(value, str):
        return writing.why_not(value, longest=longest, lines=lines)
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return "" if abs(value) <= limits.COUNT else f"A number is {limits.COUNT:,} at most."
    items = value.values() if isinstance(value, Mapping) else value
    reasons = (why_not(item, longest=longest, lines=lines) for item in items)
    return next((reason for reason in reasons if reason), "")


def normal(value: Any, *, lines: bool) -> Any:
    """The same as it is kept: every text in it in NFC, without space around it."""
    return _each_text(value, partial(writing.normal, lines=lines))


def tidied(value: Any) -> Any:
    """What a machine took from a document, without what nobody sees."""
    return _each_text(value, writing.tidied)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(item, change) for item in value]
    return value
