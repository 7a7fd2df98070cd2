"""Why a database was not moved, in words for the person who moves it."""

from django.db import Error


class NotMoved(Exception):
    """Nothing was moved, and the target is as it was; the message says why."""


class Unfit(ValueError):
    """A value that a column cannot hold; the message says why, and nothing of where."""


def in_words(problem: Error) -> str:
    """What the database answered, with what PostgreSQL says of where."""
    said = getattr(problem.__cause__, "diag", None)
    if said is None or said.message_primary is None:
        return " ".join(str(problem).split())
    where = (said.context or "").partition("\n")[0]
    parts = (said.message_primary, said.message_detail, where)
    return ". ".join(part.strip().rstrip(".") for part in parts if part)
