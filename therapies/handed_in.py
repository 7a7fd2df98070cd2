"""Files that an editor handed in and has not decided on: kept for a while, so that nothing has to
be sent twice and nobody waits for all of them at once.
"""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from editorial.models import User
from extraction import FileText
from publication.rights import EDIT

DAYS = 2
"""For which a file is kept that nothing was drafted of."""


def _oldest() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=DAYS)


class HandedInQuerySet(models.QuerySet["HandedIn"]):
    """Narrowing of what was handed in."""

    def of(self, batch: str, by: User) -> Self:
        """What one editor handed in together; nobody else sees it."""
        return self.filter(batch=batch, by=by, at__gte=_oldest()).order_by("number")

    def forgotten(self) -> Self:
        return self.filter(at__lt=_oldest())


class HandedIn(models.Model):
    """A file, the text that was made of it, and what the list of its batch says of it."""

    class Fate(models.TextChoices):
        WAITING = "waiting", "not drafted"
        DRAFTED = "drafted", "drafted"
        FAILED = "failed", "not drafted, for a reason"

    editors_may: ClassVar[tuple[str, ...]] = ()
    web_may: ClassVar[frozenset[str]] = EDIT

    batch = models.CharField(max_length=22)
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    file = models.JSONField(default=dict, blank=True)
    """What its reader made of it (``extraction.filetext.FileText``); empty of a text."""
    told = models.JSONField(default=dict, blank=True)
    """What the list says of it, as it was read."""
    fate = models.CharField(max_length=10, choices=Fate.choices, default=Fate.WAITING)
    became = models.JSONField(default=dict, blank=True)
    """What was written of it, or why nothing was."""

    objects = HandedInQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="handed_in_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:8]})"

    @property
    def file_text(self) -> FileText | None:
        return FileText.of_json(self.file) if self.file else None
