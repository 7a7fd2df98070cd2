"""The base of the reading room: rows folded from the log, each valid for a stretch of it."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from editorial.models import Publication

P = TypeVar("P", bound="Published")


class PublishedQuerySet(models.QuerySet[P]):
    """Which stretch of the log to read."""

    def current(self) -> Self:
        """What is public now."""
        return self.filter(to_seq=None)

    def as_of(self, seq: int | None) -> Self:
        """What was public when the log's head was ``seq``; ``None`` is now."""
        if seq is None:
            return self.current()
        return self.filter(Q(to_seq=None) | Q(to_seq__gt=seq), from_seq__lte=seq)


class Published(models.Model):
    """A row that is valid from entry ``from_seq`` up to, not including, entry ``to_seq``."""

    key = models.CharField(max_length=120, primary_key=True)
    """Natural key and ``from_seq``: a rebuild gives every row the same key again."""
    from_seq = models.PositiveBigIntegerField(db_index=True)
    to_seq = models.PositiveBigIntegerField(null=True, db_index=True)

    class Meta:
        abstract = True


class PublishedRecord(Published):
    """What lists, searches and joins need of one public version of a record."""

    public_id = models.CharField(max_length=12, db_index=True)
    slug = models.CharField(max_length=120, db_index=True)
    name = models.CharField(max_length=500)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    approved_seq = models.PositiveBigIntegerField()
    """The entry that holds the version's content."""
    approved_at = models.CharField(max_length=27)
    approver = models.CharField(max_length=300)
    contributors = models.TextField()
    """Names, separated by line feeds."""
    demonstration = models.BooleanField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @classmethod
    def common(cls, entry: "Publication") -> dict[str, Any]:
        """The columns above, as an approval entry gives them."""
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
            "contributors": "\n".join(c["name"] for c in entry.contributor_list),
            "demonstration": entry.demonstration,
        }

    @classmethod
    def close(cls, entry: "Publication") -> None:
        """End the record's present row at ``entry``."""
        rows = cls._default_manager.filter(public_id=entry.public_id, to_seq=None)
        rows.update(to_seq=entry.seq)

    @classmethod
    def fold_withdrawal(cls, entry: "Publication") -> None:
        """Replace the present row by a tombstone row with the same columns."""
        row = cls._default_manager.get(public_id=entry.public_id, to_seq=None)
        cls.close(entry)
        row.key = f"{entry.public_id}@{entry.seq}"
        row.from_seq, row.to_seq, row.withdrawn = entry.seq, None, True
        row._state.adding = True
        row.save(force_insert=True)


class PublishedAddress(models.Model):
    """A public address that a record has or had; never given to another record."""

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
