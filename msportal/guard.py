"""Keeps demonstration approvals out of production: nobody qualified has made them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from publication import log
from publication.models import Entry

REFUSAL = (
    "This database holds demonstration approvals, which no clinician has made, and the"
    " configuration is one for production. Use another database (DATABASE_URL), or set"
    " MSPORTAL_DEMONSTRATION=true, which says so on every page."
)


def refuse_demonstration_in_production() -> None:
    """Raises ImproperlyConfigured; to be called once, before the first request is served."""
    if settings.PRODUCTION and holds_demonstration_approvals():
        raise ImproperlyConfigured(REFUSAL)


def holds_demonstration_approvals() -> bool:
    if Entry._meta.db_table not in connection.introspection.table_names():
        return False  # not migrated yet, so nothing is approved
    return log.has_demonstration()


@checks.register(checks.Tags.database)
def check_demonstration(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Part of `migrate` and of `check --database default`."""
    if not databases or not settings.PRODUCTION or not holds_demonstration_approvals():
        return []
    return [checks.Error(REFUSAL, id="msportal.E001")]
