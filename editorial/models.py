"""People, the working record every app builds on, its review, and the publication log."""

import json
import secrets
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from editorial.errors import FrozenRow, Locked
from editorial.frozen import Frozen, FrozenQuerySet
from editorial.pairs import Blocker, Pair
from editorial.published import PublishedAddress
from editorial.states import EDITABLE, State
from editorial.triggers import Trigger, check, never_replace, never_truncate, refuse

__all__ = [
    "Contribution",
    "Judgement",
    "LogHead",
    "Part",
    "Publication",
    "PublishedAddress",
    "Record",
    "ReviewEvent",
    "User",
]

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


RESERVED_SLUGS = frozenset({"map"})
"""Words that are addresses of pages beside the records' own."""


def not_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(f"“{slug}” is the address of another page; choose another word.")


def new_public_id() -> str:
    """Twelve characters without look-alikes, 58 bits: unique for good, says nothing."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


class User(AbstractUser):
    """A person of the editorial staff: deactivated when they leave, never deleted."""

    administrators_may: ClassVar[tuple[str, ...]] = ("view", "add", "change")

    demonstration = models.BooleanField(
        default=False,
        editable=False,
        help_text="A demonstration account: what it takes part in is marked as demonstration.",
    )

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.get_username()

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        table = cls._meta.db_table
        message = "people are deactivated, never deleted"
        return [
            refuse(f"{table}_no_delete", table, "DELETE", message),
            never_replace(cls),
            never_truncate(table),
        ]

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRow("People are deactivated, never deleted: the log names them.")


R = TypeVar("R", bound="Record")


class RecordQuerySet(models.QuerySet[R]):
    """Narrowing by working state."""

    def in_review(self) -> Self:
        return self.filter(state=State.IN_REVIEW)

    def editable(self) -> Self:
        return self.filter(state__in=EDITABLE)


_OPEN = ", ".join(sorted(f"'{state}'" for state in EDITABLE))
"""The editable states as a list in SQL."""


class Record(models.Model):
    """What has states and gets approved; each app's records fill in the four methods below.

    They are called inside the action's transaction, on a locked row.
    """

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add", "change")
    administrators_may: ClassVar[tuple[str, ...]] = ("view",)

    record_type: ClassVar[str]
    """The word for this type in the log and in addresses, such as ``therapy``."""
    plural: ClassVar[str]
    """The first part of its public addresses, such as ``therapies``."""
    beside_content: ClassVar[frozenset[str]] = frozenset(
        {"state", "revision", "reviewer", "created_at", "changed_at", "machine_proposed"}
    )
    """Columns that may change while the record is frozen: readers are shown none of them."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(
        "public address",
        max_length=120,
        unique=True,
        validators=[not_reserved],
        help_text="The public address. It changes for readers only when the change is approved; "
        "old addresses lead to the new one.",
    )
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.DRAFT, editable=False
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    """Counts saves; a form that was opened on another number is refused."""
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
        return [
            refuse(
                f"{table}_frozen",
                table,
                "UPDATE",
                f"{table}: the record is frozen",
                when=f"OLD.state NOT IN ({_OPEN}) AND ({changed})",
            ),
            refuse(
                f"{table}_one_id",
                table,
                "UPDATE",
                f"{table}: the public id never changes",
                when="OLD.public_id <> NEW.public_id",
            ),
            refuse(f"{table}_no_delete", table, "DELETE", f"{table}: records are never deleted"),
            never_replace(cls),
            never_truncate(table),
        ]

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

    def restore(self, body: dict[str, Any]) -> None:
        """Put the working rows back to a stored content."""
        raise NotImplementedError

    @classmethod
    def publish(cls, entry: "Publication") -> None:
        """Fold one log entry into the read models; reads nothing but the entry and them."""
        raise NotImplementedError


class Part(models.Model):
    """A row that belongs to a record and is editable exactly while the record is."""

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add", "change", "delete")
    administrators_may: ClassVar[tuple[str, ...]] = ("view",)

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


class Contribution(Frozen):
    """Somebody created, changed, deleted or vouched for a part of the coming version."""

    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    """The version being prepared: one more than the last approved."""
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=300)
    what = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = FrozenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "public_id", "version", "user_id"],
                name="contribution_once_a_person",
            )
        ]


class ReviewEvent(Frozen):
    """One step of a record through review, as it happened."""

    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    content = models.TextField(blank=True)
    """The canonical content: on a submission, so that a later difference can be shown; on a
    discard, so that what was dropped is not lost.
    """
    at = models.DateTimeField()

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["record_type", "public_id", "action"])]
        permissions = [
            ("edit_records", "Can edit, submit, revise and reopen records"),
            ("review_records", "Can judge, approve, reject and withdraw records"),
        ]


