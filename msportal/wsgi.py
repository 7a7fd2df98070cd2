"""The WSGI application; it does not start where the guard refuses, and says why."""

import os
import sys
from contextlib import suppress
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msportal.settings")


class Request(WSGIRequest):
    """Is made, whatever encoding it claims; what of that encoding is for the middleware to say."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        with suppress(LookupError, SuspiciousOperation):
            super()._set_content_type_params(meta)  # type: ignore[misc]


try:
    django.setup(set_prefix=False)
except ImproperlyConfigured as wrong:
    sys.exit(str(wrong))

# These need the apps that the lines above have loaded.
from msportal import guard  # noqa: E402
from msportal.patience import PatientConnection  # noqa: E402
from msportal.pool import close_connections  # noqa: E402

try:
    guard.hold()
except guard.Refused as refusal:
    sys.exit(str(refusal))
finally:
    close_connections()  # the server loads this once, then forks

application = WSGIHandler()
application.request_class = Request
PatientConnection.patience = 25  # seconds: longer than the server's statement_timeout
