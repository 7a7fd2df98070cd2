"""Readers report a problem with a claim or a record, and see later what became of it.

No account, no cookie, no script. Nothing is kept of who sends a report: the network address counts
for minutes in the memory of this process, as a keyed hash. What somebody wrote is never in an
answer but in the one that gives it back to be mended.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from math import ceil
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from publication import limits, reports, tickets, writing
from publication.coordinates import BadCoordinate
from publication.entries import Entry
from publication.published import PublishedRecord
from publication.quota import Quota
from publication.reports import Outcome, Report, ReportKind
from publication.tickets import BadTicket, Ticket
from publication.visitors import address
from therapies import links
from therapies.links import Links
from therapies.pages import claims
from therapies.pages.finding import gone_since, led_to
from therapies.pages.kinds import KINDS, Kind
from therapies.pages.snapshot import NotYetPublic, Snapshot, bad_request, not_yet, snapshot_of

QUOTA = Quota(10 * 60)
LARGEST = 256_000
"""Bytes of a form that are read: many times the longest text that is taken."""

Show = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about, as its page shows it."""

    record_type: str
    public_id: str
    part: str
    version: int
    seq: int
    digest: str
    address: str
    """Of the page that it is shown on."""

    @property
    def code(self) -> str:
        return f"{self.record_type} {self.public_id} {self.part}"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a form, and why it is not taken: by the field that it is about."""

    kind: str = ""
    text: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    retry_after: int = 0


def _form_page(page: Show) -> Callable[..., HttpResponseBase]:
    """A page that takes a form from anybody: kept nowhere, and without a cookie, for which its
    ticket stands.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            snapshot = snapshot_of(request)
        except BadCoordinate as problem:
            return _unkept(bad_request(request, problem.lead, title=problem.title))
        if request.method == "POST" and _size(request) <= LARGEST:
            snapshot = _as_shown(request, snapshot)
        try:
            return _unkept(page(request, snapshot, *args, **kwargs))
        except NotYetPublic as later:
            return _unkept(not_yet(request, later, snapshot))

    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view


