"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject

from publication import log
from therapies.pages.snapshot import head_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Asked of the database only where a template uses it."""
    return {
        "demonstration": SimpleLazyObject(
            lambda: settings.DEMONSTRATION or log.has_demonstration()
        ),
        "log_head": SimpleLazyObject(lambda: head_of(request)),
        "keep": "",
        "contact": settings.CONTACT,
        "room": request.path.strip("/").partition("/")[0],
        "noindex": False,
        "canonical": SimpleLazyObject(lambda: request.build_absolute_uri(request.path)),
        "share_image": SimpleLazyObject(
            lambda: request.build_absolute_uri(static("msportal/share.png"))
        ),
    }
