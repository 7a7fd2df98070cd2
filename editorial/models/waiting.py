"""Records in review as queues list them: one table of all types, written with every step."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from editorial.models.people import User
from editorial.reserving import in_hand, is_fresh
from publication.folding import words
from publication.models import Contribution
from publication.rights import EDIT


class InReviewQuerySet(models.QuerySet["InReview"]):
    """Narrowing of the queue. Each is one of these: ``disputed``, ``unjudged``, ``waiting``,
    ``ready`` and ``faulty``.
    """

    def with_waits(self) -> Self:
        """Each with ``waits``: whether it rests on a record that nothing can rest on now."""
        unmet = Need.objects.filter(row=OuterRef("pk"), met=False)
        return self.annotate(waits=Exists(unmet))

    def reviewable_by(self, user: User) -> Self:
        """Without those that the person contributed to."""
        return self.exclude(_contributed_by(user))

    def contributed_by(self, user: User) -> Self:
        return self.filter(_contributed_by(user))

    def with_own(self, user: User) -> Self:
        """Each with ``own``: whether the person contributed to it."""
        return self.annotate(own=_contributed_by(user))

    def found(self, text: str) -> Self:
        """Those whose name or submitter has every word of the text, or a word that begins so."""
        rows = self
        for word in words(text):
            rows = rows.filter(Q(words__startswith=word) | Q(words__contains=f" {word}"))
        return rows

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

    def faulty(self) -> Self:
        """All is agreed to, and something of its own stands in the way: it has to go back."""
        return self._agreed().filter(waits=False, faults__gt=0)

    def _agreed(self) -> Self:
        return self.with_waits().filter(disputed=0, agreed=F("pairs"))

    def bundled(self) -> Self:
        """Those of ``waiting`` that wait for nothing but other records in review."""
        there = InReview.objects.filter(
            record_type=OuterRef("record_type"), public_id=OuterRef("public_id")
        )
        other = ~Exists(there) | Q(public_id=F("row__public_id"))
        stuck = Need.objects.filter(other, row=OuterRef("pk"), met=False)
        return self.waiting().exclude(Exists(stuck))


def _contributed_by(user: User) -> Exists:
    own = Contribution.objects.filter(
        record_type=OuterRef("record_type"),
        public_id=OuterRef("public_id"),
        version=OuterRef("version"),
        user_id=user.pk,
    )
    return Exists(own)


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

    def is_free_for(self, user: User, now: dt.datetime) -> bool:
        """Whether the person takes it from nobody: they were asked, or who began left it lying."""
        if self.reviewing_since is None:
            return self.reviewer in (None, user)
        return self.reviewer != user and not is_fresh(self.last_judged_at, now)

    def in_hand(self, now: dt.datetime) -> str:
        """Who reviews it, or was asked to, in words; empty where there is nobody."""
        name = self.reviewer.display_name if self.reviewer else ""
        return in_hand(name, self.reviewing_since, self.last_judged_at, now)


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
