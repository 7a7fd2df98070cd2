"""What is given while the database is away."""

import datetime as dt
from functools import lru_cache

from django.template.loader import render_to_string

from msportal.answers.answer import Answer, Sent

_BEFORE = b'<main id="main"'


def told(answer: Answer, *, age: int, now: dt.datetime) -> Sent:
    """An answer that was true ``age`` seconds ago: it says so in ``Age`` (RFC 9111, 5.1), and a
    page in a line of its own. It has no tag: what comes back with one is told to be true.
    """
    headers = [
        (name, value)
        for name, value in answer.headers
        if name.lower() not in ("etag", "content-length")
    ]
    body = answer.body
    if answer.header("content-type").startswith("text/html"):
        start, found, rest = body.partition(_BEFORE)
        if found:
            body = start + _line(now - dt.timedelta(seconds=age)) + found + rest
    headers += [("Age", str(age)), ("Content-Length", str(len(body)))]
    return Sent(answer.status, headers, [body])


def _line(since: dt.datetime) -> bytes:
    return _rendered(since.replace(second=0, microsecond=0))


@lru_cache(maxsize=16)
def _rendered(since: dt.datetime) -> bytes:
    return render_to_string("late.html", {"since": since}).encode()
