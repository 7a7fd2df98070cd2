"""What rests on a source, by passage: claims of any record in any state, and fields of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from editorial import typed
from editorial.admin.frame import RecordPages
from editorial.models import Record
from sources.models import FieldReading, Passage
from sources.wording import capital, label_of
from therapies.choices import Direction
from therapies.models import Claim, Evidence

__all__ = ["ON_A_PAGE", "Rested", "RestsOnIt", "claims_resting_on", "resting_url"]

ON_A_PAGE = 50
"""Passages."""


@dataclass(slots=True)
class Rested:
    """A passage in use, and what rests on it."""

    passage: Passage
    evidence: list[Evidence] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    """Bibliographic fields that were read from it, in words."""

    @property
    def text_url(self) -> str:
        if self.passage.document_id is None:
            return ""
        page = reverse("admin:sources_document_change", args=[self.passage.document_id])
        return f"{page}#p{self.passage.pk}"


def claims_resting_on(source: Record) -> int:
    """How many claims have a passage of the source."""
    return Claim.objects.filter(evidence__passage__source=source.pk).distinct().count()


def resting_url(passage: Passage) -> str:
    """Where the workroom lists what rests on a passage; the page of the list is found there."""
    page = reverse("admin:sources_source_resting", args=[passage.source_id])
    return f"{page}?passage={passage.pk}#passage-{passage.pk}"


def passages_in_use(source: Record) -> Any:
    """Those of the source under which something stands: under claims first, then those that fields
    alone were read from, both in the order of its texts.
    """
    used = Exists(Evidence.objects.filter(passage=OuterRef("pk")))
    read = Exists(FieldReading.objects.filter(passage=OuterRef("pk")))
    rows = Passage.objects.filter(Q(used) | Q(read), source=source.pk).annotate(is_used=used)
    return rows.order_by("-is_used", "document", "start", "end", "pk")


def rested(passages: Iterable[Passage]) -> list[Rested]:
    """Each passage with what rests on it, in two queries."""
    found = {passage.pk: Rested(passage) for passage in passages}
    evidence = Evidence.objects.filter(passage__in=found).select_related(
        "claim__therapy", "claim__mechanism"
    )
    for row in evidence:
        found[row.passage_id].evidence.append(row)
    for reading in FieldReading.objects.filter(passage__in=found).order_by("pk"):
        found[reading.passage_id].fields.append(capital(label_of(reading.field)))
    for one in found.values():
        one.evidence.sort(key=lambda e: (str(e.claim.subject.name), e.claim.position, e.pk))
    return list(found.values())


class RestsOnIt(RecordPages):
    """A page of a source, beside its others."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.resting_view)
        own = path("<path:object_id>/resting/", view, name="sources_source_resting")
        return [own, *super().get_urls()]

    def record_pages(self, record: Record) -> list[dict[str, str]]:
        words = {
            "label": f"What rests on it ({claims_resting_on(record)})",
            "url": self.page_url(record, "resting"),
        }
        content, *others = super().record_pages(record)
        return [content, words, *others]

    @method_decorator(require_safe)
    def resting_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        source = self.viewed(request, object_id)
        passages = passages_in_use(source)
        shown: Page[Any] = Paginator(passages, ON_A_PAGE).get_page(_wanted(request, passages))
        return self.page(
            request,
            source,
            "admin/source_resting.html",
            title=f"What rests on it: {source}",
            shown=shown,
            rows=rested(shown),
            total=claims_resting_on(source),
            plain=Direction.SUPPORTS,
        )


def _wanted(request: HttpRequest, passages: Any) -> str | int:
    """The page that is asked for, or the one on which a passage is."""
    asked = typed.key(request.GET.get("passage", ""))
    if asked is None:
        return request.GET.get("page", "")
    keys = list(passages.values_list("pk", flat=True))
    return keys.index(asked) // ON_A_PAGE + 1 if asked in keys else 1
