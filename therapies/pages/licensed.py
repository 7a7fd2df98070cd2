"""What pages show under a source's licence: only as long as it is one that lets us."""

from collections.abc import Mapping
from typing import Any

from publication import log
from sources.licences import shows_text
from sources.published import PublishedSource
from therapies.pages.snapshot import Snapshot

Body = Mapping[str, Any]


def showable(body: Body, snapshot: Snapshot) -> Body:
    """A content without the texts and the abstract that we may not show any more; as it is where it
    has none, or is no source's.
    """
    if body["type"] != PublishedSource.record_type:
        return body
    has_any = body["abstract"] or any(document["text"] for document in body["documents"])
    if not has_any or _lets_us_now(body["id"], snapshot.head):
        return body
    documents = [{**document, "text": ""} for document in body["documents"]]
    return {**body, "abstract": "", "documents": documents}


def _lets_us_now(public_id: str, head: int) -> bool:
    """Whether the source is public and the licence that it states now lets us show its text: one
    that was read wrongly, or was not theirs to give, ends that on the pages of all versions.
    """
    rows = PublishedSource.objects.as_of(head).filter(public_id=public_id, withdrawn=False)
    row = rows.first()
    return row is not None and shows_text(log.entry_at(row.approved_seq).body["licence"])
