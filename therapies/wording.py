"""Codes, stamps and dates in the words that readers see."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from publication.presentation import Fact
from sources.choices import SourceKind, Standing
from sources.published import PublishedSource
from therapies.choices import (
    Course,
    MechanismKind,
    OutcomeDirection,
    Route,
    Status,
    TherapyKind,
)


def moment(stamp: str) -> dt.datetime:
    """A stamp of the log as a time in UTC, to the second."""
    return dt.datetime.fromisoformat(stamp).replace(microsecond=0)


def warning_of(row: PublishedSource) -> str:
    """What a reader must know of the source, as the end of a sentence; empty if nothing."""
    if row.withdrawn:
        return "was withdrawn from this site"
    if row.standing == Standing.RETRACTED:
        return "was retracted"
    if row.standing == Standing.CORRECTED:
        return "was corrected after publication"
    return ""


def short_reference(row: PublishedSource) -> str:
    """Who, where, when, as far as the source says so."""
    authors = row.authors.split("\n") if row.authors else []
    who = f"{authors[0]} et al." if len(authors) > 2 else " and ".join(authors)
    return ", ".join(part for part in (who, row.container_title, row.date[:4]) if part)


def kind_label(record_type: str, code: str) -> str:
    """The kind of a record in words."""
    kinds = {"therapy": TherapyKind, "mechanism": MechanismKind, "source": SourceKind}
    return label(kinds[record_type], code)


def date_in_words(date: str) -> str:
    """``2018``, ``February 2018`` or ``21 February 2018``: no more than was stated."""
    try:
        if len(date) == 10:
            day = dt.date.fromisoformat(date)
            return f"{day.day} {day:%B %Y}"
        if len(date) == 7:
            return f"{dt.date.fromisoformat(f'{date}-01'):%B %Y}"
    except ValueError:
        pass
    return date


def label(choices: Any, code: str) -> str:
    """A code in words; empty for none."""
    return str(choices(code).label) if code else ""


def capital(text: str) -> str:
    """The text with a capital at its start, the rest untouched."""
    return text[:1].upper() + text[1:]


def claim_facts(values: Mapping[str, Any], mechanism: Fact | None) -> tuple[Fact, ...]:
    """The typed values of a stored claim in words, empty ones left out."""
    courses = ", ".join(Course(code).label for code in values["courses"])
    rows = (
        Fact("Disease course", courses),
        Fact("Route", label(Route, values["route"])),
        Fact("Status", label(Status, values["status"])),
        Fact("Regulator or country", values["jurisdiction"]),
        Fact("Date of status", date_in_words(values["status_date"])),
        Fact("Outcome", values["outcome"]),
        Fact("Change for the patient", label(OutcomeDirection, values["outcome_direction"])),
        Fact("Compared with", values["comparator"]),
        Fact("Size of effect", values["effect"]),
        *([mechanism] if mechanism else []),
    )
    return tuple(row for row in rows if row.value)
