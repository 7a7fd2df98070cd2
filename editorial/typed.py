"""The one door of what people type: text in forms, and at submission for what came past them;
numbers of rows in forms and addresses.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from editorial.pairs import Blocker
from publication import limits, writing

FOUND = frozenset({"exact", "prefix", "suffix", "sha256"})
"""Members of a content that were found in a document: byte-true, whatever it holds. A quote without
a document was typed."""
RECEIVED = "documents"
"""The member of a whole content that lists documents, and what is shown of them."""
LONGEST = {"abstract": limits.ABSTRACT}
"""Members of a whole content that may be longer than a statement."""


def unfit(content: Mapping[str, Any]) -> list[Blocker]:
    """What of a content could not have been typed, one blocker each."""
    written = {key: value for key, value in content.items() if key != RECEIVED}
    return [Blocker("text", f"“{where}”: {why}") for where, why in _unfit("", written)]


_TOO_LONG = re.compile(rf"[+-]?[\d_]{{{limits.DIGITS + 1},}}")
"""All that Python reads as a number, in the digits of any script."""


def key(text: str) -> int | None:
    """The row that an address or a form names, in plain digits; ``None`` when it can be none."""
    plain = text.isascii() and text.isdigit() and len(text) <= limits.DIGITS
    return int(text) if plain else None


def why_not_asked(name: str, values: Iterable[str], *, words: bool) -> str:
    """Why what an address asks for is refused; empty when it is not.

    ``words``: whether it is looked for as text. Else a number in it stands for a row or a place.
    """
    shown = writing.shown(name[:_SHOWN])
    for value in (name, *values):
        if "\0" in value:
            return f"“{shown}” holds U+0000, which no text has: leave it out."
        parts = () if words else value.split(",")
        if any(_TOO_LONG.fullmatch(part.strip()) for part in parts):
            return f"“{shown}” has a number of more than {limits.DIGITS} digits: no row has it."
    return ""


_SHOWN = 60
"""Characters of a name in an address that an answer repeats."""


def _unfit(where: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        typed = "" if value.get("document") else value.get("exact", "")
        if why := why_not(typed, longest=limits.QUOTE):
            yield _place(where, "quote"), why
        for key, item in value.items():
            if key not in FOUND:
                yield from _unfit(_place(where, key), item)
    elif isinstance(value, list):
        for item in value:
            yield from _unfit(where, item)
    elif why := why_not(value, longest=LONGEST.get(where, limits.STATEMENT)):
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
