"""Pages of therapies."""

from functools import partial
from typing import Any

from publication.entries import Entry
from publication.presentation import Fact
from therapies.pages import lists, records
from therapies.pages.filters import TherapyFilters
from therapies.pages.kinds import THERAPY
from therapies.pages.snapshot import Snapshot
from therapies.pages.subjects import below, rows, subject
from therapies.published import PublishedTherapy


def show(entry: Entry, seq: int, snapshot: Snapshot) -> dict[str, Any]:
    body = entry.body
    own = [Fact(scheme, str(code)) for scheme, code in body["identifiers"].items()]
    return subject(PublishedTherapy, entry, seq, snapshot, own=own)


def also(public_id: str, snapshot: Snapshot) -> dict[str, Any]:
    return {"below": below(PublishedTherapy, public_id, snapshot)}


therapies = lists.record_list(
    THERAPY, TherapyFilters, "therapies/list.html", partial(rows, "therapy")
)
therapy = records.detail(THERAPY, show, "therapies/detail.html", also)
version = records.version(THERAPY, show, "therapies/detail.html")
history = records.history(THERAPY)
difference = records.difference(THERAPY)
