"""What differs between two stored contents of a record, and how a person is told.

Every screen and answer that says a change says it from the same groups and rows, in the words that
the record's app has for its own content.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, repeat
from typing import Any, ClassVar, Literal

from publication.shapes import says_nothing

Body = Mapping[str, Any]
ChangeKind = Literal["added", "removed", "changed"]
Kind = Literal["same", "gone", "new"]

_TOKEN = re.compile(r"\s+|\w[\w\u0300-\u036f]*|[^\w\s]")
"""A word keeps its marks."""
_ODD = re.compile(r"[^\S \t\n\r]|\u00ad")
"""Spaces of another kind than the usual ones, and soft hyphens."""
_ALIKE = 0.5
"""Share of words that two texts have in common, below which both are shown whole."""
_LONGEST = 2_000
"""Characters of a value in a sentence about it."""
_MOST = 50_000_000
"""Steps of a comparison that are worth their time, which is about half a second."""


# What differs


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``path`` names the place, such as ``claims / x7f2… / text``."""

    kind: ChangeKind
    path: tuple[str, ...]
    before: Any
    after: Any

    def __str__(self) -> str:
        place, before, after = " / ".join(self.path), _cut(self.before), _cut(self.after)
        if self.kind == "added":
            return f"{place}: added “{after}”"
        if self.kind == "removed":
            return f"{place}: removed “{before}”"
        return f"{place}: “{before}” became “{after}”"


def compare(before: Body, after: Body) -> list[Change]:
    """Differences from ``before`` to ``after``; parts with an ``id`` are matched by it."""
    return list(_mappings((), before, after))


def _mappings(path: tuple[str, ...], before: Body, after: Body) -> list[Change]:
    changes: list[Change] = []
    for key in [*before, *(k for k in after if k not in before)]:
        changes += _values((*path, key), before.get(key), after.get(key))
    return changes


def _values(path: tuple[str, ...], before: Any, after: Any) -> list[Change]:
    if before == after or (says_nothing(before) and says_nothing(after)):
        return []
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _mappings(path, before, after)
    if _has_ids(before) and _has_ids(after) and (before or after):
        return _identified(path, before or [], after or [])
    if says_nothing(before):
        return [Change("added", path, before, after)]
    if says_nothing(after):
        return [Change("removed", path, before, after)]
    return [Change("changed", path, before, after)]


def _identified(path: tuple[str, ...], before: Sequence[Any], after: Sequence[Any]) -> list[Change]:
    old, new = {x["id"]: x for x in before}, {x["id"]: x for x in after}
    changes: list[Change] = []
    for key in [*old, *(k for k in new if k not in old)]:
        place = (*path, key)
        if key not in new:
            changes.append(Change("removed", place, old[key], None))
        elif key not in old:
            changes.append(Change("added", place, None, new[key]))
        else:
            changes += _mappings(place, old[key], new[key])
    if not changes and list(old) != list(new):
        changes.append(Change("changed", path, list(old), list(new)))
    return changes


def _has_ids(value: Any) -> bool:
    return value is None or (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(item, Mapping) and "id" in item for item in value)
    )


def _cut(value: Any) -> str:
    """A value as far as a sentence has room for it."""
    told = plainly(value)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


def plainly(value: Any) -> str:
    """One line for a stored value of which nothing is known but its shape."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        for key in ("text", "exact", "name"):
            if value.get(key):
                return str(value[key])
        return ", ".join(f"{k}: {plainly(v)}" for k, v in value.items() if not says_nothing(v))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(plainly(item) for item in value)
    return str(value)


# Two texts beside each other


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: Kind
    text: str
    alike: bool = False
    """Whether it looks as what stands in its place in the other text: they differ in the kind of
    a space or in a soft hyphen."""


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts in one, word by word; where they have little in common, one after the other."""
    if _alike(old.split(), new.split()) < _ALIKE:
        return _pieces([("gone", old), ("new", new)])
    return _joined(_TOKEN.findall(old), _TOKEN.findall(new))


