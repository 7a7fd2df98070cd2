"""Filters of the list of sources."""

from publication.api.filters import DeclaredFilterSet
from sources.narrowing import SOURCES
from sources.published import PublishedSource


class SourceFilterSet(DeclaredFilterSet):
    """Sources by words, and by what is declared for their list."""

    declared = SOURCES

    class Meta:
        model = PublishedSource
        fields: list[str] = []
