"""The working record that every app builds on, and the rows that are part of one."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, NoReturn

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from editorial import merging
from editorial.errors import Locked
from editorial.models.people import User
from editorial.moves import MOVES, Move
from editorial.pairs import Blocker, Bound, Needed, Pair
from editorial.states import EDITABLE, State
from publication import published
from publication.errors import FrozenRow
from publication.rights import CHANGE, EDIT
from publication.triggers import Trigger, check, refuse

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_OPEN = ", ".join(sorted(f"'{state}'" for state in EDITABLE))
"""The editable states as a list in SQL."""


def new_public_id() -> str:
    """Twelve characters without look-alikes, 58 bits: unique for good, says nothing."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


class Record(models.Model):
    """What has states and gets approved; each app's records fill in the methods below.

    They are called inside the action's transaction, on a locked row.
    """

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add", "change")
    administrators_may: ClassVar[tuple[str, ...]] = ("view",)
    web_may: ClassVar[frozenset[str]] = CHANGE

    record_type: ClassVar[str]
    """The word for this type in the log, such as ``therapy``."""
    plural: ClassVar[str]
    schema: ClassVar[int]
    """The schema that ``content`` is of."""
    """The first part of its public addresses, such as ``therapies``."""
    moves: ClassVar[tuple[Move, ...]] = MOVES
    """What can be done to it; an app adds what its own records know more."""
    reserved_slugs: ClassVar[frozenset[str]] = frozenset()
    """Addresses of pages beside the records' own."""
    judged: ClassVar[frozenset[str]] = frozenset()
    """Parts of the content that a reviewer meets as pairs."""
    beside_content: ClassVar[frozenset[str]] = frozenset(
        {"state", "revision", "reviewer", "created_at", "changed_at", "machine_proposed"}
    )
    """Columns that may change while the record is frozen: readers are shown none of them."""
    missed_saves = 0
    """Of a row that a form is bound to: how many saves of it the page did not show. Not stored."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(
        "public address",
        max_length=120,
        unique=True,
        help_text="The public address. It changes for readers only when the change is approved; "
        "old addresses lead to the new one.",
    )
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.DRAFT, editable=False
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    """Counts saves, so that a page can say which it showed."""
    reviewer = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """How people call the record."""
        raise NotImplementedError

    @property
    def working_state(self) -> State:
        return State(self.state)

    @property
    def is_editable(self) -> bool:
        return self.working_state in EDITABLE

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """Never deleted; the content columns of a frozen record never change."""
        table = cls._meta.db_table
        changed = " OR ".join(
            f'OLD."{field.column}" IS DISTINCT FROM NEW."{field.column}"'
            for field in cls._meta.concrete_fields
            if field.name not in cls.beside_content
        )
        # Not IN: PostgreSQL writes it in another way each time that it reads it, as from a dump.
        frozen = " AND ".join(f"OLD.state <> '{state}'" for state in sorted(EDITABLE))
        return [
            refuse(
                f"{table}_frozen",
                table,
                "UPDATE",
                f"{table}: the record is frozen",
                when=f"{frozen} AND ({changed})",
            ),
            refuse(
                f"{table}_one_id",
                table,
                "UPDATE",
                f"{table}: the public id never changes",
                when="OLD.public_id <> NEW.public_id",
            ),
            refuse(f"{table}_no_delete", table, "DELETE", f"{table}: records are never deleted"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved_slugs:
            raise ValidationError(
                {"slug": f"“{self.slug}” is the address of another page; choose another word."}
            )
        if self.address_is_an_id():
            raise ValidationError({"slug": f"“{self.slug}” is the id of another record."})

    def address_is_an_id(self) -> bool:
        """Whether the address is another record's id, by which that one is found in public."""
        same = type(self)._default_manager.filter(public_id=self.slug)
        return same.exclude(pk=self.pk).exists()

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRow("Records are rejected or withdrawn, never deleted: the log names them.")

    def content(self) -> dict[str, Any]:
        """The complete public content as it would be approved now, with its schema number."""
        raise NotImplementedError

    def blockers(self) -> list[Blocker]:
        """Why the content cannot be approved yet, judgements aside."""
        raise NotImplementedError

    def pairs(self) -> list[Pair]:
        """Everything a reviewer has to judge."""
        raise NotImplementedError

    def needs(self) -> list[Needed]:
        """The records that have to be public before this one can be approved, each once."""
        return []

    @classmethod
    def lacking(cls, needed: Collection[Needed]) -> dict[Needed, Blocker]:
        """Of these, which are all of this type, those that nothing can rest on now, and why."""
        ids = {one.public_id for one in needed}
        rows = published.tables()[cls.record_type]._default_manager.filter(public_id__in=ids)
        public = set(rows.filter(to_seq=None, withdrawn=False).values_list("public_id", flat=True))
        hidden = cls._default_manager.filter(public_id__in=ids - public)
        why = {
            record.public_id: Blocker(
                "not-public",
                f"The {cls.record_type} “{record}” is not public.",
                own=False,
                waits_for=Needed(cls.record_type, record.public_id),
            )
            for record in hidden
        }
        return {one: why[one.public_id] for one in needed if one.public_id in why}

    @classmethod
    def bound(cls, body: Mapping[str, Any]) -> list[Bound]:
        """The pairs of a content in today's shape: what ``pairs`` were when it was approved."""
        raise NotImplementedError

    def unvouched(self) -> list[str]:
        """What rests on no passage and on nobody's word yet; submitting vouches for it."""
        return []

    def vouch(self, by: User) -> bool:
        """Keep that the person vouches for all that is not vouched for yet; whether that changed
        the content.
        """
        return False

    def renew(self) -> None:
        """Take the words of other records that are part of the content over as they are now."""

    def borrowed(self) -> "list[Record]":
        """Records never public whose words are part of the content: who wrote them has a part."""
        return []

    def restore(self, body: dict[str, Any]) -> None:
        """Put the working rows back to a stored content."""
        raise NotImplementedError


