"""Who has a record in review in hand. Pure.

Who took a review keeps it from nobody, and after ``FRESH_FOR`` without a word of theirs nobody
has to think that they are still at it.
"""

import datetime as dt

FRESH_FOR = dt.timedelta(hours=2)


def is_fresh(last: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the reviewer is at it; ``last`` is when they took it, or judged last."""
    return last is not None and now - last < FRESH_FOR


def in_hand(
    name: str, since: dt.datetime | None, last: dt.datetime | None, now: dt.datetime
) -> str:
    """What is said of the reviewer called ``name``; empty where there is none. ``since`` is when
    they took the review, ``None`` while they were only asked.
    """
    if not name:
        return ""
    if since is None:
        return f"asked: {name}"
    if is_fresh(last, now):
        at = (
            f"{since:%H:%M}" if since.date() == now.date() else f"{_day(since, now)}, {since:%H:%M}"
        )
        return f"{name} is reviewing this since {at}"
    return f"{name} began on {_day(since, now)}"


def _day(moment: dt.datetime, now: dt.datetime) -> str:
    year = "" if moment.year == now.year else f" {moment.year}"
    return f"{moment.day} {moment:%B}{year}"
