"""Everything on record about one record, gathered from log, reviews and work, record by record.

The tables are read once, side by side in the same order, so that one dossier at a time is in
memory, and none is missed: not one of which the working row is gone, nor one that only a judgement
tells of.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, models
from django.db.models import F
from django.db.models.functions import Collate

from editorial.models import Judgement, Record, ReviewEvent, record_classes
from publication.actions import APPROVE
from publication.entries import Entry
from publication.errors import LogError
from publication.models import Contribution
from publication.verify import readable

Key = tuple[str, str]
"""Type and public id."""


@dataclass(slots=True)
class Dossier:
    """What is on record about one record, each list oldest first."""

    record_type: str
    public_id: str
    entries: list[Entry] = field(default_factory=list)
    events: list[ReviewEvent] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    working: list[int] = field(default_factory=list)
    """The primary key of the working row; none where it is gone."""

    def __str__(self) -> str:
        return f"{self.record_type} {self.public_id}"

    @property
    def model(self) -> type[Record] | None:
        """None where it is about something else, such as an account."""
        return record_classes().get(self.record_type)

    @property
    def logged_moves(self) -> dict[str, str]:
        """By what the log calls an action, the name of the move that appends it."""
        moves = self.model.moves if self.model else ()
        return {move.log_action: move.name for move in moves if move.log_action}

    @property
    def approvals(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.action == APPROVE]


def dossiers() -> Iterator[Dossier]:
    """One after another, ordered by type and public id (as code points); ``LogError`` at their end
    names the rows that cannot be read.
    """
    unread: list[str] = []
    streams = [
        _stream("entries", Entry.objects.all(), "seq", unread),
        _stream("events", ReviewEvent.objects.all(), "pk", unread),
        _stream("contributions", Contribution.objects.all(), "pk", unread),
        _stream("judgements", Judgement.objects.all(), "pk", unread),
        *(_working(model) for model in record_classes().values()),
    ]
    rows = heapq.merge(*streams, key=itemgetter(0))
    for (record_type, public_id), found in groupby(rows, key=itemgetter(0)):
        dossier = Dossier(record_type, public_id)
        for _, part, row in found:
            getattr(dossier, part).append(row)
        yield dossier
    if unread:
        raise LogError("; ".join(unread))


def _stream(part: str, rows: Any, then: str, unread: list[str]) -> Iterator[tuple[Key, str, Any]]:
    ordered = rows.order_by(_binary("record_type"), _binary("public_id"), then)
    try:
        for row in readable(ordered):
            yield (row.record_type, row.public_id), part, row
    except LogError as problem:
        unread.append(str(problem))


def _working(model: type[Record]) -> Iterator[tuple[Key, str, Any]]:
    """Keys alone: a record that cannot be read is found when it is asked for."""
    rows = model._default_manager.order_by(_binary("public_id")).values_list("public_id", "pk")
    for public_id, pk in rows.iterator(chunk_size=500):
        yield (model.record_type, public_id), "working", pk


def _binary(column: str) -> models.F | Collate:
    """In the order that Python has, whatever language the database sorts for."""
    return Collate(F(column), "C") if connection.vendor == "postgresql" else F(column)
