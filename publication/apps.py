"""The ground's app; after every migrate it puts up the log's head and the database rules."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class PublicationConfig(AppConfig):
    name = "publication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(_before_migrate, sender=self, dispatch_uid="publication.before_migrate")
        post_migrate.connect(_after_migrate, sender=self, dispatch_uid="publication.after_migrate")


def _before_migrate(sender: AppConfig, using: str, plan: Any = None, **kwargs: Any) -> None:
    """No migration waits for good for a table: whoever comes after it would wait behind it."""
    if plan:
        _wait_for_tables(using, f"'{settings.MIGRATION_LOCK_SECONDS}s'")


def _wait_for_tables(using: str, how_long: str) -> None:
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {how_long}")


def _after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """All tables are migrated by now, whatever the order of the apps."""
    from publication import fingerprint, rules
    from publication.models import FoldedBy, LogHead

    connection = connections[using]
    _wait_for_tables(using, "DEFAULT")
    tables = connection.introspection.table_names()
    if LogHead._meta.db_table in tables:
        head, _ = LogHead.objects.using(using).get_or_create(pk=1)
        rules.install(connection)
        if not head.seq and FoldedBy._meta.db_table in tables:
            fingerprint.keep(using)  # nothing is folded yet, so any program has
