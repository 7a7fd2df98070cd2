"""The working side of therapy knowledge: therapies, mechanisms, claims, evidence, proposals."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from editorial.models import Part, Record, new_public_id
from editorial.pairs import Blocker, Pair
from extraction.names.folded import folded
from sources.models import Document, Passage
from therapies import content
from therapies.choices import (
    FIXED_TOPICS,
    Certainty,
    Course,
    Direction,
    MechanismKind,
    OutcomeDirection,
    Route,
    Status,
    TherapyKind,
    Topic,
)
from therapies.published import (
    PublishedClaim,
    PublishedEvidence,
    PublishedFacet,
    PublishedMechanism,
    PublishedTherapy,
)

__all__ = [
    "Claim",
    "Evidence",
    "Mechanism",
    "Proposal",
    "PublishedClaim",
    "PublishedEvidence",
    "PublishedFacet",
    "PublishedMechanism",
    "PublishedTherapy",
    "Subject",
    "Synonym",
    "Therapy",
]


class Subject(Record):
    """What claims are about: a therapy or a mechanism."""

    name = models.CharField(max_length=200, unique=True)
    synonyms = models.JSONField(default=list, blank=True)
    """Other names, in the order in which readers should meet them."""
    not_stated = models.JSONField(default=list, blank=True)
    """Topics asserted as "not stated in the sources read"."""
    machine_proposed = models.BooleanField(default=False, editable=False)

    judged = frozenset({"claims", "not_stated"})
    kind: "models.CharField[str, str]"

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def claim_rows(self) -> "models.QuerySet[Claim]":
        """The record's claims, in the editors' order."""
        return Claim.objects.filter(**{self.record_type: self})

    def clean(self) -> None:
        super().clean()
        unknown = set(self.not_stated) - {str(topic) for topic in FIXED_TOPICS}
        if unknown:
            raise ValidationError({"not_stated": f"Not a fixed topic: {', '.join(unknown)}."})

    def content(self) -> dict[str, Any]:
        return content.build(self)

    def blockers(self) -> list[Blocker]:
        return content.blockers(self)

    def pairs(self) -> list[Pair]:
        return content.pairs(self)

    def restore(self, body: dict[str, Any]) -> None:
        content.restore(self, body)


class Therapy(Subject):
    """One agent or approach."""

    record_type = PublishedTherapy.record_type
    plural = PublishedTherapy.plural

    kind = models.CharField(max_length=20, choices=TherapyKind.choices, default=TherapyKind.DRUG)
    therapy_class = models.CharField("class", max_length=200, blank=True)
    identifiers = models.JSONField(default=dict, blank=True)
    """By scheme, such as ``{"ATC": "L04AG08"}``."""

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "therapies"


class Mechanism(Subject):
    """A target and an effect, and where it acts."""

    record_type = PublishedMechanism.record_type
    plural = PublishedMechanism.plural
    reserved_slugs = frozenset({"map"})

    kind = models.CharField(
        max_length=20, choices=MechanismKind.choices, default=MechanismKind.ACTION
    )
    target = models.CharField(max_length=200, blank=True)
    effect = models.CharField(
        max_length=100, blank=True, help_text="Such as depletes, blocks, modulates, induces."
    )
    acts_in = models.CharField("acts in", max_length=200, blank=True)

    class Meta:
        ordering = ["name"]


class Claim(Part):
    """One checkable statement about one therapy or one mechanism."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    therapy = models.ForeignKey(
        Therapy, null=True, blank=True, on_delete=models.PROTECT, related_name="claims"
    )
    mechanism = models.ForeignKey(
        Mechanism, null=True, blank=True, on_delete=models.PROTECT, related_name="claims"
    )
    topic = models.CharField(max_length=20, choices=Topic.choices)
    text = models.TextField(help_text="What the source says, no more.")
    certainty = models.CharField(
        max_length=10, choices=Certainty.choices, help_text="As the source says it."
    )
    courses = models.JSONField("disease courses", default=list, blank=True)
    route = models.CharField(max_length=20, choices=Route.choices, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, blank=True)
    jurisdiction = models.CharField(
        max_length=60, blank=True, help_text="Who licensed it, such as “FDA”, as the source says."
    )
    status_date = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=120, blank=True)
    outcome_direction = models.CharField(
        max_length=20, choices=OutcomeDirection.choices, blank=True
    )
    comparator = models.CharField(max_length=200, blank=True)
    effect = models.CharField("size of effect", max_length=200, blank=True)
    acts_by = models.ForeignKey(
        Mechanism,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="named_by",
        verbose_name="names the mechanism",
    )
    position = models.PositiveIntegerField(default=0)
    machine_proposed = models.BooleanField(default=False, editable=False)
    """True until an editor touches the claim."""

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(therapy__isnull=False, mechanism=None)
                | Q(therapy=None, mechanism__isnull=False),
                name="claim_has_one_subject",
            )
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 90 else f"{self.text[:89]}…"

    @property
    def subject(self) -> Subject:
        if self.therapy is not None:
            return self.therapy
        if self.mechanism is not None:
            return self.mechanism
        raise ValueError("The claim has no subject yet.")

    @property
    def owner(self) -> Subject:
        return self.subject

    @classmethod
    def owner_state(cls, row: str) -> str:
        return (
            f"SELECT t.state FROM {Therapy._meta.db_table} t WHERE t.id = {row}.therapy_id "
            f"UNION ALL SELECT m.state FROM {Mechanism._meta.db_table} m "
            f"WHERE m.id = {row}.mechanism_id"
        )

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Deleting a claim that a machine drafted dismisses its proposal for good."""
        with transaction.atomic():
            Proposal.objects.filter(claim=self).update(fate=Proposal.Fate.DISMISSED)
            return super().delete(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        unknown = set(self.courses) - set(Course.values)
        if unknown:
            raise ValidationError({"courses": f"Unknown disease course: {', '.join(unknown)}."})
        if self.jurisdiction and not self.status:
            raise ValidationError({"jurisdiction": "A jurisdiction needs a status."})
        if self.acts_by_id and self.mechanism_id:
            raise ValidationError({"acts_by": "Only a claim about a therapy names a mechanism."})


class Evidence(Part):
    """A claim, a passage, and what the passage does for the claim."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="evidence")
    direction = models.CharField(
        max_length=20, choices=Direction.choices, default=Direction.SUPPORTS
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["claim", "passage"], name="evidence_once_a_passage")
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}: {self.passage}"

    @property
    def owner(self) -> Subject:
        return self.claim.subject

    @classmethod
    def owner_state(cls, row: str) -> str:
        return (
            f"SELECT COALESCE(t.state, m.state) FROM {Claim._meta.db_table} c "
            f"LEFT JOIN {Therapy._meta.db_table} t ON t.id = c.therapy_id "
            f"LEFT JOIN {Mechanism._meta.db_table} m ON m.id = c.mechanism_id "
            f"WHERE c.id = {row}.claim_id"
        )


