"""The three kinds of record that have pages, and how each is found in the reading room."""

from dataclasses import dataclass

from publication import addresses
from publication.addresses import Found
from publication.published import PublishedRecord
from sources.published import PublishedSource
from therapies.links import Links
from therapies.pages.snapshot import Snapshot
from therapies.published import PublishedMechanism, PublishedTherapy


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

    def find(self, slug: str, seq: int) -> Found[PublishedRecord] | None:
        return addresses.find(self.table, slug, seq)

    def links(self, slug: str, snapshot: Snapshot) -> Links:
        return Links(self.record_type, slug, snapshot.keep)


THERAPY = Kind(PublishedTherapy)
MECHANISM = Kind(PublishedMechanism)
SOURCE = Kind(PublishedSource)

KINDS = {kind.record_type: kind for kind in (THERAPY, MECHANISM, SOURCE)}
