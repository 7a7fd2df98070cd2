"""Filters that read the same stretch of the log as the list they narrow."""

from typing import Any

from django.db.models import QuerySet
from django_filters import CharFilter
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from publication.published import PublishedAddress

LONGEST = 200
"""Characters of a text to look for."""


class AsOfFilterSet(FilterSet):  # type: ignore[misc]
    """A filter set that knows the head of the log that is being read."""

    def __init__(self, *args: Any, seq: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seq = seq

    def by_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.found_by(value)  # type: ignore[attr-defined]
        return found


class AsOfFilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """Hands the view's head of the log to its filter set."""

    def get_filterset_kwargs(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> dict[str, Any]:
        kwargs = super().get_filterset_kwargs(request, queryset, view)
        return {**kwargs, "seq": getattr(view, "seq", 0)}


def text_filter(help_text: str, **options: Any) -> CharFilter:
    """A filter by words or by an exact text."""
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST, "description": help_text}
    found: CharFilter = extend_schema_field(schema)(CharFilter(max_length=LONGEST, **options))
    return found


def words_filter(of: str) -> CharFilter:
    """A filter by what a record is found by."""
    return text_filter(
        f"Words, each the start of one in {of}; case, accents and hyphens do not count.",
        method="by_words",
    )


def known_ids(parameter: str, address: str, *record_types: str) -> list[str]:
    """The ids of the records at a slug or id, old slugs included.

    ``ValidationError`` when nothing public ever had it: a wrong name is no empty answer.
    """
    rows = PublishedAddress.objects.filter(record_type__in=record_types)
    found = set(rows.filter(slug=address).values_list("public_id", flat=True))
    found = found or set(rows.filter(public_id=address).values_list("public_id", flat=True))
    if not found:
        kinds = " or ".join(record_types)
        raise ValidationError({parameter: f"No {kinds} has this slug or id."})
    return sorted(found)
