"""Tables for spreadsheets, made of the lines of records: a selection for people.

UTF-8 with a byte order mark, without which spreadsheets take it for another encoding; RFC 4180.
What a spreadsheet would take for a formula is made plain text by an apostrophe before it. Lists are
joined by ``LIST``; what is not stated is an empty cell. The lines themselves are exact.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publication.spreadsheets import BYTE_ORDER_MARK, line, plain
from therapies.values import VALUES, Form

LIST = " | "
Said = Mapping[str, Any]
"""What the API answers for one record."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which columns there are, and the rows that one record makes."""

    columns: Sequence[str]
    rows: Callable[[Said], Iterable[Said]]


def written(sheet: Sheet, lines: Iterable[bytes]) -> Iterator[bytes]:
    """The table, a head of column names first; each item is one row, its line end with it."""
    yield BYTE_ORDER_MARK + line(sheet.columns)
    for said in lines:
        for row in sheet.rows(json.loads(said)):
            yield line([_cell(row.get(column)) for column in sheet.columns])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return plain(LIST.join(map(str, value)))
    if isinstance(value, dict):
        return plain(LIST.join(f"{name} {held}" for name, held in sorted(value.items())))
    return plain(value)


_RECORD = ("id", "slug", "name", "kind")
_APPROVED = (
    *("version", "digest", "seq", "approved_at", "approver", "contributors", "demonstration"),
    *("marks", "url"),
)


def _subject(above: str) -> Callable[[Said], Iterable[Said]]:
    """A therapy or mechanism; ``above`` is the member for what it is one of."""

    def rows(said: Said) -> Iterable[Said]:
        one_of = said.get(above) or {}
        yield {
            **said,
            above: one_of.get("name"),
            f"{above}_id": one_of.get("id"),
            "claims": len(said["claims"]),
            "not_stated": [one["topic"] for one in said["topics"] if one["stated"] is False],
        }

    return rows


def _one(said: Said) -> Iterable[Said]:
    yield said


THERAPIES = Sheet(
    (
        *_RECORD,
        *("brands", "synonyms", "member_of", "member_of_id", "identifiers", "claims", "not_stated"),
        *_APPROVED,
    ),
    _subject("member_of"),
)
MECHANISMS = Sheet(
    (
        *_RECORD,
        *("synonyms", "target", "effect", "acts_in", "broader", "broader_id"),
        *("claims", "not_stated"),
        *_APPROVED,
    ),
    _subject("broader"),
)
SOURCES = Sheet(
    (
        *_RECORD,
        *("title", "title_made", "author_names", "container_title", "publisher", "volume", "issue"),
        *("pages", "date", "doi", "pmid", "registry_id", "work_url", "language", "licence"),
        *("standing", "standing_note"),
        *_APPROVED,
    ),
    _one,
)

_VALUES = [value.name for value in VALUES if value.form != Form.RECORD]
_CLAIM = ("id", "topic", "text", "certainty", "weighing", "marks", "version", "seq", "url")
_PASSAGE = ("exact", "prefix", "suffix", "start", "end", "locator")


def _passages(said: Said) -> Iterator[Said]:
    """A row for each passage under a claim."""
    subject, values = said["subject"], said["values"]
    mechanism = values.get("mechanism") or {}
    every = {name: said[name] for name in _CLAIM} | {name: values.get(name) for name in _VALUES}
    every |= {f"subject_{name}": subject[name] for name in ("type", "id", "name")}
    every |= {"mechanism": mechanism.get("name"), "mechanism_id": mechanism.get("id")}
    for item in said["evidence"]:
        source, passage = item["source"], item["passage"]
        yield {
            **every,
            "evidence_id": item["id"],
            "direction": item["direction"],
            "source_id": source["id"],
            "source": source["name"],
            "source_marks": source["marks"],
            **{name: passage[name] for name in _PASSAGE},
            "document_sha256": (passage["document"] or {}).get("sha256"),
            "judged_by": [judgement["by"] for judgement in item["judgements"]],
        }


CLAIMS = Sheet(
    (
        *("id", "subject_type", "subject_id", "subject_name", "topic", "text", "certainty"),
        *(*_VALUES, "mechanism", "mechanism_id", "weighing", "marks", "version", "seq"),
        *("evidence_id", "direction", "source_id", "source", "source_marks", *_PASSAGE),
        *("document_sha256", "judged_by", "url"),
    ),
    _passages,
)
