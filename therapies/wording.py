"""Codes, stamps and dates in the words that readers see."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from publication.difference import plainly
from publication.folding import folded
from publication.presentation import Fact
from sources.choices import SourceKind, Standing
from sources.published import PublishedSource
from sources.wording import capital, code_in_words
from therapies.choices import Certainty, MechanismKind, TherapyKind
from therapies.values import BY_NAME, VALUES, Form


def moment(stamp: str) -> dt.datetime:
    """A stamp of the log as a time in UTC, to the second."""
    return dt.datetime.fromisoformat(stamp).replace(microsecond=0)


def warning_of(row: PublishedSource) -> str:
    """What a reader must know of the source, as the end of a sentence; empty if nothing."""
    became = standing_in_words(row)
    if row.withdrawn:
        return f"{became}, and withdrawn from this site" if became else _WITHDRAWN
    return became


_WITHDRAWN = "was withdrawn from this site"


def standing_in_words(row: PublishedSource) -> str:
    """The same of what became of the work itself, wherever its record is."""
    if row.standing == Standing.RETRACTED:
        return "was retracted"
    if row.standing == Standing.CORRECTED:
        return "was corrected after publication"
    return "" if row.standing == Standing.CURRENT else f"is marked as {row.standing}"


def short_reference(row: PublishedSource) -> str:
    """Who, where, when, as far as the source says so."""
    authors = row.authors.split("\n") if row.authors else []
    who = f"{authors[0]} et al." if len(authors) > 2 else " and ".join(authors)
    return ", ".join(part for part in (who, row.container_title, row.date[:4]) if part)


def kind_label(record_type: str, code: str) -> str:
    """The kind of a record in words."""
    kinds = {"therapy": TherapyKind, "mechanism": MechanismKind, "source": SourceKind}
    return code_in_words(kinds[record_type], code)


def claim_facts(
    values: Mapping[str, Any], mechanism: Fact | None, *, certainty: str = ""
) -> tuple[Fact, ...]:
    """The typed values of a claim in words, empty ones left out; a harm that is its outcome as
    well is told once.
    """
    if values.get("harm") and folded(str(values["harm"])) == folded(str(values.get("outcome"))):
        values = {**values, "outcome": ""}
    rows = [
        mechanism
        if value.form == Form.RECORD
        else Fact(capital(value.label), value.in_words(values.get(value.name)))
        for value in VALUES
        if not (value.result and certainty == Certainty.INTENDED)
    ]
    # What only a newer program knows is told as it stands.
    rows += [
        Fact(capital(name.replace("_", " ")), plainly(held))
        for name, held in values.items()
        if name not in BY_NAME
    ]
    return tuple(row for row in rows if row and row.value)
