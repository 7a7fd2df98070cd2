"""Filters of the lists of therapies, mechanisms and claims."""

from typing import Any

from django.db.models import QuerySet

from publication.api.filters import DeclaredFilters, DeclaredFilterSet
from therapies.claim_narrowing import CLAIMS, At, meeting
from therapies.narrowing import MECHANISMS, THERAPIES
from therapies.published import PublishedClaim, PublishedMechanism, PublishedTherapy


class TherapyFilterSet(DeclaredFilterSet):
    """Therapies by words, and by what is declared for their list."""

    declared = THERAPIES

    class Meta:
        model = PublishedTherapy
        fields: list[str] = []


class MechanismFilterSet(DeclaredFilterSet):
    """Mechanisms by words, and by what is declared for their list."""

    declared = MECHANISMS

    class Meta:
        model = PublishedMechanism
        fields: list[str] = []


class ClaimFilterSet(DeclaredFilters):
    """Claims by subject, topic, certainty, typed values and evidence."""

    declared = CLAIMS

    class Meta:
        model = PublishedClaim
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of whatever time that meet what is asked for."""
        return queryset.filter(meeting(self.asked().wanted, At(self.seq, self.head)))
