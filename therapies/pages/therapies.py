"""Pages of therapies."""

from typing import Any

from django.db.models import Q

from publication.entries import Entry
from publication.presentation import Fact
from publication.published import in_order
from therapies import links
from therapies.choices import MEDICINES
from therapies.narrowing import THERAPIES
from therapies.pages import lists, made_of, records
from therapies.pages.acting import VOID, acting
from therapies.pages.briefs import briefs
from therapies.pages.filters import ListFilters
from therapies.pages.kinds import THERAPY
from therapies.pages.marks import Mark
from therapies.pages.snapshot import Snapshot
from therapies.pages.subjects import below, list_line, named_classes, subject, works
from therapies.presentation import Names
from therapies.published import IS_ONE, PublishedClaim, PublishedMechanism, PublishedTherapy


def show(entry: Entry, seq: int, snapshot: Snapshot, names: Names | None = None) -> dict[str, Any]:
    body = entry.body
    own = [Fact(scheme, str(code)) for scheme, code in body["identifiers"].items()]
    return subject(PublishedTherapy, entry, seq, snapshot, own=own, names=names)


MOST_OFFERED = 6
"""Therapies that are offered by name to be set beside one."""


def also(public_id: str, snapshot: Snapshot) -> dict[str, Any]:
    related = _related(public_id, snapshot)
    return {
        "below": below(PublishedTherapy, public_id, snapshot),
        "related": related,
        "compare": _beside(public_id, related, snapshot),
    }


def _beside(public_id: str, related: list[dict[str, Any]], snapshot: Snapshot) -> dict[str, Any]:
    """With what it may be compared: those of its class and those that act alike, and any other."""
    public = PublishedTherapy.objects.as_of(snapshot.seq).listed().order_by()
    of_class = public.filter(IS_ONE, public_id=public_id).values("one_of_id")
    alike = {therapy["slug"] for row in related for therapy in row["therapies"]}
    near = public.filter(Q(public_id=public_id) | Q(slug__in=alike))
    columns = ("search", "key", "public_id", "slug", "name")
    # Not with OR: PostgreSQL would read the whole table.
    found = near.values_list(*columns).union(public.one_of(of_class).values_list(*columns))
    rows = sorted(found)
    own = next(slug for _, _, of, slug, _ in rows if of == public_id)
    others = [(slug, name) for _, _, of, slug, name in rows if of != public_id]
    return {
        "with": [
            {"name": name, "url": links.compare([own, slug], snapshot.keep)}
            for slug, name in others[:MOST_OFFERED]
        ],
        "any": links.compare([own], snapshot.keep),
    }


def _related(public_id: str, snapshot: Snapshot) -> list[dict[str, Any]]:
    """Other therapies that act by a mechanism by which this one acts, as approved claims on sound
    sources have it, by mechanism; with what is not plain about it.
    """
    claims = PublishedClaim.objects.as_of(snapshot.seq).filter(subject_id=public_id).order_by()
    own = claims.exclude(mechanism_id="").values("mechanism_id")
    shared: dict[str, dict[str, Mark | None]] = {}
    for found in acting(own, snapshot):
        shared.setdefault(found.mechanism, {})[found.therapy] = found.mark
    shared = {m: acts for m, acts in shared.items() if acts.get(public_id, VOID) != VOID}
    others = {therapy for acts in shared.values() for therapy in acts} - {public_id}
    if not others:
        return []
    therapies = PublishedTherapy.objects.as_of(snapshot.seq).listed().filter(public_id__in=others)
    every = sorted(therapies, key=in_order)
    mechanisms = PublishedMechanism.objects.as_of(snapshot.seq).listed()
    rows = [
        {
            "mechanism": mechanism.name,
            "url": links.record("mechanism", mechanism.slug, snapshot.keep),
            "therapies": [
                {
                    "name": row.name,
                    "slug": row.slug,
                    "url": links.record("therapy", row.slug, snapshot.keep),
                    "mark": shared[mechanism.public_id][row.public_id],
                }
                for row in every
                if row.public_id in shared[mechanism.public_id]
            ],
        }
        for mechanism in sorted(mechanisms.filter(public_id__in=shared), key=in_order)
    ]
    return [row for row in rows if row["therapies"]]


def rows(
    found: list[PublishedTherapy], chosen: ListFilters, snapshot: Snapshot
) -> list[dict[str, Any]]:
    """Lines of the list."""
    told, classes = briefs(found, snapshot), named_classes(found, snapshot)
    named = {public_id: above.name for public_id, above in classes.items()}
    return [
        list_line(row, told[row.public_id], one_of=named.get(row.one_of_id, row.one_of_name))
        for row in found
    ]


PARTS = (
    lists.Part("Medicines", MEDICINES),
    lists.Part("Procedures, approaches and supportive care"),
)

therapies = lists.record_list(
    THERAPY,
    THERAPIES,
    "therapies/list.html",
    rows,
    PARTS,
    line="_components/subject_row.html",
    tick=True,
)
therapy = records.detail(THERAPY, show, "therapies/detail.html", also, made_of=made_of.therapy)
version = records.version(THERAPY, show, "therapies/detail.html", made_of=made_of.therapy_version)
cite = records.cite(THERAPY, works)
cite_version = records.cite_version(THERAPY, works)
history = records.history(THERAPY)
difference = records.difference(THERAPY)
