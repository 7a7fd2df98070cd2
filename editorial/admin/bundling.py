"""The page on which records that wait for each other are approved together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from editorial import interests, review
from editorial.admin.access import acting, require_who_opened
from editorial.admin.frame import RecordPages
from editorial.bundles import Approval, Bundle, NotTogether, approve_each, bundle_of
from editorial.errors import DateDoubtful, EditorialError, NotAllowed, Outdated, OwnWork
from editorial.models import InReview, Record
from editorial.moves import APPROVE
from editorial.pairs import Needed
from editorial.places import page_of
from editorial.readiness import in_words, records_of
from publication import log

OTHERS = (
    "What would be approved together is not what was on your page any more: something was "
    "submitted, taken back or approved meanwhile. Nothing was approved. Here it is as it is now."
)


@dataclass(frozen=True, slots=True)
class Member:
    """One record of the bundle as it is on the screen."""

    record: Record
    shown: dict[str, Any]
    """What its own review page shows: statements, passages, judgements, changes, notices."""
    seen: str
    said: str
    refusal: str
    """Why this person cannot approve it; empty when they can."""
    url: str


class BundlePages(RecordPages):
    """GET shows what would be approved, POST approves it: all or nothing."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.model._meta.app_label}_{self.model._meta.model_name}_bundle"
        view = self.admin_site.admin_view(self.bundle_view)
        return [path("<path:object_id>/bundle/", view, name=name), *super().get_urls()]

    def review_context(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        """What the review page of a record of this type shows."""
        raise NotImplementedError

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def bundle_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self.viewed(request, object_id)
        if request.method != "POST":
            return self._bundle_page(request, record)
        posted = request.POST
        try:
            require_who_opened(request)
            approvals = _approvals(bundle_of(record), posted)
            done = approve_each(
                approvals,
                by=acting(request),
                note=posted.get("note", ""),
                dated=posted.get("dated", ""),
            )
        except EditorialError as refused:
            return self._bundle_page(request, record, refused)
        for one in done:
            entry = log.newest_entry(one.record_type, one.public_id)
            head = entry.anchor if entry else ""
            said = f"{APPROVE.done.format(record=one)} Head of the log: {head}"
            self.message_user(request, said, messages.SUCCESS)
        return Redirect(self.page_url(record, "review"))

    def _bundle_page(
        self, request: HttpRequest, record: Record, refused: EditorialError | None = None
    ) -> HttpResponse:
        record.refresh_from_db()
        bundle = bundle_of(record)
        records = records_of([*map(_needed, bundle.rows), *bundle.missing])
        members = [self._member(request, records[_needed(row)], row) for row in bundle.rows]
        problem = refused.problem if isinstance(refused, NotTogether) else refused
        return self.page(
            request,
            record,
            "admin/record_bundle.html",
            status=_status(problem),
            title=f"Approve together: {record}",
            members=members,
            missing=[(records[one], page_of(records[one], "review")) for one in bundle.missing],
            stuck=bundle.stuck,
            may_approve=bundle.is_judged and not any(member.refusal for member in members),
            refusal=str(refused) if refused else "",
            note=request.POST.get("note", ""),
            interests=interests.declared(acting(request)),
            today=problem.today if isinstance(problem, DateDoubtful) else "",
        )

    def _member(self, request: HttpRequest, record: Record, row: InReview) -> Member:
        offers = {o.move: o.refusal for o in review.offers(record, acting(request))}
        pages: Any = self.admin_site.get_model_admin(type(record))
        return Member(
            record=record,
            shown=pages.review_context(request, record),
            seen=str(record.revision),
            said=in_words(row),
            refusal=offers.get(APPROVE, ""),
            url=page_of(record, "review"),
        )


def _approvals(bundle: Bundle, posted: Any) -> Sequence[Approval]:
    """Those of the page, which have to be those of now; ``Outdated``."""
    sent = {name.removeprefix("digest-") for name in posted if name.startswith("digest-")}
    if not bundle.rows or sent != {row.public_id for row in bundle.rows}:
        raise Outdated(OTHERS)
    records = records_of(map(_needed, bundle.rows))
    return [
        Approval(
            records[_needed(row)],
            digest=posted.get(f"digest-{row.public_id}", ""),
            seen=posted.get(f"seen-{row.public_id}", ""),
        )
        for row in bundle.rows
    ]


def _status(problem: EditorialError | None) -> int:
    if problem is None:
        return 200
    return 403 if isinstance(problem, NotAllowed | OwnWork) else 409


def _needed(row: InReview) -> Needed:
    return Needed(row.record_type, row.public_id)
