"""Pages of mechanisms."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from publication.entries import Entry
from publication.presentation import Fact
from therapies import links
from therapies.pages import lists, records
from therapies.pages.filters import MechanismFilters
from therapies.pages.kinds import MECHANISM
from therapies.pages.snapshot import Snapshot
from therapies.pages.subjects import rows, subject
from therapies.published import (
    PublishedClaim,
    PublishedMechanism,
    PublishedSubject,
    PublishedTherapy,
)


def show(entry: Entry, seq: int, snapshot: Snapshot) -> dict[str, Any]:
    body = entry.body
    own = [
        Fact("Target", body["target"]),
        Fact("Effect", body["effect"]),
        Fact("Acts in", body["acts_in"]),
    ]
    return subject(PublishedMechanism, entry, seq, snapshot, own=own)


def also(public_id: str, snapshot: Snapshot) -> dict[str, Any]:
    """What acts by the mechanism, or by one that is a kind of it, and those kinds as a tree."""
    public = PublishedMechanism.objects.as_of(snapshot.seq).listed().order_by("name")
    by_id = {row.public_id: row for row in public}
    kinds = _below(public_id, by_id)
    return {
        "named_by": _named_by([public_id, *(row.public_id for _, row in kinds)], by_id, snapshot),
        "narrower": [
            {
                "depth": depth,
                "name": row.name,
                "url": links.record("mechanism", row.slug, snapshot.keep),
            }
            for depth, row in kinds
        ],
    }


def _below(
    public_id: str, by_id: Mapping[str, PublishedSubject]
) -> list[tuple[int, PublishedSubject]]:
    """The kinds of a mechanism with how far below it they are, each behind what it is a kind of.

    Each is met once, also where records name each other in a circle.
    """
    met, found = {public_id}, []

    def walk(above: str, depth: int) -> None:
        for row in by_id.values():
            if row.one_of_id == above and row.public_id not in met:
                met.add(row.public_id)
                found.append((depth, row))
                walk(row.public_id, depth + 1)

    walk(public_id, 1)
    return found


def _named_by(
    ids: list[str], by_id: Mapping[str, PublishedSubject], snapshot: Snapshot
) -> list[dict[str, Any]]:
    """The therapies whose approved claims say that they act by one of these, or may; by which,
    where it is not the first itself.
    """
    claims = PublishedClaim.objects.as_of(snapshot.seq).that_act_by(ids).order_by()
    by: dict[str, set[str]] = {}
    for subject_id, mechanism_id in claims.values_list("subject_id", "mechanism_id"):
        by.setdefault(subject_id, set()).add(mechanism_id)
    therapies = PublishedTherapy.objects.as_of(snapshot.seq).listed().filter(public_id__in=by)
    return [
        {
            "name": row.name,
            "url": links.record("therapy", row.slug, snapshot.keep),
            "by": sorted(by_id[i].name for i in by[row.public_id] if i in by_id)
            if ids[0] not in by[row.public_id]
            else [],
        }
        for row in therapies.order_by("name")
    ]


mechanisms = lists.record_list(
    MECHANISM, MechanismFilters, "mechanisms/list.html", partial(rows, "mechanism")
)
mechanism = records.detail(MECHANISM, show, "mechanisms/detail.html", also)
version = records.version(MECHANISM, show, "mechanisms/detail.html")
history = records.history(MECHANISM)
difference = records.difference(MECHANISM)
