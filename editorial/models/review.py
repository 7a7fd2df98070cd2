"""What happened in review: its steps, and the judgements on pairs."""

from typing import Any

from django.db import models

from editorial.moves import SUBMIT
from publication import stored
from publication.actions import APPROVE
from publication.entries import Entry
from publication.frozen import Frozen, FrozenQuerySet
from publication.present import present
from publication.triggers import Trigger, check


class ReviewEvent(Frozen):
    """One step of a record through review, or one change of an account, as it happened."""

    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    content = models.TextField(blank=True)
    """The canonical content: on a submission, so that a later difference can be shown; on a
    discard, so that what was dropped is not lost.
    """
    at = models.DateTimeField()

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["record_type", "public_id", "action"])]
        permissions = [
            ("edit_records", "Can edit, submit, revise and reopen records"),
            ("review_records", "Can judge, approve, reject and withdraw records"),
        ]

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """Upon the log's table: what is approved is what somebody submitted as this version."""
        submitted = (
            f"SELECT 1 FROM {cls._meta.db_table} s WHERE s.record_type = NEW.record_type "
            f"AND s.public_id = NEW.public_id AND s.action = '{SUBMIT.name}' "
            "AND s.version = NEW.version AND s.digest = NEW.digest"
        )
        return [
            check(
                "entry_submitted",
                Entry._meta.db_table,
                "INSERT",
                [
                    (
                        "publication log: this content was not submitted as this version",
                        f"NOT EXISTS ({submitted})",
                    )
                ],
                when=f"NEW.action = '{APPROVE}'",
            )
        ]

    @property
    def body(self) -> dict[str, Any]:
        """The content that it keeps, in today's shape."""
        return present(stored.values(self.content))


class Judgement(Frozen):
    """A reviewer's word on one pair, bound to the pair's digest."""

    class Verdict(models.TextChoices):
        AGREE = "agree", "agree"
        DISAGREE = "disagree", "disagree"
        UNSURE = "unsure", "not sure"

    pair = models.CharField(max_length=64, db_index=True)
    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=300)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]


class Reply(Frozen):
    """What an editor says to a disagreement."""

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="replies")
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=300)
    text = models.TextField()
    at = models.DateTimeField()

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "replies"
