"""Which stretch of the log a page shows, and the headers every public page shares."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from publication import log
from publication.coordinates import BadCoordinate, parse_as_of

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

    @property
    def keep(self) -> str:
        """What links add to stay at the same entry."""
        return f"?as_of={self.seq}" if self.is_past else ""

    def context(self) -> dict[str, Any]:
        return {"snapshot": self, "keep": self.keep}


def head_of(request: HttpRequest) -> int:
    """The log's head as this request first met it."""
    head: int | None = getattr(request, "_log_head", None)
    if head is None:
        head = log.head_seq()
        request._log_head = head  # type: ignore[attr-defined]
    return head


def snapshot_of(request: HttpRequest) -> Snapshot:
    """What the request asks for; ``BadCoordinate`` for an ``as_of`` that means nothing."""
    head = head_of(request)
    seq = parse_as_of(request.GET.get("as_of"))
    if seq is None:
        return Snapshot(head=head, seq=head, is_past=False)
    return Snapshot(head=max(head, seq), seq=seq, is_past=True)


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A page that anybody may read: calls ``view(request, snapshot, …)``; GET and HEAD only.

    The entity tag goes out with complete answers alone and names address, head, build and, of the
    present, the day, on which hangs what is overdue: a tag that comes back proves that the same
    answer would be given again.
    """

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            snapshot = snapshot_of(request)
        except BadCoordinate as problem:
            return bad_request(request, str(problem))
        tag = _entity_tag(request, snapshot)
        if request.headers.get("If-None-Match", "*").strip() != "*":
            known = get_conditional_response(request, etag=tag)
            if known is not None and known.status_code == 304:
                known["ETag"] = tag
                return _revalidated(known)
        response = view(request, snapshot, *args, **kwargs)
        if response.status_code == 200:
            response["ETag"] = tag
        return _revalidated(response)

    return page


def bad_request(request: HttpRequest, message: str) -> HttpResponse:
    """The answer to a malformed value of a known parameter."""
    context = {"message": message, "without": True, "noindex": True, "canonical": ""}
    response = render(request, "400.html", context, status=400)
    return _revalidated(response)


def _revalidated(response: H) -> H:
    patch_cache_control(response, no_cache=True)
    return response


def _entity_tag(request: HttpRequest, snapshot: Snapshot) -> str:
    day = "" if snapshot.is_past else timezone.now().date().isoformat()
    parts = f"{_build()} {request.get_host()} {request.get_full_path()} {snapshot.seq} {day}"
    return f'"{snapshot.head}-{hashlib.sha256(parts.encode()).hexdigest()[:16]}"'


def _build() -> str:
    """Which release answers: a page looks different under another one."""
    return _files_digest.__wrapped__() if settings.DEBUG else _files_digest()


@cache
def _files_digest() -> str:
    found = hashlib.sha256(f"{settings.DEMONSTRATION} {settings.STATIC_URL}".encode())
    for folder in settings.OURS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix in {".html", ".xml", ".txt", ".css", ".svg", ".py", ".csl"}:
                found.update(path.read_bytes())
    return found.hexdigest()[:16]
