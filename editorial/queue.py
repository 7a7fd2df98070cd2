"""What waits for whom, in piles: how many, since when, and the first few.

A pile costs one query a type, whatever it holds.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Window

from editorial.models import InReview, Record, ReviewEvent, User
from editorial.models.waiting import InReviewQuerySet
from editorial.models.working import WorkingQuerySet
from editorial.moves import REQUEST_CHANGES
from editorial.places import Key
from editorial.states import State
from publication.due import shown_overdue

FIRST = 5
"""How many of a pile are shown."""

Types = Mapping[str, type[Record]]


@dataclass(frozen=True, slots=True)
class Item:
    """One record in a pile, and why it is there."""

    record_type: str
    public_id: str
    name: str
    at: dt.datetime
    detail: str = ""

    @property
    def key(self) -> Key:
        return self.record_type, self.public_id


@dataclass(frozen=True, slots=True)
class Pile:
    """What waits for one thing, the oldest first."""

    items: tuple[Item, ...] = ()
    """The first of them."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many there are, by type."""
    oldest: dt.datetime | None = None

    @property
    def number(self) -> int:
        return sum(self.counts.values())

    @classmethod
    def of(cls, found: Iterable["Pile"]) -> "Pile":
        """Several piles as one."""
        piles = [pile for pile in found if pile.items]
        items = sorted((item for pile in piles for item in pile.items), key=lambda item: item.at)
        return cls(
            tuple(items[:FIRST]),
            {kind: count for pile in piles for kind, count in pile.counts.items()},
            min((pile.oldest for pile in piles if pile.oldest), default=None),
        )


def drafts_of(user: User, types: Types) -> Pile:
    """What the person contributed to and can go on with; what was sent back says by whom."""
    return _with_requests(_records(types, lambda rows: rows.drafts_of(user)))


def drafts_of_nobody(types: Types) -> Pile:
    return _records(types, lambda rows: rows.drafts_of_nobody())


def sent_back(types: Types) -> Pile:
    """Whoever's it is, with who asked for changes."""
    return _with_requests(_records(types, lambda rows: rows.sent_back()))


def overdue(types: Types) -> Pile:
    """Public records whose newest approval is older than ``REVIEW_INTERVAL_DAYS``."""

    def pile(kind: str) -> Pile:
        rows = list(_first(shown_overdue(kind), "approved_at"))
        items = (
            Item(kind, row.public_id, row.name, at, f"approved on {row.approved_at[:10]}")
            for row in rows
            for at in [dt.datetime.fromisoformat(row.approved_at)]
        )
        return _pile(kind, rows, tuple(items))

    return Pile.of(pile(kind) for kind in types)


def in_review(rows: InReviewQuerySet, detail: Callable[[InReview], str]) -> Pile:
    """Of the queue, with a word on each."""
    found = list(_first(rows.select_related("reviewer"), "submitted_at"))
    items = (
        Item(row.record_type, row.public_id, row.name, row.submitted_at, detail(row))
        for row in found
    )
    return _pile("in review", found, tuple(items))


def _records(types: Types, narrow: Callable[[WorkingQuerySet[Any]], WorkingQuerySet[Any]]) -> Pile:
    def pile(kind: str, model: type[Record]) -> Pile:
        rows = list(_first(narrow(WorkingQuerySet[Any](model)), "changed_at"))
        items = (
            Item(kind, row.public_id, row.name, row.changed_at, row.working_state.label)
            for row in rows
        )
        return _pile(kind, rows, tuple(items))

    return Pile.of(pile(kind, model) for kind, model in types.items())


def _first(rows: Any, at: str) -> Any:
    """The oldest rows, each with how many there are."""
    every = rows.annotate(of_all=Window(Count("pk")))
    return every.order_by(at, "pk")[:FIRST]


def _pile(kind: str, rows: list[Any], items: tuple[Item, ...]) -> Pile:
    if not rows:
        return Pile()
    return Pile(items, {kind: rows[0].of_all}, min(item.at for item in items))


def _with_requests(pile: Pile) -> Pile:
    """What was sent back says who asked for what; one query."""
    asked: dict[Key, ReviewEvent] = {}
    rows = ReviewEvent.objects.filter(
        action=REQUEST_CHANGES.name, public_id__in=[item.public_id for item in pile.items]
    )
    for event in rows.order_by("pk"):
        asked[event.record_type, event.public_id] = event

    def told(item: Item) -> Item:
        event = asked.get(item.key)
        if event is None or item.detail != State.CHANGES_REQUESTED.label:
            return item
        return replace(item, detail=f"{event.actor_name} asked for changes: {event.note}")

    return replace(pile, items=tuple(map(told, pile.items)))
