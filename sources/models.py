"""Every table of sources, where Django looks for them, and the record of a citable work."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.db.models.functions import Lower

from editorial.models import User
from editorial.pairs import Blocker, Bound, Needed, Pair
from sources import content, resting, vouching
from sources.choices import Standing
from sources.moves import SET_STANDING
from sources.published import PublishedSource
from sources.texts import Document, DocumentFile, FieldReading, Passage
from sources.vouching import Vouch
from sources.wording import label_of
from sources.works import Work

__all__ = [
    "Document",
    "DocumentFile",
    "FieldReading",
    "Passage",
    "PublishedSource",
    "Source",
    "Vouch",
]


class Source(Work):
    """A citable work as a record, which is reviewed and approved."""

    record_type = PublishedSource.record_type
    plural = PublishedSource.plural
    schema = PublishedSource.shape.schema
    moves = (*Work.moves, SET_STANDING)
    judged = frozenset({"readings", "vouched"})
    beside_content = Work.beside_content | {"standing"}

    class Meta:
        ordering = ["title", "pk"]
        indexes = [
            models.Index(fields=["doi"], name="source_doi"),
            models.Index(fields=["pmid"], name="source_pmid"),
            models.Index(fields=["registry_id"], name="source_registry_id"),
            models.Index(Lower("title"), name="source_title"),
        ]

    def content(self) -> dict[str, Any]:
        return content.build(self)

    def blockers(self) -> list[Blocker]:
        return content.blockers(self)

    def pairs(self) -> list[Pair]:
        return content.pairs(self)

    @classmethod
    def bound(cls, body: Mapping[str, Any]) -> list[Bound]:
        return content.bound(body)

    def needs(self) -> list[Needed]:
        """A retracted work waits until it is that no more."""
        retracted = self.standing == Standing.RETRACTED
        return [Needed(self.record_type, self.public_id)] if retracted else []

    @classmethod
    def lacking(cls, needed: Collection[Needed]) -> dict[Needed, Blocker]:
        hidden = super().lacking(needed)
        return hidden | resting.doubtful([one for one in needed if one not in hidden])

    def unvouched(self) -> list[str]:
        return [label_of(field) for field in vouching.unvouched(self)]

    def vouch(self, by: User) -> bool:
        vouching.vouch(self, by)
        return True

    def restore(self, body: dict[str, Any]) -> None:
        content.restore(self, body)
