"""The forms above the lists: what readers may narrow by, over the read models alone."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet

from publication.glyphs import in_text
from sources.choices import SourceKind, Standing
from sources.published import PublishedSource
from sources.wording import capital
from therapies.choices import MechanismKind, TherapyKind
from therapies.published import PublishedMechanism, PublishedTherapy, SubjectQuerySet
from therapies.values import VALUES

NOT_A_CHOICE = {"invalid_choice": "This is not one of the choices."}
Choices = list[tuple[str, str]]


def choice(
    label: str, choices: Any = (), *, empty_label: str = "Any", **options: Any
) -> ChoiceFilter:
    return ChoiceFilter(
        label=label,
        choices=choices,
        empty_label=empty_label,
        error_messages=NOT_A_CHOICE,
        **options,
    )


def words(label: str) -> CharFilter:
    return CharFilter(label=label, method="by_words", max_length=200)


class YearFilter(Filter):  # type: ignore[misc]
    field_class = forms.IntegerField


class ListFilters(FilterSet):  # type: ignore[misc]
    """Filters that know which entry of the log the list is read at."""

    def __init__(self, data: Any, queryset: "QuerySet[Any]", *, seq: int) -> None:
        self.seq = seq
        super().__init__(data, queryset)
        for name, choices in self.open_choices().items():
            shown = [(value, in_text(label)) for value, label in choices]
            self.filters[name].extra["choices"] = shown

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        """Every word is the start of one that the record is found by, as in the API."""
        return rows.found_by(value)

    @property
    def is_narrowed(self) -> bool:
        """True when the reader chose more than a name."""
        return any(self.data.get(name) for name in self.filters if name != "q")

    def open_choices(self) -> dict[str, Choices]:
        """By filter, the choices that depend on what is public."""
        return {}

    def public_sources(self) -> Choices:
        rows = PublishedSource.objects.as_of(self.seq).filter(withdrawn=False)
        return list(rows.order_by("name").values_list("slug", "name"))


class SubjectFilters(ListFilters):
    """What therapies and mechanisms are both narrowed by."""

    q = words("Name or synonym")

    def by_facet(self, rows: SubjectQuerySet, name: str, value: str) -> SubjectQuerySet:
        return rows.with_facet(name, value, self.seq)

    def by_source(self, rows: SubjectQuerySet, name: str, value: str) -> SubjectQuerySet:
        found = PublishedSource.objects.as_of(self.seq).get(slug=value)
        return rows.with_facet("source", found.public_id, self.seq)


class TherapyFilters(SubjectFilters):
    q = words("Name, brand or synonym")
    kind = choice("Kind", TherapyKind.choices)
    mechanism = choice("Mechanism", method="by_mechanism")
    source = choice("Source", method="by_source")

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """``class`` cannot be an attribute; values that are codes are chosen."""
        others = super().get_filters()
        first = {name: others.pop(name) for name in ("q", "kind")}
        by_class = choice("Class", field_name="one_of_id")
        by_value = {
            value.facet: choice(
                capital(value.label),
                value.codes.choices,
                field_name=value.facet,
                method="by_facet",
            )
            for value in VALUES
            if value.of_records and value.codes
        }
        return {**first, "class": by_class, **by_value, **others}

    def open_choices(self) -> dict[str, Choices]:
        mechanisms = PublishedMechanism.objects.as_of(self.seq).filter(withdrawn=False)
        return {
            "class": sorted(self._classes().items(), key=lambda item: item[1].lower()),
            "mechanism": list(mechanisms.order_by("name").values_list("slug", "name")),
            "source": self.public_sources(),
        }

    def _classes(self) -> dict[str, str]:
        """By id, what the classes are called: as they are in public, else as their members say."""
        rows = self.queryset.exclude(one_of_id="").order_by("approved_seq")
        named = dict(rows.values_list("one_of_id", "one_of_name"))
        public = PublishedTherapy.objects.as_of(self.seq).listed().filter(public_id__in=named)
        return named | dict(public.values_list("public_id", "name"))

    def by_mechanism(self, rows: SubjectQuerySet, name: str, value: str) -> SubjectQuerySet:
        found = PublishedMechanism.objects.as_of(self.seq).get(slug=value)
        return rows.with_facet("mechanism", found.public_id, self.seq)


class EvidenceMapFilters(TherapyFilters):
    """What the map of evidence is narrowed by before anything is drawn."""

    OUTCOMES, HARMS = "outcomes", "harms"

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        every = super().get_filters()
        shown = [(cls.OUTCOMES, "Outcomes"), (cls.HARMS, "Harms")]
        return {
            "class": every["class"],
            "course": every["course"],
            "show": choice("Show", shown, empty_label="Outcomes and harms", method="of_columns"),
        }

    def open_choices(self) -> dict[str, Choices]:
        return {"class": sorted(self._classes().items(), key=lambda item: item[1].lower())}

    def of_columns(self, rows: Any, name: str, value: str) -> Any:
        """Which columns are drawn is no matter of which rows are."""
        return rows


class MechanismFilters(SubjectFilters):
    kind = choice("Kind", MechanismKind.choices)
    target = choice("Target")
    source = choice("Source", method="by_source")

    def open_choices(self) -> dict[str, Choices]:
        return {"target": self.targets(), "source": self.public_sources()}

    def targets(self) -> Choices:
        named = self.queryset.exclude(target="").order_by("target")
        return list(named.values_list("target", "target").distinct())


class MechanismMapFilters(MechanismFilters):
    """What the map of mechanisms is narrowed by."""

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        every = super().get_filters()
        return {name: every[name] for name in ("target", "kind")}

    def open_choices(self) -> dict[str, Choices]:
        return {"target": self.targets()}


class SourceFilters(ListFilters):
    q = words("Title, author or journal")
    kind = choice("Kind", SourceKind.choices)
    standing = choice("Standing", Standing.choices)
    year = YearFilter(label="Year", method="by_year", min_value=1000, max_value=9999)

    def by_year(
        self, rows: "QuerySet[PublishedSource]", name: str, value: int
    ) -> "QuerySet[PublishedSource]":
        return rows.filter(date__startswith=str(value))
