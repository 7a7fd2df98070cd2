"""Forms of accounts, which leave somebody who can administer them."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.core.exceptions import ValidationError

from editorial import accounts
from editorial.forms import WholeInputs
from editorial.models import User
from publication import limits

if TYPE_CHECKING:
    ChangeForm = UserChangeForm[User]
    CreationForm = AdminUserCreationForm[User]
    PasswordForm = AdminPasswordChangeForm[User]
else:
    ChangeForm, CreationForm = UserChangeForm, AdminUserCreationForm
    PasswordForm = AdminPasswordChangeForm


class NamedInPublic(WholeInputs):
    """Readers see the names for good, in a log that cannot be mended."""

    verbatim = frozenset({"password1", "password2"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = " ".join(cleaned.get(part) or "" for part in ("first_name", "last_name"))
        if len(name) > limits.PERSON:
            self.add_error("last_name", f"Both names have {limits.PERSON} characters at most.")
        return cleaned


class NewPersonForm(NamedInPublic, CreationForm):
    """A new account."""


class PersonForm(NamedInPublic, ChangeForm):
    """An account; its rows are locked, so that what is asked here still holds when it is saved."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if accounts.is_last_administrator(self.instance) and not self._administers(cleaned):
            raise ValidationError(accounts.LAST)
        return cleaned

    def _administers(self, cleaned: dict[str, Any]) -> bool:
        """Whether the person can administer accounts once this is saved."""
        person = self.instance
        active, staff, root = (
            cleaned.get(name, getattr(person, name))
            for name in ("is_active", "is_staff", "is_superuser")
        )
        groups = cleaned.get("groups", person.groups.all())
        return active and staff and (root or accounts.ADMINISTRATORS in {g.name for g in groups})


class PersonPasswordForm(PasswordForm):
    """Another person's password, or the own one, set without asking for the old."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        taken_away = not cleaned.get("set_usable_password", True)
        if taken_away and accounts.is_last_with_password(self.user):
            self.add_error("usable_password", accounts.LAST)
        return cleaned
