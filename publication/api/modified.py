"""When an answer last became another (RFC 9110, 8.8.2), for who cannot keep an entity tag.

An answer is of the log up to its head and of the program that writes it. A date has no more than
seconds, and an entry is dated when it is written, which is before its transaction ends: the date is
told once so long has gone by that nothing which comes later has the same. It goes back where an
older copy of the log is put in place of a newer one, so it is compared as a tag is.
"""

import time
from datetime import datetime

from django.utils.http import http_date, parse_http_date_safe

from publication.anchors import Anchor

STARTED = time.time()
"""When this program was loaded: the one before may have written otherwise."""
SETTLED = 60
"""Seconds; who sends a form waits less for the database (``WRITE_SECONDS``)."""


def date_of(head: Anchor | None, now: float) -> str:
    """``Last-Modified`` of what hangs on the log up to this head, or on the program alone; empty
    while it is too early to tell.
    """
    appended = datetime.fromisoformat(head.at).timestamp() if head and head.at else STARTED
    last = max(appended, STARTED)
    return http_date(last) if last + SETTLED <= now else ""


def is_since(asked: str, date: str) -> bool:
    """Whether who sends this ``If-Modified-Since`` has what is of that date."""
    since = parse_http_date_safe(asked) if asked and date else None
    return since is not None and since == parse_http_date_safe(date)