class Proposal(models.Model):
    """What a machine read in a document: drafted, waiting for an editor, or dismissed for good."""

    class Fate(models.TextChoices):
        DRAFTED = "drafted", "drafted"
        WAITING = "waiting", "waiting"
        DISMISSED = "dismissed", "dismissed"

    editors_may: ClassVar[tuple[str, ...]] = ("view", "change")
    administrators_may: ClassVar[tuple[str, ...]] = ("view",)

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="proposals")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    subject_kind = models.CharField(max_length=10, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    """Canonical name; empty where the text leaves the subject open."""
    topic = models.CharField(max_length=20, choices=Topic.choices)
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    outcome = models.CharField(max_length=120, blank=True)
    values = models.JSONField(default=dict, blank=True)
    exact = models.TextField()
    why = models.TextField(blank=True)
    antecedent_start = models.PositiveIntegerField(null=True)
    antecedent_end = models.PositiveIntegerField(null=True)
    fate = models.CharField(max_length=10, choices=Fate.choices, db_index=True)
    waits_because = models.CharField(max_length=200, blank=True)
    claim = models.ForeignKey(Claim, null=True, on_delete=models.SET_NULL, related_name="proposals")
    """What it was drafted as: several documents that say the same share one claim."""
    resembles = models.ForeignKey(
        Claim, null=True, on_delete=models.SET_NULL, related_name="resembled_by"
    )
    """The claim that says nearly the same, for an editor to compare while the proposal waits."""
    proposed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["document", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "document",
                    "start",
                    "end",
                    "subject_kind",
                    "subject",
                    "topic",
                    "certainty",
                    "outcome",
                ],
                name="proposal_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject or 'open subject'}, {self.topic}: {self.exact[:80]}"

    @property
    def antecedent(self) -> str:
        """The words that name the subject where the sentence itself only refers to it."""
        if self.antecedent_start is None or self.antecedent_end is None:
            return ""
        return self.document.text[self.antecedent_start : self.antecedent_end]


class Synonym(models.Model):
    """A name that editors added to the vocabulary: texts read from then on are read with it."""

    class Kind(models.TextChoices):
        THERAPY = "therapy", "therapy"
        MECHANISM = "mechanism", "mechanism"
        OUTCOME = "outcome", "outcome"
        COURSE = "course", "disease course"

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add", "change", "delete")
    administrators_may: ClassVar[tuple[str, ...]] = ("view",)

    kind = models.CharField(max_length=10, choices=Kind.choices)
    canonical = models.CharField("another name for", max_length=200)
    """The vocabulary's own name."""
    term = models.CharField("name in documents", max_length=100)
    folded = models.CharField(max_length=600, unique=True, editable=False)
    """The form in which names are compared: neither case nor hyphens count."""
    user_id = models.BigIntegerField(editable=False)
    user_name = models.CharField("added by", max_length=300, editable=False)
    at = models.DateTimeField("added", auto_now_add=True)

    class Meta:
        ordering = ["kind", "canonical", "term"]

    def __str__(self) -> str:
        return f"{self.term} = {self.canonical}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = folded(self.term)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        from therapies.drafting.vocabularies import check

        self.term = " ".join(self.term.split())
        if self.term and self.canonical:
            check(self)
