"""Filters of the lists of records beside those by column."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest

from editorial.admin.access import acting


class OfferedFilter(admin.SimpleListFilter):
    """A filter of a few values; the list says so when its address asks for another one."""

    values: ClassVar[dict[str, str]]
    """What each is called."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(self.values.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        value = self.value()
        if value is None:
            return queryset
        if value not in self.values:
            what = f"“{value[:60]}” is nothing that “{self.parameter_name}” can be: this list is "
            messages.warning(request, f"{what}shown as a whole.")
            raise IncorrectLookupParameters
        return self.narrowed(request, queryset, value)

    def narrowed(self, request: HttpRequest, rows: Any, value: str) -> Any:
        """The rows that have the value."""
        raise NotImplementedError


class OwnerFilter(OfferedFilter):
    """Whose draft it is."""

    title = "whose draft"
    parameter_name = "owner"
    values: ClassVar[dict[str, str]] = {"mine": "mine", "nobody": "nobody's"}

    def narrowed(self, request: HttpRequest, rows: Any, value: str) -> Any:
        return rows.drafts_of(acting(request)) if value == "mine" else rows.drafts_of_nobody()


class OverdueFilter(OfferedFilter):
    """Whether readers see what was approved too long ago."""

    title = "review overdue"
    parameter_name = "overdue"
    values: ClassVar[dict[str, str]] = {"yes": "yes"}

    def narrowed(self, request: HttpRequest, rows: Any, value: str) -> Any:
        return rows.overdue()
