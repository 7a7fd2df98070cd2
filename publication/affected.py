"""Whose answers an entry of the log alters: those of its record, and of the records that name it.

An answer shows what other records are called and what became of them. So an entry that changes that
of its record alters the answers of all records whose public versions name it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from django.db.models import Q

from publication import published
from publication.references import PublishedReference


class Record(NamedTuple):
    """A record by its type and public id."""

    type: str
    id: str


class OfRecord(Protocol):
    """What is needed of an entry."""

    seq: int
    record_type: str
    public_id: str


Shown = Mapping[str, Any]
"""What other records' answers show of a record, by column."""


Around = Mapping[int, tuple[Shown | None, Shown | None]]
"""By the number of an entry, what is shown of its record before it and from it on."""


def affected(entries: Sequence[OfRecord], shown: Around) -> dict[int, list[Record]]:
    """By number, the records whose answers each entry alters, its own first; in one query."""
    # One may be named before it is public itself.
    telling = [entry for entry in entries if shown[entry.seq][0] != shown[entry.seq][1]]
    naming = _naming({entry.public_id for entry in telling})
    found = {entry.seq: [Record(entry.record_type, entry.public_id)] for entry in entries}
    for entry in telling:
        also = {
            Record(row.record_type, row.public_id)
            for row in naming[entry.record_type, entry.public_id]
            if row.from_seq <= entry.seq and (row.to_seq is None or row.to_seq > entry.seq)
        }
        found[entry.seq] += sorted(also - {found[entry.seq][0]})
    return found


def around(entries: Sequence[OfRecord]) -> Around:
    """What is shown of the records of entries, in a query for each type of record."""
    numbers = [entry.seq for entry in entries]
    ended: dict[int, Shown] = {}
    begun: dict[int, Shown] = {}
    for table in published.tables().values():
        rows = table._default_manager.filter(Q(from_seq__in=numbers) | Q(to_seq__in=numbers))
        for row in rows.values("from_seq", "to_seq", *table.shown_elsewhere):
            since, until = row.pop("from_seq"), row.pop("to_seq")
            begun[since] = row
            if until is not None:
                ended[until] = row
    return {seq: (ended.get(seq), begun.get(seq)) for seq in numbers}


def _naming(ids: set[str]) -> dict[tuple[str, str], list[PublishedReference]]:
    """By type and id, all that ever named these records."""
    found: dict[tuple[str, str], list[PublishedReference]] = defaultdict(list)
    for row in PublishedReference.objects.filter(to_id__in=ids) if ids else ():
        found[row.to_type, row.to_id].append(row)
    return found
