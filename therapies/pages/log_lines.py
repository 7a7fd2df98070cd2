"""Log entries as lists of changes and histories show them."""

import datetime as dt
from dataclasses import dataclass

from publication import log
from publication.actions import APPROVE
from publication.entries import Entry
from therapies.links import Links
from therapies.wording import moment


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words, with where to look."""

    seq: int
    at: dt.datetime
    action: str
    what: str
    """Such as ``version 2 approved``."""
    record_type: str
    name: str
    url: str
    """The permanent address of what was approved; otherwise the record's history."""
    version: int
    difference: str
    """The address of the difference from the version before; empty for the first."""
    digest: str
    head: str
    """The log's head when this was its newest entry, ``SEQ:HASH``: kept elsewhere, it proves that
    the log up to here is the same.
    """
    contributors: tuple[str, ...]
    by: str
    note: str
    demonstration: bool


def line(entry: Entry, links: Links | None = None, keep: str = "") -> Line:
    """``links`` are the record's present ones; without them the entry's own address serves."""
    body = entry.body
    links = links or Links(entry.record_type, body["slug"], keep)
    approved = entry.action == APPROVE
    return Line(
        seq=entry.seq,
        at=moment(entry.at),
        action=entry.action,
        what=log.said(entry),
        record_type=entry.record_type,
        name=body["name"],
        url=links.version(entry.version) if approved else f"{links.history}#entry-{entry.seq}",
        version=entry.version,
        difference=links.difference(entry.version - 1, entry.version)
        if approved and entry.version > 1
        else "",
        digest=entry.digest,
        head=str(entry.anchor),
        contributors=tuple(person["name"] for person in entry.contributor_list),
        by=entry.approver_name,
        note=entry.note,
        demonstration=entry.demonstration,
    )
