"""The workroom's frame: the admin site with the queue on its first page."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial import queue
from editorial.models import User
from editorial.queue import Item
from msportal.door import Door
from msportal.sign_in_forms import OwnPasswordChange
from publication.reports import Report
from therapies.queue import resting_on_doubtful_sources

_ORDER = {"therapies": 0, "sources": 1, "editorial": 2, "publication": 3}
_EMPTY = {
    "Yours": "Nothing waits for you. Review what waits for a reviewer, or add a document.",
    "Waiting for a reviewer": "Nothing waits. What is submitted comes here.",
    "Under review": "Nobody reviews anything now. Who takes a waiting record reviews it.",
    "Changes requested": "Nothing was sent back to be changed.",
    "Review overdue": "Nothing is overdue.",
}


class Workroom(Door):
    """Django's admin under our name, opening with what waits for whom."""

    site_title = "msportal workroom"
    site_header = "msportal workroom"
    index_title = "Workroom"
    index_template = "admin/workroom_index.html"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What editors work on first, what is only looked up last."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: _ORDER.get(app["app_label"], len(_ORDER)))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = path("queue/", self.admin_view(require_safe(self.queue_view)), name="queue")
        return [own, *super().get_urls()]

    # Pages of a person who is signed in stay in no cache; Django lets these two.
    password_change_done = method_decorator(never_cache)(AdminSite.password_change_done)

    @method_decorator(never_cache)
    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        view = OwnPasswordChange.as_view(
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        more = {"queues": queues(request), "reports": open_reports(request)}
        return super().index(request, {**more, **(extra_context or {})})

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        context = {
            **self.each_context(request),
            "title": "Queue",
            "subtitle": None,
            "queues": queues(request),
            "reports": open_reports(request),
        }
        return TemplateResponse(request, "admin/queue.html", context)


def open_reports(request: HttpRequest) -> dict[str, Any] | None:
    """How many reports of readers nobody has finished, for those who may see them."""
    if not request.user.has_perm("publication.view_report"):
        return None
    rows = Report.objects.open()
    return {
        "number": rows.count(),
        "oldest": rows.order_by("at").values_list("at", flat=True).first(),
        "url": f"{reverse('admin:publication_report_changelist')}?state=open",
    }


def queues(request: HttpRequest) -> list[dict[str, Any]]:
    """Every queue with its records, each with the page where the work is done."""

    def sees(item: Item) -> bool:
        meta = item.record._meta
        return request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}")

    overdue = [*queue.review_overdue(), *resting_on_doubtful_sources()]
    me = cast(User, request.user)
    parts = (
        ("Yours", queue.mine(me), ""),
        ("Waiting for a reviewer", queue.waiting_for_reviewer(), "review"),
        ("Under review", queue.under_review(), "review"),
        ("Changes requested", queue.changes_requested(), "change"),
        ("Review overdue", overdue, "review"),
    )
    return [
        {"title": title, "empty": _EMPTY[title], "rows": [_row(i, page) for i in items if sees(i)]}
        for title, items, page in parts
    ]


def _row(item: Item, page: str) -> dict[str, Any]:
    meta = item.record._meta
    page = page or ("change" if item.record.is_editable else "review")
    try:
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[item.record.pk])
    except NoReverseMatch:
        url = ""
    return {
        "record": item.record,
        "kind": meta.verbose_name,
        "state": item.record.working_state,
        "detail": item.detail,
        "url": url,
    }
