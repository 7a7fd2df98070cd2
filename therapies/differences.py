"""How the content of a therapy or mechanism is told where it differs."""

from collections.abc import Iterable, Mapping
from typing import Any

from publication.difference import Body, Change, Place, Words, follow, plainly
from sources.wording import SourceWords, code_in_words, date_in_words
from therapies.absences import counted
from therapies.choices import (
    Certainty,
    Direction,
    MechanismKind,
    TherapyKind,
    Topic,
    topic_order,
)
from therapies.values import BY_NAME

_KINDS: Mapping[str, Any] = {"therapy": TherapyKind, "mechanism": MechanismKind}
_CODES: Mapping[str, Any] = {
    "topic": Topic,
    "certainty": Certainty,
    "direction": Direction,
}


class SubjectWords(Words):
    """Claims are told by their text, codes by their words, ids by the names they stand for."""

    labels = {
        "brands": "brand names",
        "member_of": "class",
        "broader": "kind of",
        "slug": "address on this site",
        "not_stated": "not stated in the sources read",
        "exact": "quote",
        "weighing": "why it stands",
    }

    def is_silent(self, change: Change) -> bool:
        return super().is_silent(change) and "mechanism" not in change.path

    def place(self, change: Change, before: Body, after: Body) -> Place:
        head, *rest = change.path
        if head != "claims" or not rest:
            return super().place(change, before, after)
        key = (head, rest[0])
        if len(rest) == 1:
            return Place(key, f"Claim {change.kind}", "", "claim")
        claim = follow(after, change.path[:2]) or follow(before, change.path[:2])
        return Place(key, "Claim changed", claim["text"], self._of_a_claim(rest[1:], change))

    def _of_a_claim(self, path: list[str], change: Change) -> str:
        if path[0] == "evidence":
            if len(path) == 2:
                return f"passage {change.kind}"
            return f"passage: {self.label(path[-1])}" if len(path) > 2 else "passages"
        if "mechanism" in path:
            return "mechanism"
        value = BY_NAME.get(path[-1])
        return value.label if value else self.label(path[-1])

    def value(self, change: Change, value: Any, body: Body) -> str | list[str]:
        key = change.path[-1]
        if value in (None, "", [], {}):
            return ""
        if key == "kind":
            return code_in_words(_KINDS[body["type"]], value)
        if key == "not_stated":
            in_order = sorted(value, key=lambda item: topic_order(item["topic"]))
            return [_absence(item) for item in in_order]
        if key in _CODES:
            known = _CODES[key]
            if isinstance(value, list):
                return [code_in_words(known, code) for code in value]
            return code_in_words(known, value)
        if {"member_of", "broader"}.intersection(change.path):
            return str(value["name"] if isinstance(value, Mapping) else value)
        if "mechanism" in change.path:
            return self._name(value["id"] if isinstance(value, Mapping) else value, "mechanism")
        if key in BY_NAME and "values" in change.path:
            in_words = BY_NAME[key].in_words
            return [in_words(x) for x in value] if isinstance(value, list) else in_words(value)
        if isinstance(value, Mapping):
            return self._part(value)
        return super().value(change, value, body)

    def _part(self, value: Mapping[str, Any]) -> str:
        """The words that stand for a claim, a passage or a mapping of plain values."""
        if "topic" in value and "text" in value:
            return f"{code_in_words(Topic, value['topic'])}: {value['text']}"
        if "passage" in value and "source" in value:
            source = self._name(value["source"]["id"], "source")
            direction = code_in_words(Direction, value["direction"])
            return f"“{value['passage']['exact']}” ({direction}, {source})"
        if "exact" in value:
            return f"“{value['exact']}”"
        return plainly(value)

    def _name(self, public_id: str, kind: str) -> str:
        return self.names.get(public_id, f"another {kind}")


def _absence(item: Mapping[str, Any]) -> str:
    return (
        f"{code_in_words(Topic, item['topic'])} ({counted(item['sources'])}, until "
        f"{date_in_words(item['until'])})"
    )


def cited_in(bodies: Iterable[Body]) -> tuple[set[str], set[str]]:
    """The public ids of the sources that contents rest on, and of the mechanisms they name."""
    claims = [claim for body in bodies for claim in body.get("claims", [])]
    sources = {item["source"]["id"] for claim in claims for item in claim["evidence"]}
    absent = (item for body in bodies for item in body.get("not_stated", []))
    sources |= {source for item in absent for source in item["sources"]}
    mechanisms = {c["values"]["mechanism"]["id"] for c in claims if c["values"]["mechanism"]}
    return sources, mechanisms


_WORDS: Mapping[str, type[Words]] = {
    "source": SourceWords,
    "therapy": SubjectWords,
    "mechanism": SubjectWords,
}


def words_of(record_type: str, names: Mapping[str, str]) -> Words:
    """How a record of this type is told; ``names`` says what public ids stand for."""
    return _WORDS.get(record_type, Words)(names)
