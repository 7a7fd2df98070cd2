"""The one way in which an editable draft changes: lock, check, write, record who."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db.models import F, QuerySet
from django.utils import timezone

from editorial.draft_changes import keep_change
from editorial.errors import Locked, StaleEdit
from editorial.locking import lock, whole
from editorial.models import Record, User
from editorial.permissions import require, still_holds
from editorial.states import Role
from publication import log
from publication.models import Contribution

R = TypeVar("R", bound=Record)


def coming_version(record: Record) -> int:
    """The number that the next approval will give."""
    return log.latest_version(record.record_type, record.public_id) + 1


def contributions(record: Record) -> list[Contribution]:
    """Who has contributed to the coming version, in order of first contribution."""
    return list(_contributions(record).order_by("pk"))


def has_contributed(record: Record, user: User, *, newest_too: bool = False) -> bool:
    """Whether the person contributed to the coming version, or to the newest approved one too."""
    rows = _contributions(record, newest_too=newest_too)
    return rows.filter(user_id=user.pk).exists()


def has_ever_contributed(record: Record, user: User) -> bool:
    """Whether the person contributed to any version of the record."""
    rows = Contribution.objects.filter(record_type=record.record_type, public_id=record.public_id)
    return rows.filter(user_id=user.pk).exists()


def _contributions(record: Record, *, newest_too: bool = False) -> QuerySet[Contribution]:
    coming = coming_version(record)
    return Contribution.objects.filter(
        record_type=record.record_type,
        public_id=record.public_id,
        version__in=[coming - 1, coming] if newest_too else [coming],
    )


def record_contribution(record: Record, *, by: User, what: str) -> None:
    """Put a person on the coming version's list of contributors, for good."""
    Contribution.objects.get_or_create(
        record_type=record.record_type,
        public_id=record.public_id,
        version=coming_version(record),
        user_id=by.pk,
        defaults={"user_name": by.display_name, "what": what[:200], "at": timezone.now()},
    )


def take_over_contributions(record: Record, other: Record) -> None:
    """Who wrote another record whose words stand in this one contributes to this one as well."""
    for row in contributions(other):
        Contribution.objects.get_or_create(
            record_type=record.record_type,
            public_id=record.public_id,
            version=coming_version(record),
            user_id=row.user_id,
            defaults={
                "user_name": row.user_name,
                "what": f"wrote “{other.name}”, which it names"[:200],
                "at": timezone.now(),
            },
        )


@contextmanager
def editing(record: R, *, by: User, seen_revision: int, what: str) -> Iterator[R]:
    """Edit a draft: yields the locked row; on leaving, counts the save, records the person, and
    keeps what changed.

    Raises ``NotAllowed``, ``Busy``, ``Locked`` or ``StaleEdit`` before anything is written.
    """
    require(by, Role.EDITOR)
    with whole():
        locked = lock(record)
        by = still_holds(by, Role.EDITOR)
        if not locked.is_editable:
            raise Locked(
                f"{locked.name} is {locked.working_state.label} and cannot be edited. "
                "A record is edited as a draft or after changes were requested."
            )
        if locked.revision != seen_revision:
            raise StaleEdit(seen=seen_revision, present=locked.revision)
        before = locked.content()
        yield locked
        _count(locked, by=by, what=what)
        keep_change(locked, before, by=by, what=what)


def touch(locked: Record, *, by: User, what: str) -> None:
    """Count a save of a locked, editable record and record the contributor."""
    _count(locked, by=still_holds(by, Role.EDITOR), what=what)


def _count(locked: Record, *, by: User, what: str) -> None:
    count_saves([locked])
    record_contribution(locked, by=by, what=what)


def count_saves(locked: Iterable[Record]) -> None:
    """Count one save of each; a form that was opened before is refused from now on."""
    of_type: dict[type[Record], list[Record]] = {}
    for record in locked:
        of_type.setdefault(type(record), []).append(record)
    for model, records in of_type.items():
        rows = model._default_manager.filter(pk__in=[record.pk for record in records])
        rows.update(revision=F("revision") + 1, changed_at=timezone.now())
        for record in records:
            record.revision += 1
