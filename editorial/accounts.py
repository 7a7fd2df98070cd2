"""Accounts: one change at a time, by who may make it now, and each on record.

What is on record are events of the ledger of review, filed under ``person`` and the person's id.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.hashers import is_password_usable
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from editorial.errors import NotAllowed
from editorial.locking import whole
from editorial.models import ReviewEvent, User

PERSON = "person"
"""What events of accounts are filed under, where those of records have the record's type."""
ADMINISTRATORS = "administrator"
"""The group that manages accounts."""
LAST = (
    "Nobody else could administer accounts then. Make another person administrator first. "
    "Nothing was saved."
)


def administrators() -> QuerySet[User]:
    """Who can administer accounts: active, of the staff, and superuser or of the group."""
    may = Q(is_superuser=True) | Q(groups__name=ADMINISTRATORS)
    return User.objects.filter(may, is_active=True, is_staff=True).distinct()


def is_last_administrator(person: User) -> bool:
    """Whether the person is the only one who can."""
    return set(administrators().values_list("pk", flat=True)) == {person.pk}


def is_last_with_password(person: User) -> bool:
    """Whether no administrator but this one can come in."""
    able = {a.pk for a in administrators() if is_password_usable(a.password)}
    return able == {person.pk}


@contextmanager
def changing(*, by: User, person: User | None) -> Iterator[User]:
    """Change an account, or make one: the rows of all on whom the right to do so rests are locked.

    Yields the person who asks as the database knows them now. Raises ``NotAllowed`` where they may
    not administer accounts any more.
    """
    named = [row.pk for row in (by, person) if row is not None]
    with whole():
        rows = User.objects.filter(Q(pk__in=named) | Q(pk__in=administrators().values("pk")))
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
        present = User.objects.get(pk=by.pk)
        if not (present.is_active and present.is_staff and present.has_perm(_MANAGE)):
            raise NotAllowed(f"{present.display_name} may not administer accounts any more.")
        yield present


_MANAGE = "editorial.change_user"


@contextmanager
def recorded(person: User, *, by: User) -> Iterator[None]:
    """Record what is changed of the account within, in the same transaction; a new one has no
    key before. Who changes nothing leaves no event.
    """
    with transaction.atomic():
        before = Account.of(person)
        yield
        for action, note in told(before, Account.of(person), own=person.pk == by.pk):
            ReviewEvent.objects.create(
                record_type=PERSON,
                public_id=str(person.pk),
                version=0,
                action=action,
                actor_id=by.pk,
                actor_name=by.display_name,
                note=note,
                at=timezone.now(),
            )


def events(person: User) -> QuerySet[ReviewEvent]:
    """What is on record of the account, the newest first."""
    rows = ReviewEvent.objects.filter(record_type=PERSON, public_id=str(person.pk))
    return rows.order_by("-pk")


@dataclass(frozen=True, slots=True)
class Account:
    """Who may come in and what they may do there."""

    active: bool
    roles: tuple[str, ...]
    password: str
    name: str
    """As readers are shown it."""

    @classmethod
    def of(cls, person: User) -> "Account | None":
        """As the database has it, the row locked; ``None`` of a person not saved yet."""
        rows = User.objects.filter(pk=person.pk).select_for_update(no_key=True)
        row = rows.first() if person.pk else None
        if row is None:
            return None
        roles = list(row.groups.order_by("name").values_list("name", flat=True))
        roles += ["staff status"] if row.is_staff else []
        roles += ["superuser status"] if row.is_superuser else []
        return cls(row.is_active, tuple(roles), row.password, row.display_name)


def told(before: Account | None, after: Account | None, *, own: bool) -> list[tuple[str, str]]:
    """What happened to the account, as actions with a note in plain words."""
    if after is None:
        return []
    if before is None:
        return [("made", f"account made: {', '.join(after.roles) or 'no role'}")]
    found = []
    if before.active and not after.active:
        found.append(("deactivate", "set inactive"))
    if after.active and not before.active:
        found.append(("activate", "set active"))
    changes = [f"{role} added" for role in after.roles if role not in before.roles]
    changes += [f"{role} removed" for role in before.roles if role not in after.roles]
    if changes:
        found.append(("roles", "; ".join(changes)))
    if before.name != after.name:
        found.append(("name", f"“{before.name}” is “{after.name}” now"))
    if before.password != after.password:
        found.append(("password", _password_in_words(after, own=own)))
    return found


def _password_in_words(after: Account, *, own: bool) -> str:
    if not is_password_usable(after.password):
        return "password taken away"
    return "own password changed" if own else "new password set"
