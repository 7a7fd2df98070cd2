"""Which records the public versions of others name: what changes there shows in their answers."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import models

from publication.entries import Entry
from publication.stretches import Published, PublishedQuerySet


class Reference(NamedTuple):
    """A record that a content names."""

    role: str
    """What it is there, such as ``source``."""
    type: str
    id: str


class PublishedReference(Published):
    """That a public version of one record names another."""

    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12, db_index=True)
    role = models.CharField(max_length=20)
    """One of those that the table of the type declares."""
    to_type = models.CharField(max_length=20)
    to_id = models.CharField(max_length=12, db_index=True)

    objects = PublishedQuerySet["PublishedReference"].as_manager()

    def __str__(self) -> str:
        return f"{self.record_type} {self.public_id} → {self.role} {self.to_id}"

    @classmethod
    def write(cls, entry: Entry, named: Iterable[Reference]) -> None:
        """What the version that the entry approves names, in the place of what the one before did;
        each once.
        """
        cls.close(entry)
        PublishedReference.objects.bulk_create(cls.rows(entry, named))

    @classmethod
    def rows(cls, entry: Entry, named: Iterable[Reference]) -> "list[PublishedReference]":
        """Those of the version that the entry approves."""
        return [
            PublishedReference(
                key=f"{entry.public_id}:{one.role}:{one.type}:{one.id}@{entry.seq}",
                from_seq=entry.seq,
                record_type=entry.record_type,
                public_id=entry.public_id,
                role=one.role,
                to_type=one.type,
                to_id=one.id,
            )
            for one in dict.fromkeys(named)
        ]

    @classmethod
    def close(cls, entry: Entry) -> None:
        """From the entry on, its record names nothing."""
        rows = cls.objects.current().filter(
            record_type=entry.record_type, public_id=entry.public_id
        )
        rows.update(to_seq=entry.seq)
