"""Published therapies, mechanisms and claims for clients."""

import re
from collections.abc import Hashable, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from publication import log
from publication.actions import WITHDRAW
from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.linked_data import Data, written
from publication.api.marks import Seen, of_named, own
from publication.api.named import Named, State, named, page, states
from publication.api.negotiation import JSON, JSON_LD
from publication.api.problems import Gone
from publication.api.records import Approved, RecordViewSet, not_yet
from publication.api.serializers import ReferenceSerializer
from publication.counting import Counted
from publication.entries import Entry
from sources.api.formats import CITED, file_of
from sources.published import PublishedSource
from therapies.absences import absences, cited_sources
from therapies.api import citations, claims, linked_data
from therapies.api.filters import ClaimFilterSet, MechanismFilterSet, TherapyFilterSet
from therapies.api.serializers import (
    ClaimGoneSerializer,
    ClaimSerializer,
    ClaimWithSubjectSerializer,
    MechanismDetailSerializer,
    MechanismInListSerializer,
    MechanismSerializer,
    TherapyDetailSerializer,
    TherapyInListSerializer,
    TherapySerializer,
)
from therapies.api.topics import topics_of
from therapies.published import (
    PublishedClaim,
    PublishedMechanism,
    PublishedSubject,
    PublishedTherapy,
)
from therapies.published.parts import IN_ORDER

CLAIM_ID = re.compile(r"[a-z0-9]{1,12}", re.ASCII)
CLAIM_ID_PARAMETER = OpenApiParameter(
    "claim_id",
    {"type": "string", "pattern": f"^{CLAIM_ID.pattern}$"},
    OpenApiParameter.PATH,
    description="The claim's id.",
)


def _reading(view: PublicViewSet) -> claims.Reading:
    return claims.Reading(view.log, view.seq, view.newest, view.origin)


