"""What saves changed of a record's drafts, as its history tells it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from editorial.draft_changes import changes_of
from editorial.models import DraftChange, Record
from publication.difference import Group, Words, told

__all__ = ["ON_A_PAGE", "ToldChange", "told_changes"]

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One save: who, when, and field by field what was before and after."""

    change: DraftChange
    groups: list[Group]


def told_changes(record: Record, words: Callable[..., Words], *, page: str) -> "Page[Any]":
    """A page of them, the newest first; names of what contents refer to are read once for all."""
    shown: Page[Any] = Paginator(changes_of(record), ON_A_PAGE).get_page(page)
    rows = [(row, row.bodies) for row in shown]
    say = words(*(body for _, bodies in rows for body in bodies))
    shown.object_list = [ToldChange(row, told(old, new, say)) for row, (old, new) in rows]
    return shown
