"""``as_of``: which head of the log a reader asks for."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import timezone

from publication import log

_HOUR_MINUTE = "([01][0-9]|2[0-3]):[0-5][0-9]"
_DAY = "(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_INSTANT = rf"{_DAY}T{_HOUR_MINUTE}(:[0-5][0-9](\.[0-9]{{1,6}})?)?(Z|[+-]{_HOUR_MINUTE})"
_NUMBER = "[0-9]{1,15}"
FORM = f"^({_NUMBER}|{_DAY}|{_INSTANT})$"
"""What ``as_of`` looks like, as a pattern of ECMA 262; of days, those too that no calendar has."""


class BadCoordinate(ValueError):
    """``as_of`` is not a number, day or instant that lies behind us."""

    title = "That was not understood"
    """In a few words, for people."""

    @property
    def lead(self) -> str:
        """What people are told below that."""
        return str(self)


class LiesAhead(BadCoordinate):
    """It is understood, but what stands there may change yet; ``what`` it is, for people."""

    def __init__(self, what: str, asked: str) -> None:
        super().__init__(f"{asked}: {_newest()}")
        self.title = what

    @property
    def lead(self) -> str:
        return (
            f"The newest day that is over is {_in_words(yesterday())} (UTC), and the newest entry "
            f"of the log is {log.head_seq()}."
        )


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A head of the log by its number, and the day whose end it was asked for by, if by a day."""

    seq: int
    day: dt.date | None = None


def coordinate_of(text: str | None, head: int | None = None) -> Coordinate | None:
    """The head that ``as_of`` names: digits are a number, a day means its end in UTC, an instant
    is RFC 3339 with an offset. ``None`` (now) when the parameter is absent.

    A number that the log has not reached, a day that is not over and an instant that has not come
    are refused: what stands there may change yet. ``head`` is the log's, where that is known.
    """
    if text is None:
        return None
    if re.fullmatch(_NUMBER, text):
        seq = int(text)
        if seq > (log.head_seq() if head is None else head):
            raise LiesAhead(f"The log has no entry {seq} yet", f"as_of={seq} lies ahead")
        return Coordinate(seq)
    try:
        if re.fullmatch(_DAY, text):
            return _at_the_end_of(dt.date.fromisoformat(text))
        if re.fullmatch(_INSTANT, text):
            return Coordinate(_seq_at(_in_utc(dt.datetime.fromisoformat(text))))
    except ValueError as problem:
        if isinstance(problem, BadCoordinate):
            raise
    raise BadCoordinate(
        f"as_of={text[:40]!r} is not understood: give a number of the log such as 12, a day that "
        "is over such as 2026-01-31, or an instant such as 2026-01-31T12:00:00Z."
    )


def parse_as_of(text: str | None, head: int | None = None) -> int | None:
    """The number of that head alone."""
    found = coordinate_of(text, head)
    return found.seq if found else None


def yesterday() -> dt.date:
    """The newest day that is over, in UTC."""
    return timezone.now().astimezone(dt.UTC).date() - dt.timedelta(days=1)


def end_of(day: dt.date) -> str:
    """The stamp of the last microsecond of a day."""
    return f"{day.isoformat()}T23:59:59.999999Z"


def _at_the_end_of(day: dt.date) -> Coordinate:
    if day > yesterday():
        raise LiesAhead(f"{_in_words(day)} is not over yet", f"as_of={day} is not over yet")
    return Coordinate(log.seq_at(end_of(day)), day)


def _in_utc(moment: dt.datetime) -> dt.datetime:
    """In UTC, the first and the last moment that Python knows are as good as those beyond them."""
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError:
        end = dt.datetime.min if moment.year == dt.MINYEAR else dt.datetime.max
        return end.replace(tzinfo=dt.UTC)


def _seq_at(moment: dt.datetime) -> int:
    # Not strftime: it writes the year 987 in three digits, which sorts after ours.
    stamp = moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    if moment > timezone.now():
        what = f"{moment:%H:%M} UTC on {_in_words(moment.date())} has not come yet"
        raise LiesAhead(what, f"as_of={stamp} has not come yet")
    return log.seq_at(stamp)


def _in_words(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _newest() -> str:
    return (
        f"the newest day that is over is {yesterday().isoformat()} (UTC), and the newest entry of "
        f"the log is {log.head_seq()}."
    )
