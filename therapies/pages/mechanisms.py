"""Pages of mechanisms."""

from collections.abc import Mapping
from typing import Any

from publication.entries import Entry
from publication.keeping import index_at
from publication.presentation import Fact
from publication.published import in_order
from therapies import links
from therapies.narrowing import MECHANISMS, THERAPIES
from therapies.pages import lists, made_of, records
from therapies.pages.acting import Acting, acting, below_it, by_above, with_kinds
from therapies.pages.briefs import briefs
from therapies.pages.filters import ListFilters
from therapies.pages.kinds import MECHANISM, THERAPY
from therapies.pages.marks import Mark
from therapies.pages.snapshot import Snapshot
from therapies.pages.subjects import list_line, subject, works
from therapies.presentation import Names
from therapies.published import PublishedMechanism, PublishedSubject, PublishedTherapy


def show(entry: Entry, seq: int, snapshot: Snapshot, names: Names | None = None) -> dict[str, Any]:
    body = entry.body
    own = [
        Fact("Target", body["target"]),
        Fact("Effect", body["effect"]),
        Fact("Acts in", body["acts_in"]),
    ]
    return subject(PublishedMechanism, entry, seq, snapshot, own=own, names=names)


def also(public_id: str, snapshot: Snapshot) -> dict[str, Any]:
    """What acts by the mechanism, or by one that is a kind of it, and those kinds as a tree."""
    by_id = with_kinds(public_id, snapshot.seq)
    kinds = below_it(public_id, by_above(by_id))
    return {
        "map": links.mechanisms_map(by_id[public_id].target, snapshot.keep),
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


def _named_by(
    ids: list[str], by_id: Mapping[str, PublishedSubject], snapshot: Snapshot
) -> list[dict[str, Any]]:
    """The therapies that act by the first of these, as approved claims have it, or by one of the
    others, which is then named; with what is not plain about it.
    """
    by: dict[str, list[Acting]] = {}
    for found in acting(ids, snapshot):
        by.setdefault(found.therapy, []).append(found)
    therapies = PublishedTherapy.objects.as_of(snapshot.seq).listed().filter(public_id__in=by)
    return [
        {
            "name": row.name,
            "url": links.record("therapy", row.slug, snapshot.keep),
            "by": _by(ids[0], by[row.public_id], by_id),
        }
        for row in sorted(therapies, key=in_order)
    ]


def _by(
    public_id: str, found: list[Acting], by_id: Mapping[str, PublishedSubject]
) -> list[tuple[str, Mark | None]]:
    """The mechanism itself, which needs no name, if it is among them; else each kind of it."""
    itself = [("", one.mark) for one in found if one.mechanism == public_id]
    kinds = [(by_id[one.mechanism], one.mark) for one in found if one.mechanism in by_id]
    return itself or [
        (row.name, mark) for row, mark in sorted(kinds, key=lambda kind: in_order(kind[0]))
    ]


def rows(
    found: list[PublishedMechanism], chosen: ListFilters, snapshot: Snapshot
) -> list[dict[str, Any]]:
    """Lines of the list, each with the therapies that its page names."""
    told = briefs(found, snapshot)
    acts = THERAPIES.by_name["mechanism"]
    index = index_at(THERAPIES.facts, snapshot.seq, [acts])
    therapies = dict(index.counts(acts.name, {}, index.every, [row.public_id for row in found]))
    return [
        list_line(row, told[row.public_id])
        | {
            "acting": therapies[row.public_id],
            "acting_url": lists.address(THERAPY, {"mechanism": row.slug}, snapshot),
        }
        for row in found
    ]


mechanisms = lists.record_list(
    MECHANISM,
    MECHANISMS,
    "mechanisms/list.html",
    rows,
    line="_components/subject_row.html",
)
mechanism = records.detail(
    MECHANISM, show, "mechanisms/detail.html", also, made_of=made_of.mechanism
)
version = records.version(
    MECHANISM, show, "mechanisms/detail.html", made_of=made_of.mechanism_version
)
cite = records.cite(MECHANISM, works)
cite_version = records.cite_version(MECHANISM, works)
history = records.history(MECHANISM)
difference = records.difference(MECHANISM)
