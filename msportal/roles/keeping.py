"""The roles kept as they are: around a migrate, and looked at by ``verify``."""

from collections.abc import Iterator

from django.core.management.base import CommandError
from django.db import connection as default
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from msportal.roles import catalog, steps
from msportal.roles.wanted import Roles, models
from publication.verify import Finding, Watch


def require_owner(connection: BaseDatabaseWrapper) -> None:
    """``CommandError`` where tables belong to a role that the present one does not act as."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, pg_get_userbyid(c.relowner), current_user FROM pg_class c "
            "WHERE c.relnamespace = to_regnamespace(%s) AND c.relname = ANY(%s) "
            "AND NOT pg_has_role(c.relowner, 'USAGE') ORDER BY c.relname LIMIT 1",
            [catalog.SCHEMA, [model._meta.db_table for model in models()]],
        )
        found = cursor.fetchone()
    if found:
        table, owner, present = found
        raise CommandError(
            f"The table {table} belongs to the role {owner}, and this is {present}, which may not "
            f"migrate it. Let DATABASE_URL name {owner}."
        )


def grant(connection: BaseDatabaseWrapper) -> None:
    """Give each table's rights anew, where roles were set up for this database."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for step in steps.after_migrate(cursor, Roles.named()):
            cursor.execute(step.sql)


def faults(watch: Watch) -> Iterator[Finding]:
    """What roles or rights are not as ``setup_roles`` makes them, where it was run."""
    if default.vendor != "postgresql":
        return
    with default.cursor() as cursor:
        roles = Roles.named()
        if not steps.are_set_up(cursor, roles):
            return
        try:
            found = steps.all_steps(cursor, roles)
        except steps.Refused as problem:
            yield Finding("roles", str(problem))
            return
    for step in found:
        yield Finding(step.where, step.what)
