"""Published therapies, mechanisms and claims for clients."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
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
    MechanismInListSerializer,
    MechanismSerializer,
    TherapyDetailSerializer,
    TherapyInListSerializer,
    TherapySerializer,
)
from therapies.published import PublishedClaim, PublishedMechanism, PublishedTherapy
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

    expands = "claims"
    takes: ClassVar[Mapping[str, Sequence[str]]] = {
        "list": ["as_of", "fields", "expand"],
        "retrieve": ["as_of", "fields"],
    }
    in_list_serializer: ClassVar[type[Any]]
    """A row of a list, in short or whole, as the OpenAPI document has it."""

    def whole(self, row: Any, now: Any) -> parts.Written:
        return self._wholes([row], [now])[0]

    def wholes(self, rows: Sequence[Any]) -> Sequence[parts.Written]:
        now = {row.public_id: row for row in self._all_now(rows)}
        return self._wholes(rows, [now[row.public_id] for row in rows])

    def _wholes(self, rows: Sequence[Any], now: Sequence[Any]) -> list[parts.Written]:
        """What stands before and after the claims, and these, each as far as it is not kept."""
        marks = [self.marks(row.version, at) for row, at in zip(rows, now, strict=True)]
        same = (self.log, self.origin, "record", self.tag)

        def anew(missing: list[int]) -> list[tuple[bytes, bytes]]:
            made = self.serialized([rows[n] for n in missing], [marks[n] for n in missing])
            return [parts.around(record, "claims") for record in made]

        frames = parts.parts(
            [(*same, row.key, *of_it) for row, of_it in zip(rows, marks, strict=True)],
            anew,
            size=lambda texts: sum(map(len, texts)),
        )
        reading = _reading(self)
        found = claims.claims_of(reading, [(row.public_id, row.approved_seq) for row in rows])
        every = [claim for of_one in found for claim in of_one]
        told = iter(claims.written(every, reading, ClaimSerializer, now))
        return [
            parts.Written(b"".join((before, parts.array(islice(told, len(of_one))), after)))
            for (before, after), of_one in zip(frames, found, strict=True)
        ]

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
    path_parameters = (CLAIM_ID_PARAMETER,)
    takes: ClassVar[Mapping[str, Sequence[str]]] = {
        "list": ["as_of", "fields"],
        "retrieve": ["as_of", "fields"],
    }
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
        return self.paged_response(Counted(every, self.seq, *IN_ORDER))

    def retrieve(self, request: Request, claim_id: str) -> Response:
        """Read one claim with its subject and evidence."""
        if not CLAIM_ID.fullmatch(claim_id):
            raise NotFound("No claim is public at this address.")
        claim = claims.claim_at(_reading(self), claim_id)
        if claim is None:
            raise self._missing(claim_id)
        return Response(self.only(self._told([claim])[0], self.serializer_class))

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
