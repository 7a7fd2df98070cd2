"""Which therapies a reader asks to see beside each other, and what became of the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import Q

from therapies.pages.finding import found_by, require_then
from therapies.pages.kinds import THERAPY
from therapies.pages.snapshot import Snapshot
from therapies.published import PublishedTherapy

LONGEST = 200
"""Characters of a name that somebody may have typed."""
MOST_ASKED = 12
"""Therapies that are looked up at once; more than fit side by side."""


class Nonsense(ValueError):
    """What no reader means by a therapy."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody is called or has as an address, and who may be meant."""

    asked: str
    meant: Sequence[dict[str, str]]


@dataclass(slots=True)
class Choice:
    """What the asked-for words lead to."""

    rows: list[PublishedTherapy] = field(default_factory=list)
    """Each once, in the reader's order."""
    withdrawn: list[PublishedTherapy] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """The same as addresses that lead to each without a way round."""
    moved: bool = False
    """One of them has another address now, or another record is in its place."""

    def add(self, row: PublishedTherapy) -> None:
        to = self.withdrawn if row.withdrawn else self.rows
        if row.public_id not in {other.public_id for other in to}:
            to.append(row)
            self.words.append(row.slug)


def choice(asked: Sequence[str], snapshot: Snapshot) -> Choice:
    """Slugs, former slugs or public ids; ``Nonsense`` for what can be none of them."""
    wanted = list(dict.fromkeys(word for text in asked if (word := text.strip())))
    if len(wanted) > MOST_ASKED:
        raise Nonsense(f"At most {MOST_ASKED} therapies are looked up at once.")
    if any(len(word) > LONGEST or not word.isprintable() for word in wanted):
        raise Nonsense("therapy is not understood: give the address or the id of a therapy.")
    public = PublishedTherapy.objects.as_of(snapshot.seq)
    rows = cast(
        "list[PublishedTherapy]", list(public.filter(Q(slug__in=wanted) | Q(public_id__in=wanted)))
    )
    by_id, by_slug = {row.public_id: row for row in rows}, {row.slug: row for row in rows}
    found = Choice()
    for word in wanted:
        row = by_slug.get(word) or by_id.get(word)
        if row is not None and not row.withdrawn:
            found.add(row)
        else:
            _look_further(word, row, found, snapshot)
    return found


def _look_further(
    word: str, row: PublishedTherapy | None, found: Choice, snapshot: Snapshot
) -> None:
    """Former addresses, who is in the place of a tombstone, capitals; else who may be meant."""
    there: Any = THERAPY.find(row.slug if row else word, snapshot.seq)
    if there is None and word != word.lower():
        there = THERAPY.find(word.lower(), snapshot.seq)
    if there is None:
        require_then(THERAPY, THERAPY.find(word, snapshot.head), snapshot)
        meant = found_by(THERAPY, word.replace("-", " "), snapshot)
        found.unknown.append(Unknown(word, meant))
        found.words.append(word)
        return
    leads_to = there.successor or there.row
    found.moved |= row is None or leads_to is not there.row
    found.add(leads_to)