class SubjectViewSet(RecordViewSet):
    """What claims are about."""

    table: ClassVar[type[PublishedSubject]]
    offers = {"retrieve": CITED, "version": CITED}
    expands = "claims"
    takes: ClassVar[Mapping[str, Sequence[str]]] = {
        "list": ["as_of", "fields", "expand"],
        "retrieve": ["as_of", "fields"],
    }
    in_list_serializer: ClassVar[type[Any]]
    """A row of a list, in short or whole, as the OpenAPI document has it."""

    def linked(self, approved: Approved) -> Data:
        entry, _, seq, marks, url = approved
        reading = _reading(self)._replace(seq=seq)
        return linked_data.of_record(entry, reading, url=url, marks=marks)

    def cited(self, approved: Approved) -> str:
        """The version, at its permanent address."""
        item = citations.of_version(approved, self.origin)
        return file_of(self.representation).write([item])

    def whole(self, row: Seen, now: Seen) -> parts.Written:
        return self._wholes([row], [now])[0]

    def wholes(self, rows: Sequence[Seen]) -> Sequence[parts.Written]:
        now = {row.public_id: row for row in self._all_now(rows)}
        return self._wholes(rows, [now[row.public_id] for row in rows])

    def _wholes(self, rows: Sequence[Seen], now: Sequence[Seen]) -> list[parts.Written]:
        """What stands before and after the claims, and these, each as far as it is not kept."""
        reading = _reading(self)
        told = claims.claims_of(reading, [(row.public_id, row.approved_seq) for row in rows])
        every = [claim for of_one in told for claim in of_one]
        looked_in = self._looked_in(rows)
        sources = {source for ids in looked_in for source in ids}
        on = claims.hanging_on(every, reading, now, sources=sources)
        frames = self._frames(rows, now, looked_in, on)
        written = iter(claims.written(every, reading, ClaimSerializer, on))
        return [
            parts.Written(b"".join((before, parts.array(islice(written, len(of_one))), after)))
            for (before, after), of_one in zip(frames, told, strict=True)
        ]

    def _frames(
        self,
        rows: Sequence[Seen],
        now: Sequence[Seen],
        looked_in: Sequence[tuple[str, ...]],
        on: claims.Hanging,
    ) -> list[tuple[bytes, bytes]]:
        """What stands before and after the claims of each."""
        named = of_named(self.table, [row.approved_seq for row in rows], self.newest)
        above = self.named_by(rows)
        marks = [
            (*own(row.version, present), *named.get(row.approved_seq, ()))
            for row, present in zip(rows, now, strict=True)
        ]

        def anew(missing: list[int]) -> list[tuple[bytes, bytes]]:
            made = self.serialized([rows[n] for n in missing], [marks[n] for n in missing])
            return [parts.around(record, "claims") for record in made]

        same = (self.log, self.origin, "record", self.tag)
        keys = [
            (
                *(*same, row.key, *of_it, above.get(row.approved_seq)),
                *((source, on.sources.get(source)) for source in ids),
            )
            for row, of_it, ids in zip(rows, marks, looked_in, strict=True)
        ]
        return parts.parts(keys, anew, size=lambda texts: sum(map(len, texts)))

    def parts(self, rows: Sequence[Seen], entries: Mapping[int, Entry]) -> Sequence[dict[str, Any]]:
        """Claims are written by themselves."""
        ids = {source for of_one in self._looked_in(rows) for source in of_one}
        found = states(PublishedSource, ids, self.seq, self.newest)
        sources = named(PublishedSource, found, self.origin)
        above = self.beside(rows, self.named_by(rows))
        return [
            {
                "claims": [],
                "topics": topics_of(
                    self.table.record_type, entries[row.approved_seq].body, sources
                ),
                **above[row.approved_seq],
            }
            for row in rows
        ]

    def named_by(self, rows: Sequence[Seen]) -> Mapping[int, State]:
        """What each is one of: its id, and the state that is shown."""
        ids = {row.approved_seq: row.more[0] for row in rows if row.more[0]}
        found = states(self.table, set(ids.values()), self.seq, self.newest)
        return {seq: (i, *found[i]) for seq, i in ids.items() if i in found}

    def beside(
        self, rows: Sequence[Seen], named_by: Mapping[int, State]
    ) -> Mapping[int, dict[str, Any]]:
        found = named(self.table, {i: tuple(s) for i, *s in named_by.values()}, self.origin)
        above = {seq: found[public_id] for seq, (public_id, *_) in named_by.items()}
        return {row.approved_seq: {"one_of": above.get(row.approved_seq)} for row in rows}

    def _looked_in(self, rows: Sequence[Seen]) -> Sequence[tuple[str, ...]]:
        """The ids of the sources that the topics of each record name."""

        def anew(missing: list[int]) -> list[tuple[str, ...]]:
            approvals = [rows[place].approved_seq for place in missing]
            entries = log.entries_at(approvals)
            return [_looked_in(entries[seq].body) for seq in approvals]

        keys = [(self.log, "looked in", self.tag, row.key) for row in rows]
        return parts.parts(keys, anew, size=lambda found: 100 * len(found))


def _looked_in(body: Mapping[str, Any]) -> tuple[str, ...]:
    absent = absences(body["not_stated"], cited_sources(body)).values()
    return tuple({source for one in absent for source in (*one.sources, *one.newer)})


class TherapyViewSet(SubjectViewSet):
    """Agents and approaches."""

    table = PublishedTherapy
    queryset = PublishedTherapy.objects.all()
    tag = PublishedTherapy.plural
    list_serializer = TherapySerializer
    in_list_serializer = TherapyInListSerializer
    detail_serializer = TherapyDetailSerializer
    filterset_class = TherapyFilterSet


class MechanismViewSet(SubjectViewSet):
    """Targets, effects and disease processes."""

    table = PublishedMechanism
    queryset = PublishedMechanism.objects.all()
    tag = PublishedMechanism.plural
    list_serializer = MechanismSerializer
    in_list_serializer = MechanismInListSerializer
    detail_serializer = MechanismDetailSerializer
    filterset_class = MechanismFilterSet


