"""Passwords of the roles, from the environment or asked for; the server is sent the hash alone."""

import os
import sys
from getpass import getpass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from msportal.roles.wanted import Roles

VARIABLES = ("MSPORTAL_OWNER_PASSWORD", "MSPORTAL_WEB_PASSWORD", "MSPORTAL_READ_PASSWORD")
"""In the order of ``Roles.all``."""


class BadPassword(Exception):
    """The message says which, why and what to do; never what it was."""


def given(roles: Roles, *, new: set[str]) -> dict[str, str]:
    """By role, the password that it is to have; a new one's is asked for where somebody is there
    to answer.
    """
    found = {}
    for variable, name in zip(VARIABLES, roles.all, strict=True):
        password = os.environ.get(variable, "")
        if not password and name in new and sys.stdin.isatty():
            password = _asked(name)
        if password:
            found[name] = _sound(password, variable)
    return found


def _asked(name: str) -> str:
    password = getpass(f"Password of {name} (none: Enter): ")
    if password and getpass("Again: ") != password:
        raise BadPassword(f"The two passwords of {name} are not the same. Nothing was done.")
    return password


def _sound(password: str, variable: str) -> str:
    try:
        password.encode()
    except UnicodeEncodeError:
        raise BadPassword(f"{variable} is not text in UTF-8. Nothing was done.") from None
    return password


def set_password(
    connection: BaseDatabaseWrapper, cursor: CursorWrapper, name: str, password: str
) -> None:
    """Inside a transaction. What the server could write into its log is the hash, and it is asked
    not to.
    """
    cursor.execute("SELECT current_setting('is_superuser') = 'on'")
    if cursor.fetchone()[0]:  # nobody else may change these
        cursor.execute(
            "SET LOCAL log_statement = 'none'; SET LOCAL log_min_duration_statement = -1; "
            "SET LOCAL log_min_error_statement = 'panic'"
        )
    hashed = connection.connection.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    )
    text = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), hashed.decode())
    cursor.execute(text.as_string())
