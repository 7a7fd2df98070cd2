"""The three kinds of record that have pages, and how each is found in the reading room."""

from dataclasses import dataclass

from editorial import addresses
from editorial.addresses import Found
from editorial.published import PublishedRecord
from sources.published import PublishedSource
from therapies.pages.links import Links
from therapies.pages.reading import Reading
from therapies.published import PublishedMechanism, PublishedTherapy


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its word in the log and addresses, and its table."""

    record_type: str
    plural: str
    table: type[PublishedRecord]

    def find(self, slug: str, seq: int) -> Found[PublishedRecord] | None:
        return addresses.find(self.table, self.record_type, slug, seq)

    def links(self, slug: str, reading: Reading) -> Links:
        return Links(self.record_type, slug, reading.keep)


THERAPY = Kind("therapy", "therapies", PublishedTherapy)
MECHANISM = Kind("mechanism", "mechanisms", PublishedMechanism)
SOURCE = Kind("source", "sources", PublishedSource)

KINDS = {kind.record_type: kind for kind in (THERAPY, MECHANISM, SOURCE)}