def pieces_of_lists(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    """The same of two lists, item by item."""
    return _joined(*(list(chain.from_iterable(zip(repeat("; "), x)))[1:] for x in (old, new)))


def _joined(left: Sequence[str], right: Sequence[str]) -> tuple[Piece, ...]:
    found: list[tuple[Kind, str]] = []
    start = _same(left, right)
    end = _same(left[start:][::-1], right[start:][::-1])
    found.append(("same", "".join(left[:start])))
    a, b = left[start : len(left) - end], right[start : len(right) - end]
    found += _between(a, b)
    found.append(("same", "".join(left[len(left) - end :])))
    return _pieces(found)


def _same(left: Sequence[str], right: Sequence[str]) -> int:
    """How many both begin with."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(left), len(right)))


def _between(left: Sequence[str], right: Sequence[str]) -> list[tuple[Kind, str]]:
    """As finely as is worth the time: every token, words with the spaces after them, or all."""
    if _cost(left, right) > _MOST:
        left, right = _with_spaces(left), _with_spaces(right)
    if _cost(left, right) > _MOST:
        return [("gone", "".join(left)), ("new", "".join(right))]
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    found: list[tuple[Kind, str]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(left[a:b])))
        else:
            found += [("gone", "".join(left[a:b])), ("new", "".join(right[c:d]))]
    return found


def _with_spaces(tokens: Sequence[str]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        if token.isspace() and found:
            found[-1] += token
        else:
            found.append(token)
    return found


def _alike(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of words in common; without their order where that would take too long."""
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if _cost(left, right) <= _MOST else matcher.quick_ratio()


def _cost(left: Sequence[str], right: Sequence[str]) -> int:
    """The steps that comparing may take: pairs of like ones, for each that may be left over."""
    counts = Counter(right)
    pairs = sum(number * counts[token] for token, number in Counter(left).items())
    return pairs * min(len(left), len(right))


def _pieces(found: Iterable[tuple[Kind, str]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for is_same, run in groupby((x for x in found if x[1]), key=lambda x: x[0] == "same"):
        stretch = list(run)
        looks = {k: _look("".join(t for kind, t in stretch if kind == k)) for k in ("gone", "new")}
        alike = not is_same and looks["gone"] == looks["new"]
        pieces += [Piece(k, text, alike and bool(_ODD.search(text))) for k, text in stretch]
    return tuple(pieces)


def _look(text: str) -> str:
    """The text without what is rarely seen of it."""
    return " ".join(text.replace("\u00ad", "").split())


def side_by_side(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Each text in pieces: what both have, and what it alone has."""
    found = pieces(old, new)
    return before(found), after(found)


def before(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """The old text of two."""
    return tuple(piece for piece in found if piece.kind != "new")


def after(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """The new text of two."""
    return tuple(piece for piece in found if piece.kind != "gone")


# In words


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: what it is of, and its text piece by piece."""

    label: str
    kind: ChangeKind
    pieces: tuple[Piece, ...]
    path: tuple[str, ...] = ()
    """The place in the contents."""

    @property
    def before(self) -> tuple[Piece, ...]:
        return before(self.pieces)

    @property
    def after(self) -> tuple[Piece, ...]:
        return after(self.pieces)


@dataclass(slots=True)
class Group:
    """All differences of the record itself or of one part of it."""

    heading: str
    quoted: str = ""
    """The part's own text, so that nobody has to know its id."""
    rows: list[Row] = field(default_factory=list)

    @property
    def is_record(self) -> bool:
        """True for what is said of the record itself, not of a part of it."""
        return self.heading == RECORD


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change belongs: the group's key, heading and quoted text, and the row's label."""

    key: tuple[str, ...]
    heading: str
    quoted: str
    label: str


RECORD = "The record"
ORDER = (Piece("new", "the order changed"),)


class Words:
    """How the content of one type of record is told; an app says it for its own records."""

    labels: ClassVar[Mapping[str, str]] = {}
    """By key of the stored content, what people call it; otherwise the key itself."""
    silent: ClassVar[frozenset[str]] = frozenset({"schema", "type", "id"})
    """Keys that say nothing to anybody."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        """``names`` says what the public ids in a content stand for."""
        self.names = names or {}

    def label(self, key: str) -> str:
        return self.labels.get(key, key.replace("_", " "))

    def is_silent(self, change: Change) -> bool:
        return change.path[-1] in self.silent

    def place(self, change: Change, before: Body, after: Body) -> Place:
        """Where the change is told; of the record itself unless an app knows better."""
        return Place(("record",), RECORD, "", self.label(change.path[0]))

    def value(self, change: Change, value: Any, body: Body) -> str | list[str]:
        """One of a change's values; a list is compared item by item."""
        if isinstance(value, list):
            return [plainly(item) for item in value]
        return plainly(value)


def told(
    before: Body, after: Body, words: Words, changes: Iterable[Change] | None = None
) -> list[Group]:
    """The changes from ``before`` to ``after``, each under what it belongs to, the record first."""
    found: dict[tuple[str, ...], Group] = {}
    for change in compare(before, after) if changes is None else changes:
        if words.is_silent(change):
            continue
        place = words.place(change, before, after)
        group = found.setdefault(place.key, Group(place.heading, place.quoted))
        pieces_of = _told(change, before, after, words)
        group.rows.append(Row(place.label, change.kind, pieces_of, change.path))
    return sorted(found.values(), key=lambda group: not group.is_record)


def _told(change: Change, before: Body, after: Body, words: Words) -> tuple[Piece, ...]:
    old, new = change.before, change.after
    if change.kind == "changed" and _has_ids(follow(before, change.path)):
        return ORDER
    left, right = words.value(change, old, before), words.value(change, new, after)
    if isinstance(left, list) or isinstance(right, list):
        return pieces_of_lists(
            *(x if isinstance(x, list) else [x] * bool(x) for x in (left, right))
        )
    return pieces(left, right)


def follow(body: Any, path: Sequence[str]) -> Any:
    """What stands at ``path``, parts with an ``id`` found by it; ``None`` when absent."""
    for step in path:
        if isinstance(body, Mapping):
            body = body.get(step)
        elif isinstance(body, Sequence) and not isinstance(body, str):
            body = next((x for x in body if isinstance(x, Mapping) and x.get("id") == step), None)
        else:
            return None
    return body
