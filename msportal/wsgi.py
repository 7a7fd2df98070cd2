"""The WSGI application; it does not start on a database that the configuration must not serve."""

import os
from contextlib import suppress
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msportal.settings")


class Request(WSGIRequest):
    """Is made, whatever encoding it claims; what of that encoding is for the middleware to say."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        with suppress(LookupError, SuspiciousOperation):
            super()._set_content_type_params(meta)  # type: ignore[misc]


application = get_wsgi_application()
application.request_class = Request

# These need the apps that the line above has loaded.
from msportal.guard import refuse_demonstration_in_production  # noqa: E402
from msportal.patience import PatientConnection  # noqa: E402
from msportal.pool import close_connections  # noqa: E402

refuse_demonstration_in_production()
PatientConnection.patience = 25  # seconds: longer than the server's statement_timeout
close_connections()  # the server loads this once, then forks
