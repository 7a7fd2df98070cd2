"""Filters of the list of sources."""

import re
from typing import Any

from django.db.models import QuerySet
from django_filters import ChoiceFilter, NumberFilter
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError

from publication.api.filters import AsOfFilterSet, text_filter, words_filter
from sources.choices import SourceKind, Standing
from sources.published import PublishedSource

EARLIEST, LATEST = 1000, 9999
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+$", re.ASCII)
"""A DOI at the end of what a client gives, whatever stands before it."""


class SourceFilterSet(AsOfFilterSet):
    """Sources by words, kind, standing, year or DOI."""

    q = words_filter("the name, an author or the container")
    kind = ChoiceFilter(choices=SourceKind.choices, help_text="The kind of work.")
    standing = ChoiceFilter(choices=Standing.choices, help_text="At the state shown.")
    year = extend_schema_field(
        {
            "type": "integer",
            "minimum": EARLIEST,
            "maximum": LATEST,
            "description": "The year of the date that the work states.",
        }
    )(
        NumberFilter(
            method="by_year",
            decimal_places=0,
            min_value=EARLIEST,
            max_value=LATEST,
        )
    )
    doi = text_filter("With or without https://doi.org/ before it.", method="by_doi")

    class Meta:
        model = PublishedSource
        fields: list[str] = []

    def by_year(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(date__startswith=str(int(value)))

    def by_doi(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        written = _DOI.search(value.strip().rstrip(".,;").lower())
        if written is None:
            raise ValidationError({"doi": "This is not a DOI, such as 10.1000/182."})
        return rows.filter(doi=written[0])
