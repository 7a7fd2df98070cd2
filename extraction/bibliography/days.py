"""A line that is a date, whatever says of it the day of the week, the hour and the zone."""

import re

from extraction.bibliography.dates import FoundDate, find_dates

__all__ = ["dated_line"]

_BESIDE = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|T?(?<!\d)\d{1,2}[:.h]\d\d(?:[:.]\d\d(?:[.,]\d{1,9})?)?h?"
    r"|\b\d{1,2}(?=\s?[ap]\.?m\b)|\b[ap]\.?m\b\.?|\bo['’]clock\b"
    r"|(?<=\d)Z\b|(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|(?<=\d)\s?[+-]\d\d:?\d\d\b"
    r"|\b(?:BST|CES?T|EES?T|WES?T|MSK|IST|JST|AE[SD]T|[ECMP][SD]?T)\b"
    r"|\b(?:on|at|the|hrs?|local time)\b",
    re.I,
)
_SIGNS = " \xa0()[],;.|•·–—-"
_LONGEST = 80


def dated_line(text: str) -> FoundDate | None:
    """The one date of a line that says nothing else."""
    if len(text) > _LONGEST:
        return None
    found = next(find_dates(text), None)
    if found is None or not re.search(r"\D", text):
        return found
    around = (text[: found.start], text[found.end :])
    if found.precision == "day" and not any(_left(part) for part in around):
        return found
    return None if any(part.strip(_SIGNS) for part in around) else found


def _left(part: str) -> str:
    return _BESIDE.sub(" ", part).strip(_SIGNS)
