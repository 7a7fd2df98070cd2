"""The map of mechanisms: which therapies act on which target, how, and how surely it is said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publication.folding import folded
from publication.published import in_order
from sources.wording import capital
from therapies import links
from therapies.narrowing import MECHANISMS_MAP
from therapies.pages.acting import Acting, acting_by_kinds
from therapies.pages.filters import ListFilters
from therapies.pages.marks import Mark
from therapies.pages.snapshot import Snapshot, public_page
from therapies.published import PublishedMechanism, PublishedSubject, PublishedTherapy
from therapies.wording import kind_label


@dataclass(frozen=True, slots=True)
class Therapy:
    """One that is said to act by a mechanism; ``mark`` says what is not plain about it."""

    name: str
    url: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    url: str
    effect: str
    acts_in: str
    kind: str
    therapies: tuple[Therapy, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What mechanisms have as their target; ``name`` is empty for those that name none."""

    name: str
    rows: tuple[Row, ...]


@public_page
def page(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    filters = ListFilters(MECHANISMS_MAP, request.GET, seq=snapshot.seq)
    context = {"filters": filters, "noindex": bool(request.GET)} | snapshot.context()
    template = "mechanisms/map.html"
    if filters.errors:
        return render(request, template, context | {"targets": [], "is_wrong": True}, status=400)
    found = list(filters.rows[:])
    public = PublishedMechanism.objects.as_of(snapshot.seq).listed().order_by("approved_seq")
    by_id: dict[str, Any] = {row.public_id: row for row in public}
    acts = acting_by_kinds([row.public_id for row in found], by_id, snapshot)
    public_ids = {act.therapy for act in acts}
    therapies = PublishedTherapy.objects.as_of(snapshot.seq).listed()
    named = sorted(therapies.filter(public_id__in=public_ids), key=in_order)
    targets = list(by_target(found, acts, named, snapshot.keep))
    return render(request, template, context | {"targets": targets, "is_wrong": False})


def by_target(
    mechanisms: Iterable[PublishedMechanism],
    acts: Iterable[Acting],
    therapies: Sequence[PublishedSubject],
    keep: str,
) -> Iterator[Target]:
    """Targets by name; what names none comes last."""
    marks: dict[str, dict[str, Mark | None]] = {}
    for act in acts:
        marks.setdefault(act.mechanism, {})[act.therapy] = act.mark
    place = {row.public_id: at for at, row in enumerate(therapies)}
    names: dict[str, str] = {}
    rows: dict[str, list[Row]] = {}
    for mechanism in mechanisms:
        acting = marks.get(mechanism.public_id, {})
        places = sorted(place[one] for one in acting if one in place)
        acting_so = tuple(
            Therapy(row.name, links.record("therapy", row.slug, keep), acting[row.public_id])
            for row in map(therapies.__getitem__, places)
        )
        key = folded(mechanism.target)
        names.setdefault(key, mechanism.target)
        rows.setdefault(key, []).append(
            Row(
                mechanism.name,
                links.record("mechanism", mechanism.slug, keep),
                mechanism.effect,
                mechanism.acts_in,
                kind_label("mechanism", mechanism.kind),
                acting_so,
            )
        )
    for key in sorted(rows, key=lambda key: (not key, key)):
        yield Target(capital(names[key]) if key else "", tuple(rows[key]))
