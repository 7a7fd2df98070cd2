"""The page on which records that wait for each other are approved together."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from editorial import review
from editorial.admin.access import acting
from editorial.admin.frame import RecordPages, working_url
from editorial.bundles import Approval, NotTogether, approve_each, bundle_of
from editorial.errors import DateDoubtful, NotAllowed, OwnWork
from editorial.models import InReview, Record, User
from editorial.moves import APPROVE
from editorial.pairs import Needed, Pair
from editorial.readiness import in_words, records_of
from publication import log
from publication.canonical import digest_of


@dataclass(frozen=True, slots=True)
class Member:
    """One record of the bundle as it is on the screen."""

    record: Record
    digest: str
    seen: str
    pairs: tuple[Pair, ...]
    """Each statement once, with one of its passages."""
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

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def bundle_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self.viewed(request, object_id)
        if request.method != "POST":
            return self._bundle_page(request, record)
        rows = bundle_of(record).rows
        posted, by = request.POST, acting(request)
        records = records_of(_needed(row) for row in rows)
        approvals = [
            Approval(
                records[_needed(row)],
                digest=posted.get(f"digest-{row.public_id}", ""),
                seen=posted.get(f"seen-{row.public_id}", ""),
            )
            for row in rows
        ]
        try:
            done = approve_each(
                approvals, by=by, note=posted.get("note", ""), dated=posted.get("dated", "")
            )
        except NotTogether as refused:
            forbidden = isinstance(refused.problem, NotAllowed | OwnWork)
            status = 403 if forbidden else 409
            return self._bundle_page(request, record, refused, status=status)
        for one in done:
            entry = log.newest_entry(one.record_type, one.public_id)
            head = entry.anchor if entry else ""
            said = f"{APPROVE.done.format(record=one)} Head of the log: {head}"
            self.message_user(request, said, messages.SUCCESS)
        return Redirect(self.page_url(record, "review"))

    def _bundle_page(
        self,
        request: HttpRequest,
        record: Record,
        refused: NotTogether | None = None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        bundle = bundle_of(record)
        by = acting(request)
        records = records_of([*map(_needed, bundle.rows), *bundle.missing])
        members = [_member(records[_needed(row)], row, by) for row in bundle.rows]
        problem = refused.problem if refused else None
        return self.page(
            request,
            record,
            "admin/record_bundle.html",
            status=status,
            title=f"Approve together: {record}",
            members=members,
            missing=[(records[one], working_url(records[one], "review")) for one in bundle.missing],
            may_approve=bundle.is_judged and not any(member.refusal for member in members),
            refusal=str(refused) if refused else "",
            note=request.POST.get("note", ""),
            today=problem.today if isinstance(problem, DateDoubtful) else "",
        )


def _needed(row: InReview) -> Needed:
    return Needed(row.record_type, row.public_id)


def _member(record: Record, row: InReview, by: User) -> Member:
    statements = {pair.group: pair for pair in reversed(record.pairs())}
    offers = {offer.move: offer.refusal for offer in review.offers(record, by)}
    return Member(
        record=record,
        digest=digest_of(record.content()),
        seen=str(record.revision),
        pairs=tuple(reversed(statements.values())),
        said=in_words(row),
        refusal=offers.get(APPROVE, ""),
        url=working_url(record, "review"),
    )
