"""The views of files that are kept until they are decided on: handing in, list, look through."""

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from editorial.admin.access import acting
from editorial.generics import ModelAdmin
from extraction import Unreadable
from publication.glyphs import in_text
from therapies.admin.upload_choice import Choice
from therapies.admin.upload_files import (
    DRAFTED_AT_ONCE,
    MOST_AT_ONCE,
    MOST_IN_BATCH,
    Batch,
    batch_address,
    draft_files,
    handed_back,
    in_words,
    is_batch,
    keep,
    named,
    new_batch,
    why_too_much,
)
from therapies.admin.upload_forms import Received, UploadForm
from therapies.admin.upload_rehearsal import Looked, look
from therapies.handed_in import DAYS
from therapies.models import HandedIn

__all__ = ["FilesHandedIn"]


class FilesHandedIn(ModelAdmin):
    """What an admin of documents does with files; how its pages look is the admin's."""

    @abstractmethod
    def upload_page(
        self, request: HttpRequest, template: str, *, status: int = 200, **more: Any
    ) -> HttpResponse: ...

    @abstractmethod
    def form_page(self, request: HttpRequest, form: UploadForm) -> HttpResponse: ...

    @abstractmethod
    def preview_page(
        self,
        request: HttpRequest,
        received: Received,
        looked: Looked,
        choice: Choice,
        *,
        status: int = 200,
    ) -> HttpResponse: ...

    @abstractmethod
    def second_step(self, request: HttpRequest) -> HttpResponse: ...

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("files/", wrap(self.hand_in_view), name="sources_document_hand_in"),
            path("files/<slug:batch>/", wrap(self.files_view), name="sources_document_files"),
            path(
                "files/<slug:batch>/<int:number>/",
                wrap(self.file_view),
                name="sources_document_file",
            ),
        ]
        return [*own, *super().get_urls()]

    def hand_in(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        """Read all files of one request, and show them; a single one is looked through at once."""
        if len(form.cleaned_data["file"]) > MOST_AT_ONCE:
            form.refuse(
                f"At most {MOST_AT_ONCE} files are read at once where the page’s script does not "
                "run. Hand the others in after these."
            )
            return self.form_page(request, form)
        batch, by = new_batch(), acting(request)
        if too_much := why_too_much(by):
            form.refuse(too_much)
            return self.form_page(request, form)
        handed = [keep(received, batch=batch, by=by) for received in form.each()]
        if len(handed) == 1 and handed[0].told["refusal"]:
            form.refuse(handed[0].told["refusal"])
            handed[0].delete()
            return self.form_page(request, form)
        if len(handed) == 1:
            page = reverse("admin:sources_document_file", args=[batch, handed[0].number])
            return HttpResponseRedirect(page)
        return HttpResponseRedirect(batch_address(batch))

    @method_decorator(require_POST)
    def hand_in_view(self, request: HttpRequest) -> HttpResponse:
        """One file of many, sent by the page's script; says in a few words how it went."""
        if not self.has_add_permission(request):
            return JsonResponse({"said": "Your account may not hand in files."}, status=403)
        form = UploadForm({}, request.FILES)
        batch, by = request.POST.get("batch", ""), acting(request)
        batch = batch if is_batch(batch) else new_batch()
        others = HandedIn.objects.filter(batch=batch)
        if others.exclude(by=by).exists():
            return JsonResponse(
                {"said": "These files were handed in by somebody else."}, status=400
            )
        if others.count() >= MOST_IN_BATCH:
            return JsonResponse(
                {"said": f"At most {MOST_IN_BATCH} files are handed in together."}, status=400
            )
        if too_much := why_too_much(by):
            return JsonResponse({"said": too_much, "batch": batch}, status=400)
        if not form.is_valid():
            said = " ".join(str(e) for errors in form.errors.values() for e in errors)
            return JsonResponse({"said": in_text(said), "batch": batch}, status=400)
        if len(form.cleaned_data["file"]) != 1:
            return JsonResponse({"said": "One file at a time, please.", "batch": batch}, status=400)
        received = form.received()
        row = keep(received, batch=batch, by=by)
        return JsonResponse({"batch": batch, "said": in_words(row), "url": batch_address(batch)})

    def files_view(self, request: HttpRequest, batch: str) -> HttpResponse:
        """The files of a batch; drafts those that were ticked."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        by = acting(request)
        found = Batch.of(batch, by)
        if not found.rows:
            raise Http404("These files are not here any more. Hand them in again.")
        if request.method != "POST":
            return self._files_page(request, found)
        asked = named(request.POST.getlist("keep"))
        offered = [row.handed.number for row in found.rows if row.offered]
        numbers = [number for number in offered if number in asked]
        draft_files(batch, numbers, by=by)
        if "one" in request.POST:
            row = HandedIn.objects.of(batch, by).filter(number__in=numbers).first()
            return JsonResponse({"said": in_words(row) if row else "It is not offered any more."})
        if not numbers:
            messages.warning(request, "Nothing was written: no file is ticked.")
        if len(numbers) > DRAFTED_AT_ONCE:
            messages.warning(
                request,
                f"The first {DRAFTED_AT_ONCE} of the {len(numbers)} ticked files were taken. Tick "
                "the others once more.",
            )
        return HttpResponseRedirect(batch_address(batch))

    def _files_page(self, request: HttpRequest, batch: Batch) -> HttpResponse:
        return self.upload_page(
            request,
            "admin/upload_files.html",
            title="Files handed in",
            batch=batch,
            days=DAYS,
        )

    def file_view(self, request: HttpRequest, batch: str, number: int) -> HttpResponse:
        """One file of a batch, looked through before anything is written."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.second_step(request)
        received = handed_back(batch, number, acting(request))
        if received is None or not received.data:
            raise Http404("This file is not here any more. Hand it in again.")
        try:
            looked = look(received.name, received.data, known=received.known)
        except Unreadable as problem:
            messages.error(request, f"{in_text(received.name)}: {problem}")
            return HttpResponseRedirect(batch_address(batch))
        return self.preview_page(request, received, looked, Choice())
