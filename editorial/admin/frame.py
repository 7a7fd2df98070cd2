"""Pages about one record in the admin's frame, and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from editorial import review
from editorial.generics import ModelAdmin
from editorial.models import Record, ReviewEvent
from editorial.states import State
from publication import log, published
from publication.entries import Entry
from publication.models import Contribution


@dataclass(frozen=True, slots=True)
class PublicFace:
    """What readers see of a record now, which is not what its working state says."""

    version: int = 0
    """The newest approved version; 0 when readers never saw one."""
    url: str = ""
    withdrawal: Entry | None = None
    """What took it down, if it is down."""
    marks: tuple[str, ...] = ()
    """What readers are warned of beside it, such as ``retracted``."""

    @property
    def before(self) -> str:
        """What the newest approved content is called beside a later one."""
        return "Withdrawn version" if self.withdrawal else "Public now"


def public_face(record: Record, marks: Sequence[str] = ()) -> PublicFace:
    table = published.tables()[record.record_type]
    row = table._default_manager.filter(public_id=record.public_id, to_seq=None).first()
    if row is None:
        return PublicFace()
    withdrawal = log.entry_at(row.from_seq) if row.withdrawn else None
    return PublicFace(row.version, f"/{table.plural}/{row.slug}/", withdrawal, tuple(marks))


def working_url(record: Record, page: str) -> str:
    """The record's ``change``, ``review`` or ``history`` page in the workroom."""
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])


class RecordPages(ModelAdmin):
    """Addresses, links and the frame of the pages of one record."""

    def page_url(self, record: Record, page: str) -> str:
        return working_url(record, page)

    def record_pages(self, record: Record) -> list[dict[str, str]]:
        """Links shown on every page of one record."""
        return [
            {"label": "Content", "url": self.page_url(record, "change")},
            {"label": "Review and actions", "url": self.page_url(record, "review")},
            {"label": "History", "url": self.page_url(record, "history")},
        ]

    def viewed(self, request: HttpRequest, object_id: str) -> Any:
        """The record, for somebody who may see it."""
        record = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if record is None:
            raise Http404
        return record

    def last_word(self, record: Record) -> ReviewEvent | None:
        """The reviewer's note that the record's editors have to answer; ``None`` elsewhere."""
        if record.working_state not in (State.CHANGES_REQUESTED, State.REJECTED):
            return None
        return review.events(record)[-1]

    def notices(self, record: Record) -> list[str]:
        """Sentences that whoever works on the record should know."""
        return []

    def marks(self, record: Record) -> list[str]:
        """What readers are warned of, if they see the record."""
        return []

    def head(self, record: Record) -> dict[str, Any]:
        """What every page of a record says of it first: both states, links, the last word."""
        return {
            "pages": self.record_pages(record),
            "last_word": self.last_word(record),
            "notices": self.notices(record),
            "face": public_face(record, self.marks(record)),
        }

    def page(
        self, request: HttpRequest, record: Record, template: str, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "original": record,
            "record": record,
            **self.head(record),
            "subtitle": None,
            **more,
        }
        return TemplateResponse(request, template, context, status=status)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is on record, instead of Django's own list of saves."""
        record = self.viewed(request, object_id)
        by_record = {"record_type": record.record_type, "public_id": record.public_id}
        return self.page(
            request,
            record,
            "admin/record_history.html",
            title=f"History: {record}",
            entries=[(entry, log.said(entry)) for entry in log.entries(**by_record)[::-1]],
            address=public_address(record),
            events=[(event, step_in_words(record, event)) for event in review.events(record)[::-1]],
            contributions=Contribution.objects.filter(**by_record).order_by("-version", "pk"),
        )


def public_address(record: Record) -> str:
    """Where readers find the record; empty while it never was public."""
    entry = log.latest_approval(record.record_type, record.public_id)
    return f"/{record.plural}/{entry.body['slug']}/" if entry else ""


def step_in_words(record: Record, event: ReviewEvent) -> str:
    """What happened, and from which state to which."""
    move = next((move for move in record.moves if move.name == event.action), None)
    label = move.label if move else event.action
    if event.from_state == event.to_state:
        return label
    return f"{label}: {State(event.from_state).label} → {State(event.to_state).label}"
