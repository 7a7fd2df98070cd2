"""The naive site: one viewset over the read models."""

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
        rows = PublishedEvidence.objects.current().filter(claim_id=claim.claim_id)
        return EvidenceSerializer(rows, many=True).data


class TherapySerializer(serializers.ModelSerializer):
    claims = serializers.SerializerMethodField()

    class Meta:
        model = PublishedTherapy
        fields = "__all__"

    def get_claims(self, therapy: PublishedTherapy) -> Any:
        rows = PublishedClaim.objects.current().filter(subject_id=therapy.public_id)
        return ClaimSerializer(rows, many=True).data


class TherapyFilter(django_filters.FilterSet):
    course = django_filters.CharFilter(method="by_course")

    class Meta:
        model = PublishedTherapy
        fields = ["kind"]

    def by_course(self, rows: Any, name: str, value: str) -> Any:
        found = PublishedFacet.objects.current().filter(facet="course", value=value)
        return rows.filter(public_id__in=found.values("subject_id"))


class TherapyViewSet(viewsets.ModelViewSet):
    queryset = PublishedTherapy.objects.current().listed()
    serializer_class = TherapySerializer
    lookup_field = "slug"
    filterset_class = TherapyFilter
    search_fields = ["name", "synonyms", "search"]


router = DefaultRouter()
router.register("therapies", TherapyViewSet)
urlpatterns = [path("api/v1/", include(router.urls))]
