"""The editorial app; after every migrate it installs groups and permissions."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    name = "editorial"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_after_migrate, dispatch_uid="editorial.after_migrate")


def _after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Runs once an app, whatever the order of the receivers of Django's own apps."""
    from django.contrib.auth.management import create_permissions

    from editorial import waiting
    from editorial.models import User
    from editorial.permissions import install_groups

    tables = connections[using].introspection.table_names()
    if User._meta.db_table in tables and sender.models_module is not None:
        create_permissions(sender, verbosity=0, using=using)
        install_groups(sender)
    if sender.name == EditorialConfig.name and _is_complete(using):
        waiting.list_all()


def _is_complete(using: str) -> bool:
    """Not while migrations stop half-way: the tables of records are not what they have to be."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
