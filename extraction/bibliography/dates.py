"""Dates as documents write them, whole or partial."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?P<{0}>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_FORMS = (
    rf"{_YEAR.format('y1')}[-/.](?P<m1>0[1-9]|1[0-2])(?:[-/.](?P<d1>0[1-9]|[12]\d|3[01])(?!\d))?",
    rf"{_YEAR.format('y2')}[\s,]+{_MONTH.format('m2')}(?:[\s-]+{_DAY.format('d2')}(?![\d:(]))?",
    rf"{_MONTH.format('m3')}\s+{_DAY.format('d3')}\s*,?\s+{_YEAR.format('y3')}",
    rf"{_DAY.format('d4')}[\s-]+(?:of\s+)?{_MONTH.format('m4')}\s*[,-]?\s*{_YEAR.format('y4')}",
    rf"{_MONTH.format('m5')}\s*,?[\s-]+{_YEAR.format('y5')}",
    rf"(?P<a6>\d{{1,2}})[/.](?P<b6>\d{{1,2}})[/.]{_YEAR.format('y6')}",
    rf"(?P<m7>0?[1-9]|1[0-2])/{_YEAR.format('y7')}",
    _YEAR.format("y8"),
)
_DATE = re.compile(
    r"(?<![\w])(?:" + "|".join(f"(?:{form})" for form in _FORMS) + r")(?:(?!\w)|(?=T\d\d:))", re.I
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    value: str
    precision: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """Every date, ISO 8601 at the precision given; ``03/04/2018`` is only a year."""
    for match in _DATE.finditer(text):
        parts = {key[0]: value for key, value in match.groupdict().items() if value}
        value, precision = _iso(parts)
        yield FoundDate(value, precision, *match.span())


def whole_date(text: str) -> FoundDate | None:
    """The date that ``text`` is, when it is nothing but a date."""
    found = next(find_dates(text), None)
    if (
        found
        and not text[: found.start].strip(" \xa0(,")
        and not text[found.end :].strip(" \xa0.)")
    ):
        return found
    return None


def _iso(parts: dict[str, str]) -> tuple[str, str]:
    year, month, day = int(parts["y"]), 0, 0
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        if first > 12 >= second:
            day, month = first, second
        elif second > 12 >= first:
            month, day = first, second
        elif first == second:
            month = day = first
    elif "m" in parts:
        written = parts["m"]
        month = int(written) if written.isdigit() else _MONTHS.index(written[:3].lower()) + 1
        day = int(parts.get("d", 0))
    if month and day:
        try:
            return date(year, month, day).isoformat(), "day"
        except ValueError:
            day = 0
    if 1 <= month <= 12:
        return f"{year:04d}-{month:02d}", "month"
    return f"{year:04d}", "year"
