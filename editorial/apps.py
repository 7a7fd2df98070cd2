"""The editorial app; after every migrate it installs database rules, groups and permissions."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class EditorialConfig(AppConfig):
    name = "editorial"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(_before_migrate, dispatch_uid="editorial.before_migrate")
        post_migrate.connect(_after_migrate, dispatch_uid="editorial.after_migrate")


def _before_migrate(sender: AppConfig, using: str, plan: Any = None, **kwargs: Any) -> None:
    """Where nothing is to be migrated, the rules stay up."""
    from editorial import triggers

    if sender.label == "editorial" and plan:
        triggers.take_down(connections[using])


def _after_migrate(sender: AppConfig, using: str, plan: Any = None, **kwargs: Any) -> None:
    """Runs once an app, whatever the order of the receivers of Django's own apps."""
    from django.contrib.auth.management import create_permissions

    from editorial import triggers
    from editorial.models import LogHead
    from editorial.permissions import install_groups

    connection = connections[using]
    tables = connection.introspection.table_names()
    if LogHead._meta.db_table not in tables:
        return
    if sender.label == "editorial":
        LogHead.objects.using(using).get_or_create(pk=1)
        triggers.install(connection)
    if sender.models_module is not None:
        create_permissions(sender, verbosity=0, using=using)
        install_groups(sender)
