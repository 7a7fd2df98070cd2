"""The base of the reading room: rows folded from the log, each valid for a stretch of it.

A published table says which type of record it is of and what each action of the log means for it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models

from publication.actions import APPROVE, WITHDRAW
from publication.columns import Cut, columns_of, in_lines
from publication.entries import Entry, LogHead
from publication.errors import ForeignContent, NoSuccessor
from publication.folded_by import FoldedBy
from publication.folding import words
from publication.references import PublishedReference, Reference
from publication.rights import APPEND
from publication.search.tables import Find, Findable, KnownWord
from publication.shapes import Shape
from publication.stretches import P, Published, PublishedQuerySet
from publication.triggers import Trigger, check


class RecordQuerySet(PublishedQuerySet[P]):
    """Narrowing of lists of records, of whatever type."""

    def listed(self) -> Self:
        """Without tombstones."""
        return self.filter(withdrawn=False)


@dataclass(frozen=True, slots=True)
class LogAction:
    """What one action of the log means for one type of record."""

    fold: Callable[[Entry], None]
    """Writes an entry into the read models; reads nothing but the entry and them."""
    said: Callable[[Entry], str]
    """An entry in a few words for a person, such as ``version 2 approved``."""


class PublishedRecord(Published):
    """What lists, searches and joins need of one public version of a record."""

    record_type: ClassVar[str]
    """The word for this type in the log, such as ``therapy``; one table a type."""
    plural: ClassVar[str]
    """The first part of its public addresses, such as ``therapies``."""
    shape: ClassVar[Shape]
    """What its stored content has today, and how an older one is read."""
    warnings: ClassVar[tuple[str, ...]] = ("withdrawn",)
    """What a reader may have to be told today of a record of this type, wherever it is named."""
    warned_by: ClassVar[tuple[str, ...]] = ("withdrawn",)
    """The columns that say so: that one, and texts."""
    warned: ClassVar[str] = "withdrawn"
    """When one of them does, in SQL."""
    seen_with: ClassVar[tuple[str, ...]] = ()
    """Columns that answers about it hang on beside those that all records have."""
    roles: ClassVar[Mapping[str, str]] = {}
    """In which roles its contents name other records, and of which type these are."""
    shown_elsewhere: ClassVar[tuple[str, ...]] = ("slug", "name", "withdrawn")
    """Columns that answers about other records show of this one."""

    public_id = models.CharField(max_length=12, db_index=True)
    slug = models.CharField(max_length=120, db_index=True)
    name = Cut(max_length=500)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    approved_seq = models.PositiveBigIntegerField()
    """The entry that holds the version's content."""
    approved_at = models.CharField(max_length=27)
    approver = Cut(max_length=300)
    contributors = models.TextField()
    """Names, separated by line feeds."""
    demonstration = models.BooleanField()
    search = models.TextField(blank=True)
    """The words that it is found by, as ``publication.folding`` has them."""
    withdrawn = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @classmethod
    def warnings_of(cls, row: Mapping[str, Any]) -> tuple[str, ...]:
        """Those of a row, given what it has in the columns that say so."""
        return ("withdrawn",) if row["withdrawn"] else ()

    @classmethod
    def references(cls, body: Mapping[str, Any]) -> Iterable[Reference]:
        """The other records that a content names, each in its role."""
        return ()

    @classmethod
    def folded_with(cls) -> list[Any]:
        """Its columns, and the shape in which contents are read."""
        return [*super().folded_with(), cls.shape.schema, sorted(cls.shape.upcasters)]

    @classmethod
    def found_under(cls, body: Mapping[str, Any]) -> list[str]:
        """The names in a content that the record is found by."""
        return [body["name"]]

    @classmethod
    def search_of(cls, body: Mapping[str, Any]) -> str:
        """The words of those names."""
        return " ".join(words("\n".join(cls.found_under(body))))

    @classmethod
    def finds(cls, entry: Entry) -> "Iterable[Find]":
        """What readers find of an approved version: the record by its names, and its parts."""
        yield Find(cls.record_type, entry.body["name"], tuple(cls.found_under(entry.body)[1:]))

    @classmethod
    def log_actions(cls) -> Mapping[str, LogAction]:
        """By name, every action that the log may hold of this type; an upper app adds its own."""
        return {
            APPROVE: LogAction(
                cls.fold_approval, lambda entry: f"version {entry.version} approved"
            ),
            WITHDRAW: LogAction(
                cls.fold_withdrawal, lambda entry: f"version {entry.version} withdrawn"
            ),
        }

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """The log takes no action on this type that would not be folded."""
        known = ", ".join(f"'{action}'" for action in cls.log_actions())
        return [
            check(
                f"entry_action_of_{cls.record_type}",
                Entry._meta.db_table,
                "INSERT",
                [
                    (
                        f"publication log: there is no such action on a {cls.record_type}",
                        f"NEW.record_type = '{cls.record_type}' AND NEW.action NOT IN ({known})",
                    )
                ],
            )
        ]

    @classmethod
    def fold_approval(cls, entry: Entry) -> None:
        """Put the version in the place of the one before, and keep its address for good."""
        columns = cls.columns(entry)
        PublishedAddress.keep(entry)
        PublishedSuccessor.end(entry)
        cls.close(entry)
        cls._default_manager.create(**columns)
        PublishedReference.write(entry, cls.references(entry.body))
        Findable.write(entry, cls.finds(entry))

    @classmethod
    def columns(cls, entry: Entry) -> dict[str, Any]:
        """The columns of the new row, as an approval entry gives them."""
        body = entry.body
        return {
            "key": f"{entry.public_id}@{entry.seq}",
            "from_seq": entry.seq,
            "public_id": entry.public_id,
            "slug": body["slug"],
            "name": body["name"],
            "version": entry.version,
            "digest": entry.digest,
            "approved_seq": entry.seq,
            "approved_at": entry.at,
            "approver": entry.approver_name,
            "contributors": in_lines(c["name"] for c in entry.contributor_list),
            "demonstration": entry.demonstration,
            "search": cls.search_of(body),
        }

    @classmethod
    def fold_withdrawal(cls, entry: Entry) -> None:
        """Leave a tombstone with the same columns, which nobody finds."""
        Findable.close(entry)
        PublishedReference.close(entry)
        cls.replace(entry, withdrawn=True)

    @classmethod
    def fold_into(cls, entry: Entry, successor_id: str) -> None:
        """Leave a tombstone whose readers are led to another record of this type from now on.

        For the action of an upper app that joins two records; the versions of this one stay.
        """
        shown = cls._default_manager.filter(to_seq=None, withdrawn=False, public_id=successor_id)
        if successor_id == entry.public_id or not shown.exists():
            raise NoSuccessor(
                f"Entry {entry.seq} leads from the {cls.record_type} {entry.public_id} to "
                f"{successor_id!r}, which readers are not shown as another {cls.record_type}."
            )
        cls.fold_withdrawal(entry)
        PublishedSuccessor.lead(entry, to=successor_id)

    @classmethod
    def close(cls, entry: Entry) -> None:
        """End the record's present row at ``entry``."""
        rows = cls._default_manager.filter(public_id=entry.public_id, to_seq=None)
        rows.update(to_seq=entry.seq)

    @classmethod
    def replace(cls, entry: Entry, **changed: Any) -> None:
        """From ``entry`` on, the record's present row with some columns changed."""
        row = cls._default_manager.get(public_id=entry.public_id, to_seq=None)
        cls.close(entry)
        row.key, row.from_seq, row.to_seq = f"{entry.public_id}@{entry.seq}", entry.seq, None
        for column, value in changed.items():
            setattr(row, column, value)
        row._state.adding = True
        row.save(force_insert=True)


