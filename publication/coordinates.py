"""``as_of``: which head of the log a reader asks for."""

import datetime as dt
import re

from publication import log

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_INSTANT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$")


class BadCoordinate(ValueError):
    """``as_of`` is not a number, date or instant that the log has reached."""


def parse_as_of(text: str | None) -> int | None:
    """The head's number for ``as_of``: digits are a number, a date means its end in UTC, an
    instant is RFC 3339 with an offset. ``None`` (now) when the parameter is absent.
    """
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 15:
        seq = int(text)
        head = log.head_seq()
        if seq > head:
            raise BadCoordinate(f"as_of={seq} lies ahead: the newest entry of the log is {head}.")
        return seq
    return log.seq_at(_stamp(text))


def _stamp(text: str) -> str:
    """The stamp of the last microsecond that counts."""
    try:
        if _DATE.match(text):
            day = dt.date.fromisoformat(text)
            return f"{day.isoformat()}T23:59:59.999999Z"
        if _INSTANT.match(text):
            moment = dt.datetime.fromisoformat(text).astimezone(dt.UTC)
            # Not strftime: it writes the year 987 in three digits, which sorts after ours.
            return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    except (ValueError, OverflowError):
        pass
    raise BadCoordinate(
        f"as_of={text[:40]!r} is not understood: give a number of the log such as 12, a date "
        "such as 2026-01-31, or an instant such as 2026-01-31T12:00:00Z."
    )
