"""Error pages in the site's look; they say nothing of what was not found and ask no database."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

BAD_REQUEST = "The address or what was sent with it is not understood."


def _answer(status: int, **context: str) -> HttpResponse:
    """Rendered without the request: the fault may lie in it, or in the database."""
    always = {
        "demonstration": settings.DEMONSTRATION,
        "log_head": None,
        "keep": "",
        "room": "",
        "noindex": True,
        "canonical": "",
    }
    response = HttpResponse(render_to_string(f"{status}.html", always | context), status=status)
    patch_cache_control(response, no_cache=True)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(400, message=BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(500)
