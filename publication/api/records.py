"""Published records: lists, one record, its versions; each app's records fill in the rest."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from publication import addresses, log
from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.filters import DeclaredFilterSet
from publication.api.linked_data import Data, written
from publication.api.marks import Marks, Seen, columns, of_named, own, seen, seen_at
from publication.api.named import State, answer, page
from publication.api.negotiation import JSON, JSON_LD
from publication.api.pagination import MAX_LIMIT
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

ADDRESS = re.compile(r"[-a-zA-Z0-9_]{1,120}", re.ASCII)
EXPAND = "expand"
MOST_WHOLE = 20
"""Rows of a list that are given whole."""
VERSION = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as an answer shows it: the row, what to warn of, and the stored content."""

    row: Any
    url: str
    api_url: str
    marks: Marks
    body: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    """What the app or the action adds."""


class Approved(NamedTuple):
    """A version that is written otherwise than in JSON."""

    entry: Entry
    row: Any
    """The record as it is shown, which says what became of it."""
    seq: int
    """The head of the log at which what the version refers to is named."""
    marks: Marks
    url: str
    """The page of it."""


def not_yet(what: str, seq: int, first: Entry) -> str:
    """That something was not public at an entry, and when it became so."""
    return (
        f"{what} was not public yet at entry {seq}; it was first approved on {first.at[:10]} as "
        f"entry {first.seq}."
    )


