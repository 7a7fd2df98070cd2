"""Published sources for clients."""

from collections.abc import Mapping
from typing import Any

from publication.api.marks import Seen
from publication.api.records import RecordViewSet
from publication.entries import Entry
from sources.api.filters import SourceFilterSet
from sources.api.serializers import SourceDetailSerializer, SourceSerializer
from sources.published import PublishedSource


class SourceViewSet(RecordViewSet):
    """Citable works."""

    table = PublishedSource
    queryset = PublishedSource.objects.all()
    tag = PublishedSource.plural
    list_serializer = SourceSerializer
    detail_serializer = SourceDetailSerializer
    filterset_class = SourceFilterSet

    def parts(self, row: Seen, entry: Entry, body: Mapping[str, Any]) -> dict[str, Any]:
        """Each with the judgements on its pair: field and value, passage or person."""
        judged: dict[str, list[dict[str, Any]]] = {}
        for judgement in entry.judgement_list:
            judged.setdefault(judgement["part"], []).append(judgement)
        found = {
            part: [{**item, "judgements": judged.get(item["id"], [])} for item in body[part]]
            for part in ("readings", "vouched")
        }
        documents = [{**item, "licence": body["licence"]} for item in body["documents"]]
        return {**found, "documents": documents}
