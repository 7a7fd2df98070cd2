"""What became of drafts between two submissions."""

from typing import Any

from django.db import models

from publication import stored
from publication.frozen import Frozen, FrozenQuerySet
from publication.present import present


class DraftChange(Frozen):
    """What one save changed of a draft: as much of its content before and after as differs."""

    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    """The one that the draft was to become."""
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=300)
    what = models.CharField(max_length=200)
    before = models.TextField()
    """Canonical JSON, as ``publication.differing`` cuts it; so is what came after."""
    after = models.TextField()
    at = models.DateTimeField()

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["record_type", "public_id"])]

    @property
    def bodies(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Both, in today's shape."""
        old, new = (present(stored.values(text)) for text in (self.before, self.after))
        return old, new
