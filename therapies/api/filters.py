"""Filters of the lists of therapies, mechanisms and claims."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django_filters import ChoiceFilter, Filter

from publication.api.filters import AsOfFilterSet, DeclaredFilterSet, known_ids, text_filter
from therapies.choices import Certainty, Direction, Topic
from therapies.narrowing import MECHANISMS, THERAPIES
from therapies.published import (
    PublishedClaim,
    PublishedEvidence,
    PublishedFacet,
    PublishedMechanism,
    PublishedTherapy,
)
from therapies.values import TYPED, Value


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


_TOLD = {"claim_id": OuterRef("claim_id"), "from_seq": OuterRef("from_seq")}
"""What belongs to a claim in the version that says it, and is valid for as long."""


def _by_value(value: Value) -> Filter:
    by_facet = {"field_name": value.facet, "method": "by_facet"}
    asks = f"Of this {value.label}"
    if value.codes:
        return ChoiceFilter(choices=value.codes.choices, help_text=f"{asks}.", **by_facet)
    return text_filter(f"{asks}, exactly.", **by_facet)


class ClaimFilterSet(AsOfFilterSet):
    """Claims by subject, topic, certainty, typed values and evidence."""

    subject = text_filter(
        "About the therapy or mechanism with this slug or id.", method="by_subject"
    )
    type = ChoiceFilter(
        field_name="subject_type",
        choices=[("therapy", "therapy"), ("mechanism", "mechanism")],
        help_text="The type of the subject.",
    )
    topic = ChoiceFilter(choices=Topic.choices)
    certainty = ChoiceFilter(choices=Certainty.choices, help_text="As the source says it.")
    direction = ChoiceFilter(
        choices=Direction.choices,
        method="by_evidence",
        help_text="With a passage that does this for the claim; together with `source`, a"
        " passage of that source.",
    )
    source = text_filter("With a passage of this source (slug or id).", method="by_evidence")
    mechanism = text_filter("That names this mechanism (slug or id).", method="by_mechanism")

    class Meta:
        model = PublishedClaim
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, Filter]:
        # A mechanism has an address, and is asked for by itself.
        by_value = {value.facet: _by_value(value) for value in TYPED if value.facet}
        return {**super().get_filters(), **by_value}

    def by_subject(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(subject_id__in=known_ids(name, value, "therapy", "mechanism"))

    def by_facet(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        facets = PublishedFacet.objects.filter(facet=name, value=value)
        return rows.filter(Exists(facets.filter(**_TOLD)))

    def by_mechanism(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(mechanism_id=known_ids(name, value, "mechanism")[0])

    def by_evidence(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Called for ``source`` and ``direction``; one passage has to answer both."""
        passages = PublishedEvidence.objects.all()
        if direction := self.form.cleaned_data.get("direction"):
            passages = passages.filter(direction=direction)
        if source := self.form.cleaned_data.get("source"):
            passages = passages.filter(source_id=known_ids("source", source, "source")[0])
        return rows.filter(Exists(passages.filter(**_TOLD)))
