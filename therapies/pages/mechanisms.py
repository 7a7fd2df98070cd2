"""Pages of mechanisms."""

from functools import partial
from typing import Any

from publication.entries import Entry
from publication.presentation import Fact
from therapies import links
from therapies.pages import lists, records
from therapies.pages.filters import MechanismFilters
from therapies.pages.kinds import MECHANISM
from therapies.pages.snapshot import Snapshot
from therapies.pages.subjects import below, rows, subject
from therapies.published import PublishedMechanism, PublishedTherapy


def show(entry: Entry, seq: int, snapshot: Snapshot) -> dict[str, Any]:
    body = entry.body
    own = [
        Fact("Target", body["target"]),
        Fact("Effect", body["effect"]),
        Fact("Acts in", body["acts_in"]),
    ]
    return subject(PublishedMechanism, entry, seq, snapshot, one_of="Kind of", own=own)


def also(public_id: str, snapshot: Snapshot) -> dict[str, Any]:
    """The therapies whose approved claims name the mechanism."""
    found = PublishedTherapy.objects.as_of(snapshot.seq).listed()
    found = found.with_facet("mechanism", public_id, snapshot.seq)
    return {
        "named_by": [
            {"name": row.name, "url": links.record("therapy", row.slug, snapshot.keep)}
            for row in found
        ],
        "below": below(PublishedMechanism, public_id, snapshot),
    }


mechanisms = lists.record_list(
    MECHANISM, MechanismFilters, "mechanisms/list.html", partial(rows, "mechanism")
)
mechanism = records.detail(MECHANISM, show, "mechanisms/detail.html", also)
version = records.version(MECHANISM, show, "mechanisms/detail.html")
history = records.history(MECHANISM)
difference = records.difference(MECHANISM)
