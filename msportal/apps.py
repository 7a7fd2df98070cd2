"""The app that holds the project's own commands, checks and static files."""

import atexit

from django.apps import AppConfig


class MsportalConfig(AppConfig):
    name = "msportal"
    verbose_name = "msportal"

    def ready(self) -> None:
        from msportal import guard  # noqa: F401  (registers its system check)
        from msportal.pool import close_connections

        atexit.register(close_connections)
