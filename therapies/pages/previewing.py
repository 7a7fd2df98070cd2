"""The page of a record as readers would see it if a content were approved, made of that content.

The workroom hands the content over and says who may look; nothing here is an address, and nothing
is remembered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from publication import log
from publication.actions import APPROVE
from publication.entries import Entry
from publication.shapes import stated
from sources.licences import shows_text
from sources.published import PublishedSource
from therapies import links
from therapies.pages import mechanisms, sources, therapies
from therapies.pages.kinds import KINDS
from therapies.pages.log_lines import line
from therapies.pages.snapshot import Snapshot, head_of
from therapies.pages.subjects import names_of
from therapies.presentation import Names
from therapies.published import PublishedMechanism

__all__ = ["Draft", "preview"]

Body = Mapping[str, Any]
NOBODY: Body = {"id": 0, "name": "nobody yet"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A content that is not approved, with the contents of what it names that is not public."""

    body: Body
    version: int
    """The one that it would be."""
    contributors: Sequence[Body]
    """Ids and names of who contributed to it."""
    at: str
    """When it is looked at, as a stamp of the log."""
    named: Sequence[Body] = ()

    def entry(self, seq: int) -> Entry:
        """What an approval under this number would append; no log holds it."""
        return log.made(
            stated(self.body),
            seq=seq,
            at=self.at,
            action=APPROVE,
            version=self.version,
            contributors=self.contributors,
            approver=NOBODY,
            judgements=(),
            note="A draft: nothing of it is approved.",
        )


def preview(request: HttpRequest, draft: Draft, banner: SafeString) -> HttpResponse:
    """The draft's page beside what is public now, under what the workroom says of it."""
    head = head_of(request)
    snapshot = Snapshot(head=head, seq=head, is_past=False)
    entry = draft.entry(snapshot.seq + 1)
    kind = KINDS[entry.record_type]
    row = kind.table(**kind.table.columns(entry))
    own = kind.links(row.slug, snapshot)
    shown = _SHOWN[entry.record_type](entry, draft, snapshot)
    context = {
        "row": row,
        "kind": kind,
        "links": own,
        "cite": own.cite,
        "fate": None,
        "standing": {"warning": "", "note": ""},
        "gone_since": None,
        "is_overdue": False,
        "body": entry.body,
        "line": line(entry, own),
        "data": None,
        "share": (),
        **snapshot.context(),
        **shown,
        "noindex": True,
        "canonical": "",
        "preview": banner,
    }
    return render(request, f"{kind.plural}/detail.html", context)


def _names(entry: Entry, draft: Draft, snapshot: Snapshot) -> Names:
    """With what is not public as it would be named if it were."""
    public = names_of([entry.body], snapshot.seq, snapshot)
    entries = [_unapproved(body, draft, entry.seq) for body in draft.named]
    return public.with_drafts(
        [
            PublishedSource(**PublishedSource.stated(one))
            for one in entries
            if one.record_type == PublishedSource.record_type
        ],
        [
            PublishedMechanism(**PublishedMechanism.columns(one))
            for one in entries
            if one.record_type == PublishedMechanism.record_type
        ],
    )


def _unapproved(body: Body, draft: Draft, seq: int) -> Entry:
    return Draft(body, 1, (), draft.at).entry(seq)


def _therapy(entry: Entry, draft: Draft, snapshot: Snapshot) -> dict[str, Any]:
    shown = therapies.show(entry, snapshot.seq, snapshot, _names(entry, draft, snapshot))
    if _is_public(entry, snapshot):
        return shown | therapies.also(entry.public_id, snapshot)
    anything = {"with": [], "any": links.compare([], snapshot.keep)}
    return shown | {"below": [], "related": [], "compare": anything}


def _mechanism(entry: Entry, draft: Draft, snapshot: Snapshot) -> dict[str, Any]:
    shown = mechanisms.show(entry, snapshot.seq, snapshot, _names(entry, draft, snapshot))
    if _is_public(entry, snapshot):
        return shown | mechanisms.also(entry.public_id, snapshot)
    where = links.mechanisms_map(entry.body["target"], snapshot.keep)
    return shown | {"map": where, "named_by": [], "narrower": []}


def _source(entry: Entry, draft: Draft, snapshot: Snapshot) -> dict[str, Any]:
    """With as much of its text as its own licence lets us show."""
    body = entry.body
    if not shows_text(body["licence"]):
        documents = [{**document, "text": ""} for document in body["documents"]]
        body = {**body, "abstract": "", "documents": documents}
    return sources.stated(entry, body) | sources.also(entry.public_id, snapshot)


def _is_public(entry: Entry, snapshot: Snapshot) -> bool:
    rows = KINDS[entry.record_type].table._default_manager.filter(
        public_id=entry.public_id, to_seq=None, withdrawn=False
    )
    return rows.exists()


_SHOWN: Mapping[str, Callable[[Entry, Draft, Snapshot], dict[str, Any]]] = {
    "therapy": _therapy,
    "mechanism": _mechanism,
    "source": _source,
}
