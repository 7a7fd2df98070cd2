"""The accounts of the staff, for administrators: deactivated when people leave, never deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from editorial import accounts
from editorial.admin.access import acting
from editorial.admin.lists import ListedAsOffered
from editorial.admin.people_forms import NewPersonForm, PersonForm, PersonPasswordForm
from editorial.admin.sent import SentForms
from editorial.errors import NotAllowed
from editorial.forms import RowsField
from editorial.locking import is_held
from editorial.models import User

if TYPE_CHECKING:
    Base = UserAdmin[User]
else:
    Base = UserAdmin

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(ListedAsOffered, GroupAdmin):
    """Roles are installed with the program; their lists of permissions are for reading."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(SentForms, ListedAsOffered, Base):
    """No account that can do more than its maker: superusers are changed by superusers."""

    form, add_form, change_password_form = PersonForm, NewPersonForm, PersonPasswordForm
    change_form_template = "admin/person_change.html"
    list_display = ["username", "display_name", "email", "roles", "is_active", "demonstration"]
    list_filter = ["is_active", "groups", "demonstration"]
    readonly_fields = ["demonstration", "last_login", "date_joined"]
    filter_horizontal = ()
    actions = None
    formfield_overrides = {
        ManyToManyField: {"widget": CheckboxSelectMultiple, "form_class": RowsField}
    }
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "first_name",
                    "last_name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                    "groups",
                ),
                "description": "Readers see the person’s name beside what they contribute "
                "and approve. Editors write; reviewers write and approve what others wrote.",
            },
        ),
    )
    _ROLE_HELP = "Somebody who leaves is set inactive; the account stays, for the log names it."

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        powers = ["is_active", "groups"]
        if acting(request).is_superuser:
            powers += ["is_staff", "is_superuser"]
        return (
            (None, {"fields": ["username", "password"]}),
            ("Person", {"fields": ["first_name", "last_name", "email", "demonstration"]}),
            ("Role", {"fields": powers, "description": self._ROLE_HELP}),
            ("Dates", {"fields": ["last_login", "date_joined"]}),
        )

    @admin.display(description="name", ordering="last_name")
    def display_name(self, user: User) -> str:
        return user.display_name

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all()) or "none"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method != "POST" or is_held():
            return super().changeform_view(request, object_id, form_url, extra_context)
        with self._changing(request, object_id):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with self._changing(request, id) as person:
            if person is None:
                return super().user_change_password(request, id, form_url)
            with accounts.recorded(person, by=acting(request)):
                return super().user_change_password(request, id, form_url)

    @contextmanager
    def _changing(self, request: HttpRequest, object_id: str | None) -> Iterator[User | None]:
        """What follows is asked and done under lock, with the rights that the person has by now."""
        person = self.get_object(request, unquote(object_id)) if object_id else None
        try:
            with accounts.changing(by=acting(request), person=person) as present:
                request.user = present
                yield person
        except NotAllowed as problem:
            raise PermissionDenied(str(problem)) from problem

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Nothing yet: ``save_related`` saves the account with its roles."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        person: User = form.instance
        if not change:
            person.is_staff = True  # every account is one of the staff's
        with accounts.recorded(person, by=acting(request)):
            super().save_model(request, person, form, change)
            super().save_related(request, form, formsets, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        person = context["original"]
        context["events"] = accounts.events(person) if person else []
        return super().render_change_form(request, context, *args, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        beyond = obj is not None and obj.is_superuser and not acting(request).is_superuser
        return allowed and not beyond

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
