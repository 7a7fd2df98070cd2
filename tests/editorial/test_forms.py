"""Lists are edited as lines, and come back as they were where nothing changed."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from editorial.forms import (
    CodesField,
    Column,
    ColumnsField,
    LinesField,
    PairsField,
    PlainTextField,
)

AUTHORS = ColumnsField(
    columns=[
        Column("family", required=True),
        Column("given"),
        Column("affiliations", "numbers"),
    ]
)


def test_lines_become_a_list_without_blank_ones() -> None:
    assert LinesField().clean(" OCR \r\n\r\nanti-CD20   antibody\r\n") == [
        "OCR",
        "anti-CD20 antibody",
    ]


def test_no_line_is_an_empty_list_or_refused_where_one_is_needed() -> None:
    assert LinesField().clean("") == []
    with pytest.raises(ValidationError):
        LinesField(required=True).clean(" \r\n ")


def test_columns_become_objects() -> None:
    assert AUTHORS.clean("Okafor | Ada N. | 1, 2\r\nLi\r\n") == [
        {"family": "Okafor", "given": "Ada N.", "affiliations": [1, 2]},
        {"family": "Li", "given": "", "affiliations": []},
    ]


@pytest.mark.parametrize("line", ["| Ada", "Okafor | Ada | one", "a | b | 1 | too much"])
def test_malformed_lines_are_refused_with_the_line(line: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        AUTHORS.clean(line)
    assert line.strip() in str(refusal.value)


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        ([{"family": "Li", "given": None}], "Li", False),
        ([{"family": "Li", "given": ""}], " Li \r\n", False),
        ([{"family": "Li", "given": ""}], "Li | Wei", True),
        ([], "", False),
    ],
)
def test_lines_change_only_when_their_words_do(initial: Any, data: str, changed: bool) -> None:
    assert AUTHORS.has_changed(initial, data) is changed


def test_pairs_become_an_object() -> None:
    assert PairsField().clean("ATC: L04AG08\r\nUNII: A10SJL62JY") == {
        "ATC": "L04AG08",
        "UNII": "A10SJL62JY",
    }
    with pytest.raises(ValidationError, match="is not of the form"):
        PairsField().clean("L04AG08")


def test_codes_keep_the_order_of_the_choices() -> None:
    field = CodesField(choices=[("ms", "MS"), ("rrms", "RRMS")], required=False)
    assert (field.clean(["rrms", "ms"]), field.clean([])) == (["ms", "rrms"], [])


def test_line_breaks_of_a_browser_are_no_change() -> None:
    field = PlainTextField()
    assert field.has_changed("a\nb", "a\r\nb") is False
    assert field.clean("a\r\nb ") == "a\nb"
