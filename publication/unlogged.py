"""Entries as the log would hold them, that no log holds: of invented contents, and of drafts that
their editors look at. Never saved.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from publication import log
from publication.actions import APPROVE
from publication.canonical import canonical, digest
from publication.entries import Entry
from publication.shapes import stated

__all__ = ["entry_of"]

Body = Mapping[str, Any]


def entry_of(
    body: Body,
    *,
    seq: int,
    at: str,
    version: int,
    contributors: Sequence[Body],
    approver: Body,
    note: str = "",
    action: str = APPROVE,
    judgements: Sequence[Body] = (),
) -> Entry:
    """What ``log.append`` would make of the content under this number at this time."""
    text = canonical(stated(body))
    made = Entry(
        seq=seq,
        at=at,
        action=action,
        record_type=body["type"],
        public_id=body["id"],
        version=version,
        content=text,
        digest=digest(text),
        contributors=canonical(list(contributors)),
        approver_id=approver["id"],
        approver_name=approver["name"],
        note=note,
        demonstration=False,
        previous=log.GENESIS,
    )
    made.envelope = canonical(log.envelope(made, [dict(judged) for judged in judgements]))
    made.hash = digest(made.envelope)
    return made
