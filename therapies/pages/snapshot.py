"""Which stretch of the log a page shows, and the headers every public page shares."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from publication import log, plainly
from publication.anchors import Anchor
from publication.coordinates import BadCoordinate, coordinate_of, yesterday
from publication.lasting import lasts
from therapies import links
from therapies.wording import moment

H = TypeVar("H", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one request reads: everything as it was when the log's head was ``seq``.

    Also without ``as_of`` every query names ``seq``, so that a page is of one piece when an
    approval happens while it is put together.
    """

    head: int
    seq: int
    is_past: bool
    """True when the reader asked for ``as_of``."""
    asked: dt.date | None = None
    """The day whose end was asked for, where it was one."""
    at: dt.datetime | None = None
    """Of the past: when entry ``seq`` was appended; before the first one, when that was."""
    others: tuple[tuple[str, str], ...] = ()
    """The parameters of the request beside ``as_of``, without empty ones."""

    @property
    def as_of(self) -> str:
        """The value of ``as_of`` that links and forms repeat; empty for the present."""
        if not self.is_past:
            return ""
        return self.asked.isoformat() if self.asked else str(self.seq)

    @property
    def keep(self) -> str:
        """What links add to stay at the same entry."""
        return f"?as_of={self.as_of}" if self.is_past else ""

    @property
    def kept(self) -> dict[str, str]:
        """The same for links that have parameters of their own."""
        return {"as_of": self.as_of} if self.is_past else {}

    @property
    def now(self) -> str:
        """The query of the same page as it is now, filters and all."""
        return f"?{urlencode(self.others)}"

    @property
    def then(self) -> str:
        """The query that shows the same page for ever as it is read here."""
        return f"?{urlencode([*self.others, ('as_of', self.seq)])}"

    @property
    def first(self) -> str:
        """The query of the same page as it was at the first entry."""
        return f"?{urlencode([*self.others, ('as_of', '1')])}"

    @property
    def day(self) -> dt.date | None:
        """Of which a look back tells; ``None`` before the first entry, if none was named."""
        return self.asked or (self.at.date() if self.at and self.seq else None)

    @property
    def today(self) -> dt.date:
        """The day in UTC that it is, or was."""
        return self.day or yesterday() + dt.timedelta(days=1)

    @property
    def yesterday(self) -> dt.date:
        """The newest day that may be asked for."""
        return yesterday()

    @property
    def since(self) -> str:
        """Where to read what changed between then and now."""
        return links.changes(after=self.seq)

    def context(self) -> dict[str, Any]:
        """What every page knows of it; a look back is for no search engine."""
        known = {"snapshot": self, "keep": self.keep, "since": self.since}
        return known | {"noindex": True} if self.is_past else known


class NotYetPublic(Http404):
    """What was asked for became public only after the moment to which the reader looks back."""

    def __init__(self, name: str, *, first: int, version: str, present: str) -> None:
        super().__init__(name)
        self.name = name
        self.first = first
        """The entry that made it public."""
        self.version = version
        """The address of what was approved then."""
        self.present = present
        """The address of what was asked for, as it is now."""


def anchor_of(request: HttpRequest) -> Anchor:
    """The log's head as this request first met it."""
    head: Anchor | None = getattr(request, "_log_head", None)
    if head is None:
        head = plainly.head()
        request._log_head = head  # type: ignore[attr-defined]
    return head


def head_of(request: HttpRequest) -> int:
    """Its number."""
    return anchor_of(request).seq


def snapshot_of(request: HttpRequest) -> Snapshot:
    """What the request asks for; ``BadCoordinate`` for an ``as_of`` that means nothing."""
    head = head_of(request)
    others = _others(request)
    if len(request.GET.getlist("as_of")) > 1:
        raise BadCoordinate("as_of is given more than once: give it once.")
    coordinate = coordinate_of(request.GET.get("as_of"))
    if coordinate is None:
        return Snapshot(head=head, seq=head, is_past=False, others=others)
    seq = coordinate.seq
    stamp = log.stamp_at(max(seq, 1))
    return Snapshot(
        head=max(head, seq),
        seq=seq,
        is_past=True,
        asked=coordinate.day,
        at=moment(stamp) if stamp else None,
        others=others,
    )


def _others(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    pairs = ((name, value) for name, values in request.GET.lists() for value in values)
    return tuple((name, str(value)) for name, value in pairs if value and name != "as_of")


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A page that anybody may read: calls ``view(request, snapshot, …)``; GET and HEAD only.

    The entity tag goes out with complete answers alone and names address, log up to its head, build
    and the day, on which hangs what is overdue and how far a reader may look back: a tag that comes
    back proves that the same answer would be given again.
    """

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            snapshot = snapshot_of(request)
        except BadCoordinate as problem:
            head = head_of(request)
            now = Snapshot(head=head, seq=head, is_past=False, others=_others(request))
            return bad_request(request, problem.lead, now, title=problem.title)
        lasts(request, head_of(request))
        tag = _entity_tag(request, snapshot)
        if request.headers.get("If-None-Match", "*").strip() != "*":
            known = get_conditional_response(request, etag=tag)
            if known is not None and known.status_code == 304:
                known["ETag"] = tag
                return _revalidated(known)
        try:
            response = view(request, snapshot, *args, **kwargs)
        except NotYetPublic as later:
            response = not_yet(request, later, snapshot)
        if response.status_code == 200:
            response["ETag"] = tag
        return _revalidated(response)

    return page


def bad_request(
    request: HttpRequest, message: str, now: Snapshot | None = None, *, title: str = ""
) -> HttpResponse:
    """The answer to a malformed value of a known parameter; of ``as_of``, with the form to choose
    another moment, the rest kept.
    """
    context = {"message": message, "without": True, "noindex": True, "canonical": ""}
    context |= {"heading": title} if title else {}
    context |= {"snapshot": now} if now else {}
    response = render(request, "400.html", context, status=400)
    return _revalidated(response)


def not_yet(request: HttpRequest, later: NotYetPublic, snapshot: Snapshot) -> HttpResponse:
    """404 that says when it became public and where it is."""
    context = {
        "later": later,
        "first_at": moment(log.stamp_at(later.first)),
        "noindex": True,
        "canonical": "",
    }
    return render(request, "records/not_yet.html", context | snapshot.context(), status=404)


def _revalidated(response: H) -> H:
    patch_cache_control(response, no_cache=True)
    return response


def _entity_tag(request: HttpRequest, snapshot: Snapshot) -> str:
    day = timezone.now().date().isoformat()
    address = f"{request.get_host()} {request.get_full_path()}"
    parts = f"{build()} {address} {snapshot.seq} {anchor_of(request).hash} {day}"
    return f'"{snapshot.head}-{hashlib.sha256(parts.encode()).hexdigest()[:16]}"'


def build() -> str:
    """Which release answers: a page looks different under another one."""
    return _files_digest.__wrapped__() if settings.DEBUG else _files_digest()


@cache
def _files_digest() -> str:
    found = hashlib.sha256(f"{settings.DEMONSTRATION} {settings.STATIC_URL}".encode())
    for folder in settings.OURS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix in {".html", ".xml", ".txt", ".css", ".js", ".svg", ".py", ".csl"}:
                found.update(path.read_bytes())
    return found.hexdigest()[:16]
