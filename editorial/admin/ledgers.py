"""What is on record and never changes, to look up: nothing here can be edited."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import CharField, Model, TextField
from django.http import HttpRequest

from editorial.admin.lists import ListedAsOffered
from editorial.generics import ModelAdmin
from editorial.models import Judgement, ReviewEvent
from publication.models import Contribution, Entry
from publication.templatetags.glyphs import glyphs


def _shown(model: type[Model], names: Iterable[Any]) -> list[Any]:
    """The columns of a row, those of text so that what is not seen in them is marked."""
    texts = {f.name for f in model._meta.get_fields() if isinstance(f, CharField | TextField)}
    return [_marked(model, name) if name in texts else name for name in names]


@cache
def _marked(model: type[Model], name: str) -> Callable[[Any], Any]:
    field: Any = model._meta.get_field(name)

    @admin.display(description=field.verbose_name, ordering=name)
    def show(row: Any) -> Any:
        value = getattr(row, f"get_{name}_display")() if field.choices else getattr(row, name)
        return glyphs(value) if value else ""

    show.__name__ = name
    return show


class ReadOnlyAdmin(ListedAsOffered, ModelAdmin):
    """Lists and shows rows; adds, changes and deletes none."""

    actions = None

    def get_list_display(self, request: HttpRequest) -> Any:
        return _shown(self.model, super().get_list_display(request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return _shown(self.model, super().get_fields(request, obj))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Entry)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["seq", "at", "action", "record_type", "name", "version", "approver_name"]
    list_filter = ["action", "record_type", "demonstration"]
    search_fields = ["public_id", "approver_name", "note", "content"]
    ordering = ["-seq"]

    @admin.display(description="record")
    def name(self, entry: Entry) -> Any:
        return glyphs(entry.body["name"])


@admin.register(ReviewEvent)
class ReviewEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "action", "record_type", "public_id", "version", "actor_name", "note"]
    list_filter = ["action", "record_type", "at"]
    search_fields = ["public_id", "actor_name", "note"]
    ordering = ["-pk"]


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    list_display = ["at", "verdict", "record_type", "public_id", "user_name", "note"]
    list_filter = ["verdict", "record_type", "at"]
    search_fields = ["public_id", "user_name", "note", "pair"]
    ordering = ["-pk"]


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    list_display = ["at", "user_name", "what", "record_type", "public_id", "version"]
    list_filter = ["record_type", "at"]
    search_fields = ["public_id", "user_name", "what"]
    ordering = ["-pk"]
