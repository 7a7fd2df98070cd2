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

_NAME = _MONTH.format("_").replace("(?P<_>", "(?:")
_JOIN = r"\s{0,2}(?:[-–—/&+]|to\b|and\b)\s{0,2}"
_TO_A_MONTH = re.compile(rf"{_JOIN}(?:(?:19|20)\d\d\s)?{_NAME}(?![a-z])", re.I)
_MONTHS_RANGE = re.compile(rf"(?<![a-z]){_NAME}{_JOIN}{_NAME}(?![a-z])", re.I)
_FROM_A_MONTH = re.compile(rf"(?<![a-z]){_NAME}(?:\s\d{{1,2}})?{_JOIN}$", re.I)
_TO_A_DAY = re.compile(r"\s?[-–—]\s?\d{1,2}(?![\d:(])")
_FROM_A_DAY = re.compile(r"(?<!\d)\d{1,2}\s?[-–—]\s?$")
_TO_A_DATE = re.compile(r"/((?:19|20)\d\d)-(\d\d)(?!\d)")
_BEFORE = 24
_NUMBERS = re.compile(
    r"(?P<y>1[5-9]\d\d|20\d\d)(?:(?P<m>\d\d)(?P<d>\d\d)?(?!\d)"
    r"|[-/.](?P<m2>\d{1,2}|[a-z]{3,9})?(?![\d])(?:[-/.](?P<d2>\d{1,2}(?!\d))?)?(?:/.*)?(?:(?!\w)|(?=T\d\d:)))",
    re.I | re.A | re.S,
)
"""Parts of a date as reference managers write it: ``2019/07/15/``, ``2019//``, ``20190715``."""
_YEAR_ALONE = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)", re.A)


@dataclass(frozen=True, slots=True)
class FoundDate:
    value: str
    precision: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """Every date, ISO 8601 at the precision given; ``03/04/2018`` is only a year.

    Of a range the date says what both ends have: ``2012 Jan-Feb`` is a year.
    """
    for match in _DATE.finditer(text):
        parts = {key[0]: value for key, value in match.groupdict().items() if value}
        _widen(parts, text, *match.span())
        value, precision = _iso(parts)
        yield FoundDate(value, precision, *match.span())


def _widen(parts: dict[str, str], text: str, start: int, end: int) -> None:
    """Take out what only one end of a range states."""
    if "m" not in parts:
        return
    before = text[max(0, start - _BEFORE) : start]
    until = _TO_A_DATE.match(text, end)
    other_month = until and (until[1], until[2]) != (parts["y"], parts["m"])
    if other_month or _TO_A_MONTH.match(text, end) or _FROM_A_MONTH.search(before):
        parts.pop("m")
        parts.pop("d", "")
    elif "d" in parts and (until or _TO_A_DAY.match(text, end) or _FROM_A_DAY.search(before)):
        parts.pop("d")


def stated_date(value: str) -> FoundDate | None:
    """The date of a field that holds one, also in the forms of reference managers."""
    match = _NUMBERS.match(value)
    if match is None or (match["m2"] and match["m2"].isalpha()):
        found = next(find_dates(value.replace("/", " ") if match else value), None)
        year = _YEAR_ALONE.search(value) if found is None else None
        return FoundDate(year.group(), "year", *year.span()) if year else found
    if _TO_A_DATE.search(value):
        return next(find_dates(value), None)
    if _MONTHS_RANGE.search(value):
        return FoundDate(match["y"], "year", *match.span("y"))
    month, day = int(match["m"] or match["m2"] or 0), int(match["d"] or match["d2"] or 0)
    parts = {"y": match["y"], "m": str(month), "d": str(day)}
    found_value, precision = _iso(parts if 1 <= month <= 12 else {"y": match["y"]})
    return FoundDate(found_value, precision, *match.span())


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
    if 1 <= month <= 12 and day:
        try:
            return date(year, month, day).isoformat(), "day"
        except ValueError:
            day = 0
    if 1 <= month <= 12:
        return f"{year:04d}-{month:02d}", "month"
    return f"{year:04d}", "year"
