"""What the address of the queue may ask for, and the rows that fit.

What it asks for and the queue does not have is left out and said: nobody is shown a part of the
queue and told that it is the whole.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet

from editorial.models import InReview, User
from editorial.models.waiting import InReviewQuerySet
from editorial.typed import key
from publication import limits, writing

Rows = InReviewQuerySet
A_PAGE = 50

WHOSE = {"review": "For you to review", "own": "Your work in review"}
READY = {
    "ready": "Ready to approve",
    "unjudged": "Not all judged",
    "disputed": "Disagreed with",
    "waits": "Waits for other records",
    "bundled": "Can be approved together",
    "faulty": "Has to go back",
}
REVIEWER = {"me": "You", "nobody": "Nobody", "somebody": "Somebody"}
SORT = {
    "oldest": "Oldest first",
    "newest": "Newest first",
    "name": "By name",
    "left": "Fewest left to judge first",
}

_READY: Mapping[str, Callable[[Rows], Rows]] = {
    "ready": lambda rows: rows.ready(),
    "unjudged": lambda rows: rows.unjudged(),
    "disputed": lambda rows: rows.disputed(),
    "waits": lambda rows: rows.waiting(),
    "bundled": lambda rows: rows.bundled(),
    "faulty": lambda rows: rows.faulty(),
}
_SORT = {
    "oldest": ("submitted_at", "pk"),
    "newest": ("-submitted_at", "-pk"),
    "name": ("words", "pk"),
    "left": (F("pairs") - F("agreed"), "submitted_at", "pk"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; empty: for all."""

    q: str = ""
    whose: str = ""
    ready: str = ""
    type: str = ""
    by: str = ""
    """The number of the account that submitted."""
    reviewer: str = ""
    sort: str = "oldest"
    page: int = 1
    wrong: tuple[str, ...] = ()
    """What was left out, and why, as sentences."""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.whose or self.ready or self.type or self.by or self.reviewer)


def read(given: Mapping[str, str], types: Collection[str]) -> Asked:
    """``given`` is the query; ``types`` are those that the person may see."""
    choices: dict[str, Collection[str]] = {
        "whose": WHOSE,
        "ready": READY,
        "type": types,
        "reviewer": REVIEWER,
        "sort": SORT,
    }
    found: dict[str, str] = {}
    wrong = []
    for name, value in given.items():
        if name in ("q", "by", "page"):
            continue
        if name not in choices:
            wrong.append(f"The queue has no filter “{writing.shown(name[:60])}”.")
        elif value in choices[name]:
            found[name] = value
        elif value:
            wrong.append(f"“{writing.shown(value[:60])}” is nothing that “{name}” can be.")
    q = " ".join(given.get("q", "").split())
    if len(q) > limits.NAME:
        wrong.append(f"What is looked for is longer than {limits.NAME} characters.")
        q = ""
    numbers = {name: given[name] for name in ("by", "page") if given.get(name)}
    for name in [name for name, value in numbers.items() if not key(value)]:
        wrong.append(f"“{writing.shown(numbers.pop(name)[:60])}” is no number for “{name}”.")
    return Asked(
        q=q,
        by=numbers.get("by", ""),
        page=int(numbers.get("page", 1)),
        wrong=tuple(wrong),
        **found,
    )


def fitting(asked: Asked, user: User, types: Collection[str]) -> Rows:
    """The rows that the person asks for, in the order that they ask for."""
    rows = InReview.objects.filter(record_type__in=types).found(asked.q)
    if asked.type:
        rows = rows.filter(record_type=asked.type)
    if asked.by:
        rows = rows.filter(submitter_id=int(asked.by))
    if asked.whose == "review":
        rows = rows.reviewable_by(user)
    elif asked.whose == "own":
        rows = rows.contributed_by(user)
    if asked.reviewer == "me":
        rows = rows.filter(reviewer=user)
    elif asked.reviewer:
        rows = rows.filter(reviewer__isnull=asked.reviewer == "nobody")
    if asked.ready:
        rows = _READY[asked.ready](rows)
    return rows.order_by(*_SORT[asked.sort])


def submitters(types: Collection[str]) -> QuerySet[InReview, tuple[int, str]]:
    """Who submitted something that is in review: number and name of each."""
    rows = InReview.objects.filter(record_type__in=types).order_by("submitter_name")
    return rows.values_list("submitter_id", "submitter_name").distinct()
