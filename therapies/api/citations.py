"""How versions and claims are cited: what the pages that say so offer as files."""

from collections.abc import Sequence

from django.db.models import Q

from publication.api.records import Approved
from sources.citing.items import Item
from therapies.api.claims import SUBJECTS, Reading
from therapies.pages.citing import page_item
from therapies.pages.claims import Shown
from therapies.pages.snapshot import Snapshot
from therapies.published import PublishedClaim


def of_version(approved: Approved, origin: str) -> Item:
    """A version of a therapy or mechanism, at its permanent address."""
    entry, table = approved.entry, SUBJECTS[approved.entry.record_type]
    ends = Q(version=entry.version) | Q(to_seq=None)
    rows = table._default_manager.filter(ends, public_id=entry.public_id, withdrawn=True)
    url = f"{origin}/{table.plural}/{approved.row.slug}/v/{entry.version}/"
    return page_item(entry, url, withdrawn=rows.exists())


def of_claim(row: PublishedClaim, reading: Reading) -> Sequence[Item]:
    """A claim as a part of its version, and the works that it rests on."""
    past = reading.seq != reading.head
    snapshot = Snapshot(head=reading.head, seq=reading.seq, is_past=past)
    claim, *_ = Shown(row, snapshot).cited(lambda path: f"{reading.origin}{path}")
    return claim.in_files
