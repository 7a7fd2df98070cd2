"""What is on record and never changes, to look up: nothing here can be edited."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from editorial.generics import ModelAdmin
from editorial.models import Judgement, ReviewEvent
from publication.models import Contribution, Entry


class ReadOnlyAdmin(ModelAdmin):
    """Lists and shows rows; adds, changes and deletes none."""

    actions = None

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
        return entry.body["name"]


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
