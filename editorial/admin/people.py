"""The accounts of the staff, for administrators: deactivated when people leave, never deleted."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from editorial.admin.access import acting
from editorial.models import User

if TYPE_CHECKING:
    Base = UserAdmin[User]
else:
    Base = UserAdmin

admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles are installed with the program; their lists of permissions are for reading."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(Base):
    """No account that can do more than its maker: superusers are changed by superusers."""

    list_display = ["username", "display_name", "email", "roles", "is_active", "demonstration"]
    list_filter = ["is_active", "groups", "demonstration"]
    readonly_fields = ["demonstration", "last_login", "date_joined"]
    filter_horizontal = ()
    actions = None
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
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

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True  # every account is one of the staff's
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        beyond = obj is not None and obj.is_superuser and not acting(request).is_superuser
        return allowed and not beyond

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
