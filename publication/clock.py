"""What date an entry may bear: the machine's clock is believed only as far as another one agrees.

PostgreSQL has a clock of its own. On SQLite the only other one is the newest entry: an entry long
after it needs a person's word that the date is right, once, and no silence is ever too long.
"""

import datetime as dt

from django.conf import settings
from django.db import connection
from django.utils import timezone

from publication.errors import LogError

TOLERANCE = dt.timedelta(minutes=5)
"""Between this machine's clock and the database's; the log's own rule says the same."""


class WrongClock(LogError):
    """The machine's clock is not the database's."""


class DoubtfulDate(LogError):
    """The machine's date lies long after the newest entry's, and nobody confirmed it."""

    def __init__(self, message: str, *, today: str) -> None:
        super().__init__(message)
        self.today = today


def confirmed(head: str, *, theirs: dt.datetime, dated: str) -> bool:
    """Whether an entry may be dated now, after a head of that stamp (empty: there is none), when
    the database's clock says ``theirs``.

    True when it took a person's word, ``dated`` being today. Raises ``WrongClock`` or
    ``DoubtfulDate``.
    """
    now = timezone.now()
    if connection.vendor == "postgresql":
        _agree(now, theirs)
        return False
    if not head or not settings.LOG_CONFIRM_AFTER_DAYS:
        return False
    newest = dt.datetime.fromisoformat(head)
    if now - newest <= dt.timedelta(days=settings.LOG_CONFIRM_AFTER_DAYS):
        return False
    today = f"{now.astimezone(dt.UTC):%Y-%m-%d}"
    if dated == today:
        return True
    raise DoubtfulDate(
        f"By this machine’s clock today is {in_words(now)}, and the newest entry of the log is of "
        f"{in_words(newest)}. A date in the log stays for good, and so do those after it. "
        "If the date is right, confirm it; if not, have the clock set first.",
        today=today,
    )


def _agree(now: dt.datetime, theirs: dt.datetime) -> None:
    if abs(now - theirs) > TOLERANCE:
        raise WrongClock(
            f"This machine’s clock says {in_words(now)}, {now:%H:%M} UTC, the database’s "
            f"{in_words(theirs)}, {theirs.astimezone(dt.UTC):%H:%M} UTC. Nothing was written: the "
            "clocks have to agree, for a date in the log stays for good."
        )


def in_words(moment: dt.datetime) -> str:
    """``26 November 2026``, in UTC."""
    day = moment.astimezone(dt.UTC)
    return f"{day.day} {day:%B %Y}"
