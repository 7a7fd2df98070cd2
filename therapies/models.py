"""Every table of therapy knowledge, where Django looks for them, and the two kinds of record."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.db.models import Count

from editorial.pairs import Blocker, Bound, Needed, Pair
from therapies import blockers, content, restoring
from therapies.choices import MechanismKind, TherapyKind
from therapies.claims import Claim, Evidence, Proposal
from therapies.differences import cited_in
from therapies.handed_in import HandedIn
from therapies.published import (
    PublishedClaim,
    PublishedEvidence,
    PublishedFacet,
    PublishedMechanism,
    PublishedTherapy,
)
from therapies.seen_sentences import SeenSentence
from therapies.subjects import Subject
from therapies.synonyms import Synonym

__all__ = [
    "Claim",
    "Evidence",
    "HandedIn",
    "Mechanism",
    "Proposal",
    "PublishedClaim",
    "PublishedEvidence",
    "PublishedFacet",
    "PublishedMechanism",
    "PublishedTherapy",
    "SeenSentence",
    "Subject",
    "Synonym",
    "Therapy",
]


class ReviewedSubject(Subject):
    """A subject as a record, which is reviewed and approved with its claims."""

    class Meta:
        abstract = True

    def content(self) -> dict[str, Any]:
        return content.build(self)

    def blockers(self) -> list[Blocker]:
        return blockers.blockers(self)

    def needs(self) -> list[Needed]:
        return blockers.needs(self)

    @classmethod
    def untouched(cls, keys: Collection[int]) -> dict[int, int]:
        of = cls.record_type
        rows = Claim.objects.filter(**{f"{of}__in": keys}, machine_proposed=True)
        return dict(rows.order_by(of).values_list(of).annotate(Count("pk")))

    def pairs(self) -> list[Pair]:
        return content.pairs(self)

    @classmethod
    def bound(cls, body: Mapping[str, Any]) -> list[Bound]:
        return content.bound(body)

    def restore(self, body: dict[str, Any]) -> None:
        _, named = cited_in([body])
        rows = Mechanism.objects.filter(public_id__in=named)
        restoring.restore(self, body, dict(rows.values_list("public_id", "pk")))


class Therapy(ReviewedSubject):
    """One agent or approach."""

    record_type = PublishedTherapy.record_type
    plural = PublishedTherapy.plural
    schema = PublishedTherapy.shape.schema

    above = "member_of"

    kind = models.CharField(max_length=40, choices=TherapyKind.choices, default=TherapyKind.DRUG)
    brands = models.JSONField("brand names", default=list, blank=True)
    """What makers call it, in the order in which readers should meet them."""
    member_of = models.ForeignKey(
        "self",
        verbose_name="class",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
        help_text="The class that it belongs to; readers see its name, linked once it is public.",
    )
    member_of_name = models.CharField(max_length=200, blank=True, editable=False)
    """What it was called when this was last edited."""
    identifiers = models.JSONField(default=dict, blank=True)
    """By scheme, such as ``{"ATC": "L04AG08"}``."""

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "therapies"


class Mechanism(ReviewedSubject):
    """A target and an effect, and where it acts."""

    record_type = PublishedMechanism.record_type
    plural = PublishedMechanism.plural
    schema = PublishedMechanism.shape.schema
    reserved_slugs = frozenset({"map"})
    above = "broader"

    kind = models.CharField(
        max_length=40, choices=MechanismKind.choices, default=MechanismKind.ACTION
    )
    target = models.CharField(max_length=200, blank=True)
    effect = models.CharField(
        max_length=100, blank=True, help_text="Such as depletes, blocks, modulates, induces."
    )
    acts_in = models.CharField("acts in", max_length=200, blank=True)
    broader = models.ForeignKey(
        "self",
        verbose_name="kind of",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
        help_text="The mechanism of which this is a kind.",
    )
    broader_name = models.CharField(max_length=200, blank=True, editable=False)
    """What it was called when this was last edited."""

    class Meta:
        ordering = ["name"]
