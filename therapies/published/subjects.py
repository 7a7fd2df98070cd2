"""Therapies and mechanisms in public."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from publication.entries import Entry
from publication.published import PublishedRecord, RecordQuerySet
from therapies.published import parts
from therapies.published.parts import PublishedFacet
from therapies.shapes import MECHANISM, THERAPY


class SubjectQuerySet(RecordQuerySet["PublishedSubject"]):
    """Narrowing of lists of therapies and mechanisms."""

    def with_facet(self, facet: str, value: str, seq: int | None) -> Self:
        """Those with an approved claim of this value, in the same stretch of the log."""
        rows = PublishedFacet.objects.as_of(seq).filter(
            facet=facet, value=value, subject_id=OuterRef("public_id")
        )
        return self.filter(Exists(rows))


class PublishedSubject(PublishedRecord):
    """What therapies and mechanisms share in public."""

    own_fields: ClassVar[tuple[str, ...]]
    """What this type has beside what both have: columns here, keys in the stored content."""

    kind = models.CharField(max_length=20)
    synonyms = models.TextField(blank=True)
    """One a line."""

    objects = SubjectQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def found_under(cls, body: Mapping[str, Any]) -> list[str]:
        return [body["name"], *body["synonyms"]]

    @classmethod
    def columns(cls, entry: Entry) -> dict[str, Any]:
        body = entry.body
        return super().columns(entry) | {
            "kind": body["kind"],
            "synonyms": "\n".join(body["synonyms"]),
            **{field: body[field] for field in cls.own_fields},
        }

    @classmethod
    def fold_approval(cls, entry: Entry) -> None:
        """The version with its claims, their passages and values."""
        parts.close(entry)
        super().fold_approval(entry)
        parts.write(entry)

    @classmethod
    def fold_withdrawal(cls, entry: Entry) -> None:
        """The tombstone has no claims."""
        parts.close(entry)
        super().fold_withdrawal(entry)


class PublishedTherapy(PublishedSubject):
    """One public version of a therapy, or the tombstone of a withdrawn one."""

    record_type = "therapy"
    plural = "therapies"
    shape = THERAPY
    own_fields = ("therapy_class",)

    therapy_class = models.CharField(max_length=200, blank=True)

    class Meta(PublishedSubject.Meta):
        ordering = ["name", "key"]


class PublishedMechanism(PublishedSubject):
    """One public version of a mechanism, or the tombstone of a withdrawn one."""

    record_type = "mechanism"
    plural = "mechanisms"
    shape = MECHANISM
    own_fields = ("target", "effect", "acts_in")

    target = models.CharField(max_length=200, blank=True)
    effect = models.CharField(max_length=100, blank=True)
    acts_in = models.CharField(max_length=200, blank=True)

    class Meta(PublishedSubject.Meta):
        ordering = ["name", "key"]
