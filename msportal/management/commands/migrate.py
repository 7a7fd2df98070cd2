"""Django's ``migrate``, which is not stopped by what it mends."""

from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    """The guard asks whether the database is migrated; here that is not known yet."""

    def check(self, *args: Any, **options: Any) -> None:
        super().check(*args, **options | {"databases": []})
