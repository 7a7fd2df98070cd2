"""A therapy with its claims as a plain view of Django REST framework would serve it: model
serializers, one in the other, over the read models, with as few queries as that takes.
"""

from collections import defaultdict
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.generics import RetrieveAPIView

from msportal.urls import handler400, handler403, handler404, handler500, urlpatterns
from sources.published import PublishedSource
from therapies.published import (
    PublishedClaim,
    PublishedEvidence,
    PublishedMechanism,
    PublishedTherapy,
)

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class Source(serializers.ModelSerializer[Any]):
    class Meta:
        model = PublishedSource
        fields = ("public_id", "slug", "name", "standing", "withdrawn")


class Mechanism(serializers.ModelSerializer[Any]):
    class Meta:
        model = PublishedMechanism
        fields = ("public_id", "slug", "name", "withdrawn")


class Evidence(serializers.ModelSerializer[Any]):
    source = Source(allow_null=True)

    class Meta:
        model = PublishedEvidence
        fields = (
            *("evidence_id", "direction", "source", "exact", "prefix", "suffix", "start", "end"),
            *("locator", "document_sha256", "judged_by", "judged_at"),
        )


class Claim(serializers.ModelSerializer[Any]):
    evidence = Evidence(many=True)
    mechanism = Mechanism(allow_null=True)

    class Meta:
        model = PublishedClaim
        fields = (
            *("claim_id", "topic", "text", "certainty", "values", "mechanism", "evidence"),
            "weighing",
        )


class Therapy(serializers.ModelSerializer[Any]):
    claims = Claim(many=True)

    class Meta:
        model = PublishedTherapy
        fields = (
            *("public_id", "slug", "name", "version", "digest", "approved_seq", "approved_at"),
            *("approver", "contributors", "demonstration", "kind", "brands", "synonyms"),
            *("one_of_id", "one_of_name", "claims"),
        )


class TherapyView(RetrieveAPIView[Any]):
    serializer_class = Therapy
    queryset = PublishedTherapy.objects.current()
    lookup_field = "slug"

    def get_object(self) -> Any:
        """Rows of the read models name each other by ids, so that what is nested is put in here."""
        therapy = super().get_object()
        therapy.claims = list(
            PublishedClaim.objects.current()
            .filter(subject_id=therapy.public_id)
            .order_by("position")
        )
        under = defaultdict(list)
        ids = [claim.claim_id for claim in therapy.claims]
        for item in PublishedEvidence.objects.current().filter(claim_id__in=ids):
            under[item.told].append(item)
        cited = {item.source_id for items in under.values() for item in items}
        sources = PublishedSource.objects.current().filter(public_id__in=cited)
        acts = {claim.mechanism_id for claim in therapy.claims}
        mechanisms = PublishedMechanism.objects.current().filter(public_id__in=acts)
        by_id = {row.public_id: row for rows in (sources, mechanisms) for row in rows}
        for claim in therapy.claims:
            claim.evidence = under[claim.told]
            claim.mechanism = by_id.get(claim.mechanism_id)
            for item in claim.evidence:
                item.source = by_id.get(item.source_id)
        return therapy


urlpatterns = [path("naive/<str:slug>/", TherapyView.as_view()), *urlpatterns]
