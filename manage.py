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
    from django.db import Error

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
    except Error as problem:
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
        if why := _outage(problem):
            sys.exit(why)
        if not _lacks_migrations():
            said = " ".join(str(problem).split())
            sys.exit(f"The database refused: {said}. --traceback shows where.")
        sys.exit("The tables of this database are not as they have to be: run “manage.py migrate”.")


def _is_locked(problem: BaseException) -> bool:
    from publication.busy import is_busy

    return is_busy(problem)


def _is_forbidden(problem: BaseException) -> bool:
    from publication.busy import is_forbidden

    return is_forbidden(problem)


def _outage(problem: BaseException) -> str:
    """What to do about a database that is away, full or read-only; empty for other faults."""
    from publication.outage import CommitUnknown, is_outage, reason

    if not is_outage(problem):
        return ""
    sure = "It may or may not have done" if isinstance(problem, CommitUnknown) else "It undid"
    return (
        f"This stopped, because {reason(problem)} ({str(problem).splitlines()[0]}). {sure} the "
        "step that it was at; steps that it reported before are done. Once the database is well, "
        "run it again."
    )


def _lacks_migrations() -> bool:
    from django.db import Error, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Error:
        return False


if __name__ == "__main__":
    main()
