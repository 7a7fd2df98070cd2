"""How an answer names another record: by what leads to it, and what has to be told of it today."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse

from publication.api.marks import own, seen_at
from publication.published import PublishedRecord, tables


@dataclass(frozen=True, slots=True)
class Named:
    """A record in the answer about another one."""

    type: str
    id: str
    slug: str
    """Empty while it is not public, and has no address."""
    name: str
    marks: Sequence[str]
    origin: str
    """What absolute addresses begin with."""
    row: PublishedRecord | None = None
    """Its row at the state shown, where more is told of it."""

    @classmethod
    def of(cls, row: PublishedRecord, marks: Sequence[str], origin: str) -> "Named":
        """As it was called at the state shown."""
        return cls(row.record_type, row.public_id, row.slug, row.name, marks, origin, row)

    @property
    def url(self) -> str | None:
        if not self.slug:
            return None
        return page(self.origin, tables()[self.type].plural, self.slug)

    @property
    def api_url(self) -> str | None:
        if not self.slug:
            return None
        return answer(self.origin, tables()[self.type].plural, self.id)


State = tuple[str, ...]
"""What an answer that names a record hangs on: the key of the row shown, and its marks of today."""


def states(
    table: type[PublishedRecord], ids: Collection[str], seq: int, head: int
) -> dict[str, State]:
    """By id, of records as they were at entry ``seq``, with what is known of them at ``head``."""
    then = seen_at(table, seq, ids)
    present = then if seq == head else seen_at(table, head, [row.public_id for row in then])
    now = {row.public_id: row for row in present}
    return {row.public_id: (row.key, *own(row.version, now[row.public_id])) for row in then}


def named(
    table: type[PublishedRecord], found: Mapping[str, State], origin: str
) -> dict[str, Named]:
    """The same as answers name them."""
    rows = table._default_manager.in_bulk([key for key, *_ in found.values()])
    return {
        public_id: Named.of(rows[key], marks, origin) for public_id, (key, *marks) in found.items()
    }


def page(origin: str, plural: str, slug: str, version: int | None = None) -> str:
    """Where people read a record, or one version of it."""
    address = f"{origin}/{plural}/{slug}/"
    return address if version is None else f"{address}v/{version}/"


def answer(origin: str, plural: str, public_id: str, version: int | None = None) -> str:
    """Where programs read it, at an address that never changes."""
    address = f"{origin}{_root()}{plural}/{public_id}/"
    return address if version is None else f"{address}versions/{version}/"


@cache
def _root() -> str:
    return reverse("api:root")


def state(anchor: Any) -> dict[str, Any]:
    """Which state of the log an answer shows."""
    return {"seq": anchor.seq, "hash": anchor.hash, "time": anchor.at or None}
