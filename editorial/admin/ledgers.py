"""What is on record and never changes, to look up: nothing here can be edited."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import CharField, Model, Q, QuerySet, TextField
from django.http import HttpRequest

from editorial.admin.lists import ListedAsOffered, OfferedList
from editorial.asking import link_to
from editorial.generics import ModelAdmin
from editorial.models import Judgement, ReviewEvent, record_classes
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


class NamedList(OfferedList):
    """Its rows know the records that they are about, read together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows: Any = self.result_list
        self.result_list = list(rows)
        name_rows(self.result_list)


class LedgerAdmin(ReadOnlyAdmin):
    """A ledger of records: each by its present name, with a link, and found by its names."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedList

    @admin.display(description="record")
    def record(self, row: Any) -> Any:
        """Its name in the workroom; the bare id where it is no record's."""
        if not hasattr(row, "about"):
            name_rows([row])
        if row.about is None:
            return glyphs(row.public_id)
        return link_to(type(row.about), row.about.pk, glyphs(row.about.name))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Also what is about a record that its own list finds by these words."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return found, duplicates
        named = Q(pk__in=found.values("pk"))
        for record_type, model in record_classes().items():
            named |= Q(
                record_type=record_type, public_id__in=self._found(request, model, search_term)
            )
        return queryset.filter(named), duplicates

    def _found(self, request: HttpRequest, model: Any, words: str) -> Any:
        listed = self.admin_site.get_model_admin(model)
        rows, _ = listed.get_search_results(request, model._default_manager.all(), words)
        return rows.order_by().values("public_id")


def name_rows(rows: Sequence[Any]) -> None:
    """Give each row the record that it is ``about``, in one query for each type of record."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        row.about = None
        wanted.setdefault(row.record_type, set()).add(row.public_id)
    for record_type, model in record_classes().items():
        ids = wanted.get(record_type)
        if not ids:
            continue
        found = {r.public_id: r for r in model._default_manager.filter(public_id__in=ids)}
        for row in rows:
            if row.record_type == record_type:
                row.about = found.get(row.public_id)


@admin.register(Entry)
class PublicationAdmin(LedgerAdmin):
    list_display = ["seq", "at", "action", "record_type", "name", "version", "approver_name"]
    list_display_links = ["seq"]
    list_filter = ["action", "record_type", "demonstration"]
    search_fields = ["public_id", "approver_name", "note", "content"]
    ordering = ["-seq"]

    @admin.display(description="record")
    def name(self, entry: Entry) -> Any:
        """As it was called then."""
        then = glyphs(entry.body["name"])
        about = getattr(entry, "about", None)
        return link_to(type(about), about.pk, then) if about else then


@admin.register(ReviewEvent)
class ReviewEventAdmin(LedgerAdmin):
    list_display = ["at", "action", "record_type", "record", "version", "actor_name", "note"]
    list_filter = ["action", "record_type", "at"]
    search_fields = ["public_id", "actor_name", "note"]
    ordering = ["-pk"]


@admin.register(Judgement)
class JudgementAdmin(LedgerAdmin):
    list_display = ["at", "verdict", "record_type", "record", "user_name", "note"]
    list_filter = ["verdict", "record_type", "at"]
    search_fields = ["public_id", "user_name", "note", "pair"]
    ordering = ["-pk"]


@admin.register(Contribution)
class ContributionAdmin(LedgerAdmin):
    list_display = ["at", "user_name", "what", "record_type", "record", "version"]
    list_filter = ["record_type", "at"]
    search_fields = ["public_id", "user_name", "what"]
    ordering = ["-pk"]
