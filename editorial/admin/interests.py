"""Where people declare their interests, and see what was declared."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from editorial import interests
from editorial.admin.access import acting
from editorial.admin.ledgers import ReadOnlyAdmin
from editorial.forms import PlainTextField, WholeInputs
from editorial.generics import ModelForm
from editorial.models import Interests
from editorial.permissions import has_role
from editorial.states import Role
from publication import limits


class InterestsForm(WholeInputs, ModelForm):
    text = PlainTextField(
        max_length=limits.NOTE,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80}),
        label="Your interests",
        help_text="What somebody should know who reads an approval of yours: who paid you or the "
        "institution that you work for, shares, studies of your own. If there are none, write “I "
        "have no interests to declare.” It is dated today and goes, word for word, into the "
        "entries of the public log that you make from now on.",
    )

    class Meta:
        model = Interests
        fields = ["text"]


@admin.register(Interests)
class InterestsAdmin(ReadOnlyAdmin):
    """Declarations are added, and never changed."""

    list_display = ["at", "user_name", "text"]
    search_fields = ["user_name", "text"]
    ordering = ["-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return has_role(acting(request), Role.EDITOR)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else InterestsForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if obj else ["text"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What was declared last, to be gone on from."""
        newest = interests.declared(acting(request))
        return {"text": newest.text} if newest else {}

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Interests:
        return form.instance  # type: ignore[no-any-return]

    def save_model(self, request: HttpRequest, obj: Interests, form: Any, change: bool) -> None:
        kept = interests.declare(text=form.cleaned_data["text"], by=acting(request))
        obj.pk = kept.pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """It has no parts."""

    def response_add(
        self, request: HttpRequest, obj: Interests, post_url_continue: str | None = None
    ) -> HttpResponse:
        said = "Your interests are declared: entries that you make from now on carry them."
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:editorial_interests_changelist"))
