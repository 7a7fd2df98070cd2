"""Texts that are put together are what is written in one piece."""

from typing import Any

import pytest
from rest_framework.renderers import JSONRenderer

from publication.api import parts

VALUES: list[dict[str, Any]] = [
    {"a": 1, "b": None, "c": ["x", {"y": []}]},
    {"b": '“quoted” \\ \u2028 \u2029 </script> 😀 "b":[]'},
    {"ä \u2028": {}, "b": [1, 2], "c": False},
]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    parts.forget()


@pytest.mark.parametrize("value", VALUES)
def test_put_together_it_is_what_is_written_at_once(value: dict[str, Any]) -> None:
    whole = JSONRenderer().render(value)
    before, after = parts.around(value, "b")
    assert before + parts.write(value["b"]) + after == whole
    mixed = {name: parts.write(member) for name, member in value.items()}
    assert parts.Renderer().render(mixed) == whole
    assert parts.Renderer().render(parts.write(value)) == whole
    assert parts.joined(parts.write({"first": 0}), value) == b'{"first":0,' + whole[1:]
    assert parts.array([whole, whole]) == JSONRenderer().render([value, value])


def test_nothing_is_written_twice() -> None:
    written: list[int] = []

    def make(places: list[int]) -> list[parts.Written]:
        written.extend(places)
        return [parts.write(place) for place in places]

    assert parts.parts(["a", "b"], make, size=len) == [b"0", b"1"]
    assert parts.parts(["b", "c", "a"], make, size=len) == [b"1", b"1", b"0"]
    assert written == [0, 1, 1]
    assert parts.part("c", lambda: parts.write("other"), size=len) == b"1"


def test_what_is_kept_is_bounded() -> None:
    large = parts.Written(b"x" * (parts.MOST // 3))
    for name in "abcd":
        parts.part(name, lambda: large, size=len)
    assert len(parts._kept) == 2
