"""The OpenAPI document as a product: it says what it is, and nothing in it goes unexplained."""

from collections.abc import Iterator
from typing import Any

import pytest

from msportal.reference.texts import MEANINGS, OPERATIONS, TAGS
from publication.api.terms import DISCLAIMER, LICENCE
from tests.openapi import contents, document


def operations() -> list[dict[str, Any]]:
    return [op for address in document()["paths"].values() for op in address.values()]


def test_document_says_what_it_is_and_on_which_terms() -> None:
    told = document()
    assert told["info"]["license"]["identifier"] == LICENCE
    assert DISCLAIMER.replace(". ", ".** ", 1) in told["info"]["description"]
    assert told["info"]["contact"]["name"]
    assert [server["url"] for server in told["servers"]] == ["/"]


def test_every_tag_is_described_and_used() -> None:
    used = {tag for operation in operations() for tag in operation["tags"]}
    assert {tag["name"] for tag in document()["tags"]} == used
    assert [tag["name"] for tag in document()["tags"] if not tag.get("description")] == []
    assert set(TAGS) <= used


def test_every_operation_is_described() -> None:
    names = [operation["operationId"] for operation in operations()]
    assert len(set(names)) == len(names)
    assert set(OPERATIONS) <= set(names)
    for operation in operations():
        assert operation["summary"], operation["operationId"]
        assert operation["description"], operation["operationId"]
        assert not operation["summary"].endswith("."), operation["operationId"]


def test_every_parameter_header_and_answer_is_described() -> None:
    for operation in operations():
        for parameter in operation["parameters"]:
            assert parameter.get("description"), (operation["operationId"], parameter["name"])
    for name, header in document()["components"]["headers"].items():
        assert header.get("description"), name
    for name, answer in document()["components"]["responses"].items():
        assert answer["description"], name


def without_description(schema: Any, at: str) -> Iterator[str]:
    """Where in a schema a property stands that nothing is said of."""
    if not isinstance(schema, dict):
        return
    for name, inner in schema.get("properties", {}).items():
        if not inner.get("description"):
            yield f"{at}.{name}"
        yield from without_description(inner, f"{at}.{name}")
    for key in ("items", "additionalProperties"):
        yield from without_description(schema.get(key), f"{at}[]")
    for key in ("allOf", "anyOf", "oneOf"):
        for inner in schema.get(key, ()):
            yield from without_description(inner, at)


def test_every_schema_and_property_is_described() -> None:
    schemas = document()["components"]["schemas"]
    assert [name for name, schema in schemas.items() if not schema.get("description")] == []
    found = [one for name, schema in schemas.items() for one in without_description(schema, name)]
    for operation, status, media_type, content in contents():
        found += without_description(content["schema"], f"{operation} {status} {media_type}")
    assert found == []


def test_description_is_missed_wherever_it_is_missing() -> None:
    named = {"type": "object", "properties": {"a": {}, "b": {"description": "B."}}}
    assert list(without_description({"items": named}, "S")) == ["S[].a"]
    assert list(without_description({"oneOf": [{"items": named}]}, "S")) == ["S[].a"]


@pytest.mark.parametrize("name", [name for name, meanings in MEANINGS.items() if meanings])
def test_codes_are_explained_and_no_others(name: str) -> None:
    codes = document()["components"]["schemas"][name]["enum"]
    assert set(codes) <= set(MEANINGS[name])


def test_every_code_has_a_label() -> None:
    for name, schema in document()["components"]["schemas"].items():
        for code in schema.get("enum", ()):
            assert code is None or f"* `{code}` - " in schema["description"], (name, code)
