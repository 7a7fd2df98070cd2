"""From a public address to the row it names, at any head of the log."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from editorial.published import PublishedAddress, PublishedRecord

R = TypeVar("R", bound=PublishedRecord)


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """The record at an address; ``moved`` when the address is an old one of it."""

    row: R
    moved: bool


def find(table: type[R], record_type: str, slug: str, seq: int | None = None) -> Found[R] | None:
    """Who lives at ``slug``, or lived there, or does so later than ``seq``; else ``None``."""
    rows = table._default_manager.as_of(seq)  # type: ignore[attr-defined]
    row = rows.filter(slug=slug).first()
    if row is not None:
        return Found(row, moved=False)
    address = PublishedAddress.objects.filter(record_type=record_type, slug=slug).first()
    if address is None:
        return None
    row = rows.filter(public_id=address.public_id).first()
    return None if row is None else Found(row, moved=True)
