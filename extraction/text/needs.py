"""What any match of a regular expression has in it: words or pieces of words, read from its parse.

Strings here are texts in lower case in which a space stands for any signs that are no part of a
word. So ``\\b`` is a space as well: a word begins or ends there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

__all__ = ["needs_of"]

_MOST = 256
"""Strings of one set at most."""
_EMPTY = frozenset({""})
_SPACE = frozenset({" "})
_OUTSIDE_WORDS = {"CATEGORY_SPACE", "CATEGORY_NOT_WORD"}
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}

Strings = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of a part of a pattern."""

    exact: Strings | None = None
    """All that it can match, where that is little enough."""
    needs: Strings | None = None
    """Strings of which one is in all that it matches."""


def needs_of(source: str, flags: int) -> Strings:
    """Strings of which every match has one; none where the pattern does not tell.

    Python's own parser of patterns is no promised interface: without it nothing is needed, and a
    pattern is tried on every text.
    """
    try:
        parser = import_module("re._parser")
    except ImportError:
        return frozenset()
    return _sequence(parser.parse(source, flags)).needs or frozenset()


def _sequence(items: Iterable[tuple[Any, Any]], run: Strings = _EMPTY) -> _Part:
    """Parts one after the other: the rarest of the runs of them that are known exactly.

    ``run`` is what stands before them.
    """
    whole = True
    needs: Strings | None = None
    for operation, argument in items:
        before = _SPACE if all(string.endswith(" ") for string in run) else _EMPTY
        part = _part(str(operation), argument, before)
        if part.exact is not None and len(run) * len(part.exact) <= _MOST:
            run = frozenset(_joined(a, b) for a in run for b in part.exact)
            continue
        needs = _rarer(_rarer(needs, run), part.needs)
        run = _EMPTY if part.exact is None else part.exact
        whole = False
    return _Part(run if whole else None, _rarer(needs, run))


def _part(operation: str, argument: Any, before: Strings) -> _Part:
    if operation == "LITERAL":
        return _Part(_letter(argument))
    if operation == "IN":
        return _Part(_one_of(argument))
    if operation == "AT":
        return _Part(_SPACE if argument.name == "AT_BOUNDARY" else _EMPTY)
    if operation in {"ASSERT", "ASSERT_NOT"}:
        return _Part(_EMPTY)
    if operation == "SUBPATTERN":
        return _sequence(argument[-1], before)
    if operation == "BRANCH":
        return _branch([_sequence(branch, before) for branch in argument[1]])
    if operation in _REPEATS:
        least, most, repeated = argument
        return _repeated(least, most, _sequence(repeated, before))
    return _Part()


def _branch(parts: list[_Part]) -> _Part:
    exact = [part.exact for part in parts if part.exact is not None]
    if len(exact) == len(parts):
        united = frozenset().union(*exact)
        return _Part(united if len(united) <= _MOST else None, _rarer(None, united))
    needs = [part.needs for part in parts if part.needs is not None]
    return _Part(None, frozenset().union(*needs) if len(needs) == len(parts) else None)


def _repeated(least: int, most: int, part: _Part) -> _Part:
    if part.exact == _SPACE:
        return _Part(_SPACE if least else _SPACE | _EMPTY)
    if least == 0:
        return _Part(part.exact | _EMPTY if most == 1 and part.exact is not None else None)
    return part if most == 1 else _Part(None, part.needs)


def _one_of(items: list[tuple[Any, Any]]) -> Strings | None:
    found: set[str] = set()
    for operation, argument in items:
        if str(operation) == "CATEGORY" and argument.name in _OUTSIDE_WORDS:
            found.add(" ")
            continue
        letter = _letter(argument) if str(operation) == "LITERAL" else None
        if letter is None:
            return None
        found |= letter
    return frozenset(found)


def _letter(code: int) -> Strings | None:
    letter = chr(code)
    if letter.isalnum() or letter == "_":
        return frozenset({letter.lower()}) if letter.isascii() else None
    return _SPACE


def _joined(before: str, after: str) -> str:
    return before + after[1:] if before.endswith(" ") and after.startswith(" ") else before + after


def _rarer(one: Strings | None, other: Strings | None) -> Strings | None:
    """The set that fewer texts have one of; a set with a string that says nothing is none."""
    usable = [found for found in (one, other) if found and all(s.strip() for s in found)]
    return min(usable, key=_frequency, default=None)


def _frequency(found: Strings) -> float:
    """About how often one of the strings turns up: the longer, the rarer."""
    return sum(8.0 ** -len(string) for string in found)
