"""What the screens of both wings show alike: a labelled value, a quote in its context."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value in words."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Who agreed that a passage bears on its statement, and when."""

    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim passage and the words around it; offsets are code points, ``None`` without a
    text.
    """

    exact: str
    before: str = ""
    after: str = ""
    start: int | None = None
    end: int | None = None
    locator: str = ""
    sha256: str = ""
    """Of the document; empty without a text."""
    judged: tuple[Judged, ...] = ()
