"""What a field says is the same of what is saved and of what a browser sends back of it."""

from typing import Any

import pytest
from django import forms

from editorial.forms import CodesField, Column, ColumnsField, LinesField, PairsField, PlainTextField
from editorial.merged_forms import said

CODES = CodesField(choices=[("a", "A"), ("b", "B")], required=False)
PEOPLE = ColumnsField(columns=[Column("family", required=True), Column("numbers", "numbers")])


@pytest.mark.parametrize(
    ("field", "saved", "sent"),
    [
        (PlainTextField(widget=forms.Textarea), "a\nb ", "a\r\nb"),
        (PlainTextField(widget=forms.Textarea), "", ""),
        (forms.CharField(), "a\nb", "ab"),
        (forms.CharField(), None, ""),
        (forms.IntegerField(), 0, "0"),
        (forms.IntegerField(), None, ""),
        (forms.BooleanField(), True, True),
        (forms.BooleanField(), None, False),
        (forms.ChoiceField(choices=[("a", "A")]), "", ""),
        (forms.ChoiceField(choices=[("1", "A")]), 1, "1"),
        (CODES, ["b", "a"], ["a", "b"]),
        (CODES, [], []),
        (LinesField(), ["a", "", " b  c"], "a\r\nb c\r\n"),
        (PairsField(), {"ATC": "L04"}, "ATC: L04"),
        (PEOPLE, [{"family": "Li", "numbers": [1, 2]}], "Li | 1, 2"),
    ],
)
def test_field_says_the_same_of_what_comes_back_untouched(
    field: forms.Field, saved: Any, sent: Any
) -> None:
    assert said(field, saved) == said(field, sent)


@pytest.mark.parametrize(
    ("field", "saved", "sent"),
    [
        (PlainTextField(widget=forms.Textarea), "a b", "a\nb"),
        (forms.IntegerField(), 0, ""),
        (forms.BooleanField(), True, False),
        (CODES, ["a"], ["a", "b"]),
        (LinesField(), ["a", "b"], "b\na"),
        (PEOPLE, [{"family": "Li", "numbers": [1, 2]}], "Li | 2, 1"),
    ],
)
def test_field_says_something_else_of_what_was_typed(
    field: forms.Field, saved: Any, sent: Any
) -> None:
    assert said(field, saved) != said(field, sent)
