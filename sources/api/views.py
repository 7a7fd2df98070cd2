"""Published sources for clients."""

from typing import Any

from publication.api.records import Marks, RecordViewSet
from publication.entries import Entry
from sources.api.filters import SourceFilterSet
from sources.api.marks import source_marks
from sources.api.serializers import SourceDetailSerializer, SourceSerializer
from sources.bindings import field_digest
from sources.published import PublishedSource


class SourceViewSet(RecordViewSet):
    """Citable works."""

    table = PublishedSource
    queryset = PublishedSource.objects.all()
    tag = PublishedSource.plural
    list_serializer = SourceSerializer
    detail_serializer = SourceDetailSerializer
    filterset_class = SourceFilterSet

    def marks(self, version: int, present: Any) -> Marks:
        return source_marks(version, present)

    def parts(self, row: Any, entry: Entry) -> dict[str, Any]:
        body = entry.body
        return {"readings": [_reading(entry, body, item) for item in body["readings"]]}


def _reading(entry: Entry, body: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    """A reading with the judgements on its pair: field and value beside the passage."""
    pair = field_digest(body, item)
    judged = [j for j in entry.judgement_list if j["pair"] == pair]
    return {**item, "judgements": judged}
