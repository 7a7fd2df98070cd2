"""What readers reported, open first, each beside what it is about; editors and reviewers answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from editorial import answering
from editorial.admin.access import acting
from editorial.admin.ledgers import ReadOnlyAdmin
from editorial.errors import EditorialError, NotAllowed, Outdated
from editorial.models import record_classes
from editorial.permissions import has_role
from editorial.states import Role
from editorial.typed import key
from publication import log, reports
from publication.entries import Entry
from publication.presentation import Card
from publication.reports import CLOSING, RECEIVED, Outcome, Report
from publication.templatetags.glyphs import glyphs
from therapies import links
from therapies.models import Claim
from therapies.pages.kinds import KINDS
from therapies.presentation import Names, claim_card, mechanism_of, source_line
from therapies.published import PublishedClaim

STATES = {RECEIVED: "received", **dict(Outcome.choices)}


class StateFilter(admin.SimpleListFilter):
    title = "what became of it"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "open"), *STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "open":
            return queryset.exclude(state__in=CLOSING)
        return queryset.filter(state=self.value()) if self.value() in STATES else queryset


@dataclass(frozen=True, slots=True)
class Subject:
    """What was reported, as readers saw it and as they see it now."""

    name: str
    then: Card | None
    """The claim; ``None`` of a report about a whole record."""
    version_url: str
    now: str
    """What became of it since, as a sentence."""
    now_url: str
    now_card: Card | None
    """The claim as it is now, where it says something else."""
    working: list[tuple[str, str]]
    """Pages of the workroom where it is worked on."""


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ["number", "about", "kind", "state_label", "at"]
    list_filter = [StateFilter, "kind", "record_type"]
    list_per_page = 50
    search_fields = ["reference", "text", "public_id", "part"]
    search_help_text = "Number, words of the report, id of the record or claim"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        named = [
            kind.table._default_manager.filter(to_seq=None, public_id=OuterRef("public_id"))
            for kind in KINDS.values()
        ]
        names = Coalesce(*(Subquery(rows.values("name")[:1]) for rows in named), Value(""))
        rows: QuerySet[Any] = Report.objects.with_state().annotate(name=names)
        closed = Case(When(state__in=CLOSING, then=Value(1)), default=Value(0))
        ordered: QuerySet[Any] = rows.annotate(closed=closed).order_by("closed", "at", "pk")
        return ordered

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any | None:
        """None for what PostgreSQL takes for no text."""
        return None if "\0" in object_id else super().get_object(request, object_id, from_field)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        known = reports.understood(search_term)
        return super().get_search_results(request, queryset, known or search_term)

    @admin.display(description="number", ordering="reference")
    def number(self, report: Report) -> str:
        return reports.spelled(report.reference)

    @admin.display(description="about")
    def about(self, report: Any) -> Any:
        return format_html("{}{}", "A claim about " if report.part else "", glyphs(report.name))

    @admin.display(description="what became of it", ordering="state")
    def state_label(self, report: Any) -> str:
        return STATES[report.state]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The report; who posts says what became of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = Report.objects.filter(pk=reports.understood(unquote(object_id))).first()
        if report is None:
            raise Http404
        if request.method == "POST":
            return self._answer(request, report)
        return self._page(request, report)

    def _answer(self, request: HttpRequest, report: Report) -> HttpResponse:
        typed = {name: request.POST.get(name, "") for name in ("outcome", "version", "note")}
        seen = key(request.POST.get("seen", ""))
        try:
            said = answering.answer(
                report, **typed, seen=-1 if seen is None else seen, by=acting(request)
            )
        except EditorialError as problem:
            status = 403 if isinstance(problem, NotAllowed) else 409
            status = status if isinstance(problem, NotAllowed | Outdated) else 400
            return self._page(request, report, typed, str(problem), status=status)
        told = f"Readers who know the number {reports.spelled(report.pk)} see: {_told(said)}."
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    def _page(
        self,
        request: HttpRequest,
        report: Report,
        typed: Mapping[str, str] | None = None,
        refusal: str = "",
        *,
        status: int = 200,
    ) -> HttpResponse:
        said = list(report.outcomes.all())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Reader report {reports.spelled(report.reference)}",
            "subtitle": None,
            "report": report,
            "subject": _subject(report),
            "said": [(outcome, _told(outcome)) for outcome in said],
            "seen": len(said),
            "may_answer": has_role(acting(request), Role.EDITOR),
            "outcomes": Outcome.choices,
            "versions": [str(number) for number in answering.later_versions(report)],
            "typed": typed or {"outcome": "", "version": "", "note": ""},
            "refusal": refusal,
        }
        return TemplateResponse(request, "admin/report.html", context, status=status)


def _told(said: Any) -> str:
    label = str(said.get_outcome_display())
    return f"led to version {said.version}" if said.version else label


def _subject(report: Report) -> Subject:
    kind = KINDS[report.record_type]
    row = kind.table._default_manager.get(public_id=report.public_id, to_seq=None)
    to = links.Links(report.record_type, row.slug)
    entry = log.approved_version(report.record_type, report.public_id, report.version)
    then = _card(entry, report.part)
    now_card = None
    now_url = links.claim(report.part) if report.part else to.record
    if report.part:
        rows = PublishedClaim.objects.current().filter(claim_id=report.part)
        shown = rows.order_by("-from_seq").first()
        present = log.entry_at(shown.entry_seq) if shown else None
        digest = reports.stored_digest(present, report.part) if present else ""
        if present is None:
            now = "Readers are not shown this claim any more."
        elif present.public_id != report.public_id:
            name = present.body["name"]
            now = f"It went to another record since, “{name}”, in its version {present.version}:"
            now_card = _card(present, report.part)
        elif digest == report.digest:
            now = f"Unchanged since: readers see the same claim, in version {present.version}."
        else:
            now = f"Changed since, in version {present.version} or before:"
            now_card = _card(present, report.part)
    elif row.withdrawn:
        now = "The record was withdrawn since."
    elif row.version == report.version:
        now = "Unchanged since: readers see the same version."
    else:
        now = f"Changed since: readers see version {row.version}."
        now_url = to.difference(report.version, row.version)
    return Subject(
        row.name, then, to.version(report.version), now, now_url, now_card, _working(report)
    )


def _card(entry: Entry | None, part: str) -> Card | None:
    """A claim of a version as readers met it, its sources named as they were."""
    body = entry.body if entry else {}
    claim = next((c for c in body.get("claims", ()) if c["id"] == part), None)
    if entry is None or claim is None:
        return None
    names = Names.of([{"claims": [claim]}], seq=entry.seq, standing_seq=log.head_seq())
    return claim_card(
        claim,
        source=lambda item: source_line(item["source"]["id"], names),
        mechanism=mechanism_of(claim["values"], names),
    )


def _working(report: Report) -> list[tuple[str, str]]:
    found = []
    model = record_classes()[report.record_type]
    record = model._default_manager.filter(public_id=report.public_id).first()
    if record:
        meta = record._meta
        page = "change" if record.is_editable else "review"
        address = reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])
        found.append(
            (f"{meta.verbose_name}: {record.name} ({record.working_state.label})", address)
        )
    claim = Claim.objects.filter(public_id=report.part).first() if report.part else None
    if claim:
        found.append(("the claim", reverse("admin:therapies_claim_change", args=[claim.pk])))
    return found
