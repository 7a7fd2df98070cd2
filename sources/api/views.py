"""Published sources for clients."""

from collections.abc import Mapping, Sequence
from typing import Any

from publication.api.linked_data import Data
from publication.api.marks import Seen
from publication.api.records import Approved, RecordViewSet
from publication.entries import Entry
from sources.api import linked_data
from sources.api.filters import SourceFilterSet
from sources.api.formats import CITED, file_of
from sources.api.serializers import SourceDetailSerializer, SourceSerializer
from sources.citing.works import work
from sources.published import PublishedSource


class SourceViewSet(RecordViewSet):
    """Citable works."""

    table = PublishedSource
    queryset = PublishedSource.objects.all()
    tag = PublishedSource.plural
    offers = {"retrieve": CITED, "version": CITED}
    list_serializer = SourceSerializer
    detail_serializer = SourceDetailSerializer
    filterset_class = SourceFilterSet

    def linked(self, approved: Approved) -> Data:
        entry, row, _, marks, url = approved
        return linked_data.of_record(row, entry, origin=self.origin, url=url, marks=marks)

    def cited(self, approved: Approved) -> str:
        """The work itself."""
        return file_of(self.representation).write([work(approved.entry.body, approved.row)])

    def parts(self, rows: Sequence[Seen], entries: Mapping[int, Entry]) -> Sequence[dict[str, Any]]:
        return [_parts(entries[row.approved_seq]) for row in rows]


def _parts(entry: Entry) -> dict[str, Any]:
    """Each with the judgements on its pair: field and value, passage or person."""
    judged: dict[str, list[dict[str, Any]]] = {}
    for judgement in entry.judgement_list:
        judged.setdefault(judgement["part"], []).append(judgement)
    body = entry.body
    found = {
        part: [{**item, "judgements": judged.get(item["id"], [])} for item in body[part]]
        for part in ("readings", "vouched")
    }
    documents = [{**item, "licence": body["licence"]} for item in body["documents"]]
    return {**found, "documents": documents}
