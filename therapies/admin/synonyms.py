"""The names that editors add to the vocabulary, so that texts are read with them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from editorial.admin.access import acting
from editorial.admin.lists import ListedAsOffered
from editorial.admin.sent import SentForms
from editorial.forms import WholeInputs
from editorial.generics import ModelAdmin, ModelForm
from therapies.models import Synonym
from therapies.vocabulary import load


def entries() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The vocabulary's own names by kind, as choices of a form."""
    for kind in Synonym.Kind:
        names = sorted((e.name for k, e in load().entries() if k == kind), key=str.casefold)
        yield str(kind.label), [(f"{kind}:{name}", name) for name in names]


class SynonymForm(WholeInputs, ModelForm):
    """One name, and the entry that it names: kind and canonical name are chosen together."""

    canonical = forms.ChoiceField(
        label="Another name for",
        help_text="A name of the vocabulary. It is the name under which claims are drafted.",
    )

    class Meta:
        model = Synonym
        fields = ["term", "canonical"]
        help_texts = {
            "term": "As documents write it. Case, hyphens, plurals, Greek letters and British or "
            "American spelling need no name of their own; an abbreviation counts in capitals only."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "canonical" not in self.fields:
            return  # shown to somebody who may not change it
        choice: Any = self.fields["canonical"]
        choice.choices = [("", "choose a name"), *entries()]
        if self.instance.pk:
            self.initial["canonical"] = f"{self.instance.kind}:{self.instance.canonical}"

    def clean_canonical(self) -> str:
        self.instance.kind, _, name = self.cleaned_data["canonical"].partition(":")
        return str(name)


@admin.register(Synonym)
class SynonymAdmin(SentForms, ListedAsOffered, ModelAdmin):
    """Added, corrected and deleted by editors; each takes effect with the next text read."""

    form = SynonymForm
    list_display = ["term", "canonical", "kind", "user_name", "at"]
    list_filter = ["kind"]
    list_per_page = 100
    search_fields = ["term", "canonical", "user_name"]
    search_help_text = "The name, what it is another name for, who added it"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["term", "canonical", *(["user_name", "at"] if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            name for name in self.get_fields(request, obj) if name not in SynonymForm.Meta.fields
        ]

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        if not change:
            obj.user_id, obj.user_name = acting(request).pk, acting(request).display_name
        super().save_model(request, obj, form, change)
