"""What is kept of two contents is what differs, and tells the same."""

from typing import Any

import pytest

from publication.difference import compare
from publication.differing import differing

HEAD = {"schema": 1, "type": "therapy", "id": "x"}


def part(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, **more}


CASES = [
    ({"name": "A"}, {"name": "B"}),
    ({"name": "A", "synonyms": ["a"]}, {"name": "A"}),
    ({}, {"claims": [part("1", text="new")]}),
    ({"claims": [part("1", text="old"), part("2")]}, {"claims": [part("2")]}),
    ({"claims": [part("1", text="a"), part("2")]}, {"claims": [part("1", text="b"), part("2")]}),
    ({"claims": [part("1"), part("2")]}, {"claims": [part("2"), part("1")]}),
    ({"claims": [part("1"), part("2")]}, {"claims": [part("2"), part("3"), part("1", text="n")]}),
    ({"facts": {"a": 1}}, {"facts": {"a": 2}}),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_what_is_kept_tells_the_same(before: dict[str, Any], after: dict[str, Any]) -> None:
    old, new = differing(HEAD | before, HEAD | after)
    assert compare(old, new) == compare(HEAD | before, HEAD | after)


def test_what_is_the_same_is_not_kept() -> None:
    before = HEAD | {"name": "A", "claims": [part("1", text="old"), part("2", text="stays")]}
    after = HEAD | {"name": "A", "claims": [part("1", text="new"), part("2", text="stays")]}
    old, new = differing(before, after)
    assert old == HEAD | {"claims": [part("1", text="old")]}
    assert new == HEAD | {"claims": [part("1", text="new")]}
