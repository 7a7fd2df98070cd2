"""Checks of the workflow against the log."""

from collections.abc import Iterator

from editorial.models import record_classes
from editorial.states import State
from publication import log
from publication.canonical import digest_of
from publication.verify import Finding


def working_records() -> Iterator[Finding]:
    """A record that is approved has exactly the content of its newest approval."""
    for record_type, model in record_classes().items():
        for record in model._default_manager.filter(state=State.APPROVED).iterator(chunk_size=200):
            where = f"{record_type} “{record.name}”"
            entry = log.latest_approval(record_type, record.public_id)
            if entry is None:
                yield Finding(where, "is in state approved, and the log has no approval of it")
            elif digest_of(record.content()) != entry.digest:
                yield Finding(where, f"was changed after its approval in entry {entry.seq}")
