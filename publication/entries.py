"""The publication log's own tables: the entries and the head of the chain."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from publication import stored
from publication.actions import APPROVE
from publication.anchors import Anchor
from publication.errors import UnreadableEntry
from publication.frozen import Frozen, FrozenQuerySet
from publication.present import present
from publication.rights import READ, UPDATE
from publication.shapes import Maybe, Shape
from publication.triggers import Trigger, check, refuse

_PERSON = {"id": 0, "name": ""}
ENVELOPE = Shape(
    {
        "schema": 1,
        "seq": 0,
        "at": "",
        "action": "",
        "type": "",
        "id": "",
        "version": 0,
        "digest": "",
        "contributors": [_PERSON],
        "approver": _PERSON,
        "approver_interests": Maybe({"text": "", "on": ""}),
        "judgements": [{"pair": "", "group": "", "part": "", "by": _PERSON, "at": ""}],
        "note": "",
        "demonstration": False,
        "previous": "",
    }
)
"""What an entry says beside its content, which its digest stands for."""


class LogHead(models.Model):
    """The one row that every append locks: number, hash and time of the newest entry."""

    web_may: ClassVar[frozenset[str]] = READ | UPDATE

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
        ]


def _dated_by_the_database(table: str) -> Trigger:
    """PostgreSQL has a clock of its own: no entry is dated far from it. One that only repeats the
    date of an entry before it, which is dated later than now, moves the log no further.
    """
    before = f"SELECT p.at FROM {table} p WHERE p.seq = NEW.seq - 1"
    rule = check(
        "entry_date",
        table,
        "INSERT",
        [
            (
                "publication log: the entry is dated after the clock of the database",
                "NEW.at::timestamptz > clock_timestamp() + interval '5 minutes' "
                f"AND NEW.at > COALESCE(({before}), '')",
            ),
            (
                "publication log: the entry is dated before the clock of the database",
                "NEW.at::timestamptz < clock_timestamp() - interval '5 minutes'",
            ),
        ],
    )
    return replace(rule, sqlite="")


class Entry(Frozen):
    """One entry of the publication log; never changed, chained by hash to the one before."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=27)
    """UTC, RFC 3339 with microseconds, such as ``2026-01-31T09:30:00.000000Z``."""
    action = models.CharField(max_length=20)
    """What was done; the published table of the record's type says what it means."""
    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    content = models.TextField()
    """Canonical JSON (RFC 8785)."""
    digest = models.CharField(max_length=64)
    contributors = models.TextField()
    """Canonical JSON, as in the envelope: the database's own rules read it."""
    approver_id = models.BigIntegerField()
    approver_name = models.CharField(max_length=300)
    note = models.TextField()
    demonstration = models.BooleanField()
    previous = models.CharField(max_length=64)
    envelope = models.TextField()
    """Canonical JSON: what the chain hashes. The columns repeat it for queries."""
    hash = models.CharField(max_length=64, unique=True)
    """SHA-256 of the envelope."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = "log entry"
        verbose_name_plural = "log entries"
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["record_type", "public_id", "seq"]),
            models.Index(fields=["at", "seq"], name="entry_at"),
            # Every page asks whether there is any, outside the demonstration itself.
            models.Index(
                fields=["seq"], condition=Q(demonstration=True), name="entry_demonstration"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "public_id", "version"],
                condition=Q(action=APPROVE),
                name="entry_one_approval_a_version",
            ),
            models.CheckConstraint(
                condition=Q(seq__gte=1) & ~Q(hash=F("previous")), name="entry_sound"
            ),
        ]

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """Numbers without gaps, kept by the database itself."""
        table = cls._meta.db_table
        record = "p.record_type = NEW.record_type AND p.public_id = NEW.public_id"
        approved = f"FROM {table} p WHERE {record} AND p.action = '{APPROVE}'"
        return [
            check(
                "entry_number",
                table,
                "INSERT",
                [
                    (
                        "publication log: the next entry has the next number",
                        f"NEW.seq <> (SELECT COALESCE(MAX(p.seq), 0) + 1 FROM {table} p)",
                    ),
                    (
                        "publication log: the next approval gives the next version",
                        f"NEW.action = '{APPROVE}' AND NEW.version <> "
                        f"(SELECT COALESCE(MAX(p.version), 0) + 1 {approved})",
                    ),
                    (
                        "publication log: only an approved version is withdrawn or marked",
                        f"NEW.action <> '{APPROVE}' AND NOT EXISTS "
                        f"(SELECT 1 {approved} AND p.version = NEW.version)",
                    ),
                ],
                when="NEW.seq IS NOT NULL",
            ),
            _dated_by_the_database(table),
        ]

    def __str__(self) -> str:
        return f"entry {self.seq}"

    @property
    def anchor(self) -> Anchor:
        """The head of the log when this was its newest entry."""
        return Anchor(self.seq, self.hash)

    @property
    def body(self) -> dict[str, Any]:
        """The version in today's shape; of an entry that publishes none, what it says. It is read
        once and not to be changed, as are the next two.
        """
        if self.action != APPROVE:
            return self.stored
        return self._once("body", self.content, lambda: present(self.stored))

    @property
    def stored(self) -> dict[str, Any]:
        """The content as it was appended."""
        return self._once("content", self.content, lambda: self._read("content", self.content))

    @property
    def members(self) -> dict[str, Any]:
        """The envelope in today's shape."""
        return self._once("members", self.envelope, self._members)

    def _members(self) -> dict[str, Any]:
        members = ENVELOPE.present(self._read("envelope", self.envelope))
        if not ENVELOPE.fits(members):
            raise UnreadableEntry(f"The envelope of log entry {self.seq} has another shape.")
        return members

    def _once(self, name: str, text: str, read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What is read of a text, which takes long, until the entry has another one."""
        kept: dict[str, tuple[str, dict[str, Any]]] = self.__dict__.setdefault("_read_of", {})
        if name not in kept or kept[name][0] is not text:
            kept[name] = text, read()
        return kept[name][1]

    def _read(self, name: str, text: str) -> dict[str, Any]:
        try:
            found = stored.values(text)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise UnreadableEntry(f"The {name} of log entry {self.seq} is not a JSON object.")
        return found

    @property
    def interests(self) -> dict[str, str] | None:
        """What the approver had declared of their interests, and on which day (UTC)."""
        found: dict[str, str] | None = self.members["approver_interests"]
        return found

    @property
    def contributor_list(self) -> list[dict[str, Any]]:
        """``[{"id", "name"}, ...]`` in order of first contribution."""
        return list(self.members["contributors"])

    @property
    def judgement_list(self) -> list[dict[str, Any]]:
        """Who agreed to which pair, ``[{"at", "by", "group", "pair", "part"}, ...]``."""
        return list(self.members["judgements"])
