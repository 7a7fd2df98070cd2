"""The page of one claim: its text and values, and the passages that it rests on."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from editorial import rounds
from editorial.admin.access import ReadOnlyWhenFrozen, acting
from editorial.admin.records import MACHINE, SavedUnderLock
from editorial.editing import editing
from editorial.errors import EditorialError, Outdated
from editorial.generics import StackedInline
from editorial.locking import lock, whole
from editorial.places import page_of
from publication.templatetags.glyphs import glyphs
from sources.admin import passage_link
from sources.forms import QuotedFormSet
from therapies import content
from therapies.admin import csv_lists
from therapies.admin.csv_lists import ListedAsCsv
from therapies.admin.filters import OneSourceFilter
from therapies.admin.forms import ClaimForm, EvidenceForm
from therapies.admin.subjects import discard_claim
from therapies.models import Claim, Evidence, Subject
from therapies.values import BY_NAME, VALUES


def record_url(subject: Subject) -> str:
    """The record's own page in the workroom."""
    return reverse(f"admin:therapies_{subject.record_type}_change", args=[subject.pk])


class EvidenceInline(ReadOnlyWhenFrozen, StackedInline):
    model = Evidence
    form = EvidenceForm
    formset = QuotedFormSet
    fields = ["source", "quote", "place", "locator", "direction", "in_text", "seen_fields"]
    extra = 1
    verbose_name = "passage"
    verbose_name_plural = "passages that the claim rests on"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related("passage__document", "passage__source")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return ["cited", "exact", "direction", "in_text"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in self.get_fields(request, obj) if hasattr(self, name)]

    @admin.display(description="in the text")
    def in_text(self, evidence: Evidence) -> str:
        return passage_link(evidence.passage) if evidence.pk else "–"

    @admin.display(description="source")
    def cited(self, evidence: Evidence) -> str:
        return glyphs(evidence.passage.source.name)

    @admin.display(description="quote")
    def exact(self, evidence: Evidence) -> str:
        return glyphs(evidence.passage.exact)


@admin.register(Claim)
class ClaimAdmin(ListedAsCsv, SavedUnderLock):
    """A claim is saved like its record: under its lock, with its token, by name."""

    form = ClaimForm
    actions = None
    change_form_template = "admin/claim_change.html"
    delete_confirmation_template = "admin/claim_delete.html"
    inlines = [EvidenceInline]
    list_display = ["short", "about", "topic", "certainty", "passages", "record_state", "machine"]
    list_filter = [
        *(OneSourceFilter, "machine_proposed", "topic", "certainty"),
        *("therapy__state", "mechanism__state"),
    ]
    list_select_related = ["therapy", "mechanism"]
    list_per_page = 50
    csv_columns = csv_lists.CLAIMS
    csv_related = ("therapy", "mechanism", "acts_by")
    search_fields = ["text", "public_id", "therapy__name", "mechanism__name", "outcome"]
    search_help_text = "Words of the claim, therapy, mechanism or outcome"
    radio_fields = {"certainty": admin.HORIZONTAL}

    _STATEMENT = ["topic", "text", "certainty", "courses", "weighing", "position"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            head: list[Any] = [("therapy", "mechanism"), *self._STATEMENT]
        else:
            head = ["about", *self._STATEMENT]
            if not self.has_change_permission(request, obj):
                head = [_courses if name == "courses" else name for name in head]
        return ((None, {"fields": head}), *_values_by_group())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [] if obj is None else ["about"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request).annotate(rows=Count("evidence"))
        return found

    @admin.display(description="claim", ordering="text")
    def short(self, claim: Claim) -> str:
        return str(claim)

    @admin.display(description="about")
    def about(self, claim: Claim) -> str:
        subject = claim.subject
        return format_html('<a href="{}">{}</a>', record_url(subject), subject.name)

    @admin.display(description="passages", ordering="rows")
    def passages(self, claim: Any) -> int:
        return int(claim.rows)

    @admin.display(description="record is")
    def record_state(self, claim: Claim) -> str:
        subject = claim.subject
        label = subject.working_state.label
        return format_html('<span class="state state-{}">{}</span>', subject.state, label)

    @admin.display(description="proposed by", ordering="machine_proposed")
    def machine(self, claim: Claim) -> str:
        return MACHINE if claim.machine_proposed else "person"

    # Saving

    def save_all(
        self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool
    ) -> None:
        claim = form.instance
        record = claim.subject
        what = "edited a claim" if change else "wrote a claim"
        read = record.revision
        with editing(record, by=acting(request), seen_revision=read, what=what):
            claim.machine_proposed = False
            claim.save()
            self.save_parts(request, form, formsets, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        claim = context["original"]
        context["subject"] = claim.subject if claim else None
        context["subject_url"] = record_url(claim.subject) if claim else ""
        context["why"] = content.why_proposed(claim) if claim else ""
        context |= _against(claim) if claim else {"against": [], "review_url": ""}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(record_url(obj.subject))

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(record_url(obj.subject))

    # Deleting

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        claim = self.get_object(request, unquote(object_id))
        if claim is None:
            return super().delete_view(request, object_id, extra_context)
        seen = {"seen": claim.mark(), **(extra_context or {})}
        try:
            with whole():
                if request.method == "POST":
                    lock(claim.owner)
                return super().delete_view(request, object_id, seen)
        except EditorialError as problem:
            self.message_user(request, f"Not deleted. {problem}", messages.ERROR)
            address = reverse("admin:therapies_claim_change", args=[claim.pk])
            return HttpResponseRedirect(address)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Bound to the claim that was on the page; what else the record has may change."""
        if request.POST.get("seen") != obj.mark():
            raise Outdated("The claim is not the one that you saw. Here it is as it is now.")
        record, what = obj.owner, "deleted a claim"
        read = record.revision
        with editing(record, by=acting(request), seen_revision=read, what=what):
            discard_claim(obj)


def _against(claim: Claim) -> dict[str, Any]:
    """Who disagrees with it, while it can be mended."""
    subject = claim.subject
    told = rounds.of(subject) if subject.is_editable else []
    return {
        "against": [one for one in told if one.group == claim.public_id],
        "review_url": page_of(subject, "review"),
    }


def _values_by_group() -> list[tuple[str, dict[str, list[str]]]]:
    groups = dict.fromkeys(value.group for value in VALUES if value.group)
    return [
        (group, {"fields": [value.column for value in VALUES if value.group == group]})
        for group in groups
    ]


@admin.display(description="disease courses")
def _courses(claim: Claim) -> str:
    return BY_NAME["courses"].in_words(claim.courses)
