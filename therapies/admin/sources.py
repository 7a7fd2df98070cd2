"""The workroom's page of a source: proposals that wait on it, and what was not understood."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from editorial import typed
from editorial.admin.access import acting
from editorial.models import Record
from editorial.permissions import has_role
from editorial.states import Role
from sources.admin import SourceAdmin
from sources.models import Source
from therapies.admin import csv_lists
from therapies.admin.csv_lists import ListedAsCsv
from therapies.admin.deciding import Asked
from therapies.admin.drafted_rows import DraftedRows, in_short
from therapies.admin.filters import ReadFilter
from therapies.admin.not_understood import Sentences, listed_on, place_of
from therapies.admin.previews import Previewed
from therapies.admin.records_by_name import RecordsByName
from therapies.admin.resting import RestsOnIt
from therapies.admin.waiting import Proposals, waiting_on


@admin.register(Source)
class SourceWithProposalsAdmin(ListedAsCsv, RestsOnIt, Previewed, SourceAdmin):
    change_form_template = "admin/source_change.html"
    change_list_template = "admin/upload_source_list.html"
    list_filter = [*SourceAdmin.list_filter, ReadFilter]
    csv_columns = csv_lists.SOURCES

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/proposals/",
                wrap(self.proposals_view),
                name="sources_source_proposals",
            ),
            path("<path:object_id>/decide/", wrap(self.decide_view), name="sources_source_decide"),
            path(
                "<path:object_id>/sentences/",
                wrap(self.sentences_view),
                name="sources_source_sentences",
            ),
            *super().get_urls(),
        ]

    def record_pages(self, record: Record) -> list[dict[str, str]]:
        count, seen = waiting_on(record).count(), listed_on(record).count()
        pages = super().record_pages(record)
        url = self.page_url(record, "proposals")
        if seen:
            words = {"label": f"Not understood ({seen})", "url": f"{url}#not-understood"}
            pages.insert(1, words)
        if count:
            pages.insert(1, {"label": f"Proposals ({count} waiting)", "url": url})
        return pages

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        source = context["original"]
        context["waiting"] = list(waiting_on(source)) if source else []
        context["not_understood"] = listed_on(source).count() if source else 0
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_safe)
    def proposals_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The proposals that wait, and the sentences that were not understood."""
        source, records = self.viewed(request, object_id), RecordsByName()
        asked = request.GET
        return self._proposals_page(
            request,
            source,
            Proposals(source, records, page=asked.get("proposals", "")),
            Sentences(
                source, records, page=asked.get("page", ""), done=typed.key(asked.get("done", ""))
            ),
        )

    @method_decorator(require_POST)
    def decide_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Accept, add to the claims that they resemble, or dismiss proposals of this source."""
        source = self.viewed(request, object_id)
        records = RecordsByName()
        rows = Proposals(source, records, **_came(request))
        if refused := self._press(request, rows):
            return refused
        if rows.keeps_something:
            return self._proposals_page(request, source, rows, Sentences(source, records))
        page = request.POST.get("page", "")
        return HttpResponseRedirect(f"{self.page_url(source, 'proposals')}?proposals={page}")

    @method_decorator(require_POST)
    def sentences_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make claims of sentences of this source, or dismiss them."""
        source = self.viewed(request, object_id)
        records = RecordsByName()
        rows = Sentences(source, records, **_came(request))
        if refused := self._press(request, rows):
            return refused
        if rows.keeps_something:
            return self._proposals_page(request, source, Proposals(source, records), rows)
        if rows.asked is not None and rows.asked.is_of_one:
            return HttpResponseRedirect(place_of(source, rows.items[rows.asked.keys[0]]))
        page = request.POST.get("page", "")
        return HttpResponseRedirect(f"{self.page_url(source, 'proposals')}?page={page}")

    def _press(self, request: HttpRequest, rows: DraftedRows) -> HttpResponse | None:
        """Do what the button says and tell what was done; an answer where it is no button."""
        if not has_role(acting(request), Role.EDITOR):
            raise PermissionDenied
        if not rows.knows_action or rows.asked is None:
            return HttpResponseBadRequest("There is no such action.")
        if rows.asked.is_of_one and not set(rows.asked.keys) & rows.items.keys():
            raise Http404
        done = rows.decide(acting(request)).done.values()
        if told := in_short(list(done)):
            self.message_user(request, told, messages.SUCCESS)
        elif not rows.asked.keys:
            self.message_user(request, "Nothing is ticked, so nothing was done.", messages.WARNING)
        return None

    def _proposals_page(
        self,
        request: HttpRequest,
        source: Source,
        waiting: Proposals,
        listed: Sentences,
    ) -> HttpResponse:
        may_decide = has_role(acting(request), Role.EDITOR)
        refused = waiting.decided.refused or listed.decided.refused
        return self.page(
            request,
            source,
            "admin/source_proposals.html",
            status=409 if refused else 200,
            title=f"Proposals: {source}",
            waiting=waiting,
            listed=listed,
            records=waiting.records,
            may_decide=may_decide,
        )


def _came(request: HttpRequest) -> dict[str, Any]:
    """What a list is made of from a posted form."""
    posted = request.POST
    return {"page": posted.get("page", ""), "posted": posted, "asked": Asked.of(request)}
