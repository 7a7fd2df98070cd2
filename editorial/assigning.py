"""Asking somebody to review: who may be asked, and the verb of the move."""

from typing import TypeVar

from django.db.models import Q, QuerySet

from editorial import review
from editorial.editing import contributions, has_contributed
from editorial.errors import Unchanged, UnfitReviewer
from editorial.models import Record, User
from editorial.moves import ASSIGN
from editorial.performing import Step, perform
from editorial.permissions import has_role, holders
from editorial.states import Role
from editorial.typed import key

R = TypeVar("R", bound=Record)


def may_be_asked(record: Record) -> QuerySet[User]:
    """Every reviewer with fresh eyes on the coming version but who has it already."""
    insiders = [person.user_id for person in contributions(record)]
    return holders(Role.REVIEWER).exclude(Q(pk__in=insiders) | Q(pk=record.reviewer_id or 0))


def assign(record: R, *, to: User, by: User, note: str = "", seen: str | None = None) -> R:
    """Ask ``to`` to review what is in review; they begin by ``take``, and so may anybody else."""

    def name(step: Step[R]) -> None:
        now = User.objects.get(pk=to.pk)
        if why := _why_not(step.record, now):
            raise UnfitReviewer(why)
        if step.record.reviewer == now:
            begun = review.taken(step.record)
            what = "reviews it" if begun else "was asked"
            raise Unchanged(f"{now.display_name} {what} already.")
        step.record.reviewer = now

    told = f"{to.display_name} is asked to review. {note}"  # events name nobody but who did it
    return perform(record, ASSIGN, by=by, note=told, seen=seen, effect=name)


def assign_chosen(
    record: R, *, reviewer: str, by: User, note: str = "", seen: str | None = None
) -> R:
    """``assign`` of the account whose number a form sent."""
    return assign(record, to=chosen(reviewer), by=by, note=note, seen=seen)


def chosen(reviewer: str) -> User:
    """The account of that number; ``UnfitReviewer`` when there is none."""
    number = key(reviewer)
    found = User.objects.filter(pk=number).first() if number is not None else None
    if found is None:
        raise UnfitReviewer("Choose who is to review. Nobody was asked.")
    return found


def _why_not(record: Record, person: User) -> str:
    if not has_role(person, Role.REVIEWER):
        return f"{person.display_name} is no active reviewer, so they cannot be asked."
    if has_contributed(record, person):
        return (
            f"{person.display_name} contributed to this version and cannot review it. Ask somebody "
            "who did not touch it."
        )
    return ""
