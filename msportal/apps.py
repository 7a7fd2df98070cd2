"""The app that holds the project's own commands, checks and static files."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class MsportalConfig(AppConfig):
    name = "msportal"
    verbose_name = "msportal"

    def ready(self) -> None:
        from msportal import guard  # noqa: F401  (registers its system check)

        pre_migrate.connect(_before_migrate, dispatch_uid="msportal.before_migrate")
        post_migrate.connect(_after_migrate, dispatch_uid="msportal.after_migrate")


def _before_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Runs once an app: this one has no models, so that none is sent of it."""
    from msportal.roles import keeping

    if connections[using].vendor == "postgresql":
        keeping.require_owner(connections[using])


def _after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """The same; after the last app all tables and functions are there."""
    from msportal.roles import keeping

    if connections[using].vendor == "postgresql":
        keeping.grant(connections[using])


class WorkroomConfig(admin_apps.AdminConfig):
    """Django's admin with our site in it."""

    default = False  # of the configurations here, the app's own is the one above
    default_site = "msportal.workroom.Workroom"
