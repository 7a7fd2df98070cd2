"""How answers on several records at once name each, with what a reader has to be told of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from publication.api.base import PublicViewSet
from publication.api.records import Seen, marks, seen_at
from publication.api.serializers import MARKS, RECORD_TYPES
from publication.published import PublishedRecord
from sources.api.marks import SourceSeen, source_marks
from sources.published import PublishedSource
from therapies.choices import ClaimMark
from therapies.published import PublishedMechanism, PublishedTherapy

TABLES: Mapping[str, type[PublishedRecord]] = {
    table.record_type: table for table in (PublishedTherapy, PublishedMechanism, PublishedSource)
}
ANY_MARK = list(dict.fromkeys([*MARKS, *ClaimMark.values]))


class RecordReferenceSerializer(serializers.Serializer[Any]):
    """A record as an answer names it."""

    type = serializers.ChoiceField(choices=RECORD_TYPES)
    id = serializers.CharField(help_text="Never changes.")
    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField(help_text="The page for people.")
    api_url = serializers.URLField()
    marks = serializers.ListField(
        child=serializers.ChoiceField(choices=MARKS),
        help_text="What a reader has to be told today, whatever as_of says.",
    )


class Marked:
    """Rows of records at the state shown and today, read once for each type."""

    def __init__(self, view: PublicViewSet, ids: Mapping[str, Iterable[str]]) -> None:
        """``ids``: by type, the public ids of all records that the answer speaks of."""
        self._then: dict[str, dict[str, Any]] = {}
        self._now: dict[str, dict[str, Any]] = {}
        for of, some in ids.items():
            kind = SourceSeen if TABLES[of] is PublishedSource else Seen
            wanted = set(some)
            then = seen_at(TABLES[of], view.seq, wanted, kind=kind)
            now = then
            if view.seq != view.newest:
                now = seen_at(TABLES[of], view.newest, wanted, kind=kind)
            self._then[of] = {row.public_id: row for row in then}
            self._now[of] = {row.public_id: row for row in now}

    def record(self, of: str, public_id: str) -> list[str]:
        """The marks of a record; none where it is not public."""
        then, now = self._then[of].get(public_id), self._now[of].get(public_id)
        if then is None or now is None:
            return []
        found = source_marks if TABLES[of] is PublishedSource else marks
        return found(then.version, now)

    def statement(self, of: str, public_id: str, sources: Iterable[str]) -> list[str]:
        """The marks of claims of a record whose passages are of these sources."""
        own = self.record(of, public_id)
        others = {mark for source in sources for mark in self.record("source", source)}
        return own + sorted(f"source-{mark}" for mark in others - {"superseded"})


def reference(view: PublicViewSet, of: str, row: Any, told: list[str]) -> dict[str, Any]:
    """A record by its row."""
    plural = TABLES[of].plural
    return {
        "type": of,
        "id": row.public_id,
        "slug": row.slug,
        "name": row.name,
        **addresses(view, plural, row.slug, row.public_id),
        "marks": told,
    }


def addresses(view: PublicViewSet, plural: str, slug: str, public_id: str) -> dict[str, str]:
    """Where people and programs find a record."""
    api = reverse(f"api:{plural}-detail", kwargs={"address": public_id})
    return {"url": f"{view.origin}/{plural}/{slug}/", "api_url": f"{view.origin}{api}"}


def claim_addresses(view: PublicViewSet, claim_id: str) -> dict[str, str]:
    """The same of a claim."""
    api = reverse("api:claims-detail", kwargs={"claim_id": claim_id})
    return {"url": f"{view.origin}/claims/{claim_id}/", "api_url": f"{view.origin}{api}"}
