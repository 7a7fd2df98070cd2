#!/usr/bin/env python
"""Runs the project's management commands.

Exit status beside the command's own: 130 after Ctrl-C, 141 when nobody reads what is printed, as
shells have them.
"""

import os
import sys

INTERRUPTED, UNREAD = 130, 141


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msportal.settings")
    # Nothing configured: a development run. The server does not come this way, and asks for a key.
    if not os.environ.keys() & {"SECRET_KEY", "DEBUG", "MSPORTAL_DEMONSTRATION"}:
        os.environ["DEBUG"] = "true"
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNREAD)
    except ImproperlyConfigured as wrong:
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(wrong))
    except DatabaseError as problem:
        if "--traceback" in sys.argv:
            raise
        if _is_locked(problem):
            sys.exit("Somebody else holds a lock that this needs. Nothing was done; try again.")
        if _is_forbidden(problem):
            said = str(problem).splitlines()[0]
            sys.exit(
                f"The database role that this runs as may not do it ({said}). Nothing was done. "
                "Let DATABASE_URL name the role that owns the tables."
            )
        if _is_outage(problem):
            sys.exit(f"The database does not answer: {' '.join(str(problem).split())}")
        if not _lacks_migrations():
            raise
        sys.exit("The tables of this database are not as they have to be: run “manage.py migrate”.")


def _is_locked(problem: BaseException) -> bool:
    from publication.busy import is_busy

    return is_busy(problem)


def _is_outage(problem: BaseException) -> bool:
    from msportal.errors import is_outage

    return is_outage(problem)


def _is_forbidden(problem: BaseException) -> bool:
    """PostgreSQL's insufficient_privilege."""
    return getattr(problem.__cause__, "sqlstate", None) == "42501"


def _lacks_migrations() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


if __name__ == "__main__":
    main()