class ClaimViewSet(PublicViewSet):
    """Single claims, each with its evidence."""

    tag = "claims"
    tombstone = ClaimGoneSerializer
    path_parameters = (CLAIM_ID_PARAMETER,)
    takes: ClassVar[Mapping[str, Sequence[str]]] = {
        "list": ["as_of", "fields"],
        "retrieve": ["as_of", "fields"],
    }
    ends_at = frozenset({"retrieve"})
    offers = {"retrieve": CITED}
    queryset = PublishedClaim.objects.all()
    serializer_class = ClaimWithSubjectSerializer
    filterset_class = ClaimFilterSet

    def get_queryset(self) -> QuerySet[PublishedClaim]:
        return PublishedClaim.objects.as_of(self.seq)

    def list(self, request: Request) -> Response:
        """List public claims, by subject and in its order."""
        every: Any = PublishedClaim.objects.values_list(*claims.COLUMNS, named=True)
        # A form of all filters is made only where one is given.
        if self.filterset_class.base_filters.keys() & request.query_params.keys():
            every = self.filter_queryset(every)
        return self.paged_response(Counted(every, self.seq, *IN_ORDER))

    def retrieve(self, request: Request, claim_id: str) -> Response | HttpResponse:
        """Read one claim with its subject and evidence."""
        if not CLAIM_ID.fullmatch(claim_id):
            raise NotFound("No claim is public at this address.")
        claim = claims.claim_at(_reading(self), claim_id)
        if claim is None:
            raise self._missing(claim_id)
        if self.representation != JSON:
            return self._otherwise(PublishedClaim.objects.get(key=claim.key))
        self.page = self.then(page(self.origin, "claims", claim_id))
        return self.single(self.only(self._told([claim])[0], self.serializer_class))

    def _otherwise(self, row: PublishedClaim) -> HttpResponse:
        """A claim in another representation than JSON."""
        if self.representation == JSON_LD:
            return self.told(written(linked_data.of_claim(row, _reading(self))))
        found = citations.of_claim(row, _reading(self))
        text = file_of(self.representation).write(found)
        return self.told(text, f"claim-{row.claim_id}-v{row.version}")

    def written(
        self, rows: Sequence[Any], keys: Sequence[Hashable] | None = None
    ) -> Sequence[parts.Written]:
        return self._told(claims.claims_from(_reading(self), rows))

    def _told(self, found: Sequence[claims.Claim]) -> Sequence[parts.Written]:
        reading = _reading(self)
        on = claims.hanging_on(found, reading, claims.subjects_now(found, reading))
        return claims.written(found, reading, ClaimWithSubjectSerializer, on)

    def _missing(self, claim_id: str) -> NotFound | Gone:
        """``Gone`` when the claim was public before, ``NotFound`` otherwise."""
        earlier = PublishedClaim.objects.filter(claim_id=claim_id, to_seq__lte=self.seq)
        row = earlier.order_by("-to_seq").first()
        if row is None or row.to_seq is None:
            return NotFound(self._not_yet(claim_id) or "No claim is public at this address.")
        entry = log.entry_at(row.to_seq)
        tag = claims.SUBJECTS[row.subject_type].plural
        subject = self._subject(row)
        versions = reverse(f"api:{tag}-versions", kwargs={"address": row.subject_id})
        return Gone(
            f"The claim is no longer part of “{subject.name}”. Earlier versions of the "
            "record show it.",
            tombstone={
                "type": "claim",
                "id": claim_id,
                "subject": ReferenceSerializer(subject).data,
                "why": "withdrawn" if entry.action == WITHDRAW else "removed",
                "version": row.version,
                "withdrawn_at": entry.at,
                "withdrawn_by": entry.approver_name,
                "reason": entry.note or None,
                "versions": self.absolute(versions),
            },
        )

    def _subject(self, row: PublishedClaim) -> Named:
        """What the claim was about, as it is called at the state shown."""
        table = claims.SUBJECTS[row.subject_type]
        found = states(table, [row.subject_id], self.seq, self.newest)
        return named(table, found, self.origin)[row.subject_id]

    def _not_yet(self, claim_id: str) -> str:
        """When it became public, where that was after ``as_of``; else empty."""
        later = PublishedClaim.objects.filter(claim_id=claim_id).order_by("from_seq").first()
        return not_yet("The claim", self.seq, log.entry_at(later.from_seq)) if later else ""
