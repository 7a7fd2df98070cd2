"""Therapies side by side: what is claimed of each, part by part, outcome by outcome.

Nothing is ranked. A cell without a statement says which of two gaps it is, and a row in which
numbers stand that were not measured alike says so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from publication.folding import folded
from therapies.absences import Absence, absences, cited_sources
from therapies.choices import Certainty, Topic
from therapies.parts_of_page import ALWAYS, PARTS, label_of, part_of
from therapies.statements import (
    Claim,
    Group,
    Statement,
    Weigh,
    groups,
    rests_on,
    sayings,
    subject_of,
)
from therapies.weighed import place_of

FEWEST, MOST = 2, 4
"""Therapies that make a table."""
BY_SUBJECT = frozenset({Topic.OUTCOME, Topic.SAFETY})
"""Parts that have a row for each outcome or harm."""
_TYPE = "therapy"
_NUMBER = re.compile(
    r"\d\s?%|\bper ?cent\b|\d[ -]?fold\b|\d (?:in|of|out of|per) \d|\d[.·]\d|\bby \d"
    r"|\b(?:hazard|odds|risk|rate) ratio|\b(?:twice|thrice|hal(?:f|ve[sd]?)|doubl\w+|tripl\w+)\b"
    r"|\b(?:two|three|four|five|\d+)(?:fold| times)\b",
    re.IGNORECASE,
)
"""A size in a sentence that no typed value holds."""


@dataclass(frozen=True)
class Compared:
    """One of the therapies, as it is public."""

    claims: Sequence[Claim]
    not_stated: Sequence[Mapping[str, Any]] = ()
    """What editors looked for in vain, as stored."""

    @cached_property
    def by_part(self) -> Mapping[str, Sequence[Claim]]:
        """Its claims by the part in which its page tells them; a summary is told in none."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(part_of(_TYPE, claim), []).append(claim)
        found.pop(Topic.SUMMARY, None)
        return found

    @cached_property
    def absences(self) -> Mapping[str, Absence]:
        return absences(self.not_stated, cited_sources({"claims": self.claims}))


@dataclass(frozen=True, slots=True)
class Cell:
    """What is told of one therapy in one row, or which gap there is."""

    groups: tuple[Group, ...] = ()
    absence: Absence | None = None
    """Editors looked for the whole part, and found nothing."""
    told_in: str = ""
    """Where the claims of the topic stand, where all of them have another part."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for group in self.groups for statement in group.statements)

    @property
    def claims(self) -> Iterator[Claim]:
        for statement in self.statements:
            for saying in (*statement.counted, *statement.like):
                yield from saying.claims

    @property
    def state(self) -> str:
        """``told``, ``absent`` (looked for, not found), ``elsewhere``, ``open`` (not reviewed)."""
        if self.groups:
            return "told"
        if self.absence:
            return "absent"
        return "elsewhere" if self.told_in else "open"


@dataclass(frozen=True, slots=True)
class Unlike:
    """In what the numbers of a row differ; an empty one is not stated."""

    comparators: tuple[str, ...] = ()
    courses: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``subject`` is empty for a part as a whole, or for its rest."""

    subject: str
    serious: bool
    cells: tuple[Cell, ...]
    """One for each therapy, in the reader's order."""
    unlike: Unlike | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What readers ask, and the lines that answer it."""

    key: str
    label: str
    rows: tuple[Row, ...]


def table(compared: Sequence[Compared], weigh: Weigh) -> list[Part]:
    """The parts in the order of a therapy's page."""
    asserted = dict.fromkeys(key for one in compared for key in one.absences)
    told = dict.fromkeys(key for one in compared for key in one.by_part)
    keys = dict.fromkeys([*(part.key for part in PARTS[_TYPE]), *told, *asserted])
    shown = {*ALWAYS[_TYPE], *told, *asserted}
    return [
        Part(key, label_of(_TYPE, key), tuple(_rows(key, compared, weigh)))
        for key in keys
        if key in shown
    ]


def _rows(key: str, compared: Sequence[Compared], weigh: Weigh) -> Iterator[Row]:
    """Of a part by outcome or harm: as patients weigh them, of others what a source calls serious
    first, then what is told of most of the therapies, then what most sources name.
    """
    if key not in BY_SUBJECT or not any(one.by_part.get(key) for one in compared):
        yield _row(key, compared, weigh)
        return
    keys = {folded(subject_of(c)) for one in compared for c in one.by_part.get(key, ())}
    rows = {own: _row(key, compared, weigh, own) for own in sorted(keys)}
    rest = rows.pop("", None)
    yield from sorted(rows.values(), key=_place)
    if rest:
        yield rest


def _place(row: Row) -> tuple[Any, ...]:
    sources = {s for cell in row.cells for claim in cell.claims for s in rests_on(claim)}
    place = place_of(row.subject)
    return place, not row.serious, -sum(bool(cell.groups) for cell in row.cells), -len(sources)


def _row(key: str, compared: Sequence[Compared], weigh: Weigh, subject: str | None = None) -> Row:
    """What is claimed on an outcome or harm, by its folded form; ``None`` is all of the part."""
    cells = []
    for one in compared:
        claims = [
            claim
            for claim in one.by_part.get(key, ())
            if subject is None or folded(subject_of(claim)) == subject
        ]
        cells.append(Cell(tuple(groups(sayings(claims), weigh))) if claims else _gap(key, one))
    heads = [group for cell in cells for group in cell.groups] if subject else []
    claims = [claim for cell in cells for claim in cell.claims]
    return Row(
        subject=heads[0].subject if heads else "",
        serious=any(group.serious for group in heads),
        cells=tuple(cells),
        unlike=_unlike(claims),
    )


def _gap(key: str, one: Compared) -> Cell:
    """Nothing of this is told of the therapy; of the part as a whole something may be."""
    if one.by_part.get(key):
        return Cell()
    absence = one.absences.get(key)
    others = (claim for claim in one.claims if claim["topic"] == key)
    told_in = next((part_of(_TYPE, claim) for claim in others), "")
    return Cell(absence=absence, told_in="" if absence else told_in)


def has_number(claim: Claim) -> bool:
    """Whether it tells how much or how often, as a value, or of an outcome or harm in its words;
    an aim never does.
    """
    if claim["certainty"] == Certainty.INTENDED:
        return False
    values = claim["values"]
    if values["effect_size"] or values["frequency"]:
        return True
    return claim["topic"] in BY_SUBJECT and bool(_NUMBER.search(claim["text"]))


def _unlike(claims: Sequence[Claim]) -> Unlike | None:
    """What tells the numbers of a row apart; ``None`` for fewer than two, and where all say that
    they were measured against the same and in the same courses.
    """
    found = [claim for claim in claims if has_number(claim)]
    if len(found) < 2:
        return None
    against: dict[str, str] = {}
    courses: dict[tuple[str, ...], None] = {}
    for claim in found:
        comparator = str(claim["values"]["comparator"] or "")
        against.setdefault(folded(comparator), comparator)
        courses.setdefault(tuple(sorted(claim["values"]["courses"])))
    differ = len(against) > 1 or "" in against
    in_order = sorted(against, key=lambda key: not key)  # what is not stated comes last
    unlike = Unlike(
        tuple(against[key] for key in in_order) if differ else (),
        tuple(sorted(courses, key=lambda of: not of)) if len(courses) > 1 else (),
    )
    return unlike if unlike != Unlike() else None
