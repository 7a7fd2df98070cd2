"""The three kinds of record that have pages, and how each is found in the reading room."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from publication import addresses
from publication.addresses import Found
from publication.columns import lines
from publication.counting import count
from publication.published import PublishedRecord
from sources.published import PublishedSource
from therapies.links import Links
from therapies.pages.snapshot import Snapshot
from therapies.published import PublishedMechanism, PublishedSubject, PublishedTherapy
from therapies.wording import short_reference


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record that has pages, by its table."""

    table: type[PublishedRecord]

    @property
    def record_type(self) -> str:
        return self.table.record_type

    @property
    def plural(self) -> str:
        return self.table.plural

    @property
    def listed(self) -> Any:
        """The rows of whatever time, without tombstones."""
        return self.table._default_manager.filter(withdrawn=False)

    def count(self, seq: int) -> int:
        """How many are public at an entry of the log."""
        return count(self.listed, seq)

    def find(self, slug: str, seq: int) -> Found[PublishedRecord] | None:
        return addresses.find(self.table, slug, seq)

    def identified(self, code: str, seq: int) -> PublishedRecord | None:
        """Whose work others know by this code: its DOI, its number in PubMed or in a registry; a
        tombstone only where there is no other.
        """
        if self.table is not PublishedSource:
            return None
        plain = code.lower()
        same = Q(doi_called=plain) | Q(pmid=code) | Q(registry_called=plain)
        rows = PublishedSource.objects.as_of(seq).filter(same)
        return rows.order_by("withdrawn", "key").first()

    def links(self, slug: str, snapshot: Snapshot) -> Links:
        return Links(self.record_type, slug, snapshot.keep)


THERAPY = Kind(PublishedTherapy)
MECHANISM = Kind(PublishedMechanism)
SOURCE = Kind(PublishedSource)

KINDS = {kind.record_type: kind for kind in (THERAPY, MECHANISM, SOURCE)}


def told_beside(row: PublishedRecord) -> str:
    """What tells a record from others of like name: its other names, or who, where and when."""
    if isinstance(row, PublishedSource):
        return short_reference(row)
    if not isinstance(row, PublishedSubject):
        return ""
    others = [*row.brand_lines, *lines(row.synonyms)]
    return f"Also called {', '.join(others)}" if others else ""
