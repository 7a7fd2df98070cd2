"""The lists of the workroom are filtered by what they offer, not by any column and comparison."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Any]
else:
    Base = object


class OfferedList(ChangeList):
    """A list that says so when its address asks for a filter that it does not have."""

    def get_filters(self, request: HttpRequest) -> Any:
        found = super().get_filters(request)
        asked = found[2]
        if asked:
            names = ", ".join(f"“{name[:60]}”" for name in asked)
            what = f"This list has no filter {names}: it is shown as a whole."
            messages.warning(request, what)
            raise IncorrectLookupParameters
        return found


class ListedAsOffered(Base):
    """For every admin class that has a list."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OfferedList
