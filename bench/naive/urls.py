"""The naive site: one viewset over the read models."""

from collections import defaultdict
from typing import Any

import django_filters
from django.urls import include, path
from rest_framework import serializers, viewsets
from rest_framework.routers import DefaultRouter

from therapies.published import PublishedClaim, PublishedEvidence, PublishedFacet, PublishedTherapy


class EvidenceSerializer(serializers.ModelSerializer):
    class Meta:
        model = PublishedEvidence
        fields = "__all__"


class ClaimSerializer(serializers.ModelSerializer):
    evidence = serializers.SerializerMethodField()

    class Meta:
        model = PublishedClaim
        fields = "__all__"

    def get_evidence(self, claim: PublishedClaim) -> Any:
        return EvidenceSerializer(self.context["evidence"][claim.claim_id], many=True).data


class TherapySerializer(serializers.ModelSerializer):
    """As the list has it: its own columns."""

    class Meta:
        model = PublishedTherapy
        fields = "__all__"


class TherapyDetailSerializer(TherapySerializer):
    """With its claims and their evidence, in two queries, as ``prefetch_related`` would ask."""

    claims = serializers.SerializerMethodField()

    def get_claims(self, therapy: PublishedTherapy) -> Any:
        claims = list(PublishedClaim.objects.current().filter(subject_id=therapy.public_id))
        under = defaultdict(list)
        ids = [claim.claim_id for claim in claims]
        for row in PublishedEvidence.objects.current().filter(claim_id__in=ids):
            under[row.claim_id].append(row)
        return ClaimSerializer(claims, many=True, context={"evidence": under}).data


class TherapyFilter(django_filters.FilterSet):
    course = django_filters.CharFilter(method="by_course")

    class Meta:
        model = PublishedTherapy
        fields = ["kind"]

    def by_course(self, rows: Any, name: str, value: str) -> Any:
        found = PublishedFacet.objects.current().filter(facet="course", compared=value)
        return rows.filter(public_id__in=found.values("subject_id"))


class TherapyViewSet(viewsets.ModelViewSet):
    queryset = PublishedTherapy.objects.current().listed()
    serializer_class = TherapySerializer
    lookup_field = "slug"
    filterset_class = TherapyFilter
    search_fields = ["name", "synonyms", "search"]

    def get_serializer_class(self) -> Any:
        return TherapyDetailSerializer if self.action == "retrieve" else TherapySerializer


router = DefaultRouter()
router.register("therapies", TherapyViewSet)
urlpatterns = [path("api/v1/", include(router.urls))]
