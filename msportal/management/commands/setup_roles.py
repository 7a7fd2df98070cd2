"""``manage.py setup_roles``: the roles of a PostgreSQL database, each with what it needs."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection, transaction
from psycopg import errors

from msportal.roles import passwords, steps
from msportal.roles.wanted import Roles


class Command(BaseCommand):
    """One transaction; safe to repeat."""

    help = (
        "Makes three roles on PostgreSQL: the owner has the tables and runs migrate, rebuild and "
        "verify; the web role, the site's, owns nothing and may do with each table what its kind "
        "of row needs; the reading role reads what is published. Run it as a superuser, or as the "
        "database's owner who may make roles and databases. Names come from MSPORTAL_OWNER_ROLE, "
        "MSPORTAL_WEB_ROLE and MSPORTAL_READ_ROLE, passwords from MSPORTAL_OWNER_PASSWORD, "
        "MSPORTAL_WEB_PASSWORD and MSPORTAL_READ_PASSWORD; those of new roles are asked for at a "
        "terminal. Safe to repeat. Exit status: 0 done, 1 refused, 2 usage."
    )
    requires_system_checks = (Tags.models,)  # others load all pages, for half a second

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sql", action="store_true", help="Print what would be run, and change nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(
                "This database is SQLite, which knows no roles: who can write the file can do "
                "everything. Let DATABASE_URL name a PostgreSQL database."
            )
        roles = Roles.named()
        if len(set(roles.all)) < len(roles.all):
            raise CommandError(
                "The three roles have to have three names: see MSPORTAL_OWNER_ROLE, "
                "MSPORTAL_WEB_ROLE and MSPORTAL_READ_ROLE."
            )
        try:
            if options["sql"]:
                self._print(roles)
            else:
                self._set_up(roles, told=options["verbosity"])
        except (steps.Refused, passwords.BadPassword) as problem:
            raise CommandError(str(problem)) from problem
        except ProgrammingError as problem:
            if not isinstance(problem.__cause__, errors.InsufficientPrivilege):
                raise
            raise CommandError(
                f"PostgreSQL refused this ({str(problem).splitlines()[0]}). Nothing was done. Run "
                "it as a superuser, or as the database's owner with CREATEROLE and CREATEDB."
            ) from problem

    def _print(self, roles: Roles) -> None:
        with connection.cursor() as cursor:
            found = steps.all_steps(cursor, roles)
        self.stdout.write("-- For psql. Passwords: \\password ROLE, which sends the hash alone.")
        self.stdout.write("BEGIN;")
        for step in found:
            self.stdout.write(f"{step.sql};")
        self.stdout.write("COMMIT;")

    def _set_up(self, roles: Roles, *, told: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            found = steps.all_steps(cursor, roles)
            new = {step.where for step in found if step.sql.startswith("CREATE ROLE ")}
            given = passwords.given(roles, new=new)
            for step in found:
                cursor.execute(step.sql)
            for name, password in given.items():
                passwords.set_password(connection, cursor, name, password)
            if left := steps.all_steps(cursor, roles):
                raise CommandError(
                    "These are not as they should be and could not be changed, so nothing was "
                    "done: " + "; ".join(f"{step.where}: {step.what}" for step in left)
                )
        for step in found if told > 1 else ():
            self.stdout.write(f"{step.where}: {step.what}: {step.sql}")
        self.stdout.write(f"{len(found)} put right." if found else "All was right already.")
        for name in given:
            self.stdout.write(f"{name}: password set.")
        for name in sorted(new - given.keys()):
            self.stdout.write(f"{name}: made without a password.")
