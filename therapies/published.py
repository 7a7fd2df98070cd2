"""The public side of therapies, mechanisms and claims: rows folded from the log."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

from editorial.published import Published, PublishedQuerySet, PublishedRecord


class SubjectQuerySet(PublishedQuerySet["PublishedSubject"]):
    """Narrowing of lists of therapies and mechanisms."""

    def listed(self) -> Self:
        """Without tombstones."""
        return self.filter(withdrawn=False)

    def with_facet(self, facet: str, value: str, seq: int | None) -> Self:
        """Those with an approved claim of this value, in the same stretch of the log."""
        rows = PublishedFacet.objects.as_of(seq).filter(
            facet=facet, value=value, subject_id=OuterRef("public_id")
        )
        return self.filter(Exists(rows))


class PublishedSubject(PublishedRecord):
    """What therapies and mechanisms share in public."""

    kind = models.CharField(max_length=20)
    synonyms = models.TextField(blank=True)
    """One a line."""
    search = models.TextField(blank=True)
    """Name and synonyms, folded: lower case, no accents, no hyphens, Greek letters spelled."""

    objects = SubjectQuerySet.as_manager()

    class Meta:
        abstract = True


class PublishedTherapy(PublishedSubject):
    """One public version of a therapy, or the tombstone of a withdrawn one."""

    therapy_class = models.CharField(max_length=200, blank=True)

    class Meta(PublishedSubject.Meta):
        ordering = ["name", "key"]


class PublishedMechanism(PublishedSubject):
    """One public version of a mechanism, or the tombstone of a withdrawn one."""

    target = models.CharField(max_length=200, blank=True)
    effect = models.CharField(max_length=100, blank=True)
    acts_in = models.CharField(max_length=200, blank=True)

    class Meta(PublishedSubject.Meta):
        ordering = ["name", "key"]


class PublishedClaim(Published):
    """One claim while it is part of a public version."""

    claim_id = models.CharField(max_length=12, db_index=True)
    subject_type = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=12, db_index=True)
    subject_slug = models.CharField(max_length=120)
    subject_name = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    entry_seq = models.PositiveBigIntegerField()
    position = models.PositiveIntegerField()
    topic = models.CharField(max_length=20, db_index=True)
    text = models.TextField()
    certainty = models.CharField(max_length=10)
    courses = models.JSONField(default=list)
    route = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, blank=True)
    jurisdiction = models.CharField(max_length=60, blank=True)
    status_date = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=120, blank=True)
    outcome_direction = models.CharField(max_length=20, blank=True)
    comparator = models.CharField(max_length=200, blank=True)
    effect = models.CharField(max_length=200, blank=True)
    mechanism_id = models.CharField(max_length=12, blank=True, db_index=True)

    objects = PublishedQuerySet["PublishedClaim"].as_manager()

    class Meta:
        ordering = ["subject_name", "position", "key"]


class PublishedEvidence(Published):
    """One passage under a public claim, with who judged the pair."""

    evidence_id = models.CharField(max_length=12)
    claim_id = models.CharField(max_length=12, db_index=True)
    position = models.PositiveIntegerField()
    direction = models.CharField(max_length=20)
    source_id = models.CharField(max_length=12, db_index=True)
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    locator = models.CharField(max_length=100, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    pair = models.CharField(max_length=64)
    judged_by = models.TextField(blank=True)
    """Names, one a line."""
    judged_at = models.CharField(max_length=27, blank=True)
    """When the newest of these judgements was given."""

    objects = PublishedQuerySet["PublishedEvidence"].as_manager()

    class Meta:
        ordering = ["claim_id", "position", "key"]


class PublishedFacet(Published):
    """One filterable value of a subject, derived from one approved claim."""

    subject_type = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=12, db_index=True)
    claim_id = models.CharField(max_length=12)
    facet = models.CharField(max_length=20)
    """``course``, ``status``, ``route``, ``source``, ``mechanism``, ``outcome`` or ``topic``."""
    value = models.CharField(max_length=200)

    objects = PublishedQuerySet["PublishedFacet"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["facet", "value", "subject_id"])]
