"""The page of the queue: every record in review, what it lacks, and who has it in hand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from editorial import queue_list
from editorial.admin.access import acting
from editorial.models import InReview, Need, User
from editorial.permissions import has_role, holders
from editorial.places import Key, Place, page_of, places, visible
from editorial.queue_list import Asked
from editorial.readiness import in_words
from editorial.states import Role

MOST_WAITS = 3
"""Of what a record waits for, how many are named."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What one record waits for: some by name, and how many more."""

    named: tuple[Place, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One record in review, for one person."""

    row: InReview
    place: Place
    waits: Waits
    in_hand: str
    is_own: bool
    """The person contributed to it, so somebody else reviews it."""
    may_take: bool
    is_ticked: bool

    @property
    def value(self) -> str:
        """What stands for it in forms."""
        return f"{self.row.record_type}:{self.row.public_id}"

    @property
    def act_url(self) -> str:
        return page_of(self.place.record, "act")

    @property
    def left(self) -> str:
        return in_words(self.row)

    @property
    def is_ready(self) -> bool:
        waits = bool(self.waits.named or self.waits.more)
        return self.row.is_judged and not waits and not self.row.faults


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody ticked and typed below the list and was refused."""

    ticked: frozenset[str] = frozenset()
    reviewer: str = ""
    note: str = ""
    refusal: str = ""


def queue_page(
    site: AdminSite, request: HttpRequest, typed: Typed | None = None, *, status: int = 200
) -> HttpResponse:
    """The list that the address asks for, with what was typed below it, if that was refused."""
    typed, user = typed or Typed(), acting(request)
    types = visible(user)
    asked = queue_list.read(request.GET.dict(), types)
    paginator = Paginator(queue_list.fitting(asked, user, types), queue_list.A_PAGE)
    page = paginator.get_page(asked.page)
    wrong = list(asked.wrong)
    if asked.page > paginator.num_pages:
        wrong.append(f"The queue has no page {asked.page}: this is the last one.")
    may_review = has_role(user, Role.REVIEWER)
    may_ask = has_role(user, Role.EDITOR)
    context = {
        **site.each_context(request),
        "title": "Queue",
        "subtitle": None,
        "asked": asked,
        "wrong": wrong,
        "page": page,
        "rows": _rows(page.object_list, user, typed.ticked, may_review=may_review),
        "tabs": _tabs(asked, user, types, may_review=may_review),
        "filters": _filters(asked, types),
        "may_ask": may_ask,
        "people": holders(Role.REVIEWER) if may_ask else (),
        "typed": typed,
        "around": list(paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)),
    }
    return TemplateResponse(request, "admin/queue.html", context, status=status)


def _rows(shown: Any, user: User, ticked: Collection[str], *, may_review: bool) -> list[Row]:
    """In one query for the rows, one for what they wait for, and one for each type of record."""
    rows = list(shown.with_own(user).select_related("reviewer"))
    needs = _unmet(rows)
    named = [(n.record_type, n.public_id) for of in needs.values() for n in of[:MOST_WAITS]]
    found = places([*(row.key for row in rows), *named])
    now = timezone.now()
    return [
        Row(
            row=row,
            place=found[row.key],
            waits=_waits(needs.get(row.pk, []), found),
            in_hand=row.in_hand(now),
            is_own=row.own,
            may_take=may_review and not row.own and row.is_free_for(user, now),
            is_ticked=f"{row.record_type}:{row.public_id}" in ticked,
        )
        for row in rows
        if row.key in found
    ]


def _unmet(rows: Collection[InReview]) -> dict[int, list[Need]]:
    """By row, the records that nothing can rest on now, each once."""
    found: dict[int, dict[Key, Need]] = {}
    for need in Need.objects.filter(row__in=rows, met=False):
        found.setdefault(need.row_id, {}).setdefault((need.record_type, need.public_id), need)
    return {pk: list(needs.values()) for pk, needs in found.items()}


def _waits(needs: list[Need], found: Mapping[Key, Place]) -> Waits:
    named = tuple(
        found[need.record_type, need.public_id]
        for need in needs[:MOST_WAITS]
        if (need.record_type, need.public_id) in found
    )
    return Waits(named, len(needs) - len(named))


@dataclass(frozen=True, slots=True)
class Tab:
    whose: str
    label: str
    number: int
    is_here: bool


def _tabs(asked: Asked, user: User, types: Collection[str], *, may_review: bool) -> list[Tab]:
    """The whole queue, what the person may review, and what they contributed to."""
    rows = InReview.objects.filter(record_type__in=types)
    counts = {"": rows.count(), "own": rows.contributed_by(user).count()}
    if may_review:
        counts["review"] = counts[""] - counts["own"]
    labels = {"": "All in review", **queue_list.WHOSE}
    return [
        Tab(whose, label, counts[whose], asked.whose == whose)
        for whose, label in labels.items()
        if whose in counts
    ]


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above the list."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


def _filters(asked: Asked, types: Mapping[str, Any]) -> list[Filter]:
    kinds = [(name, str(model._meta.verbose_name)) for name, model in types.items()]
    people = {str(number): name for number, name in queue_list.submitters(types)}
    return [
        Filter("ready", "What it needs", [("", "any"), *queue_list.READY.items()], asked.ready),
        Filter("type", "Type", [("", "any"), *kinds], asked.type),
        Filter("by", "Submitted by", [("", "anybody"), *people.items()], asked.by),
        Filter("reviewer", "Reviewer", [("", "any"), *queue_list.REVIEWER.items()], asked.reviewer),
        Filter("sort", "Order", list(queue_list.SORT.items()), asked.sort),
    ]
