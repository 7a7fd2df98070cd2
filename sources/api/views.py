"""Published sources for clients."""

from collections.abc import Mapping
from typing import Any

from publication.api.records import Marks, RecordViewSet
from publication.entries import Entry
from sources.api.filters import SourceFilterSet
from sources.api.marks import SourceSeen, source_marks
from sources.api.serializers import SourceDetailSerializer, SourceSerializer
from sources.published import PublishedSource


class SourceViewSet(RecordViewSet):
    """Citable works."""

    table = PublishedSource
    queryset = PublishedSource.objects.all()
    tag = PublishedSource.plural
    seen = SourceSeen
    list_serializer = SourceSerializer
    detail_serializer = SourceDetailSerializer
    filterset_class = SourceFilterSet

    def marks(self, version: int, present: Any) -> Marks:
        return source_marks(version, present)

    def parts(self, entry: Entry, body: Mapping[str, Any]) -> dict[str, Any]:
        """Each with the judgements on its pair: field and value, passage or person."""
        judged: dict[str, list[dict[str, Any]]] = {}
        for judgement in entry.judgement_list:
            judged.setdefault(judgement["part"], []).append(judgement)
        return {
            part: [{**item, "judgements": judged.get(item["id"], [])} for item in body[part]]
            for part in ("readings", "vouched")
        }
