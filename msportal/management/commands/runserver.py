"""Django's ``runserver``, which refuses to start where the server does."""

from typing import Any

from django.contrib.staticfiles.management.commands import runserver
from django.core.management.base import CommandError
from django.db import connection

from msportal import guard


class Command(runserver.Command):
    """Each time that it loads the code anew."""

    def run(self, **options: Any) -> None:
        try:
            guard.hold()
        except guard.Refused as refusal:
            raise CommandError(str(refusal)) from None
        finally:
            connection.close()
        super().run(**options)
