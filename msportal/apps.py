"""The app that holds the project's own commands, checks and static files."""

import atexit

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class MsportalConfig(AppConfig):
    name = "msportal"
    verbose_name = "msportal"

    def ready(self) -> None:
        from msportal import guard  # noqa: F401  (registers its system check)
        from msportal.pool import close_connections

        atexit.register(close_connections)


class WorkroomConfig(admin_apps.AdminConfig):
    """Django's admin with our site in it."""

    default = False  # of the configurations here, the app's own is the one above
    default_site = "msportal.workroom.Workroom"
