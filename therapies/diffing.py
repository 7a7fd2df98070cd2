"""The difference between two versions in a reader's words, never in ids or codes."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from publication.difference import Change
from sources.content import in_words
from therapies.choices import (
    Certainty,
    Course,
    Direction,
    OutcomeDirection,
    Route,
    Status,
    Topic,
)
from therapies.presentation import Names
from therapies.wording import kind_label

Body = Mapping[str, Any]

_LABELS = {
    "acts_in": "acts in",
    "therapy_class": "class",
    "container_title": "published in",
    "doi": "DOI",
    "pmid": "PubMed id",
    "registry_id": "trial registry id",
    "url": "address of the work",
    "slug": "address on this site",
    "not_stated": "not stated in the sources read",
    "courses": "disease course",
    "jurisdiction": "regulator or country",
    "outcome_direction": "change for the patient",
    "comparator": "compared with",
    "effect": "effect",
    "exact": "quote",
}
_CODES: dict[str, Any] = {
    "topic": Topic,
    "certainty": Certainty,
    "route": Route,
    "status": Status,
    "outcome_direction": OutcomeDirection,
    "direction": Direction,
    "courses": Course,
    "not_stated": Topic,
}
RECORD = "The record"
_HIDDEN = frozenset({"schema", "type", "id", "date_precision", "size", "encoding"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One difference: what it is of, and its text piece by piece."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Group:
    """All differences of the record itself, of one claim, or of one reading."""

    heading: str
    quoted: str = ""
    """The claim's text, so that nobody has to know its id."""
    rows: list[Row] = field(default_factory=list)


def groups(before: Body, after: Body, changes: Iterable[Change], names: Names) -> list[Group]:
    """The changes from ``before`` to ``after``, each under what it belongs to."""
    found: dict[tuple[str, ...], Group] = {}
    for change in changes:
        if change.path[-1] in _HIDDEN and "mechanism" not in change.path:
            continue
        place, group, label = _place(before, after, change)
        row = Row(label, _pieces(before, after, change, names))
        found.setdefault(place, group).rows.append(row)
    return sorted(found.values(), key=lambda group: group.heading != RECORD)


def _place(before: Body, after: Body, change: Change) -> tuple[tuple[str, ...], Group, str]:
    head, rest = change.path[0], change.path[1:]
    if head == "claims" and rest:
        text = (_item(after, "claims", rest[0]) or _item(before, "claims", rest[0]) or {})["text"]
        if len(rest) == 1:
            return ("claims", rest[0]), Group(f"Claim {change.kind}"), "claim"
        label = _claim_label(rest[1:], change)
        return ("claims", rest[0]), Group("Claim changed", text), label
    if head == "readings" and rest:
        item = _item(after, "readings", rest[0]) or _item(before, "readings", rest[0]) or {}
        return ("readings",), Group("Where fields were read"), in_label(item["field"])
    return ("record",), Group(RECORD), in_label(head)


def _claim_label(path: Sequence[str], change: Change) -> str:
    if path[0] == "evidence":
        if len(path) == 2:
            return f"passage {change.kind}"
        return f"passage: {in_label(path[-1])}" if len(path) > 2 else "order of the passages"
    if "mechanism" in path:
        return "mechanism"
    return "size of effect" if path[-1] == "effect" else in_label(path[-1])


def in_label(key: str) -> str:
    """A key of stored content as a reader would say it."""
    return _LABELS.get(key, key.replace("_", " "))


def _item(body: Body, key: str, item_id: str) -> Body | None:
    found: list[Body] = [item for item in body.get(key, []) if item["id"] == item_id]
    return found[0] if found else None


def _pieces(before: Body, after: Body, change: Change, names: Names) -> tuple[Piece, ...]:
    """The two values in words, piece by piece; a change of order alone says so."""
    if change.path == ("claims",) or change.path[-1] == "evidence":
        return (Piece("new", "the order changed"),)
    old, new = (_value(body, change.path) for body in (before, after))
    if isinstance(old, list) and isinstance(new, list):
        a, b = ([_words(after, change, [item], names) for item in items] for items in (old, new))
        return _compared(a, b, "; ")
    return by_word(_words(before, change, old, names), _words(after, change, new, names))


def _value(body: Any, path: Sequence[str]) -> Any:
    for key in path:
        if isinstance(body, list):
            body = next((item for item in body if item["id"] == key), None)
        else:
            body = (body or {}).get(key)
    return body


def _words(body: Body, change: Change, value: Any, names: Names) -> str:
    key = change.path[-1]
    if value in (None, "", [], {}):
        return ""
    if key == "kind":
        return kind_label(body["type"], value)
    if key in _CODES:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(str(_CODES[key](code).label) for code in codes)
    if "mechanism" in change.path:
        row = names.mechanisms.get(value["id"] if isinstance(value, Mapping) else value)
        return row.name if row else "another mechanism"
    if isinstance(value, Mapping):
        return _text_of(value)
    if key == "documents":
        return "; ".join(f"text with SHA-256 {document['sha256']}" for document in value)
    return in_words(key, value)


def _text_of(value: Mapping[str, Any]) -> str:
    """The words that stand for a claim, a passage or a mapping of plain values."""
    if "text" in value:
        return str(value["text"])
    if "passage" in value:
        passage: Mapping[str, Any] = value["passage"]
        return f"“{passage['exact']}”"
    if "exact" in value:
        return f"“{value['exact']}”"
    return ", ".join(f"{key} {item}" for key, item in value.items())


def by_word(old: str, new: str) -> tuple[Piece, ...]:
    """Word by word where the texts are alike; otherwise the old one, then the new one."""
    a, b = old.split(), new.split()
    if difflib.SequenceMatcher(a=a, b=b, autojunk=False).ratio() < 0.5:
        return _compared([old] if old else [], [new] if new else [], " ")
    return _compared(a, b, " ")


def _compared(a: Sequence[str], b: Sequence[str], joint: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    matcher = difflib.SequenceMatcher(a=a, b=b, autojunk=False)
    for _, a1, a2, b1, b2 in matcher.get_opcodes():
        if a[a1:a2] == b[b1:b2]:
            found.append(Piece("same", joint.join(a[a1:a2])))
            continue
        found += [Piece("gone", joint.join(a[a1:a2]))] if a2 > a1 else []
        found += [Piece("new", joint.join(b[b1:b2]))] if b2 > b1 else []
    return tuple(found)
