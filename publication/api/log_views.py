"""The publication log for clients: what changed since a number, and every entry in full."""

import re
from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from publication import log, published
from publication.affected import Record, Shown, affected, around
from publication.anchors import HASH
from publication.api.base import PublicViewSet
from publication.api.headers import FOR_EVER
from publication.api.named import answer
from publication.api.pagination import Since
from publication.api.problems import AnotherLog
from publication.api.serializers import (
    ChangeSerializer,
    EntrySerializer,
    EnvelopeSerializer,
    entry_part,
    envelope_data,
)
from publication.changed import changed, told
from publication.entries import Entry

SEQ = re.compile(r"[1-9][0-9]{0,14}", re.ASCII)
NO_HASH = "Give the entry's hash: 64 lower-case hexadecimal digits."
ENTRY_HASH = OpenApiParameter(
    "hash",
    {"type": "string", "pattern": f"^{HASH}$"},
    description="The hash that the entry is to have, for who may meet another log: 409 where it has"
    " another one.",
)


def _with_columns(rows: Sequence[Any], *but: str) -> Sequence[Entry]:
    """The same entries with all columns but some."""
    numbers = [entry.seq for entry in rows]
    return list(Entry.objects.filter(seq__in=numbers).defer(*but).order_by("seq"))


class ChangesViewSet(PublicViewSet):
    """The feed to stay in step with what is public."""

    tag = "changes"
    conflicts = frozenset({"list"})
    serializer_class = ChangeSerializer
    pagination_class = Since
    queryset = Entry.objects.all()

    def list(self, request: Request) -> Response:
        """List what changed after entry `since`, oldest first.

        Start with `since=0`, follow `next` to its end, keep `seq` and `hash` of the last row, and
        ask again with both: in another log, where that number means something else, 409 says so.
        """
        rows = log.stretch(0, self.newest).values_list("seq", "hash", named=True)
        return self.paged_response(rows)

    def keys(self, rows: Sequence[Any]) -> Sequence[Hashable]:
        return [(self.log, self.origin, "change", entry.seq) for entry in rows]

    def shown(self, rows: Sequence[Any]) -> Sequence[dict[str, Any]]:
        entries = _with_columns(rows, "envelope", "contributors")
        shown = around(entries)
        alters, changes = affected(entries, shown), changed(entries, shown)
        return [
            {
                "seq": entry.seq,
                "at": entry.at,
                "action": entry.action,
                "type": entry.record_type,
                "id": entry.public_id,
                **_named(entry, shown[entry.seq][1]),
                "version": entry.version,
                "digest": entry.digest,
                "hash": entry.hash,
                "api_url": self._read_at(Record(entry.record_type, entry.public_id)),
                "reason": entry.note,
                "changed": [told(change) for change in changes[entry.seq]],
                "affects": [
                    {**record._asdict(), "api_url": self._read_at(record)}
                    for record in alters[entry.seq]
                ],
            }
            for entry in entries
        ]

    def _read_at(self, record: Record) -> str:
        return answer(self.origin, published.tables()[record.type].plural, record.id)


def _named(entry: Entry, row: Shown | None) -> dict[str, str]:
    """An entry that makes no row names its record itself."""
    named = row or entry.body
    return {"slug": named["slug"], "name": named["name"]}


class LogViewSet(PublicViewSet):
    """The publication log itself. An entry never changes in its log, so that its answer hangs on
    its own hash and not on the head.
    """

    tag = "log"
    takes: ClassVar[Mapping[str, Sequence[str]]] = {"retrieve": ["hash"]}
    conflicts = frozenset({"retrieve"})
    lasting: ClassVar[Mapping[str, str]] = {"retrieve": FOR_EVER}
    queryset = Entry.objects.all()

    def get_serializer_class(self) -> type[Any]:
        return EntrySerializer if self.action == "retrieve" else EnvelopeSerializer

    def list(self, request: Request) -> Response:
        """List the envelopes of all entries, oldest first: all that the chain hashes."""
        heavy = ("content", "envelope", "contributors")
        return self.paged_response(log.Stretch(0, self.newest, defer=heavy))

    @extend_schema(parameters=[ENTRY_HASH])
    def retrieve(self, request: Request, seq: str) -> Response:
        """Read one entry with its content exactly as stored.

        It never changes in its log, and may be stored for as long as one likes. With `hash` the
        address is that of one entry in whatever log: where this one has another there, 409 says so.
        """
        wanted = request.query_params.get("hash")
        if wanted is not None and not re.fullmatch(HASH, wanted):
            raise ValidationError({"hash": NO_HASH})
        if not self._hash:
            raise NotFound(f"The log has no such entry; its newest is {self.newest}.")
        if wanted not in (None, self._hash):
            raise AnotherLog(
                f"Another log: entry {seq} has the hash {self._hash} here. Begin again at "
                "changes/?since=0."
            )
        return self.single(entry_part(self.log, int(seq)), self.entry(int(seq)))

    @cached_property
    def etag(self) -> str:
        """Of an entry, its hash: the same whatever the log says after it."""
        if not (found := self._hash):
            return super().etag
        return self.tag_of(self.kwargs["seq"], found)

    @cached_property
    def _hash(self) -> str:
        """Of the entry that the address names; empty where there is none."""
        seq = self.kwargs.get("seq", "")
        if not (SEQ.fullmatch(seq) and int(seq) <= self.newest):
            return ""
        return self.entry(int(seq)).hash

    def keys(self, rows: Sequence[Any]) -> Sequence[Hashable]:
        return [(self.log, "envelope", entry.seq) for entry in rows]

    def shown(self, rows: Sequence[Any]) -> Sequence[dict[str, Any]]:
        return [envelope_data(entry) for entry in _with_columns(rows, "content")]
