"""Differences in words for a person: places named, texts beside each other, words marked."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from publication.difference import Change, ChangeKind

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_PLACES = {
    "claims": "claim",
    "not_stated": "not stated in the sources read",
    "readings": "read from a passage",
    "container_title": "published in",
    "therapy_class": "class",
    "slug": "public address",
    "doi": "DOI",
    "pmid": "PubMed id",
}
_SILENT = frozenset({"values", "evidence"})
"""Steps of a path that say nothing to a reader."""
_EXCERPT = 70


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether the other text has it too."""

    text: str
    kind: Literal["same", "other"]


@dataclass(frozen=True, slots=True)
class Described:
    """One change as a person reads it."""

    kind: ChangeKind
    place: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def side_by_side(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut into what they share and what only one of them has, by words."""
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < 0.3:
        return _whole(before), _whole(after)
    olds: list[Piece] = []
    news: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        kind: Literal["same", "other"] = "same" if tag == "equal" else "other"
        olds.append(Piece("".join(left[a:b]), kind))
        news.append(Piece("".join(right[c:d]), kind))
    return tuple(p for p in olds if p.text), tuple(p for p in news if p.text)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, "other"),) if text else ()


def describe(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    changes: Iterable[Change],
    names: Mapping[str, str],
) -> list[Described]:
    """The changes between two contents; ``names`` says what public ids stand for."""
    found = []
    for change in changes:
        old, new = _follow(before, change.path), _follow(after, change.path)
        pieces = side_by_side(in_words(old, names), in_words(new, names))
        place = _place(change.path, before, after)
        found.append(Described(change.kind, place, *pieces))
    return found


def _follow(body: Any, path: Sequence[str]) -> Any:
    """What stands at ``path``, parts with an ``id`` found by it; ``None`` when absent."""
    for step in path:
        if isinstance(body, Mapping):
            body = body.get(step)
        elif isinstance(body, Sequence) and not isinstance(body, str):
            body = next((x for x in body if isinstance(x, Mapping) and x.get("id") == step), None)
        else:
            return None
    return body


def _place(path: Sequence[str], before: Any, after: Any) -> str:
    words = []
    for i, step in enumerate(path):
        if step in _SILENT:
            continue
        at = _follow(after, path[: i + 1]) or _follow(before, path[: i + 1])
        if isinstance(at, Mapping) and at.get("id") == step:
            if i < len(path) - 1:
                words.append(f"“{_short(str(at.get('text') or in_words(at, {})))}”")
        elif step != "id":
            words.append(_PLACES.get(step, step.replace("_", " ")))
    place = ", ".join(words) or "passage"
    return place[:1].upper() + place[1:]


def from_word(text: str) -> str:
    """Context before a passage without the word that was cut, after an ellipsis."""
    rest = text.lstrip().partition(" ")[2]
    return f"… {rest}" if rest else text


def to_word(text: str) -> str:
    """Context after a passage without the word that was cut, before an ellipsis."""
    rest = text.rstrip().rpartition(" ")[0]
    return f"{rest} …" if rest else text


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"


def in_words(value: Any, names: Mapping[str, str]) -> str:
    """Plain text for a stored value."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return _mapping_in_words(value, names)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(in_words(item, names) for item in value)
    return names.get(str(value), str(value))


def _mapping_in_words(value: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if passage := value.get("passage"):
        notes = [str(value[k]) for k in ("direction", "field") if value.get(k)]
        if value.get("source"):
            notes.append(in_words(value["source"], names))
        return f"“{in_words(passage, names)}” ({', '.join(notes)})"
    for key in ("text", "exact", "name"):
        if value.get(key):
            topic = value.get("topic")
            return f"{names.get(topic, topic)}: {value[key]}" if topic else str(value[key])
    if set(value) == {"id"}:
        return names.get(value["id"], value["id"])
    return " ".join(in_words(v, names) for v in value.values() if v not in (None, "", [], {}))
