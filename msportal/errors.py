"""Error pages in the site's look; they say nothing of what was not found and ask no database."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers, patch_cache_control

from msportal.addresses import in_the_workroom
from msportal.mistyped import meant, name_in
from msportal.posted import posted
from msportal.request_id import current
from publication.api import problems
from publication.api.headers import is_for_programs
from publication.outage import CommitUnknown, is_outage, reason

BAD_REQUEST = "The address or what was sent with it is not understood."
_GO_BACK = (
    "Nothing was written. Go back with your browser, which may still have what you typed, "
    "and send it {how}."
)
RETRY_AFTER = 10
"""Seconds until a client may try again while the database is away."""
_PROBLEMS = {
    500: "The site made a mistake, which was recorded. If it stays, report it with the instance.",
    503: "The database does not answer now. Try again in a little while.",
}
_HOST = "The request names a host that this site does not have. Ask at the site's own address."
_SHUT = "The site is shut while it is looked after. Try again later."


def _answer(status: int, *, page: str = "", **context: Any) -> HttpResponse:
    """Rendered without the request: the fault may lie in it, or in the database."""
    always = {
        "demonstration": settings.DEMONSTRATION,
        "log_head": None,
        "keep": "",
        "room": "",
        "contact": settings.CONTACT,
        "noindex": True,
        "canonical": "",
    }
    response = HttpResponse(
        render_to_string(page or f"{status}.html", always | context), status=status
    )
    patch_cache_control(response, no_cache=True)
    return response


def _problem(status: int, detail: str) -> HttpResponse:
    """The same for clients of the API, who can name the request to those who read the log."""
    name = current()
    instance = {"instance": f"urn:uuid:{name}"} if name else {}
    return problems.answer(status, detail, **instance)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In words where the form is to be sent otherwise; its maker may have typed for an hour."""
    if is_for_programs(request.path_info):
        return problems.answer(400, _HOST if isinstance(exception, DisallowedHost) else BAD_REQUEST)
    if request.method in ("GET", "HEAD"):
        return _answer(400, message=BAD_REQUEST, without=False)
    match exception:
        case RequestDataTooBig():
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
            why, how = f"The form has more than {most} MB of text.", "with less text at a time"
        case TooManyFieldsSent() | TooManyFilesSent():
            most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
            files = settings.DATA_UPLOAD_MAX_NUMBER_FILES
            why = f"The form has more than {most:,} fields or {files} files."
            how = "in parts"
        case MultiPartParserError():
            why, how = "What was sent broke off, or was garbled, on its way.", "once more"
        case _:
            why, how = BAD_REQUEST, "once more"
    return _answer(400, message=f"{why} {_GO_BACK.format(how=how)}", without=False)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What was sent is not shown: another site may have sent it to be read here as ours."""
    return _answer(403, page="403_csrf.html")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """On to the address that was meant, if that is plain; else what to do instead.

    Both are told from the address alone, so that they say the same of a draft and of nothing. Its
    words stand in the search field only where nobody has looked for them yet.
    """
    if request.method in ("GET", "HEAD") and (address := meant(request.path)):
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        patch_cache_control(response, no_cache=True)
        return response
    return _answer(404, words=name_in(request.path))


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is handled, whether a view, a template or middleware raised it."""
    problem = sys.exception()
    if not is_outage(problem):
        api = is_for_programs(request.path_info)
        return _problem(500, _PROBLEMS[500]) if api else _broken(request)
    if is_for_programs(request.path_info):
        response = _problem(503, _PROBLEMS[503])
    else:
        response = _away(request, problem)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _broken(request: HttpRequest) -> HttpResponse:
    """Who had sent a form has back what was typed, and no button: it may have been written."""
    if request.method != "POST":
        return _answer(500, form=False)
    response = _answer(500, form=True, again=False, files=False, typed=posted(request).typed)
    add_never_cache_headers(response)
    return response


def _away(request: HttpRequest, problem: BaseException | None) -> HttpResponse:
    """Who had sent a form is told what became of it, and has what was typed, to be sent again."""
    if request.method != "POST":
        return _answer(503, form=False, seconds=RETRY_AFTER)
    sent = posted(request)
    form: dict[str, Any] = {
        "form": True,
        "unknown": isinstance(problem, CommitUnknown),
        "reason": reason(problem),
        "address": request.get_full_path(),
        # Where a form needs a cookie; readers are never given one.
        "csrf_token": get_token(request) if in_the_workroom(request) else "",
        "again": sent.whole,
        "files": sent.files,
        "posted": sent.fields,
        "typed": sent.typed,
    }
    response = _answer(503, **form)
    add_never_cache_headers(response)
    return response


def shut(request: HttpRequest) -> HttpResponse:
    """The site may not serve what it has; why is for those who run it, who find it in the log."""
    if is_for_programs(request.path_info):
        return _problem(503, _SHUT)
    return _answer(503, page="shut.html")
