"""The workroom's look at a draft as readers would see it if it were approved."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial.admin.frame import RecordPages, public_face
from editorial.editing import coming_version, contributions
from editorial.models import Record
from editorial.states import State
from publication import log
from publication.present import present
from sources.models import Source
from sources.published import PublishedSource
from therapies.differences import cited_in
from therapies.models import Mechanism
from therapies.pages.previewing import Draft, preview
from therapies.published import PublishedMechanism

__all__ = ["Previewed"]


class Previewed(RecordPages):
    """A page of the record, below its other pages, that only people who may see it find."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.model._meta.app_label}_{self.model._meta.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def record_pages(self, record: Record) -> list[dict[str, str]]:
        pages = super().record_pages(record)
        if record.working_state == State.APPROVED:
            return pages
        words = {"label": "Preview", "url": self.page_url(record, "preview")}
        return [pages[0], words, *pages[1:]]

    @method_decorator([require_safe, never_cache])
    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page that readers would see; nothing is written and nothing is kept. Of what was
        approved there is no draft: this leads to what readers see, a notice where it was withdrawn.
        """
        record = self.viewed(request, object_id)
        if record.working_state == State.APPROVED:
            return redirect(public_face(record).url or self.page_url(record, "review"))
        body = present(record.content())
        draft = Draft(
            body=body,
            version=coming_version(record),
            contributors=[{"id": c.user_id, "name": c.user_name} for c in contributions(record)],
            at=log.stamp(timezone.now()),
            named=[present(other.content()) for other in _not_public(body)],
        )
        frame = {
            "record": record,
            "content": self.page_url(record, "change"),
            "review": self.page_url(record, "review"),
            "face": public_face(record),
        }
        banner = render_to_string("admin/_preview.html", {"preview": frame})
        answer = preview(request, draft, banner)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer


def _not_public(body: Mapping[str, Any]) -> Iterator[Record]:
    """The records that a content names by id and that readers are not shown."""
    sources, mechanisms = cited_in([body])
    yield from _drafts_among(sources, Source, PublishedSource)
    yield from _drafts_among(mechanisms, Mechanism, PublishedMechanism)


def _drafts_among(ids: Iterable[str], model: Any, table: Any) -> Iterator[Record]:
    public = table.objects.filter(public_id__in=ids, to_seq=None).values_list("public_id")
    yield from model.objects.filter(public_id__in=ids).exclude(public_id__in=public)
