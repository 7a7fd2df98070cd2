"""Filters of the lists of therapies, mechanisms and claims."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, Filter
from rest_framework.exceptions import ValidationError

from publication.api.filters import AsOfFilterSet, known_ids, text_filter, words_filter
from publication.published import PublishedAddress
from therapies.choices import (
    Certainty,
    Direction,
    MechanismKind,
    TherapyKind,
    Topic,
)
from therapies.published import (
    PublishedClaim,
    PublishedEvidence,
    PublishedFacet,
    PublishedMechanism,
    PublishedTherapy,
)
from therapies.values import TYPED, Value


def value_filters(of: str, *, of_records: bool = False) -> dict[str, Filter]:
    """Filters by typed values; a mechanism, which has an address, is asked for by itself."""
    return {
        value.facet: _value_filter(value, f"{of} {value.label}")
        for value in TYPED
        if value.facet and (value.of_records or not of_records)
    }


def _value_filter(value: Value, asks: str) -> Filter:
    by_facet = {"field_name": value.facet, "method": "by_facet"}
    if value.codes:
        return ChoiceFilter(choices=value.codes.choices, help_text=f"{asks}.", **by_facet)
    return text_filter(f"{asks}, exactly.", **by_facet)


class SubjectFilterSet(AsOfFilterSet):
    """What therapies and mechanisms can both be narrowed by."""

    q = words_filter("one of its names")
    source = text_filter("With a claim that rests on this source (slug or id).", method="by_source")

    def by_source(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return self._by_facet(rows, "source", known_ids(name, value, "source")[0])

    def by_facet(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return self._by_facet(rows, name, value)

    def _by_facet(self, rows: QuerySet[Any], facet: str, value: str) -> QuerySet[Any]:
        narrowed: QuerySet[Any] = rows.with_facet(facet, value, self.seq)  # type: ignore[attr-defined]
        return narrowed


class TherapyFilterSet(SubjectFilterSet):
    """Therapies by words, kind, class, and by what an approved claim says of them."""

    kind = ChoiceFilter(choices=TherapyKind.choices, help_text="The kind of therapy.")
    mechanism = text_filter(
        "With a claim that names this mechanism (slug or id).", method="by_mechanism"
    )
    topic = ChoiceFilter(
        choices=Topic.choices, method="by_facet", help_text="With a claim on this topic."
    )

    class Meta:
        model = PublishedTherapy
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, Filter]:
        # A word of Python's own cannot be an attribute.
        by_class: CharFilter = text_filter(
            "Of this class, by its slug, its id or its whole name.", method="by_class"
        )
        by_value = value_filters("With a claim of this", of_records=True)
        return {**super().get_filters(), **by_value, "class": by_class}

    def by_class(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A class that is not public has no address, and is known by its name alone."""
        held = PublishedAddress.objects.filter(record_type="therapy", slug=value)
        called = PublishedTherapy.objects.as_of(self.seq).filter(name__iexact=value)
        ids = [*held.values_list("public_id", flat=True), value]
        ids += called.values_list("public_id", flat=True)
        if len(ids) == 1 and not self._is_some_class(value):
            message = "No public therapy is of a class with this slug, id or name."
            raise ValidationError({"class": message})
        return rows.filter(Q(one_of_id__in=ids) | Q(one_of_name__iexact=value))

    def _is_some_class(self, value: str) -> bool:
        """Whether any version of a public therapy, of whatever time, names it."""
        named = Q(one_of_id=value) | Q(one_of_name__iexact=value)
        return PublishedTherapy.objects.filter(named).exists()

    def by_mechanism(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return self._by_facet(rows, "mechanism", known_ids(name, value, "mechanism")[0])


class MechanismFilterSet(SubjectFilterSet):
    """Mechanisms by words, kind, target and source."""

    kind = ChoiceFilter(choices=MechanismKind.choices, help_text="The kind of mechanism.")
    target = text_filter("The whole target; case does not count.", lookup_expr="iexact")

    class Meta:
        model = PublishedMechanism
        fields: list[str] = []


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
        return {**super().get_filters(), **value_filters("Of this")}

    def by_subject(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(subject_id__in=known_ids(name, value, "therapy", "mechanism"))

    def by_facet(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        facets = PublishedFacet.objects.as_of(self.seq).filter(facet=name, value=value)
        return rows.filter(Exists(facets.filter(claim_id=OuterRef("claim_id"))))

    def by_mechanism(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(mechanism_id=known_ids(name, value, "mechanism")[0])

    def by_evidence(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Called for ``source`` and ``direction``; one passage has to answer both."""
        passages = PublishedEvidence.objects.as_of(self.seq)
        if direction := self.form.cleaned_data["direction"]:
            passages = passages.filter(direction=direction)
        if source := self.form.cleaned_data["source"]:
            passages = passages.filter(source_id=known_ids("source", source, "source")[0])
        return rows.filter(Exists(passages.filter(claim_id=OuterRef("claim_id"))))
