"""What has to hold before the site serves: one list, for the server's start and Django's checks.

Each sentence says what is wrong and which command or setting mends it. Commands run whatever is
found, since they mend it. A database that cannot be reached is no reason not to start: what would
have been asked of it is asked at the first answer after it is back (``msportal.opening``).
"""

import logging
import os
from collections.abc import Callable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import Error, InterfaceError, OperationalError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor

from msportal import soundness
from msportal.soundness import Question, Settings
from publication import fingerprint, log, rules
from publication.entries import Entry
from publication.outage import is_outage

logger = logging.getLogger(__name__)

SHOWN = 3
"""Of many names, how many a sentence has."""


def file(settings: Settings) -> str:
    """SQLite makes a file that is not there, and then finds nothing in it."""
    path = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or path.startswith("file:") or path == ":memory:":
        return ""
    if not os.path.exists(path):  # noqa: PTH110 (a folder that may not be looked into is no error)
        return f"There is no database at {path}: run “manage.py migrate”, or correct DATABASE_URL."
    folder = os.path.dirname(path)  # noqa: PTH120
    if os.path.isfile(path) and not (  # noqa: PTH113
        os.access(path, os.R_OK | os.W_OK) and os.access(folder, os.W_OK)
    ):
        return (
            f"The database {path} cannot be written by the user whom the site runs as: give the "
            "file and its folder to that user."
        )
    return ""


def role(settings: Settings) -> str:
    """On PostgreSQL a superuser passes by every rule, and so does who may become one."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")  # whoever it acts as, it is one word from that
        name = cursor.fetchone()[0]
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE (pg_has_role(session_user, oid, 'MEMBER') "
            "OR pg_has_role(current_user, oid, 'MEMBER')) AND ("
            "rolsuper OR rolbypassrls OR rolreplication OR rolname IN "
            "('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')) "
            "ORDER BY rolname"
        )
        mighty = [row[0] for row in cursor.fetchall()]
    if not mighty:
        return ""
    why = "is a superuser, may bypass row security or replicates"
    if name not in mighty:
        why = f"may act as {_some(mighty)}"
    return (
        f"The site signs in to PostgreSQL as “{name}”, which {why}: the database's rules do not "
        "hold it. Let DATABASE_URL name a role that may not; “manage.py setup_roles” makes one."
    )


def demonstration(settings: Settings) -> str:
    """Nobody qualified has made its approvals."""
    if Entry._meta.db_table not in connection.introspection.table_names():
        return ""  # not migrated yet, so nothing is approved
    if not log.has_demonstration():
        return ""
    return (
        "This database holds demonstration approvals, which no clinician has made, and the"
        " configuration is one for production. Use another database (DATABASE_URL), or set"
        " MSPORTAL_DEMONSTRATION=true, which says so on every page."
    )


def migrations(settings: Settings) -> str:
    """Tables are as this program has them."""
    try:
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
    except InconsistentMigrationHistory as problem:
        return f"The migrations of this database are another program's: {problem}"
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return ""
    names = _some([f"{migration.app_label}.{migration.name}" for migration, _ in plan])
    return f"The database lacks migrations ({names}): run “manage.py migrate”."


def absent_rules(settings: Settings) -> str:
    """The database's own rules stand."""
    absent = rules.absent(connection)
    if not absent:
        return ""
    return (
        f"The database lacks rules of its own ({_some(absent)}): run “manage.py migrate”, which "
        "puts them back, and ask who took them down."
    )


def read_models(settings: Settings) -> str:
    """What readers are shown is what this program makes of the log."""
    parts = fingerprint.differing()
    return f"The read models {fingerprint.in_words(parts)}." if parts else ""


def owner(settings: Settings) -> str:
    """Who owns a table can take its rules down."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, c.relowner, 'USAGE'), current_user FROM pg_class c "
            "WHERE c.oid = %s::regclass",
            [Entry._meta.db_table],
        )
        owns, name = cursor.fetchone()
    if not owns:
        return ""
    return (
        f"The site signs in to PostgreSQL as “{name}”, which owns the tables and could take their "
        "rules down: a role that owns nothing could not, and “manage.py setup_roles” makes one."
    )


FIRST = (
    Question("msportal.E009", file, everywhere=True),
    Question("msportal.E010", role),
    Question("msportal.E001", demonstration),
    Question("msportal.E011", migrations, everywhere=True),
)
"""Of the database, whatever tables it has."""
THEN = (
    Question("msportal.E012", absent_rules, everywhere=True),
    Question("msportal.E013", read_models, everywhere=True),
    Question("msportal.W002", owner, warning=True),
)
"""Of a database that has its tables."""
UNREADABLE = Question("msportal.E014", lambda settings: "", everywhere=True)

Found = list[tuple[Question, str]]
"""Questions with the sentence that each has for an answer."""


def of_the_configuration() -> Found:
    return list(soundness.answers(settings))


def of_the_database() -> Found:
    """``OperationalError`` or ``InterfaceError`` while it cannot be reached."""
    found: Found = []
    try:
        for question in FIRST:
            found += _asked(question)
            if question.answer is file and found:
                return found  # to ask further would make a file
        if any(question.answer is migrations for question, _ in found):
            return found
        for question in THEN:
            found += _asked(question)
    except (Error, TypeError, ValueError) as problem:
        if is_outage(problem):
            raise
        words = " ".join(str(problem).split())
        sentence = f"The database that DATABASE_URL names cannot be asked anything: {words}."
        found.append((UNREADABLE, sentence))
    return found


def _asked(question: Question) -> Found:
    if not (question.everywhere or settings.PRODUCTION):
        return []
    sentence = question.answer(settings)
    return [(question, sentence)] if sentence else []


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


class Refused(Exception):
    """The site must not serve; the message says why, one sentence a line."""


unasked = False
"""Whether the database could not be asked when the site started."""


def hold() -> None:
    """``Refused`` with everything that is wrong; to be called before anything is served."""
    global unasked
    found = of_the_configuration()
    try:
        found += of_the_database()
        unasked = False
    except (OperationalError, InterfaceError) as problem:
        unasked = True
        words = " ".join(str(problem).split())
        logger.warning("The database does not answer; it is asked when it does. (%s)", words)
    _refuse(found)


def hold_of_the_database() -> None:
    """The same of the database alone, when it is back."""
    global unasked
    found = of_the_database()
    unasked = False
    _refuse(found)


def _refuse(found: Found) -> None:
    if refused := [sentence for question, sentence in found if not question.warning]:
        raise Refused("\n".join(refused))
    for _, sentence in found:
        logger.warning(sentence)


def _message(question: Question, sentence: str) -> checks.CheckMessage:
    kind: Callable[..., checks.CheckMessage] = checks.Warning if question.warning else checks.Error
    return kind(sentence, id=question.id)


@checks.register(checks.Tags.security, deploy=True)
def check_configuration(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Part of ``check --deploy``."""
    return [_message(*found) for found in of_the_configuration()]


@checks.register(checks.Tags.database)
def check_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Part of ``check --database default``; ``migrate`` asks no database before it."""
    if not databases:
        return []
    try:
        return [_message(*found) for found in of_the_database()]
    except (OperationalError, InterfaceError) as problem:
        words = " ".join(str(problem).split())
        return [checks.Error(f"The database does not answer: {words}", id="msportal.E015")]
