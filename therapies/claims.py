"""Claims, the passages that they rest on, and what machines proposed as claims."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from editorial.models import Part, new_public_id
from publication.glyphs import in_text
from publication.rights import CHANGE
from publication.triggers import Trigger, no_way_round, table_behind
from sources.models import Document, Passage
from sources.wording import capital, code_in_words
from sources.works import real_date
from therapies.choices import (
    TOPICS,
    Certainty,
    Course,
    Direction,
    EffectDirection,
    Route,
    Status,
    Topic,
)
from therapies.subjects import Subject
from therapies.values import BY_NAME, TYPED, Form, Value


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Narrowing of claims."""

    def about(self, subject: Subject) -> Self:
        """Those of one therapy or mechanism, in the editors' order."""
        return self.filter(**{subject.record_type: subject.pk})


class Claim(Part):
    """One checkable statement about one therapy or one mechanism."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    therapy = models.ForeignKey(
        "therapies.Therapy",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
    )
    mechanism = models.ForeignKey(
        "therapies.Mechanism",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
    )
    topic = models.CharField(max_length=40, choices=Topic.choices)
    text = models.TextField(help_text="What the source says, no more.")
    certainty = models.CharField(
        max_length=40, choices=Certainty.choices, help_text="As the source says it."
    )
    courses = models.JSONField("disease courses", default=list, blank=True)
    outcome = models.CharField(max_length=120, blank=True)
    effect_direction = models.CharField(max_length=40, choices=EffectDirection.choices, blank=True)
    effect_size = models.CharField(max_length=200, blank=True)
    comparator = models.CharField(max_length=200, blank=True)
    harm = models.CharField(max_length=120, blank=True)
    frequency = models.CharField(max_length=120, blank=True)
    serious = models.BooleanField(default=False)
    route = models.CharField(max_length=40, choices=Route.choices, blank=True)
    schedule = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=40, choices=Status.choices, blank=True)
    jurisdiction = models.CharField(max_length=200, blank=True)
    status_date = models.CharField(max_length=10, blank=True, validators=[real_date])
    acts_by = models.ForeignKey(
        "therapies.Mechanism",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="named_by",
        verbose_name="names the mechanism",
    )
    weighing = models.TextField(
        "why it stands",
        blank=True,
    )
    position = models.PositiveIntegerField(default=0)
    machine_proposed = models.BooleanField(default=False, editable=False)
    """True until an editor touches the claim."""

    objects = ClaimQuerySet.as_manager()

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
        return in_text(self.text if len(self.text) <= 90 else f"{self.text[:89]}…")

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

    def rows_under(self) -> "models.QuerySet[Evidence]":
        return self.evidence.all()

    @classmethod
    def owner_state(cls, row: str) -> str:
        return (
            f"SELECT t.state FROM {table_behind(Claim, 'therapy')} t WHERE t.id = {row}.therapy_id "
            f"UNION ALL SELECT m.state FROM {table_behind(Claim, 'mechanism')} m "
            f"WHERE m.id = {row}.mechanism_id"
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Values are compared and filtered by their words, however these are spaced."""
        for value in TYPED:
            if value.form == Form.TEXT:
                setattr(self, value.column, " ".join(getattr(self, value.column).split()))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Deleting a claim that a machine drafted dismisses its proposal for good."""
        with transaction.atomic():
            self.proposals.update(fate=Proposal.Fate.DISMISSED)
            return super().delete(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        unknown = set(self.courses) - set(Course.values)
        if unknown:
            raise ValidationError({"courses": f"Unknown disease course: {', '.join(unknown)}."})
        if self.acts_by_id and self.mechanism_id:
            raise ValidationError({"acts_by": "Only a claim about a therapy names a mechanism."})
        kind = "mechanism" if self.mechanism_id else "therapy"
        if self.topic in Topic.values and self.topic not in TOPICS[kind]:
            label = code_in_words(Topic, self.topic)
            raise ValidationError({"topic": f"A claim about a {kind} is not on “{label}”."})
        self._check_that_values_fit()

    def _check_that_values_fit(self) -> None:
        held = [value for value in TYPED if getattr(self, value.column)]
        refused = {value.column: why for value in held if (why := self._why_not(value))}
        if refused:
            raise ValidationError(refused)

    def _why_not(self, value: Value) -> str:
        """Why the claim cannot have the value; empty when it can."""
        if value.fits(topic=self.topic, certainty=self.certainty):
            if not value.needs or any(getattr(self, name) for name in value.needs):
                return ""
            needed = " or ".join(f"“{BY_NAME[name].label}”" for name in value.needs)
            return f"“{capital(value.label)}” needs {needed}."
        if self.topic in value.topics:
            return f"What is only intended is no result and has no “{value.label}”."
        return f"A claim on “{code_in_words(Topic, self.topic)}” has no “{value.label}”."


class Evidence(Part):
    """A claim, a passage, and what the passage does for the claim."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="evidence")
    direction = models.CharField(
        max_length=40, choices=Direction.choices, default=Direction.SUPPORTS
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
            f"LEFT JOIN {table_behind(Claim, 'therapy')} t ON t.id = c.therapy_id "
            f"LEFT JOIN {table_behind(Claim, 'mechanism')} m ON m.id = c.mechanism_id "
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
    web_may: ClassVar[frozenset[str]] = CHANGE

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="proposals")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    subject_kind = models.CharField(max_length=10, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    """Canonical name; empty where the text leaves the subject open."""
    topic = models.CharField(max_length=40, choices=Topic.choices)
    certainty = models.CharField(max_length=40, choices=Certainty.choices)
    outcome = models.CharField(max_length=120, blank=True)
    harm = models.CharField(max_length=120, blank=True)
    """Where it is another than the outcome: one sentence may list several."""
    status = models.CharField(max_length=40, blank=True)
    """One sentence may tell of two: refused, and licensed later."""
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
                    "harm",
                    "status",
                ],
                name="proposal_once",
            )
        ]

    def __str__(self) -> str:
        return in_text(f"{self.subject or 'open subject'}, {self.topic}: {self.exact[:80]}")

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """Rows go one by one, or not at all."""
        return no_way_round(cls)

    @property
    def antecedent(self) -> str:
        """The words that name the subject where the sentence itself only refers to it."""
        if self.antecedent_start is None or self.antecedent_end is None:
            return ""
        return self.document.text[self.antecedent_start : self.antecedent_end]
