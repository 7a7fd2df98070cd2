"""By which program the read models were folded, kept beside them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from publication.rights import READ


class FoldedBy(models.Model):
    """One row, written when the read models are made anew; see ``publication.fingerprint``."""

    web_may: ClassVar[frozenset[str]] = READ

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    parts = models.JSONField(default=dict)
    """By its name, a digest of each part of the program that folding depends on."""

    class Meta:
        verbose_name = "program that folded"
        verbose_name_plural = "program that folded"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="folded_by_one_program")]

    def __str__(self) -> str:
        return ", ".join(sorted(self.parts))