class RecordViewSet(PublicViewSet):
    """One type of record; the class attributes say which."""

    takes: ClassVar[Mapping[str, Sequence[str]]] = {
        "list": ["as_of", "fields"],
        "retrieve": ["as_of", "fields"],
    }
    paged = frozenset({"list", "versions"})
    addressed: ClassVar[frozenset[str]] = frozenset({"retrieve", "versions", "version"})
    """Actions on one record, which may have moved."""
    ends_at: ClassVar[frozenset[str]] = frozenset({"retrieve"})
    """Actions that a withdrawal ends."""
    of_its_own = frozenset({"version"})

    table: ClassVar[type[PublishedRecord]]
    filterset_class: ClassVar[type[DeclaredFilterSet]]
    list_serializer: ClassVar[type[Any]]
    expands: ClassVar[str] = ""
    """What a list is asked to give with each row, which is then whole."""
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
        keys = self.paginate_queryset(self._listed().read_by(lambda keys: keys)) or []
        rows = self._read(keys)
        if self.expanded:
            whole = parts.array(self.wholes(rows))
            return self.get_paginated_response(self.only(whole, self.detail_serializer))
        kept = self.keys(rows)

        def anew() -> parts.Written:
            return parts.array(self.written(rows, kept))

        key = (self.log, self.origin, "page", self.tag, *kept)
        # In the past marks hang on the rows of now, too.
        is_now = self.seq == self.newest
        found = parts.part(key, anew, size=len) if is_now else anew()
        return self.get_paginated_response(self.only(found, self.list_serializer))

    @cached_property
    def expanded(self) -> bool:
        """Whether the rows of a list are asked for whole."""
        asked = self.request.query_params.get(EXPAND)
        if asked is None:
            return False
        if asked != self.expands:
            raise ValidationError({EXPAND: f"Say {self.expands}, or leave it out."})
        return True

    @property
    def most_rows(self) -> int:  # type: ignore[override]
        return MOST_WHOLE if self.action == "list" and self.expanded else MAX_LIMIT

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
            rows = seen_at(self.table, self.seq, wanted, column="key")
            found = {row.key: row for row in rows}
            return [found[key] for key in wanted]

        seen = [(self.log, "seen", self.tag, key) for key in keys]
        return parts.parts(seen, anew, size=lambda row: 0)

    def retrieve(self, request: Request, address: str) -> Response | HttpResponse:
        """Read one record by slug or id, with its full content."""
        row = self._here(self.seq)
        if row is None or row.withdrawn:  # it may have moved, or lead to another one
            located = self.locate(self.seq)
            if located.withdrawn:
                raise self.gone(located)
            row = self.seen(located)
        where = page(self.origin, self.tag, row.slug)
        if self.representation != JSON:
            return self.otherwise(row, row.approved_seq, self.seq, where)
        self.page = self.then(where)
        return self.single(self.only(self.whole(row, self._now(row)), self.detail_serializer))

    def versions(self, request: Request, address: str) -> Response:
        """List the approved versions of one record, oldest first; withdrawn ones stay."""
        self.present = self._here(self.newest) or self.seen(self.locate(self.newest))
        rows = self.table._default_manager.filter(
            public_id=self.present.public_id, from_seq=F("approved_seq"), from_seq__lte=self.newest
        )
        return self.paged_response(rows.order_by("version"))

    def version(self, request: Request, address: str, version: str) -> Response | HttpResponse:
        """Read one approved version: its entry in the log and its content exactly as stored."""
        present = self._here(self.newest) or self.seen(self.locate(self.newest))
        entry = self._approval(present.public_id, version)
        self.page = page(self.origin, self.tag, present.slug, int(version))
        if self.representation != JSON:
            return self.otherwise(present, entry, entry, self.page)
        more = {
            "url": self.page,
            "api_url": answer(self.origin, self.tag, present.public_id, int(version)),
            "marks": self._marks(int(version), present, entry),
        }
        return self.single(parts.joined(entry_part(self.log, entry), more), self.entry(entry))

    def otherwise(self, row: Seen, approval: int, seq: int, url: str) -> HttpResponse:
        """The version that an entry approved, in another representation than JSON."""
        entry = log.entry_at(approval)
        whole = self.table._default_manager.get(key=row.key)
        marks = self._marks(entry.version, self._now(row), approval)
        approved = Approved(entry, whole, seq, marks, url)
        if self.representation == JSON_LD:
            return self.told(written(self.linked(approved)))
        return self.told(self.cited(approved), f"{entry.body['slug']}-v{entry.version}")

    def linked(self, approved: Approved) -> Data:
        """A version as linked data."""
        raise NotImplementedError

    def cited(self, approved: Approved) -> str:
        """A version as a file that cites it, in the representation that is asked for."""
        raise NotImplementedError

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

    def _here(self, seq: int) -> Seen | None:
        """Of the record that has the request's address as its slug, what answers hang on; ``None``
        where ``locate`` has to be asked.
        """
        address = self.kwargs["address"]
        if not ADDRESS.fullmatch(address):
            return None
        found = seen_at(self.table, seq, [address], column="slug")
        return found[0] if len(found) == 1 else None

    def _now(self, row: Seen) -> Seen:
        """The same of a record's present row."""
        if self.seq == self.newest:
            return row
        return seen_at(self.table, self.newest, [row.public_id])[0]

    def _marks(self, version: int, present: Seen, approved: int) -> Marks:
        """Of the version that an entry approved: its own, and those of what it names."""
        named = of_named(self.table, [approved], self.newest)
        return *own(version, present), *named.get(approved, ())

    def whole(self, row: Seen, now: Seen) -> parts.Written:
        """One record with its full content, marked by what is known now."""
        marks = self._marks(row.version, now, row.approved_seq)
        key = (self.log, self.origin, "record", self.tag, row.key, *marks)
        return parts.part(key, lambda: parts.write(self.serialized([row], [marks])[0]), size=len)

    def wholes(self, rows: Sequence[Seen]) -> Sequence[parts.Written]:
        """The same of several records, in a fixed number of queries."""
        named = of_named(self.table, [row.approved_seq for row in rows], self.newest)
        now = {row.public_id: row for row in self._all_now(rows)}
        marks = [
            (*own(row.version, now[row.public_id]), *named.get(row.approved_seq, ()))
            for row in rows
        ]
        return [parts.write(record) for record in self.serialized(rows, marks)]

    def seen(self, row: PublishedRecord) -> Seen:
        """Of a whole row."""
        return seen(self.table, [getattr(row, name) for name in columns(self.table)])

    def serialized(self, rows: Sequence[Seen], marks: Sequence[Marks]) -> Sequence[Any]:
        """Records with their full content, by their serializer."""
        entries = log.entries_at(row.approved_seq for row in rows)
        whole = self.table._default_manager.in_bulk([row.key for row in rows])
        more = self.parts(rows, entries)
        return [
            self.detail_serializer(
                Shown(
                    row=whole[row.key],
                    url=page(self.origin, self.tag, row.slug),
                    api_url=answer(self.origin, self.tag, row.public_id),
                    marks=of_it,
                    body=entries[row.approved_seq].body,
                    parts=beside,
                )
            ).data
            for row, of_it, beside in zip(rows, marks, more, strict=True)
        ]

    def keys(self, rows: Sequence[Any]) -> Sequence[Hashable]:
        found = self._all_seen(rows)
        self._present = {row.public_id: row for row in self._all_now(found)}
        approvals = [row.approved_seq for row in found]
        self._from_named = of_named(self.table, approvals, self.newest)
        self._named_by = {} if self.action == "versions" else self.named_by(found)
        kind = (self.log, self.origin, self.action, self.tag)
        return [
            (*kind, row.key, self._slug(row), *self._of(row), self._named_by.get(row.approved_seq))
            for row in found
        ]

    def shown(self, rows: Sequence[Any]) -> Sequence[Any]:
        found = self._all_seen(rows)
        whole = self.table._default_manager.in_bulk([row.key for row in found])
        versions = self.action == "versions"
        more = self._reasons(found) if versions else self.beside(found, self._named_by)
        shown = []
        for row in found:
            version = row.version if versions else None
            shown.append(
                Shown(
                    row=whole[row.key],
                    url=page(self.origin, self.tag, self._slug(row), version),
                    api_url=answer(self.origin, self.tag, row.public_id, version),
                    marks=self._of(row),
                    parts=more.get(row.approved_seq, {}),
                )
            )
        return shown

    def _all_seen(self, rows: Sequence[Any]) -> Sequence[Seen]:
        return [row if isinstance(row, Seen) else self.seen(row) for row in rows]

    def _all_now(self, rows: Sequence[Seen]) -> Sequence[Seen]:
        """What the marks of rows in a list hang on."""
        if self.action == "versions":
            return [self.present]
        if self.seq == self.newest:
            return rows
        return seen_at(self.table, self.newest, [row.public_id for row in rows])

    def _of(self, row: Seen) -> Marks:
        present = self._present[row.public_id]
        return (*own(row.version, present), *self._from_named.get(row.approved_seq, ()))

    def named_by(self, rows: Sequence[Seen]) -> Mapping[int, State]:
        """By approving entry, the record that each names in a list: its id, and its state."""
        return {}

    def beside(
        self, rows: Sequence[Seen], named_by: Mapping[int, State]
    ) -> Mapping[int, dict[str, Any]]:
        """By approving entry, what a row of a list shows beside its own columns."""
        return {}

    def _slug(self, row: Seen) -> str:
        """Where the page for people is: of versions, below the record's present address."""
        return self.present.slug if self.action == "versions" else row.slug

    def _reasons(self, rows: Sequence[Seen]) -> dict[int, dict[str, Any]]:
        """By entry, why versions were approved."""
        approvals = log.approvals(self.table.record_type, self.present.public_id)
        found = approvals.filter(seq__in=[row.approved_seq for row in rows])
        return {seq: {"reason": note} for seq, note in found.values_list("seq", "note")}

    def parts(self, rows: Sequence[Seen], entries: Mapping[int, Entry]) -> Sequence[dict[str, Any]]:
        """What each record shows beyond its row and its content; ``entries`` approved them."""
        return [{} for _ in rows]

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
                raise self._moved(found.successor)
            if found is not None and found.moved:
                raise self._moved(found.row)
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

    def _moved(self, row: Any) -> Moved:
        """To the same question about the record at its present address."""
        match = self.request.resolver_match
        if match is None:  # pragma: no cover - a view always has one
            raise NotFound
        path = reverse(match.view_name, kwargs={**match.kwargs, "address": row.slug})
        query = urlencode(list(self.request.query_params.lists()), doseq=True)
        return Moved(
            f"{path}?{query}" if query else path,
            self.origin,
            record_type=self.table.record_type,
            public_id=row.public_id,
            slug=row.slug,
        )

    def gone(self, row: Any) -> Gone:
        entry = log.entry_at(row.from_seq)
        versions = reverse(f"api:{self.tag}-versions", kwargs={"address": row.slug})
        return Gone(
            f"“{row.name}” was withdrawn. Its versions stay readable, marked as withdrawn.",
            tombstone={
                "type": self.table.record_type,
                "id": row.public_id,
                "slug": row.slug,
                "name": row.name,
                "version": row.version,
                "withdrawn_at": entry.at,
                "withdrawn_by": entry.approver_name,
                "reason": entry.note or None,
                "url": page(self.origin, self.tag, row.slug),
                "versions": self.absolute(versions),
            },
        )