class Part(models.Model):
    """A row that belongs to a record and is editable exactly while the record is."""

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add", "change", "delete")
    administrators_may: ClassVar[tuple[str, ...]] = ("view",)
    web_may: ClassVar[frozenset[str]] = EDIT

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_when_locked()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_when_locked()
        return super().delete(*args, **kwargs)

    @property
    def owner(self) -> Record:
        """The record whose content this row is part of."""
        raise NotImplementedError

    def rows_under(self) -> "Iterable[Part]":
        """Rows that are deleted with this one."""
        return ()

    def mark(self) -> str:
        """A short digest of the row as it is saved, and of the rows under it."""
        own = [f"{f.attname}={getattr(self, f.attname)}" for f in self._meta.concrete_fields]
        return merging.mark([*own, *(row.mark() for row in self.rows_under())])

    @classmethod
    def owner_state(cls, row: str) -> str:
        """SQL for the state of the record that ``row``, ``OLD`` or ``NEW``, is part of."""
        raise NotImplementedError

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """The same rule for those who come past the model, moves between records included."""
        table = cls._meta.db_table
        message = f"{table}: the record is frozen"
        frozen = {row: f"({cls.owner_state(row)}) NOT IN ({_OPEN})" for row in ("OLD", "NEW")}
        return [
            check(f"{table}_insert", table, "INSERT", [(message, frozen["NEW"])]),
            check(
                f"{table}_update",
                table,
                "UPDATE",
                [(message, frozen["OLD"]), (message, frozen["NEW"])],
            ),
            check(f"{table}_delete", table, "DELETE", [(message, frozen["OLD"])]),
        ]

    def _refuse_when_locked(self) -> None:
        """Both the record that the row belongs to now and the one that it moves to count."""
        stored = type(self)._default_manager.filter(pk=self.pk).first()
        for part in (self, stored):
            if part is None:
                continue
            owner = type(part.owner)._default_manager.get(pk=part.owner.pk)
            if not owner.is_editable:
                raise Locked(
                    f"{owner.name} is {owner.working_state.label}: its parts cannot be edited."
                )


def record_classes() -> dict[str, type[Record]]:
    """Every concrete record class by its word in the log."""
    return {m.record_type: m for m in apps.get_models() if issubclass(m, Record)}
