"""What the list of sources is narrowed by."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from publication.narrowed import AsGiven, Exact, of_every_record
from publication.narrowing import (
    LONGEST,
    Codes,
    Facts,
    Filter,
    Keys,
    Narrowing,
    NotUnderstood,
    Pair,
    Sought,
    column,
)
from sources.choices import LicenceCode, SourceKind, Standing
from sources.published import PublishedSource

EARLIEST, LATEST = 1000, 9999
_DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", re.ASCII)
_NO_LETTER = r"\s\ufeff\x00-\x1f\x7f-\x9f"
_DOI = (
    r"^[^\x00]*?(10\.[0-9]{4,9}(?:\.[0-9]+)*/"
    rf"[^{_NO_LETTER}]*[^{_NO_LETTER}.,;])[.,;]*[ \t\r\n]*$"
)
"""A DOI at the end of what a client gives, whatever stands before it (ECMA 262)."""


class Years(AsGiven):
    """A year in four digits."""

    schema: Mapping[str, Any] = {"type": "integer", "minimum": EARLIEST, "maximum": LATEST}

    def read(self, text: str) -> Keys:
        if not re.fullmatch("[1-9][0-9]{3}", text):
            raise NotUnderstood(f"Give a year from {EARLIEST} to {LATEST}.")
        return frozenset({text})

    def in_order(self, keys: Any) -> list[str]:
        return super().in_order(keys)[::-1]


class Days(AsGiven):
    """A year, a month or a day."""

    schema: Mapping[str, Any] = {"type": "string", "pattern": f"^{_DAY.pattern}$"}

    def read(self, text: str) -> Keys:
        if not _DAY.fullmatch(text):
            raise NotUnderstood("Give a year, a month or a day: 2019, 2019-03 or 2019-03-31.")
        return frozenset({text})


class Dois(AsGiven):
    """A DOI, whatever stands before it."""

    schema: Mapping[str, Any] = {
        "type": "string",
        "maxLength": LONGEST,
        "pattern": _DOI,
    }

    def key(self, held: str) -> str:
        return held.lower()

    def read(self, text: str) -> Keys:
        if len(text) > LONGEST:
            raise NotUnderstood(f"Give at most {LONGEST} characters.")
        written = re.search(_DOI, text)
        if written is None:
            raise NotUnderstood("This is not a DOI, such as 10.1000/182.")
        return frozenset({self.key(written[1])})


class SourceFacts(Facts):
    """Sources with what is their own."""

    table = PublishedSource
    needed = ("kind", "standing", "date", "doi", "pmid", "registry_id", "licence")


def _years(facts: SourceFacts) -> Iterator[Pair]:
    return ((i, row.date[:4]) for i, row in facts.every.items() if row.date[:4].isdigit())


def _dated(seq: int) -> Iterator[Pair]:
    """Every source that states a date, and the date."""
    rows = PublishedSource.objects.as_of(seq).listed().exclude(date="").order_by()
    return rows.values_list("public_id", "date").iterator(chunk_size=2000)


def _from(seq: int, keys: Keys) -> Iterator[str]:
    (day,) = keys
    return (i for i, date in _dated(seq) if date[: len(day)] >= day[: len(date)])


def _until(seq: int, keys: Keys) -> Iterator[str]:
    (day,) = keys
    return (i for i, date in _dated(seq) if date[: len(day)] <= day[: len(date)])


_AS_FAR = (
    "The two are compared as far as both are stated: a work of 2019 may be of any month of it."
)
SOURCES = Narrowing(
    words_label="Title, author or journal",
    words_help="the name, an author or the container",
    filters=(
        Filter("kind", "kind", "The kind of work.", Codes(SourceKind), column("kind")),
        Filter("standing", "standing", "At the state shown.", Codes(Standing), column("standing")),
        Filter("year", "year", "The year of the date that the work states.", Years(), _years),
        Filter(
            "doi",
            "DOI",
            "With or without https://doi.org/ before it.",
            Dois(),
            column("doi"),
            offered=False,
        ),
        Filter("pmid", "PubMed", "The number in PubMed.", Exact(), column("pmid"), offered=False),
        Filter(
            "registry_id",
            "trial registry",
            "The number in a registry of trials.",
            Exact(),
            column("registry_id"),
            offered=False,
        ),
        Filter(
            "licence",
            "licence",
            "Under which a document of it says that it may be passed on.",
            Codes(LicenceCode),
            column("licence"),
            offered=False,
        ),
        Sought(
            "date_from",
            "dated from",
            f"Dated then or later: `2019`, `2019-03` or `2019-03-31`. {_AS_FAR}",
            Days(),
            _from,
            most=1,
        ),
        Sought(
            "date_until",
            "dated until",
            "Dated then or earlier, in the same way.",
            Days(),
            _until,
            most=1,
        ),
        *of_every_record(PublishedSource),
    ),
    facts=SourceFacts,
)
