"""Dates as they are stated: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` (ISO 8601), and real ones."""

import datetime as dt
import re

from sources.choices import DatePrecision

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PRECISIONS = (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)


def precision_of(text: str) -> DatePrecision | None:
    """How much of a date is stated; ``None`` when it is no date that there was or will be."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    try:
        dt.date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return None
    return _PRECISIONS[len(parts) - 1]


def why_no_date(text: str) -> str:
    """What is wrong with it, for the person who wrote it."""
    if _DATE.fullmatch(text):
        return f"“{text}” is not a date: there is no such month or day."
    return f"“{text}” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD."
