"""Published records: lists, one record, its versions; each app's records fill in the rest."""

import re
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from publication import addresses, log, plainly
from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.filters import DeclaredFilterSet
from publication.api.problems import Gone, Moved
from publication.api.serializers import (
    VersionSerializer,
    VersionSummarySerializer,
    entry_part,
)
from publication.entries import Entry
from publication.indexes import Listed
from publication.keeping import index_at
from publication.published import PublishedRecord

Marks = list[str]

ADDRESS = re.compile(r"[-a-zA-Z0-9_]{1,120}", re.ASCII)
VERSION = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as an answer shows it: the row, what to warn of, and the stored content."""

    row: Any
    url: str
    marks: Marks
    body: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    """What the app adds to a single record."""


class Seen(NamedTuple):
    """What of a record's row answers hang on: which row it is, and what it makes others say."""

    key: str
    public_id: str
    slug: str
    version: int
    withdrawn: bool
    approved_seq: int


def seen_at(
    table: type[PublishedRecord],
    seq: int,
    values: Collection[str],
    *,
    column: str = "public_id",
    kind: type[Any] = Seen,
) -> list[Any]:
    """Rows of records, tombstones included, by ids or another column; ``kind`` says how much."""
    rows = plainly.rows_at(table, kind._fields, seq, column=column, values=values)
    return [kind(*row) for row in rows]


