"""The tables that the installed models declare."""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper


def statements(connection: BaseDatabaseWrapper) -> list[str]:
    """What makes all of them at one go, with their constraints and indexes; not run."""
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
    return list(editor.collected_sql)


def tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Their names, those that many-to-many fields bring along too."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.can_migrate(connection)
    )


def links() -> set[str]:
    """Tables that Django makes for many-to-many fields."""
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.auto_created
    }
