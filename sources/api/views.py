"""Published sources for clients."""

from typing import Any

from publication.api.records import Marks, RecordViewSet
from publication.entries import Entry
from sources.api.filters import SourceFilterSet
from sources.api.marks import source_marks
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

    def marks(self, version: int, present: Any) -> Marks:
        return source_marks(version, present)

    def parts(self, row: Any, entry: Entry) -> dict[str, Any]:
        return {
            part: [_judged(entry, item) for item in entry.body[part]]
            for part in ("readings", "vouched")
        }


def _judged(entry: Entry, item: dict[str, Any]) -> dict[str, Any]:
    """With the judgements on its pair: field and value beside the passage or the person."""
    judged = [j for j in entry.judgement_list if j["part"] == item["id"]]
    return {**item, "judgements": judged}
