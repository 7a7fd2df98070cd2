"""Where records are worked on: addresses of many at once, in one query a type."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from editorial.models import Record, User, record_classes
from editorial.pairs import Needed
from editorial.readiness import records_of

Key = tuple[str, str]
"""Type and public id of a record."""


@dataclass(frozen=True, slots=True)
class Place:
    """A record, and the page of it where the next step is done."""

    record: Record
    url: str

    @property
    def kind(self) -> str:
        return str(self.record._meta.verbose_name)


def places(keys: Iterable[Key]) -> dict[Key, Place]:
    """Of each the page to edit it while it can be edited, else the page to review it."""
    found = {}
    for needed, record in records_of(Needed(*key) for key in keys).items():
        page = "change" if record.is_editable else "review"
        found[needed.record_type, needed.public_id] = Place(record, page_of(record, page))
    return found


def page_of(record: Record, page: str) -> str:
    """A page of the record; empty where the workroom has none of this type."""
    meta = record._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])
    except NoReverseMatch:
        return ""


def list_of(model: type[Model], query: str) -> str:
    """The list of this type, narrowed by a query."""
    meta = model._meta
    return f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?{query}"


def visible(user: User) -> dict[str, type[Record]]:
    """The types of record that the person may see."""
    return {
        record_type: model
        for record_type, model in record_classes().items()
        if user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    }
