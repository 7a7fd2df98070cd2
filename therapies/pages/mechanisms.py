"""Pages of mechanisms."""

from functools import partial
from typing import Any

from publication.entries import Entry
from publication.presentation import Fact
from therapies import links
from therapies.pages import lists, records
from therapies.pages.filters import MechanismFilters
from therapies.pages.kinds import MECHANISM
from therapies.pages.reading import Reading
from therapies.pages.subjects import rows, subject
from therapies.published import PublishedTherapy


def show(entry: Entry, seq: int, reading: Reading) -> dict[str, Any]:
    body = entry.body
    own = [
        Fact("Target", body["target"]),
        Fact("Effect", body["effect"]),
        Fact("Acts in", body["acts_in"]),
    ]
    return subject(entry, seq, reading, own)


def also(public_id: str, reading: Reading) -> dict[str, Any]:
    """The therapies whose approved claims name the mechanism."""
    found = PublishedTherapy.objects.as_of(reading.seq).listed()
    found = found.with_facet("mechanism", public_id, reading.seq)
    return {
        "named_by": [
            {"name": row.name, "url": links.record("therapy", row.slug, reading.keep)}
            for row in found
        ]
    }


mechanisms = lists.record_list(
    MECHANISM, MechanismFilters, "mechanisms/list.html", partial(rows, "mechanism")
)
mechanism = records.detail(MECHANISM, show, "mechanisms/detail.html", also)
version = records.version(MECHANISM, show, "mechanisms/detail.html")
history = records.history(MECHANISM)
difference = records.difference(MECHANISM)
