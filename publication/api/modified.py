"""When an answer last became another (RFC 9110, 8.8.2), for who cannot keep an entity tag.

An answer is of the log up to its head and of the program that writes it. A date has no more than
seconds: it is told once a second has gone by, so that nothing that comes later has the same.
"""

import time
from datetime import datetime

from django.utils.http import http_date, parse_http_date_safe

from publication.anchors import Anchor

STARTED = time.time()
"""When this program was loaded: the one before may have written otherwise."""
_A_SECOND = 1


def date_of(head: Anchor | None, now: float) -> str:
    """``Last-Modified`` of what hangs on the log up to this head, or on the program alone; empty
    while it is too early to tell.
    """
    appended = datetime.fromisoformat(head.at).timestamp() if head and head.at else STARTED
    last = max(appended, STARTED)
    return http_date(last) if last + _A_SECOND <= now else ""


def is_since(asked: str, date: str) -> bool:
    """Whether who sends this ``If-Modified-Since`` has what is of that date."""
    since = parse_http_date_safe(asked) if asked and date else None
    last = parse_http_date_safe(date) if date else None
    return since is not None and last is not None and last <= since
