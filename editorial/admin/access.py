"""Who may write in the workroom, and in which state of a record."""

from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.http import HttpRequest

from editorial.errors import Outdated
from editorial.forms import PlainTextField
from editorial.locking import is_held
from editorial.models import Part, Record, User

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin

    Base = BaseModelAdmin[Any]
else:
    Base = object


def acting(request: HttpRequest) -> User:
    """The person who is signed in; the admin lets nobody else in."""
    return cast(User, request.user)


def require_who_opened(request: HttpRequest) -> None:
    """``Outdated`` where another person than the one who sends a form had its page opened: what is
    said on it, and in whose name, was somebody else's. What comes through the door is only shown.
    """
    opened, now = request.POST.get("person", ""), acting(request)
    if opened and opened != str(now.pk) and not is_held():
        raise Outdated(
            f"Another person than you, {now.display_name}, opened this page. Nothing was written. "
            "What was typed is here: look at it, and send it only if it is what you say."
        )


def record_of(obj: Any) -> Record | None:
    """The record that a saved row is, or is part of."""
    if isinstance(obj, Record):
        return obj if obj.pk else None
    if isinstance(obj, Part):
        return obj.owner if obj.pk else None
    return None


class ReadOnlyWhenFrozen(Base):
    """Frozen records and their parts show read-only.

    A POST is let through to its form, which refuses it and keeps what was typed.
    """

    formfield_overrides = {models.TextField: {"form_class": PlainTextField}}

    def _is_open(self, request: HttpRequest, obj: Any) -> bool:
        record = record_of(obj)
        return record is None or request.method == "POST" or record.is_editable

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = (
            super().has_add_permission(request, obj)  # type: ignore[call-arg]
            if hasattr(self, "parent_model")
            else super().has_add_permission(request)
        )
        return allowed and self._is_open(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)
