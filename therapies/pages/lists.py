"""A filtered list of records, page by page."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from therapies.pages.filters import ListFilters
from therapies.pages.kinds import Kind
from therapies.pages.snapshot import Snapshot, bad_request, public_page
from therapies.published import PublishedClaim

PER_PAGE = 25


class BadPage(ValueError):
    """``page`` is not a positive number."""


def record_list(
    kind: Kind, filters: type[ListFilters], template: str, rows_of: Callable[[Any, Snapshot], Any]
) -> Callable[..., HttpResponseBase]:
    """``rows_of`` makes what the template shows from the published rows of one page."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
        rows = kind.table._default_manager.as_of(snapshot.seq)  # type: ignore[attr-defined]
        rows = rows.filter(withdrawn=False).order_by(Lower("name"), "key")
        chosen = filters(request.GET, rows, seq=snapshot.seq)
        context = {"kind": kind, "filters": chosen, "noindex": bool(request.GET)}
        context |= snapshot.context()
        if not chosen.is_valid():
            return render(request, template, context | {"page": None, "rows": []}, status=400)
        try:
            shown = page_of(chosen.qs, request)
        except BadPage as problem:
            return bad_request(request, str(problem))
        context |= {"page": shown, "rows": rows_of(list(shown), snapshot)}
        return render(request, template, context | {"pager": pager(request, shown)})

    return page


def page_of(
    rows: "QuerySet[Any] | Sequence[Any]",
    request: HttpRequest,
    name: str = "page",
    most: int = PER_PAGE,
) -> "Page[Any]":
    """The asked-for page; ``BadPage`` for nonsense, ``Http404`` beyond the last."""
    text = request.GET.get(name, "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= 1):
        raise BadPage(f"{name} is not understood: give a number from 1.")
    paginator = Paginator(rows, most)
    if int(text) > paginator.num_pages:
        raise Http404
    return paginator.page(int(text))


def pager(
    request: HttpRequest, page: "Page[Any]", name: str = "page", *, without: str = ""
) -> dict[str, str]:
    """The addresses of the pages before and after, everything else kept but ``without``."""
    found = {"previous": "", "next": ""}
    query = request.GET.copy()
    query.pop(without, None)
    if page.has_previous():
        query[name] = str(page.previous_page_number())
        found["previous"] = f"?{query.urlencode()}"
    if page.has_next():
        query[name] = str(page.next_page_number())
        found["next"] = f"?{query.urlencode()}"
    return found


def claim_counts(subject_ids: list[str], seq: int) -> dict[str, int]:
    """How many approved claims each subject has."""
    rows = PublishedClaim.objects.as_of(seq).filter(subject_id__in=subject_ids).order_by()
    return dict(rows.values_list("subject_id").annotate(Count("key")))
