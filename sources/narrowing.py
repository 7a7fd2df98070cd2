"""What the list of sources is narrowed by."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from publication.narrowing import (
    LONGEST,
    Codes,
    Facts,
    Filter,
    Keys,
    Narrowing,
    NotUnderstood,
    Pair,
    Values,
    column,
)
from sources.choices import SourceKind, Standing
from sources.published import PublishedSource

EARLIEST, LATEST = 1000, 9999
_NO_LETTER = r"\s\ufeff\x00-\x1f\x7f-\x9f"
_DOI = (
    r"^[^\x00]*?(10\.[0-9]{4,9}(?:\.[0-9]+)*/"
    rf"[^{_NO_LETTER}]*[^{_NO_LETTER}.,;])[.,;]*[ \t\r\n]*$"
)
"""A DOI at the end of what a client gives, whatever stands before it (ECMA 262)."""


class Years(Values):
    """A year in four digits."""

    schema: Mapping[str, Any] = {"type": "integer", "minimum": EARLIEST, "maximum": LATEST}

    def read(self, text: str) -> Keys:
        if not re.fullmatch("[1-9][0-9]{3}", text):
            raise NotUnderstood(f"Give a year from {EARLIEST} to {LATEST}.")
        return frozenset({text})

    def named(self, forms: Mapping[str, Mapping[str, int]], index: Any) -> Mapping[str, Pair]:
        return {key: (key, key) for key in forms}

    def in_order(self, keys: Any) -> list[str]:
        return super().in_order(keys)[::-1]


class Dois(Values):
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

    def named(self, forms: Mapping[str, Mapping[str, int]], index: Any) -> Mapping[str, Pair]:
        return {key: (key, key) for key in forms}


class SourceFacts(Facts):
    """Sources with what is their own."""

    table = PublishedSource
    needed = ("kind", "standing", "date", "doi")


def _years(facts: SourceFacts) -> Iterator[Pair]:
    return ((i, row.date[:4]) for i, row in facts.every.items() if row.date[:4].isdigit())


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
    ),
    facts=SourceFacts,
)