def marks(version: int, present: Any) -> Marks:
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
    seen: ClassVar[type[Any]] = Seen
    """How much of a row the marks hang on."""
    filterset_class: ClassVar[type[DeclaredFilterSet]]
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

    def list(self, request: Request) -> Response:
        """List what is public, by name."""
        found = self._listed().read_by(lambda keys: keys)
        keys = self.paginate_queryset(found) or []

        def written() -> parts.Written:
            return parts.array(self.written(self._read(keys)))

        if self.seq != self.newest:  # then marks hang on the rows of now, too
            return self.get_paginated_response(written())
        page = (self.log, self.origin, "page", self.tag, *keys)
        return self.get_paginated_response(parts.part(page, written, size=len))

    def _listed(self) -> Any:
        """What is public, as far as the filters leave it."""
        filters = self.filterset_class
        # A form of filters takes longer than the rest of an answer.
        if filters.base_filters.keys() & self.request.query_params.keys():
            return self.filter_queryset(self.table._default_manager.all())
        index = index_at(filters.declared.facts, self.seq, ())
        return Listed(index, index.every)

    def _read(self, keys: Sequence[str]) -> Sequence[Any]:
        """Of rows, what answers hang on; that of a row never changes."""

        def anew(missing: list[int]) -> list[Any]:
            wanted = [keys[place] for place in missing]
            rows = seen_at(self.table, self.seq, wanted, column="key", kind=self.seen)
            found = {row.key: row for row in rows}
            return [found[key] for key in wanted]

        seen = [(self.log, "seen", self.tag, key) for key in keys]
        return parts.parts(seen, anew, size=lambda row: 0)

    def retrieve(self, request: Request, address: str) -> Response:
        """Read one record by slug or id, with its full content."""
        row = self._here(self.seq)
        if row is None or row.withdrawn:  # it may have moved, or lead to another one
            row = self.locate(self.seq)
        if row.withdrawn:
            raise self.gone(row)
        return Response(self.whole(row, self._now(row)))

    def versions(self, request: Request, address: str) -> Response:
        """List the approved versions of one record, oldest first; withdrawn ones stay."""
        self.present = self._here(self.newest) or self.locate(self.newest)
        rows = self.table._default_manager.filter(
            public_id=self.present.public_id, from_seq=F("approved_seq"), from_seq__lte=self.newest
        )
        return self.paged_response(
            rows.order_by("version").values_list(*self.seen._fields, named=True)
        )

    def version(self, request: Request, address: str, version: str) -> Response:
        """Read one approved version: its entry in the log and its content exactly as stored."""
        present = self._here(self.newest) or self.locate(self.newest)
        entry = self._approval(present.public_id, version)
        more = {
            "url": self.page_of(present.slug, int(version)),
            "marks": self.marks(int(version), present),
        }
        return Response(parts.joined(entry_part(self.log, entry), more))

    def _approval(self, public_id: str, version: str) -> int:
        """The entry that approved a version of the request's record."""

        def anew() -> int:
            if VERSION.fullmatch(version):
                approvals = log.approvals(self.table.record_type, public_id)
                seq = approvals.filter(version=int(version)).values_list("seq", flat=True).first()
                if seq is not None:
                    return seq
            raise NotFound(f"“{self.locate(self.newest).name}” has no such version.")

        key = (self.log, "approval", self.tag, public_id, version)
        return parts.part(key, anew, size=lambda seq: 0)

    def _here(self, seq: int) -> Any | None:
        """Of the record that has the request's address as its slug, what answers hang on; ``None``
        where ``locate`` has to be asked.
        """
        address = self.kwargs["address"]
        if not ADDRESS.fullmatch(address):
            return None
        found = seen_at(self.table, seq, [address], column="slug", kind=self.seen)
        return found[0] if len(found) == 1 else None

    def _now(self, row: Any) -> Any:
        """The same of a record's present row."""
        if self.seq == self.newest:
            return row
        return seen_at(self.table, self.newest, [row.public_id], kind=self.seen)[0]

    def whole(self, row: Any, now: Any) -> parts.Written:
        """One record with its full content, marked by what is known now."""
        marks = self.marks(row.version, now)
        key = (self.log, self.origin, "record", self.tag, row.key, *marks)
        return parts.part(key, lambda: parts.write(self.serialized(row, marks)), size=len)

    def serialized(self, row: Any, marks: Marks) -> Any:
        """The same, by its serializer."""
        whole = self.table._default_manager.get(key=row.key)
        return self.get_serializer(self.told(whole, log.entry_at(row.approved_seq), marks)).data

    def wholes(self, rows: Sequence[Any]) -> Sequence[parts.Written]:
        """Several records, each as ``whole`` has it where this is the present; rows with all their
        columns. In a fixed number of statements.
        """
        return [parts.write(said) for said in self.all_serialized(rows)]

    def all_serialized(self, rows: Sequence[Any]) -> Sequence[dict[str, Any]]:
        """The same, by one serializer, which takes longer to make than to use."""
        entries, writer = log.entries_at(row.approved_seq for row in rows), self.get_serializer()
        return [
            writer.to_representation(
                self.told(row, entries[row.approved_seq], self.marks(row.version, row))
            )
            for row in rows
        ]

    def told(self, row: Any, entry: Entry, marks: Marks) -> Shown:
        """Of a row with all its columns, and the entry that approved it."""
        body = entry.body
        return Shown(
            row=row,
            url=self.page_of(row.slug),
            marks=marks,
            body=body,
            parts=self.parts(entry, body),
        )

    def keys(self, rows: Sequence[Any]) -> Sequence[Hashable]:
        self._present = {row.public_id: row for row in self._all_now(rows)}
        kind = (self.log, self.origin, self.action, self.tag)
        return [(*kind, row.key, self._slug(row), *self._of(row)) for row in rows]

    def shown(self, rows: Sequence[Any]) -> Sequence[Any]:
        whole = self.table._default_manager.in_bulk([row.key for row in rows])
        versions = self.action == "versions"
        more = self._notes(rows) if versions else {}
        return [
            Shown(
                row=whole[row.key],
                url=self.page_of(self._slug(row), row.version if versions else None),
                marks=self._of(row),
                parts=more.get(row.approved_seq, {}),
            )
            for row in rows
        ]

    def _all_now(self, rows: Sequence[Any]) -> Sequence[Any]:
        """What the marks of rows in a list hang on."""
        if self.action == "versions":
            return [self.present]
        if self.seq == self.newest:
            return rows
        ids = [row.public_id for row in rows]
        return seen_at(self.table, self.newest, ids, kind=self.seen)

    def _of(self, row: Any) -> Marks:
        return self.marks(row.version, self._present[row.public_id])

    def _slug(self, row: Any) -> str:
        """Where the page for people is: of versions, below the record's present address."""
        slug: str = self.present.slug if self.action == "versions" else row.slug
        return slug

    def _notes(self, rows: Sequence[Any]) -> dict[int, dict[str, Any]]:
        """By entry, why versions were approved."""
        approvals = log.approvals(self.table.record_type, self.present.public_id)
        found = approvals.filter(seq__in=[row.approved_seq for row in rows])
        return {seq: {"note": note} for seq, note in found.values_list("seq", "note")}

    def marks(self, version: int, present: Any) -> Marks:
        return marks(version, present)

    def parts(self, entry: Entry, body: Mapping[str, Any]) -> dict[str, Any]:
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
