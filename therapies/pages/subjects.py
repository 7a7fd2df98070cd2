"""What the pages of therapies and mechanisms share."""

from typing import Any

from publication.entries import Entry
from publication.presentation import Fact
from therapies.pages.lists import claim_counts
from therapies.pages.snapshot import Snapshot
from therapies.presentation import Names, sections
from therapies.published import PublishedSubject
from therapies.wording import kind_label


def subject(entry: Entry, seq: int, snapshot: Snapshot, own: list[Fact]) -> dict[str, Any]:
    """The content of an entry; sources and mechanisms are named as they were at ``seq``."""
    body = entry.body
    names = Names.of([body], seq=seq, standing_seq=snapshot.seq, keep=snapshot.keep)
    facts = [Fact("Kind", kind_label(entry.record_type, body["kind"])), *own]
    return {
        "facts": [fact for fact in facts if fact.value],
        "sections": sections(entry, names),
    }


def rows(
    record_type: str, found: list[PublishedSubject], snapshot: Snapshot
) -> list[dict[str, Any]]:
    """Lines of a list."""
    counts = claim_counts([row.public_id for row in found], snapshot.seq)
    return [
        {
            "row": row,
            "kind": kind_label(record_type, row.kind),
            "synonyms": row.synonyms.split("\n") if row.synonyms else [],
            "claims": counts.get(row.public_id, 0),
        }
        for row in found
    ]
