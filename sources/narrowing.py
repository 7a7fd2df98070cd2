"""What the list of sources is narrowed by."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from publication.narrowing import (
    Codes,
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
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+$", re.ASCII)
"""A DOI at the end of what a client gives, whatever stands before it."""


class Years(Values):
    """A year in four digits."""

    schema: Mapping[str, Any] = {"type": "integer", "minimum": EARLIEST, "maximum": LATEST}

    def read(self, text: str) -> Keys:
        plain = text.strip()
        if not (plain.isascii() and plain.isdigit() and len(plain) == 4 and int(plain) >= EARLIEST):
            raise NotUnderstood(f"Give a year from {EARLIEST} to {LATEST}.")
        return frozenset({plain})

    def named(self, key: str, forms: Counter[str], facts: Any) -> Pair | None:
        return key, key

    def in_order(self, keys: Any) -> list[str]:
        return super().in_order(keys)[::-1]


class Dois(Values):
    """A DOI, whatever stands before it."""

    def key(self, held: str) -> str:
        return held.lower()

    def read(self, text: str) -> Keys:
        written = _DOI.search(text.strip().rstrip(".,;").lower())
        if written is None:
            raise NotUnderstood("This is not a DOI, such as 10.1000/182.")
        return frozenset({written[0]})

    def named(self, key: str, forms: Counter[str], facts: Any) -> Pair | None:
        return key, key


class SourceFacts:
    """The sources that are public at an entry of the log."""

    owners: Mapping[str, str] = {}

    def __init__(self, seq: int, names: Collection[str]) -> None:
        self._seq = seq

    @cached_property
    def every(self) -> dict[str, PublishedSource]:
        rows = PublishedSource.objects.as_of(self._seq).listed().order_by()
        needed = ("public_id", "kind", "standing", "date", "doi")
        return {row.public_id: row for row in rows.only("key", *needed)}


def _years(facts: SourceFacts) -> Iterator[Pair]:
    return ((i, row.date[:4]) for i, row in facts.every.items() if row.date[:4].isdigit())


SOURCES = Narrowing(
    PublishedSource,
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
