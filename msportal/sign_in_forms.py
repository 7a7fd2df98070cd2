"""The two forms of the workroom that ask for the own password; both ask at the same door."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.views import PasswordChangeView
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from editorial import accounts
from editorial.models import User
from editorial.problems import problems


class SignInForm(AdminAuthenticationForm):
    """No account has a longer name than accounts may have: it is not asked for."""

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        name: Any = self.fields["username"]
        name.validators = [*name.validators, MaxLengthValidator(name.max_length)]


class OwnPasswordForm(AdminPasswordChangeForm):
    """Whoever sits before a session that was left open guesses no more often than at the door."""

    def __init__(self, user: User, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(user, *args, **kwargs)

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.get_username(), password=old) is None:
            raise forms.ValidationError(
                self.error_messages["password_incorrect"], code="password_incorrect"
            )
        return old

    def save(self, commit: bool = True) -> Any:
        with accounts.recorded(self.user, by=self.user):
            self.user.set_password(self.cleaned_data["new_password1"])
            self.user.save(update_fields=["password"])  # what else changed meanwhile stays
        return self.user


class OwnPasswordChange(PasswordChangeView):
    """The admin's page, with the form above; every error is named on top."""

    form_class = OwnPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "problems": problems(context["form"])}
