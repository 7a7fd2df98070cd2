"""The admin of every record: lists by state, forms that lock, and who contributed."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html

from editorial import actions, review, rounds
from editorial.admin.access import ReadOnlyWhenFrozen, acting, record_of
from editorial.admin.bundling import BundlePages
from editorial.admin.draft_changes import told_changes
from editorial.admin.filters import OverdueFilter, OwnerFilter
from editorial.admin.lists import ListedAsOffered
from editorial.admin.reviewing import ReviewPages
from editorial.admin.sent import SentForms
from editorial.admin.stale import clashes, taken_over
from editorial.admin.together import SeveralAtOnce
from editorial.editing import editing, record_contribution
from editorial.errors import STALE, Clash, Deleted, EditorialError, NotAllowed
from editorial.generics import ModelAdmin
from editorial.locking import is_held, lock, whole
from editorial.models import Record
from editorial.permissions import has_role, still_holds
from editorial.states import Role, State
from publication import published
from publication.glyphs import in_text

KEPT = "Saved by somebody else, or in another window, after you opened the page, and kept so:"
NOT_SEEN = (
    "Saved, but not submitted. The record was saved by somebody else, or in another window, after "
    "you opened the page, so you have not seen all that you would submit. Here it is as it is now: "
    "look through it, then submit it."
)
CARRIED = ("seen_revision", "seen_fields")
MACHINE = format_html('<span class="{0}">{0}</span>', "machine")
"""In lists: a machine proposed it and no person has edited it yet."""


class SavedUnderLock(SentForms, ListedAsOffered, ReadOnlyWhenFrozen, ModelAdmin):
    """A form whose record is locked before it is read and saved with all its parts or not."""

    change_form_template = "admin/record_change.html"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """What the database refuses, such as a name that somebody took at the same moment, is tried
        once more: by then the form sees what came between, and says it.
        """
        try:
            return self._under_lock(request, object_id, form_url, extra_context)
        except IntegrityError:
            try:
                return self._under_lock(request, object_id, form_url, extra_context)
            except IntegrityError as problem:
                raise Clash(
                    "Two rows of this form, or a row and what is saved already, would be the same. "
                    "Nothing was saved; what you typed is below. Open the page again and change "
                    "them one after the other."
                ) from problem

    def _under_lock(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
    ) -> Any:
        if request.method != "POST" or object_id is None or is_held():
            return super().changeform_view(request, object_id, form_url, extra_context)
        with whole():
            row = self.get_object(request, unquote(object_id))
            if row is None:
                raise Deleted(
                    f"This {self.opts.verbose_name} is not there any more: somebody deleted it, or "
                    "the address is wrong. Nothing was saved; what you typed is below."
                )
            record = record_of(row)
            if record is not None:
                lock(record)  # what this transaction reads from now on stays as it is read
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing yet: ``save_related`` saves the row with its parts, under one lock."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        formsets = list(formsets)
        if change and not (form.changed_data or any(f.has_changed() for f in formsets)):
            for formset in formsets:
                formset.new_objects = formset.changed_objects = formset.deleted_objects = []
            return  # who changes nothing contributes nothing
        kept = taken_over(form, formsets) if change else []
        try:
            self.save_all(request, form, formsets, change=change)
        except NotAllowed as problem:
            raise PermissionDenied(str(problem)) from problem
        if kept:
            told = in_text("; ".join(kept))
            self.message_user(request, f"{KEPT} {told}.", messages.INFO)

    def save_all(
        self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool
    ) -> None:
        """Write the row and its parts through ``editing``."""
        raise NotImplementedError

    def save_parts(
        self, request: HttpRequest, form: Any, formsets: list[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        clashing = bool(form.clashing) or any(formset.clashing for formset in formsets)
        context["clashes"] = clashes(form, formsets) if clashing or form.frozen else []
        context["stale"] = STALE if clashing else ""
        context["is_frozen"] = form.frozen
        context["taken_over"] = taken_over(form, formsets) if form.is_bound else []
        context["asked"] = getattr(form, "box", None)
        context["carried"] = [form[name] for name in CARRIED if name in form.fields]
        return super().render_change_form(request, context, *args, **kwargs)


class RecordAdmin(SeveralAtOnce, ReviewPages, BundlePages, SavedUnderLock):
    """What sources, therapies and mechanisms share in the workroom."""

    list_filter: ClassVar[list[Any]] = ["state", OwnerFilter, OverdueFilter, "machine_proposed"]
    list_per_page = 50
    save_on_top = False

    # Lists

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        table = published.tables()[self.model.record_type]
        shown = table._default_manager.filter(public_id=OuterRef("public_id"), to_seq=None)
        rows: QuerySet[Any] = (
            super()
            .get_queryset(request)
            .annotate(
                public_version=Subquery(shown.values("version")[:1]),
                is_withdrawn=Subquery(shown.values("withdrawn")[:1]),
            )
        )
        return rows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Discarded records are out of the way until one asks for them."""
        if not search_term and "state__exact" not in request.GET:
            queryset = queryset.exclude(state=State.DISCARDED)
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="state", ordering="state")
    def state_label(self, record: Record) -> str:
        label = record.working_state.label
        return format_html(
            '<span class="state state-{}">{}</span>'
            '<input type="hidden" name="seen-{}" value="{}" autocomplete="off">',
            *(record.state, label, record.pk, record.revision),
        )

    @admin.display(description="readers see", ordering="public_version")
    def public_label(self, record: Any) -> str:
        if record.public_version is None:
            return "nothing yet"
        return "withdrawn" if record.is_withdrawn else f"version {record.public_version}"

    @admin.display(description="proposed by", ordering="machine_proposed")
    def machine_label(self, record: Any) -> str:
        return MACHINE if record.machine_proposed else "person"

    # Forms

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Records are rejected or withdrawn; the log names them for good."""
        return False

    def save_all(
        self, request: HttpRequest, form: Any, formsets: list[Any], *, change: bool
    ) -> None:
        record, by = form.instance, acting(request)
        if not change:
            by = still_holds(by, Role.EDITOR)
            record.save()
            self.save_parts(request, form, formsets, change)
            record_contribution(record, by=by, what="created the record")
            return
        if form.changed_data:
            record.machine_proposed = False
        read = record.revision
        with editing(record, by=by, seen_revision=read, what="edited the record") as locked:
            record.save()
            self.save_parts(request, form, formsets, change)
        record.revision = locked.revision  # what “save and submit” is bound to

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj") or context["original"]
        by = acting(request)
        context["record"] = record
        context["offers"] = review.offers(record, by) if record else []
        context["unvouched"] = record.unvouched() if record and record.is_editable else []
        context |= self.head(record) if record else {}
        context["against"] = rounds.of(record) if record and record.is_editable else []
        context["review_url"] = self.page_url(record, "review") if record else ""
        context["submission_note"] = request.POST.get("submission_note", "")
        context["can_submit"] = bool(
            record and has_role(by, Role.EDITOR) and self.has_change_permission(request, record)
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """“Save and submit”: the save stands even when the submission is refused."""
        note = request.POST.get("submission_note", "")
        if "_submit_for_review" not in request.POST:
            if note.strip():
                said = f"Not submitted, so your note to the reviewer was not sent: {note}"
                self.message_user(request, said, messages.INFO)
            return super().response_change(request, obj)
        kept = f" Your note was: {note}" if note.strip() else ""
        if obj.missed_saves:
            self.message_user(request, f"{NOT_SEEN}{kept}", messages.ERROR)
            return HttpResponseRedirect(request.path)
        try:
            actions.submit(obj, by=acting(request), seen=str(obj.revision), note=note)
        except EditorialError as problem:
            said = f"Saved, but not submitted. {problem}{kept}"
            self.message_user(request, said, messages.ERROR)
            return HttpResponseRedirect(request.path)
        self.message_user(request, f"{obj} is saved and waits for a reviewer.", messages.SUCCESS)
        return HttpResponseRedirect(self.page_url(obj, "review"))

    def more_history(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        page = told_changes(record, self.words, page=request.GET.get("changes", ""))
        return {"changes": page}
