"""Published records: lists, one record, its versions; each app's records fill in the rest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.urls import reverse
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from publication import addresses, log
from publication.api.base import PublicViewSet
from publication.api.problems import Gone, Moved
from publication.api.serializers import VersionSerializer, VersionSummarySerializer, entry_data
from publication.entries import Entry
from publication.published import PublishedRecord, identity
from publication.remembered import Remembered

Marks = list[str]

ADDRESS = re.compile(r"[-a-zA-Z0-9_]{1,120}", re.ASCII)
VERSION = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


_written: Remembered[Any] = Remembered(most=8_000_000)
"""Records as lists have them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as an answer shows it: the row, what to warn of, and the stored content."""

    row: Any
    url: str
    marks: Marks
    body: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    """What the app adds to a single record."""


def marks(version: int, present: PublishedRecord) -> Marks:
    """What a reader has to be told today about a version, whatever ``as_of`` says."""
    found: Marks = []
    if present.version > version:
        found.append("superseded")
    if present.withdrawn:
        found.append("withdrawn")
    return found


def by_public_id(
    table: type[PublishedRecord], public_ids: Iterable[str], seq: int
) -> dict[str, Any]:
    """The rows of some records at one head of the log, tombstones included."""
    rows = table._default_manager.as_of(seq)  # type: ignore[attr-defined]
    return {row.public_id: row for row in rows.filter(public_id__in=set(public_ids))}


def not_yet(what: str, seq: int, first: Entry) -> str:
    """That something was not public at an entry, and when it became so."""
    return (
        f"{what} was not public yet at entry {seq}; it was first approved on {first.at[:10]} as "
        f"entry {first.seq}."
    )


class RecordViewSet(PublicViewSet):
    """One type of record; the class attributes say which."""

    takes: ClassVar[Mapping[str, Sequence[str]]] = {"list": ["as_of"], "retrieve": ["as_of"]}
    paged = frozenset({"list", "versions"})
    addressed: ClassVar[frozenset[str]] = frozenset({"retrieve", "versions", "version"})
    """Actions on one record, which may have moved."""
    ends_at: ClassVar[frozenset[str]] = frozenset({"retrieve"})
    """Actions that a withdrawal ends."""

    table: ClassVar[type[PublishedRecord]]
    list_serializer: ClassVar[type[Any]]
    detail_serializer: ClassVar[type[Any]]

    def get_serializer_class(self) -> type[Any]:
        serializers: dict[str, type[Any]] = {
            "list": self.list_serializer,
            "retrieve": self.detail_serializer,
            "versions": VersionSummarySerializer,
            "version": VersionSerializer,
        }
        return serializers[self.action]

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.table._default_manager.as_of(  # type: ignore[attr-defined]
            self.seq
        )
        return rows.filter(withdrawn=False).order_by("name", "key")

    def list(self, request: Request) -> Response:
        """List what is public, by name."""
        return self.paged_response(self.filter_queryset(self.get_queryset()))

    def retrieve(self, request: Request, address: str) -> Response:
        """Read one record by slug or id, with its full content."""
        row = self.locate(self.seq)
        if row.withdrawn:
            raise self.gone(row)
        present = by_public_id(self.table, [row.public_id], self.newest)[row.public_id]
        entry = log.entry_at(row.approved_seq)
        body = entry.body
        shown = Shown(
            row=row,
            url=self.page_of(row.slug),
            marks=self.marks(row.version, present),
            body=body,
            parts=self.parts(row, entry),
        )
        return Response(self.get_serializer(shown).data)

    def versions(self, request: Request, address: str) -> Response:
        """List the approved versions of one record, oldest first; withdrawn ones stay."""
        self.present = self.locate(self.newest)
        rows = self.table._default_manager.filter(
            public_id=self.present.public_id, from_seq=F("approved_seq"), from_seq__lte=self.newest
        )
        return self.paged_response(rows.order_by("version"))

    def version(self, request: Request, address: str, version: str) -> Response:
        """Read one approved version: its entry in the log and its content exactly as stored."""
        present = self.locate(self.newest)
        entry = None
        if VERSION.fullmatch(version):
            entry = log.approved_version(self.table.record_type, present.public_id, int(version))
        if entry is None:
            raise NotFound(f"“{present.name}” has no such version.")
        data = {
            **entry_data(entry),
            "url": self.page_of(present.slug, entry.version),
            "marks": self.marks(entry.version, present),
        }
        return Response(self.get_serializer(data).data)

    def written(self, rows: Sequence[Any]) -> Sequence[Any]:
        """In the list, the same rows of a record and of what it is now are written once."""
        if self.action != "list":
            return super().written(rows)
        present = {row.public_id: row for row in rows}
        if self.seq != self.newest:
            present = by_public_id(self.table, present, self.newest)
        site = f"{self.table.record_type} {self.absolute('/')}"
        keys = [(site, *identity(row), *identity(present[row.public_id])) for row in rows]
        found = dict(zip(keys, map(_written.get, keys), strict=True))
        missing = [
            (key, Shown(row, self.page_of(row.slug), self.marks(row.version, now)))
            for key, row in zip(keys, rows, strict=True)
            if found[key] is None
            for now in [present[row.public_id]]
        ]
        made = self.get_serializer([shown for _, shown in missing], many=True).data
        for (key, _), written in zip(missing, made, strict=True):
            found[key] = _written.keep(key, written, 2000 + 3 * len(str(written)))
        return [found[key] for key in keys]

    def shown(self, rows: Sequence[Any]) -> Sequence[Any]:
        return self._versions_shown(rows)

    def _versions_shown(self, rows: Sequence[Any]) -> Sequence[Shown]:
        numbers = [row.approved_seq for row in rows]
        approvals = log.approvals(self.table.record_type, self.present.public_id)
        notes = dict(approvals.filter(seq__in=numbers).values_list("seq", "note"))
        return [
            Shown(
                row=row,
                url=self.page_of(self.present.slug, row.version),
                marks=self.marks(row.version, self.present),
                parts={"note": notes[row.approved_seq]},
            )
            for row in rows
        ]

    def marks(self, version: int, present: Any) -> Marks:
        return marks(version, present)

    def parts(self, row: Any, entry: Entry) -> dict[str, Any]:
        """What a single record shows beyond its row and its content."""
        return {}

    def page_of(self, slug: str, version: int | None = None) -> str:
        """The absolute address of the page for people."""
        path = f"/{self.tag}/{slug}/"
        return self.absolute(path if version is None else f"{path}v/{version}/")

    def locate(self, seq: int) -> Any:
        """The row at the slug or id of the request, a tombstone included.

        ``Moved`` for an old slug and, where a withdrawal ends the action, for a record that was
        joined with another; ``NotFound`` for what was never public up to ``seq``.
        """
        address = self.kwargs["address"]
        if ADDRESS.fullmatch(address):
            found = addresses.find(self.table, address, seq)
            found = found or addresses.find_id(self.table, address, seq)
            if found is not None and found.successor and self.action in self.ends_at:
                raise Moved(self._address_with(found.successor.slug))
            if found is not None and found.moved:
                raise Moved(self._address_with(found.row.slug))
            if found is not None:
                return found.row
            if seq < self.newest:
                self._require_then(address)
        raise NotFound(f"No {self.table.record_type} is public at this address.")

    def _require_then(self, address: str) -> None:
        """``NotFound`` that says when, where the record was first approved after ``as_of``."""
        later = addresses.find(self.table, address, self.newest)
        later = later or addresses.find_id(self.table, address, self.newest)
        if later is not None:
            first = log.approvals(self.table.record_type, later.row.public_id).first()
            if first is not None:
                raise NotFound(not_yet(f"“{later.row.name}”", self.seq, first))

    def _address_with(self, slug: str) -> str:
        match = self.request.resolver_match
        if match is None:  # pragma: no cover - a view always has one
            raise NotFound
        path = reverse(match.view_name, kwargs={**match.kwargs, "address": slug})
        query = urlencode(list(self.request.query_params.items()))
        return f"{path}?{query}" if query else path

    def gone(self, row: Any) -> Gone:
        entry = log.entry_at(row.from_seq)
        versions = reverse(f"api:{self.tag}-versions", kwargs={"address": row.slug})
        return Gone(
            f"“{row.name}” was withdrawn. Its versions stay readable, marked as withdrawn.",
            {
                "record_type": self.table.record_type,
                "id": row.public_id,
                "slug": row.slug,
                "name": row.name,
                "version": row.version,
                "withdrawn_at": entry.at,
                "withdrawn_by": entry.approver_name,
                "reason": entry.note,
                "versions": self.absolute(versions),
            },
        )
