"""Security headers on every answer, those that refuse a request included; text in one encoding."""

from collections.abc import Callable
from functools import cache, partial

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils.cache import patch_vary_headers

from msportal.addresses import in_the_workroom
from msportal.answers.answer import takes_gzip
from msportal.patience import waiting_at_most
from msportal.streams import within

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(),"
    " midi=(), payment=(), usb=()"
)


class SecurityHeaders(SecurityMiddleware):
    """Outermost, and adds headers only.

    Django's own middleware, further in, may refuse a host or redirect to HTTPS; what it answers
    then has passed none of the middleware after it. The content security policy is the same for
    every answer: no page has a script or a style in it.
    """

    def process_request(self, request: HttpRequest) -> None:
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Django's pages for who works on the code have styles and scripts in them.
        if not settings.DEBUG or response.status_code not in (404, 500):
            response.headers.setdefault(HEADER, _content_policy())
        return response


@cache
def _content_policy() -> str:
    """Of the settings (CONTENT_SECURITY_POLICY)."""
    return str(build_policy())


class CompressedForReaders(GZipMiddleware):
    """Pages and answers for readers are compressed: they hold no secret that their length could
    tell (BREACH). The workroom's, and whatever sets a cookie, are not.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if in_the_workroom(request) or response.cookies:
            return response
        if not takes_gzip(request.headers.get("Accept-Encoding", "")):
            patch_vary_headers(response, ["Accept-Encoding"])
            return response
        return super().process_response(request, response)


class PatienceOfOneRequest:
    """However many statements a request makes, it waits for the database a set time in all; of what
    is streamed, each part has that time.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reads = request.method in ("GET", "HEAD", "OPTIONS")
        limit = partial(waiting_at_most, settings.READ_SECONDS if reads else settings.WRITE_SECONDS)
        with limit():
            return within(self.answer(request), limit)


class TextInUtf8:
    """What is sent is read as UTF-8, as our pages are written, whatever encoding it claims.

    Of the encodings that Python knows, some decode to what is no text, and some to nothing at all.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (request.encoding or "utf-8").lower() not in ("utf-8", "utf8"):
            if request.method not in ("GET", "HEAD"):
                raise BadRequest("A form is sent in UTF-8.")
            request.encoding = "utf-8"
        return self.answer(request)
