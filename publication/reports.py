"""Problems that readers report, and what became of each: nothing in here says who reported it.

Readers file a report and ask by its reference what became of it. What they wrote is for the
workroom alone: ``SHOWN`` is all that an answer to them may be made from, and
``msportal/reading_room.py`` holds every statement to it.
"""

import datetime as dt
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import OuterRef, Q, Subquery, TextChoices, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import salted_hmac

from publication import limits
from publication.actions import APPROVE
from publication.canonical import digest_of
from publication.entries import Entry
from publication.frozen import Frozen, FrozenQuerySet
from publication.triggers import Trigger, check

LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
"""Of a reference: none that is taken for another, read or heard, and no vowels, so no words."""
LENGTH = 9
"""Of a reference: 27^9, so that nobody finds another's by trying."""
RECEIVED = "received"
"""What became of a report of which nobody has said anything yet."""


class ReportKind(TextChoices):
    NOT_SAID = "not-said", "The passage does not say this"
    WRONG = "wrong", "Figures or other values are wrong"
    OUTDATED = "outdated", "It is out of date"
    UNCLEAR = "unclear", "It cannot be understood"
    OTHER = "other", "Something else"


class Outcome(TextChoices):
    """What readers may be told of a report, and nothing else."""

    LOOKING = "looking", "being looked at"
    CHANGED = "changed", "led to a new version"
    KEPT = "kept", "looked at, nothing changed"
    UNCLEAR = "not-understood", "not understandable"


CLOSING = (Outcome.CHANGED, Outcome.KEPT, Outcome.UNCLEAR)
"""After these nobody has to do anything more."""


class ReportQuerySet(FrozenQuerySet["Report"]):
    def with_state(self) -> "ReportQuerySet":
        """Each with its newest outcome as ``state``."""
        newest = ReportOutcome.objects.filter(report=OuterRef("pk")).order_by("-number")
        said = Subquery(newest.values("outcome")[:1])
        return self.annotate(state=Coalesce(said, Value(RECEIVED)))

    def open(self) -> "ReportQuerySet":
        """Those that somebody has to look at."""
        closed = Q(state__in=CLOSING)
        return self.with_state().exclude(closed)


def _is_none_of(column: str, codes: type[models.TextChoices]) -> str:
    """A trigger says it: PostgreSQL restores a list in a constraint as another constraint."""
    return f"NEW.{column} NOT IN ({', '.join(repr(str(code)) for code in codes.values)})"


class Report(Frozen):
    """One problem with a public record, or with one part of it, as a reader told it."""

    administrators_may: ClassVar[tuple[str, ...]] = ()
    """Those who look at reports are editors and reviewers."""

    reference = models.CharField(max_length=LENGTH, primary_key=True)
    kind = models.CharField(max_length=20, choices=ReportKind.choices)
    text = models.TextField()
    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    part = models.CharField(max_length=12, blank=True)
    """The id of what was reported within the record; empty for the record as a whole."""
    version = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    """The entry of the log that the page showed."""
    digest = models.CharField(max_length=64)
    """Of the part, or of the version, as it is stored."""
    address = models.CharField(max_length=300)
    """Of the page, without the site's name."""
    at = models.DateTimeField(db_index=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "reader report"

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """What the public may write is bounded, whoever writes it."""
        table = cls._meta.db_table
        too_long = f"length(NEW.text) NOT BETWEEN 1 AND {limits.REPORT}"
        return [
            check(
                f"{table}_bounded",
                table,
                "INSERT",
                [
                    ("reports: no text, or too long", too_long),
                    ("reports: there is no such kind", _is_none_of("kind", ReportKind)),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"report {spelled(self.reference)}"


class ReportOutcome(Frozen):
    """What became of a report, and who said so; the one with the highest number counts."""

    administrators_may: ClassVar[tuple[str, ...]] = ()

    report = models.ForeignKey(Report, models.PROTECT, related_name="outcomes")
    number = models.PositiveIntegerField()
    """From 1."""
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    version = models.PositiveIntegerField(null=True)
    """The version of the record that it led to."""
    note = models.TextField(blank=True)
    """For the workroom, never for readers."""
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=300)
    at = models.DateTimeField()

    objects = FrozenQuerySet["ReportOutcome"].as_manager()

    class Meta:
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="outcome_one_a_number"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CHANGED, version__isnull=False)
                | (~Q(outcome=Outcome.CHANGED) & Q(version__isnull=True)),
                name="outcome_with_its_version",
            ),
        ]

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """A version that readers are led to is one of the record that they reported."""
        table = cls._meta.db_table
        approved = (
            f"SELECT 1 FROM {Report._meta.db_table} r JOIN {Entry._meta.db_table} e "
            "ON e.record_type = r.record_type AND e.public_id = r.public_id "
            f"WHERE r.reference = NEW.report_id AND e.action = '{APPROVE}' "
            "AND e.version = NEW.version AND e.version > r.version"
        )
        message = "reports: no later version of what was reported has this number"
        return [
            check(
                f"{table}_of_a_version",
                table,
                "INSERT",
                [
                    (message, f"NEW.version IS NOT NULL AND NOT EXISTS ({approved})"),
                    ("reports: there is no such outcome", _is_none_of("outcome", Outcome)),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.outcome}"


SHOWN: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    Report: ("reference", ("at", "record_type", "public_id", "part")),
    ReportOutcome: ("report_id", ("outcome", "version", "at")),
}
"""By table, the column that readers ask by, and the columns that they are answered from."""


def reference_of(*parts: str) -> str:
    """The same for the same parts, and for nobody to guess who has not the site's secret."""
    mixed = salted_hmac("publication.reports", "\0".join(parts), algorithm="sha256")
    number = int.from_bytes(mixed.digest())
    found = ""
    for _ in range(LENGTH):
        number, at = divmod(number, len(LETTERS))
        found += LETTERS[at]
    return found


def spelled(reference: str) -> str:
    """As people read it to each other: ``K7M-2XQ-4PR``."""
    return "-".join(reference[at : at + 3] for at in range(0, LENGTH, 3))


def understood(typed: str) -> str:
    """The reference that was typed, with whatever between its letters; empty where it is none."""
    found = "".join(letter for letter in typed.upper() if letter not in "- ")
    return found if len(found) == LENGTH and set(found) <= set(LETTERS) else ""


def stored_digest(entry: Entry, part: str) -> str:
    """The digest of a version, or of one part of it as it is stored; empty where it has none."""
    if not part:
        return entry.digest
    content = entry.stored
    lists = (content[name] for name in content if isinstance(content[name], list))
    items = (item for held in lists for item in held if isinstance(item, dict))
    return next((digest_of(item) for item in items if item.get("id") == part), "")


# What readers do.


def file(report: Report) -> None:
    """Keep a report; one with its reference, which is the same, may be there already."""
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:
        if filed(report.reference) is None:
            raise


def filed(reference: str) -> dict[str, Any] | None:
    """When a report was filed, and about what; ``None`` where there is none."""
    rows = Report.objects.filter(reference=reference)
    found: dict[str, Any] | None = rows.values(*SHOWN[Report][1]).first()
    return found


def became(reference: str) -> dict[str, Any] | None:
    """What became of it: outcome, version, day; ``None`` while nobody has said."""
    rows = ReportOutcome.objects.filter(report_id=reference).order_by("-number")
    found: dict[str, Any] | None = rows.values(*SHOWN[ReportOutcome][1]).first()
    return found


def of_the_last_day() -> int:
    """How many were filed in the last 24 hours, by whomever."""
    return Report.objects.filter(at__gte=timezone.now() - dt.timedelta(days=1)).count()
