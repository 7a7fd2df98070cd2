"""Numbers of rows, and what an address asks for."""

import pytest

from editorial import typed
from publication import limits


@pytest.mark.parametrize(
    "text", ["", "²", "٣", "-1", "1_0", "1e3", " 1", "9" * (limits.DIGITS + 1)]
)
def test_what_no_row_is_called_is_no_key(text: str) -> None:
    assert typed.key(text) is None


def test_key_in_plain_digits_is_one() -> None:
    assert typed.key("9" * limits.DIGITS) == 10**limits.DIGITS - 1
    assert typed.key("007") == 7


@pytest.mark.parametrize(
    "value", ["1" + "0" * 20, "1,-" + "9" * 19, "٣" * 30, "1_" * 20, "9" * 5_000]
)
def test_number_that_no_row_has_is_refused_where_none_is_looked_for_as_text(value: str) -> None:
    assert "“id__in” has a number" in typed.why_not_asked("id__in", [value], words=False)
    assert typed.why_not_asked("q", [value], words=True) == ""


@pytest.mark.parametrize(("name", "value"), [("q", "a\0b"), ("a\0", "1")])
def test_nul_is_in_no_address(name: str, value: str) -> None:
    why = typed.why_not_asked(name, [value], words=True)
    assert "U+0000" in why
    assert "\0" not in why


def test_what_lists_link_to_is_asked() -> None:
    asked = {
        "state__exact": "in-review",
        "at__gte": "2026-01-01 00:00:00+00:00",
        "o": "-1.2",
        "p": "3",
    }
    assert [typed.why_not_asked(name, [value], words=False) for name, value in asked.items()] == [
        ""
    ] * 4