def in_order(row: Any) -> tuple[str, str]:
    """What lists of records are ordered by, on every database alike: the words of the names, then
    the id.
    """
    return row.search, row.key


IDENTITY = ("key", "digest", "approved_at")


def identity(row: PublishedRecord) -> tuple[str, ...]:
    """What a row is told by from every other of its table, and from those of another log: what was
    made of it may be kept by this.
    """
    return row.key, row.digest, row.approved_at


class PublishedAddress(models.Model):
    """A public address that a record has or had; never given to another record."""

    web_may: ClassVar[frozenset[str]] = APPEND

    key = models.CharField(max_length=141, primary_key=True)
    record_type = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    public_id = models.CharField(max_length=12, db_index=True)
    since_seq = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "slug"], name="address_belongs_to_one_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.slug}"

    @classmethod
    def folded_with(cls) -> list[Any]:
        return [columns_of(cls)]

    @classmethod
    def keep(cls, entry: Entry) -> None:
        """Give the address in an approval to its record, unless it has it already.

        ``ForeignContent`` when another record has it.
        """
        slug = entry.body["slug"]
        address, _ = cls.objects.get_or_create(
            key=f"{entry.record_type}:{slug}",
            defaults={
                "record_type": entry.record_type,
                "slug": slug,
                "public_id": entry.public_id,
                "since_seq": entry.seq,
            },
        )
        if address.public_id != entry.public_id:
            raise ForeignContent(
                f"The address “{slug}” is the {entry.record_type} {address.public_id}'s for good."
            )

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """The log names no type of record that has no published table."""
        known = ", ".join(f"'{record_type}'" for record_type in tables())
        return [
            check(
                "entry_action_of_some_type",
                Entry._meta.db_table,
                "INSERT",
                [
                    (
                        "publication log: there is no such type of record",
                        f"NEW.record_type NOT IN ({known})",
                    )
                ],
            )
        ]


