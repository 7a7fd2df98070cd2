"""What people declare of their interests: appended, dated, never changed."""

from typing import ClassVar

from django.db import models

from publication.frozen import Frozen, FrozenQuerySet


class Interests(Frozen):
    """One declaration of a person; the newest counts."""

    editors_may: ClassVar[tuple[str, ...]] = ("view", "add")

    user_id = models.BigIntegerField(db_index=True)
    user_name = models.CharField(max_length=300)
    text = models.TextField()
    at = models.DateTimeField()

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "interests"
