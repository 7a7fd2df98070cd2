"""Sentences that a machine saw and did not understand, for an editor to make claims of."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from publication.glyphs import in_text
from publication.rights import CHANGE
from publication.triggers import Trigger, no_way_round
from sources.models import Document
from therapies.claims import Claim, Proposal


class SeenSentenceQuerySet(models.QuerySet["SeenSentence"]):
    """Narrowing of seen sentences."""

    def listed(self) -> Self:
        """Those that wait for an editor; one that a claim was proposed of is understood."""
        understood = Proposal.objects.filter(
            document=OuterRef("document"), start__lt=OuterRef("end"), end__gt=OuterRef("start")
        )
        return self.filter(~Exists(understood), fate=SeenSentence.Fate.LISTED)


class SeenSentence(models.Model):
    """A sentence that names a therapy and an outcome, harm, status or dose, not understood."""

    class Fate(models.TextChoices):
        LISTED = "listed", "listed"
        CLAIMED = "claimed", "made a claim"
        DISMISSED = "dismissed", "dismissed"

    editors_may: ClassVar[tuple[str, ...]] = ("view", "change")
    administrators_may: ClassVar[tuple[str, ...]] = ("view",)
    web_may: ClassVar[frozenset[str]] = CHANGE

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="seen_sentences")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    names = models.JSONField(default=list, blank=True)
    """Canonical names of the therapies that it names, or under whose heading it stands."""
    topics = models.JSONField(default=list, blank=True)
    """What its words are on."""
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.LISTED, db_index=True)
    claim = models.ForeignKey(
        Claim, null=True, on_delete=models.SET_NULL, related_name="seen_sentences"
    )
    """What an editor made of it; the sentence stays claimed when that is deleted."""
    seen_at = models.DateTimeField(auto_now_add=True)

    objects = SeenSentenceQuerySet.as_manager()

    class Meta:
        ordering = ["document", "start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "start", "end"], name="seen_sentence_once")
        ]

    def __str__(self) -> str:
        return in_text(f"{', '.join(self.names)}: {self.exact[:80]}")

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """Rows go one by one, or not at all."""
        return no_way_round(cls)
