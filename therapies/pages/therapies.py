"""Pages of therapies."""

from functools import partial
from typing import Any

from publication.entries import Entry
from publication.presentation import Fact
from therapies import links
from therapies.pages import lists, records
from therapies.pages.filters import TherapyFilters
from therapies.pages.kinds import THERAPY
from therapies.pages.snapshot import Snapshot
from therapies.pages.subjects import below, rows, subject
from therapies.published import PublishedClaim, PublishedMechanism, PublishedTherapy


def show(entry: Entry, seq: int, snapshot: Snapshot) -> dict[str, Any]:
    body = entry.body
    own = [Fact(scheme, str(code)) for scheme, code in body["identifiers"].items()]
    return subject(PublishedTherapy, entry, seq, snapshot, own=own)


def also(public_id: str, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "below": below(PublishedTherapy, public_id, snapshot),
        "related": _related(public_id, snapshot),
    }


def _related(public_id: str, snapshot: Snapshot) -> list[dict[str, Any]]:
    """Other therapies whose approved claims name a mechanism that this one's name too, by it."""
    claims = PublishedClaim.objects.as_of(snapshot.seq).order_by()
    own = claims.that_act_by().filter(subject_id=public_id).values("mechanism_id")
    shared: dict[str, set[str]] = {}
    rows = claims.that_act_by(own).exclude(subject_id=public_id)
    for mechanism_id, subject_id in rows.values_list("mechanism_id", "subject_id"):
        shared.setdefault(mechanism_id, set()).add(subject_id)
    if not shared:
        return []
    others = {other for found in shared.values() for other in found}
    therapies = PublishedTherapy.objects.as_of(snapshot.seq).listed().filter(public_id__in=others)
    in_order = list(therapies.order_by("name"))
    mechanisms = PublishedMechanism.objects.as_of(snapshot.seq).listed()
    return [
        {
            "mechanism": mechanism.name,
            "url": links.record("mechanism", mechanism.slug, snapshot.keep),
            "therapies": [
                {"name": row.name, "url": links.record("therapy", row.slug, snapshot.keep)}
                for row in in_order
                if row.public_id in shared[mechanism.public_id]
            ],
        }
        for mechanism in mechanisms.filter(public_id__in=shared).order_by("name")
    ]


therapies = lists.record_list(
    THERAPY, TherapyFilters, "therapies/list.html", partial(rows, "therapy")
)
therapy = records.detail(THERAPY, show, "therapies/detail.html", also)
version = records.version(THERAPY, show, "therapies/detail.html")
history = records.history(THERAPY)
difference = records.difference(THERAPY)
