"""The key that signs the head of the log: in a file, outside the database and the repository."""

from django.conf import settings

from publication.notes import NoKey, Signer

LONGEST = 1_000
"""Bytes of the file that are read."""


class NoLogKey(Exception):
    """There is no key to sign with; the message says what mends it, and is for operators."""


def signer() -> Signer:
    """Read anew each time; ``NoLogKey`` where there is none."""
    path = settings.LOG_KEY_FILE
    try:
        with path.open("rb") as file:
            found = Signer.of(file.read(LONGEST).decode("ascii", "replace"))
    except FileNotFoundError as problem:
        raise NoLogKey(
            f"There is no key of the log in {path}: “manage.py migrate” makes one, or "
            "MSPORTAL_LOG_KEY_FILE names another file."
        ) from problem
    except OSError as problem:
        raise NoLogKey(f"The key of the log in {path} cannot be read: {problem.strerror}.") from (
            problem
        )
    except NoKey as problem:
        raise NoLogKey(f"In {path} is no key of a log: restore it from a backup.") from problem
    if settings.LOG_NAME not in ("", found.name):
        raise NoLogKey(
            f"The key of the log in {path} is that of {found.name}, and MSPORTAL_LOG_NAME is "
            f"{settings.LOG_NAME}: correct the setting, or exchange the key."
        )
    return found
