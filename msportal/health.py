"""Whether the process answers, and whether the site does: two questions with two addresses."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from msportal.errors import RETRY_AFTER
from msportal.patience import waiting_at_most
from publication import log

SECONDS = 2
"""What the database has to answer in; on SQLite nobody waits to read."""
_TEXT = "text/plain; charset=utf-8"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing: starting it anew would bring no database back."""
    return HttpResponse("ok\n", content_type=_TEXT)


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too, and has our tables."""
    try:
        with waiting_at_most(SECONDS):
            log.head_seq()
    except (Error, ObjectDoesNotExist):
        headers = {"Retry-After": str(RETRY_AFTER)}
        return HttpResponse("not ready\n", status=503, content_type=_TEXT, headers=headers)
    return HttpResponse("ready\n", content_type=_TEXT)
