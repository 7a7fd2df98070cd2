"""The WSGI application; it does not start where the guard refuses, and says why."""

import os
import sys
from contextlib import suppress
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msportal.settings")

READERS = WRITERS = 4
"""Threads of a process in which Django answers, each with its own connection to the database."""
WAITING = 64
"""How many may wait for each of them; others are told to come again."""


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
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from msportal import guard  # noqa: E402
from msportal.answers.front import Front  # noqa: E402
from msportal.answers.heads import head_of_database  # noqa: E402
from msportal.postgresql.patience import PatientConnection  # noqa: E402

try:
    guard.hold()
except guard.Refused as refusal:
    sys.exit(str(refusal))
finally:
    connection.close()  # the server loads this once, then forks: no two processes may share it

PatientConnection.patience = settings.READ_SECONDS
django_application = WSGIHandler()
django_application.request_class = Request
application = Front(
    django_application,
    # Who works on the code sees each request whole.
    (lambda: None) if settings.DEBUG else head_of_database,
    most=settings.ANSWERS_MB * 1_000_000,
    late_seconds=settings.LATE_SECONDS,
    readers=READERS,
    writers=WRITERS,
    waiting=WAITING,
)
