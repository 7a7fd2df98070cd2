"""Published therapies, mechanisms and claims for clients."""

import re
from collections.abc import Hashable, Mapping, Sequence
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
from publication.api.marks import Seen
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
    MechanismSerializer,
    TherapyDetailSerializer,
    TherapySerializer,
)
from therapies.api.topics import topics_of
from therapies.published import (
    PublishedClaim,
    PublishedMechanism,
    PublishedSubject,
    PublishedTherapy,
)

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

    def linked(self, approved: Approved) -> Data:
        entry, _, seq, marks, url = approved
        reading = _reading(self)._replace(seq=seq)
        return linked_data.of_record(entry, reading, url=url, marks=marks)

    def cited(self, approved: Approved) -> str:
        """The version, at its permanent address."""
        item = citations.of_version(approved, self.origin)
        return file_of(self.representation).write([item])

    def whole(self, row: Seen, now: Seen) -> parts.Written:
        marks = self._marks(row.version, now, row.approved_seq)
        reading = _reading(self)
        told = claims.claims_of(reading, row.public_id, row.approved_seq)
        looked_in = self._looked_in(row)
        on = claims.hanging_on(told, reading, [now], sources=looked_in)
        above = self.named_by([row]).get(row.approved_seq)
        sources = {source: on.sources[source] for source in looked_in if source in on.sources}
        hanging = (*marks, above, *sources.items())
        key = (self.log, self.origin, "record", self.tag, row.key, *hanging)
        before, after = parts.part(
            key,
            lambda: parts.around(self.serialized(row, marks), "claims"),
            size=lambda texts: sum(map(len, texts)),
        )
        written = claims.written(told, reading, ClaimSerializer, on)
        return parts.Written(b"".join((before, parts.array(written), after)))

    def parts(self, row: Seen, entry: Entry, body: Mapping[str, Any]) -> dict[str, Any]:
        """Claims are written by themselves."""
        found = states(PublishedSource, self._looked_in(row), self.seq, self.newest)
        sources = named(PublishedSource, found, self.origin)
        topics = topics_of(self.table.record_type, body, sources)
        above = self.beside([row], self.named_by([row]))
        return {"claims": [], "topics": topics, **above[row.approved_seq]}

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

    def _looked_in(self, row: Seen) -> tuple[str, ...]:
        """The ids of the sources that the record's topics name."""

        def anew() -> tuple[str, ...]:
            body = log.entry_at(row.approved_seq).body
            absent = absences(body["not_stated"], cited_sources(body)).values()
            return tuple({source for one in absent for source in (*one.sources, *one.newer)})

        key = (self.log, "looked in", self.tag, row.key)
        return parts.part(key, anew, size=lambda found: 100 * len(found))


class TherapyViewSet(SubjectViewSet):
    """Agents and approaches."""

    table = PublishedTherapy
    queryset = PublishedTherapy.objects.all()
    tag = PublishedTherapy.plural
    list_serializer = TherapySerializer
    detail_serializer = TherapyDetailSerializer
    filterset_class = TherapyFilterSet


class MechanismViewSet(SubjectViewSet):
    """Targets, effects and disease processes."""

    table = PublishedMechanism
    queryset = PublishedMechanism.objects.all()
    tag = PublishedMechanism.plural
    list_serializer = MechanismSerializer
    detail_serializer = MechanismDetailSerializer
    filterset_class = MechanismFilterSet


class ClaimViewSet(PublicViewSet):
    """Single claims, each with its evidence."""

    tag = "claims"
    tombstone = ClaimGoneSerializer
    path_parameters = (CLAIM_ID_PARAMETER,)
    takes: ClassVar[Mapping[str, Sequence[str]]] = {"list": ["as_of"], "retrieve": ["as_of"]}
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
        order = ("subject_name", "subject_id", "position", "key")
        return self.paged_response(Counted(every, self.seq, *order))

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
        return self.one(self._told([claim])[0])

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
        versions = reverse(f"api:{tag}-versions", kwargs={"address": row.subject_id})
        return Gone(
            f"The claim is no longer part of “{row.subject_name}”. Earlier versions of the "
            "record show it.",
            tombstone={
                "type": "claim",
                "id": claim_id,
                "subject": ReferenceSerializer(self._subject(row)).data,
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
