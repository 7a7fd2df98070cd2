"""Published therapies, mechanisms and claims for clients."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from publication import log
from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.problems import Gone
from publication.api.records import RecordViewSet, not_yet
from publication.counting import Counted
from publication.entries import Entry
from therapies.absences import absences, cited_sources
from therapies.api import claims
from therapies.api.filters import ClaimFilterSet, MechanismFilterSet, TherapyFilterSet
from therapies.api.serializers import (
    ClaimSerializer,
    ClaimWithSubjectSerializer,
    MechanismDetailSerializer,
    MechanismSerializer,
    TherapyDetailSerializer,
    TherapySerializer,
)
from therapies.published import PublishedClaim, PublishedMechanism, PublishedTherapy

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

    def whole(self, row: Any, now: Any) -> parts.Written:
        marks = self.marks(row.version, now)
        key = (self.log, self.origin, "record", self.tag, row.key, *marks)
        before, after = parts.part(
            key,
            lambda: parts.around(self.serialized(row, marks), "claims"),
            size=lambda texts: sum(map(len, texts)),
        )
        reading = _reading(self)
        found = claims.claims_of(reading, row.public_id, row.approved_seq)
        told = claims.written(found, reading, ClaimSerializer, [now])
        return parts.Written(b"".join((before, parts.array(told), after)))

    def wholes(self, rows: Sequence[Any]) -> Sequence[parts.Written]:
        reading = _reading(self)
        every = claims.claims_of_each(reading, [row.public_id for row in rows])
        told = claims.written(every, reading, ClaimSerializer, rows)
        of: dict[str, list[parts.Written]] = {row.public_id: [] for row in rows}
        for claim, text in zip(every, told, strict=True):
            of[claim.subject_id].append(text)
        found = []
        for row, said in zip(rows, self.all_serialized(rows), strict=True):
            before, after = parts.around(said, "claims")
            found.append(parts.Written(b"".join((before, parts.array(of[row.public_id]), after))))
        return found

    def parts(self, entry: Entry, body: Mapping[str, Any]) -> dict[str, Any]:
        """Claims are written by themselves."""
        absent = absences(body["not_stated"], cited_sources(body))
        return {"claims": [], "not_stated": list(absent.values())}


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
    path_parameters = (CLAIM_ID_PARAMETER,)
    takes: ClassVar[Mapping[str, Sequence[str]]] = {"list": ["as_of"], "retrieve": ["as_of"]}
    ends_at = frozenset({"retrieve"})
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

    def retrieve(self, request: Request, claim_id: str) -> Response:
        """Read one claim with its subject and evidence."""
        if not CLAIM_ID.fullmatch(claim_id):
            raise NotFound("No claim is public at this address.")
        claim = claims.claim_at(_reading(self), claim_id)
        if claim is None:
            raise self._missing(claim_id)
        return Response(self._told([claim])[0])

    def written(self, rows: Sequence[Any]) -> Sequence[parts.Written]:
        return self._told(claims.claims_from(_reading(self), rows))

    def _told(self, found: Sequence[claims.Claim]) -> Sequence[parts.Written]:
        reading = _reading(self)
        subjects = claims.subjects_now(found, reading)
        return claims.written(found, reading, ClaimWithSubjectSerializer, subjects)

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
            {
                "record_type": row.subject_type,
                "id": claim_id,
                "slug": None,
                "name": row.subject_name,
                "version": row.version,
                "withdrawn_at": entry.at,
                "withdrawn_by": entry.approver_name,
                "reason": entry.note,
                "versions": self.absolute(versions),
            },
        )

    def _not_yet(self, claim_id: str) -> str:
        """When it became public, where that was after ``as_of``; else empty."""
        later = PublishedClaim.objects.filter(claim_id=claim_id).order_by("from_seq").first()
        return not_yet("The claim", self.seq, log.entry_at(later.from_seq)) if later else ""
