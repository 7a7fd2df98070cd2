"""What an entry of the log changed in its record, field by field, as programs are told."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from publication import published
from publication.actions import APPROVE
from publication.affected import Around, Shown
from publication.canonical import canonical
from publication.difference import Change, compare
from publication.entries import Entry

LONGEST = 4_000
"""Characters of a value, as canonical JSON, that is told."""
_AT_ONCE = 20
"""Entries whose earlier contents are held at once: one may hold whole texts."""


def changed(entries: Sequence[Entry], shown: Around) -> dict[int, list[Change]]:
    """By number, what each entry changed in its record's public content, and in what has to be told
    of the record; of a first version nothing, since it is new as a whole.
    """
    found: dict[int, list[Change]] = {}
    for place in range(0, len(entries), _AT_ONCE):
        found |= _in_contents(entries[place : place + _AT_ONCE])
    return {
        entry.seq: found[entry.seq] + _in_warnings(entry, *shown[entry.seq]) for entry in entries
    }


def _in_warnings(entry: Entry, before: Shown | None, after: Shown | None) -> list[Change]:
    if before is None or after is None:
        return []
    names = published.tables()[entry.record_type].warned_by
    return [
        Change("changed", (name,), before[name], after[name])
        for name in names
        if before[name] != after[name]
    ]


def _in_contents(entries: Sequence[Entry]) -> dict[int, list[Change]]:
    wanted = Q()
    for entry in entries:
        if entry.action == APPROVE and entry.version > 1:
            wanted |= Q(
                record_type=entry.record_type,
                public_id=entry.public_id,
                version=entry.version - 1,
                action=APPROVE,
            )
    rows = Entry.objects.filter(wanted).defer("envelope") if wanted else []
    before = {(row.record_type, row.public_id, row.version): row for row in rows}
    found: dict[int, list[Change]] = {}
    for entry in entries:
        older = before.get((entry.record_type, entry.public_id, entry.version - 1))
        approves = entry.action == APPROVE
        found[entry.seq] = compare(older.body, entry.body) if older and approves else []
    return found


def told(change: Change) -> Mapping[str, Any]:
    """As an answer has it; a value that is too long to be told is null and says so."""
    values = {"before": change.before, "after": change.after}
    long = [name for name, value in values.items() if _is_long(value)]
    return {
        "kind": change.kind,
        "path": list(change.path),
        **{name: None if name in long else value for name, value in values.items()},
        "left_out": long,
    }


def _is_long(value: Any) -> bool:
    return value is not None and len(canonical(value)) > LONGEST