class Judgement(Frozen):
    """A reviewer's agree or disagree on one pair, bound to the pair's digest."""

    class Verdict(models.TextChoices):
        AGREE = "agree", "agree"
        DISAGREE = "disagree", "disagree"

    pair = models.CharField(max_length=64, db_index=True)
    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=300)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]


class LogHead(models.Model):
    """The one row that every append locks: number, hash and time of the newest entry."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    at = models.CharField(max_length=27, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="log_has_one_head")]

    def __str__(self) -> str:
        return f"entry {self.seq}"

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """The head only moves forward, one entry at a time."""
        table = cls._meta.db_table
        message = "publication log: the head moves one entry at a time"
        return [
            refuse(f"{table}_step", table, "UPDATE", message, when="NEW.seq <> OLD.seq + 1"),
            refuse(f"{table}_no_delete", table, "DELETE", message),
            never_replace(cls),
            never_truncate(table),
        ]


class Publication(Frozen):
    """One entry of the publication log; never changed, chained by hash to the one before."""

    class LogAction(models.TextChoices):
        APPROVE = "approve", "approved"
        WITHDRAW = "withdraw", "withdrawn"
        STANDING = "standing", "standing changed"

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=27)
    """UTC, RFC 3339 with microseconds, such as ``2026-01-31T09:30:00.000000Z``."""
    action = models.CharField(max_length=10, choices=LogAction.choices)
    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    content = models.TextField()
    """Canonical JSON (RFC 8785)."""
    digest = models.CharField(max_length=64)
    contributors = models.TextField()
    """Canonical JSON: ``[{"id", "name"}, ...]`` in order of first contribution."""
    approver_id = models.BigIntegerField()
    approver_name = models.CharField(max_length=300)
    judgements = models.TextField()
    """Canonical JSON: who agreed to which pair, ``[{"at", "by", "group", "pair"}, ...]``."""
    note = models.TextField()
    demonstration = models.BooleanField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["record_type", "public_id", "seq"]),
            # Every page asks whether there is any, outside the demonstration itself.
            models.Index(
                fields=["seq"], condition=Q(demonstration=True), name="publication_demonstration"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "public_id", "version"],
                condition=Q(action="approve"),
                name="publication_one_approval_a_version",
            ),
            models.CheckConstraint(
                condition=Q(seq__gte=1) & ~Q(hash=F("previous")), name="publication_sound"
            ),
        ]

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """Numbers without gaps, and four eyes, kept by the database itself."""
        table, others = cls._meta.db_table, Contribution._meta.db_table
        record = "{0}.record_type = NEW.record_type AND {0}.public_id = NEW.public_id"
        same = record.format("c") + " AND c.version = NEW.version"
        approved = f"FROM {table} p WHERE {record.format('p')} AND p.action = 'approve'"
        known = ", ".join(f"'{action}'" for action in cls.LogAction.values)
        return [
            check(
                "publication_number",
                table,
                "INSERT",
                [
                    (
                        "publication log: the next entry has the next number",
                        f"NEW.seq <> (SELECT COALESCE(MAX(p.seq), 0) + 1 FROM {table} p)",
                    ),
                    (
                        "publication log: there is no such action",
                        f"NEW.action NOT IN ({known})",
                    ),
                    (
                        "publication log: the next approval gives the next version",
                        "NEW.action = 'approve' AND NEW.version <> "
                        f"(SELECT COALESCE(MAX(p.version), 0) + 1 {approved})",
                    ),
                    (
                        "publication log: only an approved version is withdrawn or marked",
                        "NEW.action <> 'approve' AND NOT EXISTS "
                        f"(SELECT 1 {approved} AND p.version = NEW.version)",
                    ),
                ],
                when="NEW.seq IS NOT NULL",
            ),
            check(
                "publication_four_eyes",
                table,
                "INSERT",
                [
                    (
                        "four eyes: no contributor is recorded",
                        f"NOT EXISTS (SELECT 1 FROM {others} c WHERE {same})",
                    ),
                    (
                        "four eyes: the approver is a contributor",
                        f"EXISTS (SELECT 1 FROM {others} c WHERE {same} "
                        "AND c.user_id = NEW.approver_id) OR EXISTS (SELECT 1 FROM "
                        "{each:NEW.contributors} WHERE e.id = NEW.approver_id)",
                    ),
                    (
                        "four eyes: a recorded contributor is missing from the entry",
                        f"EXISTS (SELECT 1 FROM {others} c WHERE {same} AND NOT EXISTS "
                        "(SELECT 1 FROM {each:NEW.contributors} WHERE e.id = c.user_id))",
                    ),
                ],
                when="NEW.action = 'approve'",
            ),
        ]

    @property
    def body(self) -> dict[str, Any]:
        """The content as values."""
        return dict(json.loads(self.content))

    @property
    def contributor_list(self) -> list[dict[str, Any]]:
        return list(json.loads(self.contributors))

    @property
    def judgement_list(self) -> list[dict[str, Any]]:
        return list(json.loads(self.judgements))
