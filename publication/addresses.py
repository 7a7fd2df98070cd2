"""From a public address or id to the row it leads to, at any head of the log."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import QuerySet

from publication.published import PublishedAddress, PublishedRecord, PublishedSuccessor

R = TypeVar("R", bound=PublishedRecord)


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """The record that an address leads to."""

    row: R
    moved: bool = False
    """The record has another address than the one that was asked for."""
    joined: bool = False
    """It is another record, which came in the place of the one that has the address: its
    versions are not those of that record.
    """


def find(table: type[R], slug: str, seq: int | None = None) -> Found[R] | None:
    """Who lives at ``slug``, lived there, does so later than ``seq``, or came in the place of one
    who did; else ``None``.
    """
    row = _rows(table, seq).filter(slug=slug).first()
    if row is not None:
        return Found(row)
    address = PublishedAddress.objects.filter(record_type=table.record_type, slug=slug).first()
    if address is None:
        return None
    return _follow(table, address.public_id, seq, moved=True)


def find_id(table: type[R], public_id: str, seq: int | None = None) -> Found[R] | None:
    """The record with this public id, or the one that came in its place; else ``None``."""
    return _follow(table, public_id, seq, moved=False)


def _follow(table: type[R], public_id: str, seq: int | None, *, moved: bool) -> Found[R] | None:
    """The row of the record, else of its successor, and so on; a circle leads nowhere."""
    seen: set[str] = set()
    while public_id not in seen:
        row = _rows(table, seq).filter(public_id=public_id).first()
        if row is not None:
            return Found(row, moved=moved or bool(seen), joined=bool(seen))
        seen.add(public_id)
        leads = PublishedSuccessor.objects.as_of(seq).filter(
            record_type=table.record_type, public_id=public_id
        )
        public_id = leads.values_list("successor_id", flat=True).first() or public_id
    return None


def _rows(table: type[R], seq: int | None) -> QuerySet[R]:
    rows: QuerySet[R] = table._default_manager.as_of(seq)  # type: ignore[attr-defined]
    return rows
