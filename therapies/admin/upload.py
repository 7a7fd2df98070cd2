"""Adding a document in the workroom: hand in, look through what it yields, create the drafts."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from editorial import typed
from editorial.admin.access import acting
from editorial.errors import EditorialError
from editorial.permissions import has_role
from editorial.problems import problems
from editorial.states import Role
from extraction import Unreadable, is_file
from publication.glyphs import in_text
from sources.admin import DocumentAdmin
from sources.models import Document, Passage, Source
from sources.receiving import document_here
from therapies.admin.resting import resting_url
from therapies.admin.upload_batches import FilesHandedIn
from therapies.admin.upload_choice import Choice
from therapies.admin.upload_files import (
    batch_address,
    handed_back,
    settle,
    was_drafted,
)
from therapies.admin.upload_forms import Garbled, Received, UploadForm
from therapies.admin.upload_preview import (
    code_of,
    fields_read,
    groups_of,
    marked_text,
    names_found,
    seen_rows,
    works_for,
)
from therapies.admin.upload_records import Drafted, Records, draft_records
from therapies.admin.upload_rehearsal import AT_ONCE, Looked, draft_looked, look, rehearse
from therapies.drafting.drafts import Outcome
from therapies.handed_in import HandedIn

MOST_CLAIMS = 3000
"""What one page can show and a browser send back; ``DATA_UPLOAD_MAX_NUMBER_FIELDS`` is above."""
MOST_PACKED = 11_000_000
"""Characters of the file that a page may carry; ``DATA_UPLOAD_MAX_MEMORY_SIZE`` is above."""
_LINKED = 12
"""Records that the closing message links to."""


@admin.register(Document)
class DocumentWithUploadAdmin(FilesHandedIn, DocumentAdmin):
    """Documents are added by editors, and never changed afterwards."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return has_role(acting(request), Role.EDITOR)

    def passage_url(self, passage: Passage) -> str:
        return resting_url(passage)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.form_page(request, UploadForm())
        if "packed" in request.POST:
            many = "record_page" in request.POST
            return self._records_step(request) if many else self.second_step(request)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.form_page(request, form)
        files = form.cleaned_data["file"]
        if len(files) > 1 or (files and _is_file(files[0])):
            return self.hand_in(request, form)
        received = form.received()
        if len(received.packed) > MOST_PACKED:
            form.refuse("The text cannot be packed small enough to go on. Cut it into its parts.")
            return self.form_page(request, form)
        try:
            records = Records.of(received)
            if records.many:
                return self._records_page(request, records)
            looked = look(received.name, received.data)
        except Unreadable as problem:
            form.refuse(str(problem))
            return self.form_page(request, form)
        return self.preview_page(request, received, looked, Choice())

    def second_step(self, request: HttpRequest) -> HttpResponse:
        """Read the text again and draft what was ticked, or show the page again."""
        batch, _, number = request.POST.get("handed", "").rpartition("/")
        if batch and was_drafted(batch, typed.key(number) or 0, acting(request)):
            messages.warning(request, "Nothing was written: this file was drafted already.")
            return HttpResponseRedirect(batch_address(batch))
        try:
            received = _handed_back(request)
            looked = look(received.name, received.data, known=received.known)
        except (Garbled, Unreadable):
            return self._garbled(request)
        choice = _choice(request, looked)
        if choice.problem or request.POST.get("action") != "draft":
            status = 409 if choice.problem else 200
            return self.preview_page(request, received, looked, choice, status=status)
        return self._draft(request, received, looked, choice)

    def _garbled(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm({})
        form.errors.clear()  # nothing is missing: it was there
        form.add_error(None, "The text did not come back whole. Hand it in again.")
        return self.form_page(request, form)

    def _records_step(self, request: HttpRequest) -> HttpResponse:
        """Draft the ticked records of a page, look through one of them, or go to another page."""
        try:
            records = Records.of(_handed_back(request))
        except (Garbled, Unreadable):
            return self._garbled(request)
        number = typed.key(request.POST.get("look", ""))
        record = records.record(number) if number else None
        if record is not None:
            try:
                looked = look(record.name, record.data)
            except Unreadable as problem:
                messages.error(request, f"{in_text(record.name)}: {problem}")
            else:
                return self.preview_page(request, record, looked, Choice())
        shown = typed.key(request.POST.get("record_page", "")) or 1
        page = typed.key(request.POST.get("page", "")) or shown
        records = records.at(page)
        if request.POST.get("action") == "draft":
            kept = {typed.key(value) or 0 for value in request.POST.getlist("keep")}
            if kept:
                _tell(request, draft_records(records, kept, by=acting(request)))
            else:
                messages.warning(request, "Nothing was written: no record is ticked.")
            return self._records_page(request, records, kept)
        return self._records_page(request, records)

    def _draft(
        self, request: HttpRequest, received: Received, looked: Looked, choice: Choice
    ) -> HttpResponse:
        by = acting(request)
        dismissed = {key for key in looked.claims() if code_of(key) in choice.left_out}
        try:
            outcome = draft_looked(looked, by=by, dismissed=dismissed, answer=choice.work)
        except (EditorialError, IntegrityError) as problem:
            reason = str(problem) if isinstance(problem, EditorialError) else AT_ONCE
            again = replace(choice, problem=f"Nothing was written. {reason}")
            return self.preview_page(request, received, looked, again, status=409)
        document = document_here(looked.reading)
        assert document is not None, "it was drafted"  # noqa: S101
        self.message_user(request, _told(outcome), messages.SUCCESS)
        if received.handed:
            settle(received, outcome, document, by=by)
            batch = received.handed.rpartition("/")[0]
            if HandedIn.objects.of(batch, by).count() > 1:
                return HttpResponseRedirect(batch_address(batch))
        address = reverse("admin:sources_source_change", args=[document.source_id])
        return HttpResponseRedirect(address)

    # Pages

    def upload_page(
        self, request: HttpRequest, template: str, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Add a document",
            "subtitle": None,
            **more,
        }
        return TemplateResponse(request, template, context, status=status)

    def form_page(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        template = "admin/upload_form.html"
        return self.upload_page(request, template, form=form, problems=problems(form))

    def _records_page(
        self, request: HttpRequest, records: Records, kept: Collection[int] | None = None
    ) -> HttpResponse:
        """``kept``: what was ticked when the page came back; what was not stays so."""
        return self.upload_page(
            request,
            "admin/upload_records.html",
            title=f"Records of {in_text(records.received.name)}",
            records=records,
            ticked={row.number for row in records.rows if row.ticked} if kept is None else kept,
            received=records.received,
            total=len(records.parts),
            offered=sum(row.offered for row in records.rows),
        )

    def preview_page(
        self,
        request: HttpRequest,
        received: Received,
        looked: Looked,
        choice: Choice,
        *,
        status: int = 200,
    ) -> HttpResponse:
        works = works_for(looked.reading)
        answer = choice.work if choice.work in works.answers else ""
        rehearsal = rehearse(looked, by=acting(request), answer=answer)
        groups = groups_of(looked, rehearsal, choice.left_out)
        rows = [row for group in groups for row in group.rows]
        stated, empty = fields_read(looked.reading)
        return self.upload_page(
            request,
            "admin/upload_preview.html",
            status=status,
            title=f"Look through: {in_text(received.name)}",
            received=received,
            reading=looked.reading,
            size=looked.size,
            extraction=looked.extraction,
            digest=looked.digest,
            choice=choice,
            rehearsal=rehearsal,
            works=works,
            answer=answer or works.sure,
            known_document=Document.objects.filter(sha256=received.sha256).first(),
            stated=stated,
            empty=empty,
            groups=groups,
            new=sum(not row.known for row in rows),
            total=len(rows),
            shown=" ".join(row.code for row in rows if not row.known),
            seen=seen_rows(rehearsal),
            seen_total=len(rehearsal.listed),
            too_many=len(rows) > MOST_CLAIMS,
            most=MOST_CLAIMS,
            segments=marked_text(looked),
            names=names_found(looked.extraction),
        )


def _is_file(file: Any) -> bool:
    """Whether a reader has to make a text of what was handed in."""
    data = file.read()
    file.seek(0)
    return is_file(data)


def _handed_back(request: HttpRequest) -> Received:
    """The file that the page carried along, or that is kept meanwhile; raises ``Garbled``."""
    batch, _, number = request.POST.get("handed", "").rpartition("/")
    if batch:
        kept = handed_back(batch, typed.key(number) or 0, acting(request))
        if kept is None or kept.sha256 != request.POST.get("sha256", ""):
            raise Garbled
        return kept
    return Received.unpacked(*(request.POST.get(name, "") for name in ("name", "packed", "sha256")))


def _tell(request: HttpRequest, done: Drafted) -> None:
    """What the button wrote, and what it did not and why."""
    counts = [
        (done.claims, "drafted"),
        (done.joined, "added to claims that say the same"),
        (done.waiting, "waiting for an editor"),
    ]
    words = ", ".join(f"{number} {what}" for number, what in counts if number) or "none new"
    if done.documents or not done.problems:
        what = "document is" if done.documents == 1 else "documents are"
        seen = f" Sentences not understood: {done.listed}." if done.listed else ""
        messages.success(request, f"{done.documents} {what} here now. Claims: {words}.{seen}")
    for note in done.notes:
        messages.warning(request, in_text(note))
    for problem in done.problems:
        messages.error(request, f"Not written: {in_text(problem)}")


def _choice(request: HttpRequest, looked: Looked) -> Choice:
    """The ticks that came back; a claim that was not on the page counts as ticked."""
    shown = set(request.POST.get("shown", "").split())
    left_out = frozenset(shown - set(request.POST.getlist("keep")))
    anyway = "anyway" in request.POST
    work = request.POST.get("work", "")
    action = request.POST.get("action", "")
    if action in ("all", "none"):
        return Choice(frozenset() if action == "all" else frozenset(shown), anyway, work)
    if action == "look":
        return Choice(left_out, anyway, work)
    problem = ""
    if request.POST.get("digest", "") != looked.digest:
        problem = (
            "The text is read differently than a moment ago: names were added or the program "
            "changed. Nothing was written. Your choice is kept; look through it once more."
        )
    elif not looked.extraction.about_ms and not anyway:
        problem = (
            "Nothing was written: the document does not seem to be about multiple sclerosis. "
            "Tick “Draft it anyway” if it belongs here."
        )
    elif len(looked.claims()) > MOST_CLAIMS:
        problem = "Nothing was written: there are too many claims for one page."
    elif action == "draft" and not work and works_for(looked.reading).unclear:
        problem = (
            "Nothing was written: a source with this title is here. Say whether this is a new text "
            "of it or another work."
        )
    return Choice(left_out, anyway, work, problem)


def _told(outcome: Outcome) -> str:
    """What was written, with links to the records."""
    counts = [
        (outcome.drafted, "drafted"),
        (outcome.joined, "added to claims that say the same"),
        (outcome.waiting, "waiting for an editor"),
        (outcome.dismissed, "left out for good"),
    ]
    words = ", ".join(f"{number} {what}" for number, what in counts if number) or "none new"
    if outcome.listed:
        words += f". Sentences not understood: {outcome.listed}"
    records = [r for r in outcome.changed.values() if not isinstance(r, Source)]
    links = format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        (
            (reverse(f"admin:therapies_{r.record_type}_change", args=[r.pk]), str(r))
            for r in records[:_LINKED]
        ),
    )
    more = f" and {len(records) - _LINKED} more" if len(records) > _LINKED else ""
    if not records:
        return f"The document is here. Claims: {words}."
    return format_html("The document is here. Claims: {}. Records: {}{}.", words, links, more)