class PublishedSuccessor(Published):
    """From entry ``from_seq`` on, who asks for a record that is a tombstone is led to another.

    A chain of them ends: each leads to a record that was no tombstone then. Addresses and versions
    of the record stay its own, and its next approval ends it.
    """

    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12, db_index=True)
    successor_id = models.CharField(max_length=12)

    objects = PublishedQuerySet["PublishedSuccessor"].as_manager()

    def __str__(self) -> str:
        return f"{self.record_type} {self.public_id} → {self.successor_id}"

    @classmethod
    def lead(cls, entry: Entry, *, to: str) -> None:
        """Lead from the entry's record to the one with public id ``to``, from the entry on."""
        cls.end(entry)
        cls.objects.create(
            key=f"{entry.public_id}@{entry.seq}",
            from_seq=entry.seq,
            record_type=entry.record_type,
            public_id=entry.public_id,
            successor_id=to,
        )

    @classmethod
    def end(cls, entry: Entry) -> None:
        """From the entry on, its record leads nowhere else."""
        rows = cls.objects.current().filter(
            record_type=entry.record_type, public_id=entry.public_id
        )
        rows.update(to_seq=entry.seq)


def tables() -> dict[str, type[PublishedRecord]]:
    """By the type's word in the log, the table that its entries are folded into."""
    found = [m for m in apps.get_models() if issubclass(m, PublishedRecord)]
    return {table.record_type: table for table in found}


def compared() -> list[type[Published] | type[PublishedAddress]]:
    """Every table that equals a fresh fold of the log."""
    return [PublishedAddress, *(m for m in apps.get_models() if issubclass(m, Published))]


def read_models() -> list[Any]:
    """Every table that is folded from the log: those, and what readers find them by."""
    return [*compared(), Findable, KnownWord]


def reading_room() -> list[type[models.Model]]:
    """Every table from which readers are answered: the log, what is folded from it, and by what."""
    return [Entry, LogHead, FoldedBy, *read_models()]
