"""Records in review as queues list them: one table of all types, written with every step."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef

from editorial.models.people import User
from publication.models import Contribution
from publication.rights import EDIT


class InReviewQuerySet(models.QuerySet["InReview"]):
    """Narrowing of the queue. What is one of these is none of the others: ``disputed``,
    ``unjudged``, ``waits`` and ``ready``.
    """

    def with_waits(self) -> Self:
        """Each with ``waits``: whether it rests on a record that nothing can rest on now."""
        unmet = Need.objects.filter(row=OuterRef("pk"), met=False)
        return self.annotate(waits=Exists(unmet))

    def reviewable_by(self, user: User) -> Self:
        """Without those that the person contributed to."""
        own = Contribution.objects.filter(
            record_type=OuterRef("record_type"),
            public_id=OuterRef("public_id"),
            version=OuterRef("version"),
            user_id=user.pk,
        )
        return self.exclude(Exists(own))

    def disputed(self) -> Self:
        return self.filter(disputed__gt=0)

    def unjudged(self) -> Self:
        """Somebody has to judge, and nobody disagrees."""
        return self.filter(disputed=0, agreed__lt=F("pairs"))

    def waiting(self) -> Self:
        """All is agreed to, and another record has to be public first."""
        return self._agreed().filter(waits=True)

    def ready(self) -> Self:
        """An approval would succeed."""
        return self._agreed().filter(waits=False, faults=0)

    def _agreed(self) -> Self:
        return self.with_waits().filter(disputed=0, agreed=F("pairs"))

    def bundled(self) -> Self:
        """Those of ``waiting`` that wait for nothing but records in review."""
        there = InReview.objects.filter(
            record_type=OuterRef("record_type"), public_id=OuterRef("public_id")
        )
        stuck = Need.objects.filter(~Exists(there), row=OuterRef("pk"), met=False)
        return self.waiting().exclude(Exists(stuck))


class InReview(models.Model):
    """A record that waits for a decision. ``editorial.waiting`` makes the row from the record and
    drops it; it says nothing that the record, its events and its judgements do not say.
    """

    web_may: ClassVar[frozenset[str]] = EDIT

    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    name = models.TextField()
    words = models.TextField()
    """Name and submitter, folded, to be searched."""
    version = models.PositiveIntegerField()
    """The number that an approval would give."""
    submitted_at = models.DateTimeField()
    submitter_id = models.BigIntegerField()
    submitter_name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    """The submitter's."""
    reviewer = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Who reviews it, or was asked to."""
    reviewing_since = models.DateTimeField(null=True)
    """Null while the reviewer was only asked."""
    last_judged_at = models.DateTimeField(null=True)
    """When the reviewer did something last."""
    pairs = models.PositiveIntegerField()
    agreed = models.PositiveIntegerField()
    disputed = models.PositiveIntegerField()
    """Pairs to which somebody's newest word is *disagree*."""
    faults = models.PositiveIntegerField()
    """What stands in the way besides judgements and other records."""

    objects = InReviewQuerySet.as_manager()

    class Meta:
        ordering = ["submitted_at", "pk"]
        indexes = [models.Index(fields=["submitted_at", "id"], name="in_review_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["record_type", "public_id"], name="in_review_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.public_id}"

    @property
    def key(self) -> tuple[str, str]:
        return self.record_type, self.public_id

    @property
    def unjudged(self) -> int:
        """Pairs that lack an agreement."""
        return self.pairs - self.agreed

    @property
    def is_judged(self) -> bool:
        """Whether every pair is agreed to, and nobody disagrees."""
        return not (self.disputed or self.unjudged)


class Need(models.Model):
    """A record in review rests on another; ``met`` while readers can rest on that one."""

    web_may: ClassVar[frozenset[str]] = EDIT

    row = models.ForeignKey(InReview, on_delete=models.CASCADE, related_name="needs")
    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    text = models.CharField(max_length=64, blank=True)
    """The SHA-256 of the text of it that is rested on, if it is one."""
    met = models.BooleanField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["record_type", "public_id"], name="needed_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["row", "record_type", "public_id", "text"], name="need_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row} needs {self.record_type} {self.public_id}"
