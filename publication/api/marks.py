"""What a reader has to be told today of what an answer shows, whatever ``as_of`` says.

Of a version: that there is a newer one, and what became of its record. Of what it names: what
became of that, with the role that it has there before it, such as ``source-retracted``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from publication import plainly
from publication.published import PublishedRecord, tables

SUPERSEDED = "superseded"
Marks = tuple[str, ...]


class Seen(NamedTuple):
    """What of a record's row answers hang on: which row it is, and what it makes others say."""

    key: str
    public_id: str
    slug: str
    version: int
    approved_seq: int
    warnings: Marks
    more: tuple[Any, ...] = ()
    """What else its table has answers hang on."""

    @property
    def withdrawn(self) -> bool:
        return "withdrawn" in self.warnings


_COLUMNS = Seen._fields[:-2]


def columns(table: type[PublishedRecord]) -> tuple[str, ...]:
    """What ``seen`` is made of."""
    return *_COLUMNS, *table.warned_by, *table.seen_with


def seen(table: type[PublishedRecord], row: Iterable[Any]) -> Seen:
    """Of a row with these ``columns``."""
    values = tuple(row)
    told = len(_COLUMNS) + len(table.warned_by)
    said = dict(zip(table.warned_by, values[len(_COLUMNS) : told], strict=True))
    return Seen._make((*values[: len(_COLUMNS)], table.warnings_of(said), values[told:]))


def seen_at(
    table: type[PublishedRecord], seq: int, values: Collection[str], *, column: str = "public_id"
) -> list[Seen]:
    """The rows of records at an entry, tombstones included, by ids or another column."""
    rows = plainly.rows_at(table, columns(table), seq, column=column, values=values)
    return [seen(table, row) for row in rows]


def own(version: int, present: Seen) -> Marks:
    """Of a version of a record, given the record's present row."""
    return (SUPERSEDED, *present.warnings) if present.version > version else present.warnings


def of_named(
    table: type[PublishedRecord], approvals: Collection[int], head: int
) -> Mapping[int, Marks]:
    """By the entry that approved them, the marks that versions have from what they name; ``head``
    is the newest entry of the log.
    """
    found: dict[int, set[str]] = defaultdict(set)
    targets = tuple(tables()[record_type] for record_type in sorted({*table.roles.values()}))
    for seq, role, record_type, *said in plainly.warned_of(targets, approvals, head):
        target = tables()[record_type]
        warnings = target.warnings_of(dict(zip(target.warned_by, said, strict=False)))
        found[seq] |= {f"{role}-{warning}" for warning in warnings}
    return {seq: in_order(table, marks) for seq, marks in found.items()}


def in_order(table: type[PublishedRecord], found: Iterable[str]) -> Marks:
    """Marks from what a record of the table names, each once, in the order of ``derived``; those
    that a newer program knows come last.
    """
    order = {mark: place for place, mark in enumerate(derived(table))}
    return tuple(sorted(set(found), key=lambda mark: (order.get(mark, len(order)), mark)))


def derived(table: type[PublishedRecord]) -> list[str]:
    """All marks that a record of this type may have from what it names."""
    return [
        f"{role}-{warning}"
        for role, record_type in table.roles.items()
        for warning in tables()[record_type].warnings
    ]


def every() -> list[str]:
    """All marks of records of whatever type."""
    own_marks = [warning for table in tables().values() for warning in table.warnings]
    theirs = [mark for table in tables().values() for mark in derived(table)]
    return list(dict.fromkeys([SUPERSEDED, *own_marks, *theirs]))
