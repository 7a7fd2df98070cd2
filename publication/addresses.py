"""From a public address or id to the record that has it, at any head of the log."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import QuerySet

from publication.plainly import Where, rows
from publication.published import PublishedAddress, PublishedRecord, PublishedSuccessor

R = TypeVar("R", bound=PublishedRecord)


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """A record by one of its addresses."""

    row: R
    """Its own row, a tombstone when readers are no longer shown it: its versions stay."""
    moved: bool = False
    """It has another address than the one that was asked for."""
    successor: R | None = None
    """The record that readers are led to in its place, when it was joined with that one."""


def find(table: type[R], slug: str, seq: int | None = None) -> Found[R] | None:
    """Who lives at ``slug``, lived there, or does so later than ``seq``; else ``None``."""
    for there in rows(table, seq, Where("slug = %s", (slug,))):
        return _found(table, there, seq)
    address = PublishedAddress.objects.filter(record_type=table.record_type, slug=slug).first()
    row = _rows(table, seq).filter(public_id=address.public_id).first() if address else None
    return _found(table, row, seq, moved=True)


def find_id(table: type[R], public_id: str, seq: int | None = None) -> Found[R] | None:
    """The record with this public id; else ``None``."""
    return _found(table, _rows(table, seq).filter(public_id=public_id).first(), seq)


def _found(
    table: type[R], row: R | None, seq: int | None, *, moved: bool = False
) -> Found[R] | None:
    return None if row is None else Found(row, moved, _successor(table, row, seq))


def _successor(table: type[R], row: R, seq: int | None) -> R | None:
    """The end of the chain of successors; ``None`` when there is no chain."""
    leads = PublishedSuccessor.objects.as_of(seq).filter(record_type=table.record_type)
    end: R | None = None
    here: R | None = row
    while here is not None and here.withdrawn:
        to = leads.filter(public_id=here.public_id).values_list("successor_id", flat=True).first()
        here = _rows(table, seq).filter(public_id=to).first() if to else None
        end = here or end
    return end


def _rows(table: type[R], seq: int | None) -> QuerySet[R]:
    rows: QuerySet[R] = table._default_manager.as_of(seq)  # type: ignore[attr-defined]
    return rows
