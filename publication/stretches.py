"""Rows of the reading room, each valid for a stretch of the log."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from publication.columns import columns_of
from publication.rights import CHANGE

P = TypeVar("P", bound="Published")


class PublishedQuerySet(models.QuerySet[P]):
    """Which stretch of the log to read."""

    def current(self) -> Self:
        """What is public now."""
        return self.filter(to_seq=None)

    def as_of(self, seq: int | None) -> Self:
        """What was public when the log's head was ``seq``; ``None`` is now."""
        if seq is None:
            return self.current()
        return self.filter(Q(to_seq=None) | Q(to_seq__gt=seq), from_seq__lte=seq)


class Published(models.Model):
    """A row that is valid from entry ``from_seq`` up to, not including, entry ``to_seq``."""

    folding_revision: ClassVar[int] = 1
    """Goes up when the code fills the columns otherwise than before."""
    web_may: ClassVar[frozenset[str]] = CHANGE

    key = models.CharField(max_length=120, primary_key=True)
    """Natural key and ``from_seq``: a rebuild gives every row the same key again."""
    from_seq = models.PositiveBigIntegerField(db_index=True)
    to_seq = models.PositiveBigIntegerField(null=True, db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def folded_with(cls) -> list[Any]:
        """What its rows depend on beside the log, as JSON: when that changes, ``rebuild`` is due.

        ``folding_revision`` stands for what is code.
        """
        return [columns_of(cls), cls.folding_revision]