def _size(request: HttpRequest) -> int:
    """As it is announced; what is no such number is too large."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_number = length.isascii() and length.isdecimal() and len(length) <= limits.DIGITS
    return int(length) if is_number else LARGEST + 1


def _unkept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True)
    return response


def _as_shown(request: HttpRequest, snapshot: Snapshot) -> Snapshot:
    """What the form was about when it was given out, whatever became of it meanwhile."""
    try:
        ticket = tickets.read(request.POST.get("ticket", ""))
    except BadTicket:
        return snapshot
    return replace(snapshot, seq=ticket.seq)


@_form_page
def claim(request: HttpRequest, snapshot: Snapshot, claim_id: str) -> HttpResponse:
    row = claims.row_of(snapshot, claim_id)
    if row is None:
        return claims.gone(request, snapshot, claim_id)
    shown = claims.Shown(row, snapshot)
    about = About(
        row.subject_type,
        row.subject_id,
        claim_id,
        row.version,
        snapshot.seq,
        reports.stored_digest(shown.entry, claim_id),
        links.claim(claim_id, snapshot.keep),
    )
    context = {"told": shown.told, "name": row.subject_name, "gone_since": shown.gone_since}
    return _answered(request, snapshot, about, context)


def _record(kind: Kind) -> Callable[..., HttpResponseBase]:
    def answer(
        request: HttpRequest, entry: Entry, row: PublishedRecord, to: Links, snapshot: Snapshot
    ) -> HttpResponse:
        about = About(
            kind.record_type,
            row.public_id,
            "",
            entry.version,
            snapshot.seq,
            entry.digest,
            to.record,
        )
        since = gone_since(kind, row.public_id, entry.version, snapshot)
        context = {"told": None, "name": row.name, "gone_since": since}
        return _answered(request, snapshot, about, context)

    return _form_page(led_to(kind, "report/", answer))


records = {record_type: _record(kind) for record_type, kind in KINDS.items()}
"""By type, the page on a problem with a record as a whole."""


def _answered(
    request: HttpRequest, snapshot: Snapshot, about: About, context: dict[str, Any]
) -> HttpResponse:
    sent = Sent()
    if request.method == "POST":
        taken = _taken(request, about)
        if isinstance(taken, str):
            return _see_other(reverse("pages:report", args=[reports.spelled(taken)]))
        sent = taken
    context |= {
        "about": about,
        "sent": sent,
        "kinds": ReportKind.choices,
        "longest": f"{limits.REPORT:,}",
        "ticket": tickets.issue(Ticket(about.code, about.seq)),
        "noindex": True,
    } | snapshot.context()
    response = render(request, "reports/form.html", context, status=sent.status)
    if sent.retry_after:
        response["Retry-After"] = str(sent.retry_after)
    return response


def _see_other(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


def _taken(request: HttpRequest, about: About) -> str | Sent:
    """The reference of the report that this form makes or has made; or why it makes none."""
    if _size(request) > LARGEST:
        return Sent(errors={"text": TOO_LARGE}, status=413)
    if _is_from_elsewhere(request):
        return Sent(errors={"": FROM_ELSEWHERE}, status=403)
    kind, text = request.POST.get("kind", ""), _kept(request.POST.get("text", ""))
    errors = _errors(request, kind, text, about)
    if errors:
        return Sent(kind, text, errors, 400)
    reference = reports.reference_of(request.POST["ticket"], kind, text)
    if reports.filed(reference):
        return reference  # an impatient click
    if reports.of_the_last_day() >= settings.REPORTS_A_DAY:
        return Sent(kind, text, {"": FULL}, 503, retry_after=60 * 60)
    if seconds := QUOTA.take(address(request), most=settings.REPORTS_FROM_ONE):
        minutes = ceil(seconds / 60)
        wait = TOO_OFTEN.format(f"{minutes} minute{'' if minutes == 1 else 's'}")
        return Sent(kind, text, {"": wait}, 429, retry_after=seconds)
    reports.file(
        Report(
            reference=reference,
            kind=kind,
            text=text,
            record_type=about.record_type,
            public_id=about.public_id,
            part=about.part,
            version=about.version,
            seq=about.seq,
            digest=about.digest,
            address=about.address,
            at=timezone.now(),
        )
    )
    return reference


TOO_LARGE = (
    f"This was far more than the {limits.REPORT:,} characters that a report may have, so it was "
    "not read. Your browser, one page back, may still have it: shorten it there."
)
FROM_ELSEWHERE = (
    "This form was sent from another site, so nothing was taken from it. If you wrote it here, "
    "write it once more and send it from this page."
)
FULL = (
    "Nothing was sent: as many reports came in the last day as can be looked at. Keep your text "
    "and send it tomorrow."
)
TOO_OFTEN = (
    "Nothing was sent: several reports came from your network in the last minutes. Keep this page "
    "open and send it again in {}."
)
TOO_OLD = (
    "Nothing was sent yet: this form was opened more than a day ago, or came back changed. Your "
    "text is still here. Read the statement once more, then send it again."
)
FOR_MACHINES = "Nothing was sent: a field that is for machines was filled in. Send it again."


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether a browser says that another site's page sent it: that site would borrow the network
    addresses of its visitors.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Origin", next(iter(ours))) not in ours


def _kept(text: str) -> str:
    """What a database cannot hold is told from what it can; nothing else is changed."""
    return writing.normal(text, lines=True).replace("\0", "\N{REPLACEMENT CHARACTER}")


def _errors(request: HttpRequest, kind: str, text: str, about: About) -> dict[str, str]:
    found = {}
    if kind not in ReportKind.values:
        found["kind"] = "Choose what is wrong; “something else” will do."
    if not any(sign.isalnum() for sign in text):
        found["text"] = "Say in a sentence what is wrong and, if you can, where you see it."
    elif len(text) > limits.REPORT:
        found["text"] = (
            f"This has {len(text):,} characters, and a report {limits.REPORT:,} at most: shorten "
            "it. Nothing was cut."
        )
    if request.POST.get("website"):
        found[""] = FOR_MACHINES
    try:
        ticket = tickets.read(request.POST.get("ticket", ""))
    except BadTicket:
        ticket = None
    if ticket is None or ticket.about != about.code:
        found[""] = TOO_OLD
    return found


# What became of it.


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """From the number that somebody noted to the page of that report."""
    typed = request.GET.get("number", "")
    known = reports.understood(typed)
    if known and reports.filed(known):
        return _unkept(HttpResponseRedirect(reverse("pages:report", args=[reports.spelled(known)])))
    context = {"typed": typed[:100], "noindex": True}
    return _unkept(render(request, "reports/find.html", context, status=404 if typed else 200))


@require_safe
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Fixed words, by the reference alone."""
    known = reports.understood(reference)
    filed = reports.filed(known) if known else None
    if filed is None:
        raise Http404
    if reference != reports.spelled(known):
        return _unkept(HttpResponseRedirect(reverse("pages:report", args=[reports.spelled(known)])))
    became = reports.became(known)
    row = (
        KINDS[filed["record_type"]]
        .table._default_manager.filter(to_seq=None)
        .get(public_id=filed["public_id"])
    )
    to = Links(filed["record_type"], row.slug)
    changed = became if became and became["outcome"] == Outcome.CHANGED else None
    context = {
        "reference": reports.spelled(known),
        "filed": filed,
        "became": became,
        "outcome": became["outcome"] if became else reports.RECEIVED,
        "version_url": to.version(changed["version"]) if changed else "",
        "row": row,
        "about": links.claim(filed["part"]) if filed["part"] else to.record,
        "again": links.report_claim(filed["part"]) if filed["part"] else to.report,
        "noindex": True,
    }
    return _unkept(render(request, "reports/state.html", context))
