"""Each error of a form that was sent is named on top, with the id of what is to be mended."""

from typing import Any

import pytest
from django import forms
from django.utils.html import format_html

from editorial.problems import Problem, problems


class Person(forms.Form):
    name = forms.CharField(label="full name")
    roles = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    token = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        if self.data.get("name") == "Bob":
            self.add_error("name", format_html("Known: <a href='{}'>{}</a>.", "/bob/", "B & B"))
        if self.data.get("name") == "<b>":
            self.add_error("name", "“<b>” is no name.")
        if self.data.get("name") == "All":
            self.add_error(None, "Not as a whole.")
        return self.cleaned_data


def sent(**data: Any) -> Person:
    return Person({"roles": ["a"], "token": "1", **data}, auto_id="id_%s")


def test_form_that_was_not_sent_has_none() -> None:
    assert problems(Person()) == []


def test_fields_are_named_in_the_order_of_the_page() -> None:
    found = problems(Person({}))
    assert [(p.target, p.where) for p in found] == [
        ("id_name", "Full name"),
        ("id_roles_0", "Roles"),
        ("", ""),
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [("Bob", "Known: B & B."), ("<b>", "“<b>” is no name.")],
)
def test_message_is_told_without_its_links_and_as_it_is(name: str, why: str) -> None:
    assert problems(sent(name=name)) == [Problem("id_name", "Full name", why)]


def test_what_is_wrong_with_the_whole_comes_first_and_leads_nowhere() -> None:
    found = problems(sent(name="All", roles=[]))
    assert [p.target for p in found] == ["", "id_roles_0"]
    assert found[0].why == "Not as a whole."
