"""What is done with several ticked records of a list: submit, ask somebody to review, take back.

Whoever submits vouches, so what that means is shown first, record by record. Each record then goes
through its own action, as it was on the page, with a line of its own.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from editorial import actions, review
from editorial.admin.access import acting
from editorial.admin.several import asking, do_each, taking_back
from editorial.errors import EditorialError
from editorial.models import Record
from editorial.moves import ASSIGN, SUBMIT, Move
from editorial.noting import written
from editorial.permissions import has_role, holders
from editorial.states import Role

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Any]
else:
    Base = object


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticked record on the page that asks first."""

    record: Record
    seen: str
    """As it was in the list; empty: it was not there."""
    refusal: str
    """Why it will be refused as things are; empty: nothing is known against it."""
    about: str = ""
    """What whoever submits it vouches for, in words."""


class SeveralAtOnce(Base):
    """The actions of every list of records."""

    actions = ["submit_selected", "assign_selected", "recall_selected"]

    def has_edit_permission(self, request: HttpRequest) -> bool:
        return has_role(acting(request), Role.EDITOR)

    @admin.action(description="Submit selected for review", permissions=["edit"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Asked first; what one vouches for is said again of each that was submitted."""
        by, note = acting(request), request.POST.get("note", "")

        def submit(record: Record, seen: str) -> str:
            vouched = ", ".join(record.unvouched())
            actions.submit(record, by=by, note=note, seen=seen)
            also = f"; you vouch by name for what no passage here shows: {vouched}"
            return f"it waits for a reviewer{also if vouched else ''}."

        if "confirmed" not in request.POST:
            return self._asked_first(request, queryset, SUBMIT)
        try:
            written(note)
        except EditorialError as problem:
            return self._asked_first(request, queryset, SUBMIT, refusal=str(problem))
        do_each(request, _as_seen(request, queryset), submit)
        return None

    @admin.action(description="Ask somebody to review selected", permissions=["edit"])
    def assign_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        if "confirmed" not in request.POST:
            return self._asked_first(request, queryset, ASSIGN)
        reviewer, note = request.POST.get("reviewer", ""), request.POST.get("note", "")
        try:
            ask = asking(request, reviewer, note)
        except EditorialError as problem:
            return self._asked_first(request, queryset, ASSIGN, refusal=str(problem))
        do_each(request, _as_seen(request, queryset), ask)
        return None

    @admin.action(description="Take selected submissions of yours back", permissions=["edit"])
    def recall_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        do_each(request, _as_seen(request, queryset), taking_back(request))

    def _asked_first(
        self, request: HttpRequest, queryset: QuerySet[Any], move: Move, *, refusal: str = ""
    ) -> HttpResponse:
        """The page between the list and what is done, with what was typed on it if refused."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{move.label}: {queryset.count()} {self.opts.verbose_name_plural}",
            "subtitle": None,
            "shown": _shown(request, list(queryset), move),
            "checkbox": ACTION_CHECKBOX_NAME,
            "action": f"{move.name}_selected",
            "people": holders(Role.REVIEWER),
            "refusal": refusal,
            "reviewer": request.POST.get("reviewer", ""),
            "note": request.POST.get("note", ""),
        }
        status = 409 if refusal else 200
        return TemplateResponse(request, f"admin/{move.name}_several.html", context, status=status)


def _as_seen(request: HttpRequest, records: QuerySet[Any]) -> list[tuple[Record, str]]:
    return [(record, request.POST.get(f"seen-{record.pk}", "")) for record in records]


def _shown(request: HttpRequest, records: list[Any], move: Move) -> list[Shown]:
    untouched = type(records[0]).untouched([record.pk for record in records]) if records else {}
    return [
        Shown(
            record,
            request.POST.get(f"seen-{record.pk}", ""),
            why := _why_not(record, move),
            "" if why or move != SUBMIT else _vouching(record, untouched.get(record.pk, 0)),
        )
        for record in records
    ]


def _vouching(record: Any, untouched: int) -> str:
    """What of it nobody has edited, and what no passage shows."""
    if untouched:
        many = f"{untouched} statements that a machine proposed have"
        one = "1 statement that a machine proposed has"
        said = f"{one if untouched == 1 else many} been edited by nobody."
    elif record.machine_proposed:
        said = "A machine proposed it, and nobody has edited it."
    else:
        said = "Nothing in it is as a machine proposed it."
    fields = ", ".join(record.unvouched())
    return f"{said} You vouch by name for: {fields}." if fields else said


def _why_not(record: Record, move: Move) -> str:
    if record.working_state not in move.sources:
        return f"it is {record.working_state.label}"
    blockers = review.submission_blockers(record) if move == SUBMIT else []
    return " ".join(blocker.message for blocker in blockers)
