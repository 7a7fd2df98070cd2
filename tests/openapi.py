"""Asks the API as a client would, and holds every answer against the OpenAPI document."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from msportal.api import schema_document

BASE = "/api/v1/"
NO_FILTERS = {"If-None-Match", "as_of", "limit", "offset", "fields", "expand"}
"""Parameters of lists that narrow nothing."""


def get(path: str, *, status: int = 200, method: str = "GET", **headers: str) -> Any:
    """The answer to a request below the API's base, which has to be as documented."""
    response = Client(raise_request_exception=status < 500).generic(
        method, BASE + path, headers=headers
    )
    assert response.status_code == status, (path, response.status_code, response.content[:500])
    check(BASE + path, response, method)
    return response


def read(path: str, **options: Any) -> Any:
    """The JSON of an answer."""
    return get(path, **options).json()


def of_it(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what it says of itself."""
    return {name: value for name, value in answer.items() if name not in ("as_of", "meta")}


def names(path: str) -> list[str]:
    """The names in a list."""
    return [row["name"] for row in read(path)["results"]]


def problems(path: str, *, status: int = 400) -> dict[str | None, str]:
    """By parameter, what the API refuses."""
    found = read(path, status=status)["errors"]
    return {error["parameter"]: error["detail"] for error in found}


def check(path: str, response: Any, method: str = "GET") -> None:
    """Status, headers, media type and body are what the document says."""
    operation = find_operation(urlsplit(path).path)
    declared = _described(operation["responses"].get(str(response.status_code), {}))
    assert declared, f"{path}: {response.status_code} is not documented"
    for name, header in declared["headers"].items():
        described = _described(header)
        assert name in response or not described.get("required"), f"{path}: no {name}"
        if name in response:
            validate(response[name], described["schema"])
    if response.status_code == 200:
        _check_parameters(path, operation)
    content = declared.get("content", {})
    if response.streaming:
        assert response["Content-Type"].partition(";")[0] in content
        response.whole = b"".join(response)  # which closes it
        return
    if method == "HEAD" or not content:
        assert response.content == b""
        return
    media_type = response["Content-Type"].partition(";")[0]
    assert media_type in content, f"{path}: {media_type} is not documented"
    text = response.content.decode()
    value = json.loads(text) if media_type.endswith("json") else text
    schema = content[media_type]["schema"]
    if response.status_code == 200 and "fields=" in urlsplit(path).query:
        _validate(value, schema, _in_part())
    else:
        validate(value, schema)


def _described(told: dict[str, Any]) -> dict[str, Any]:
    """A header or answer; where it is only referred to, what it refers to."""
    if "$ref" not in told:
        return told
    kind, name = told["$ref"].removeprefix("#/components/").split("/")
    found: dict[str, Any] = document()["components"][kind][name]
    return found


def contents() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Of every answer with a body: operation, status, media type and what is said of it."""
    for address in document()["paths"].values():
        for operation in address.values():
            for status, answer in operation["responses"].items():
                for media_type, content in _described(answer).get("content", {}).items():
                    yield operation["operationId"], status, media_type, content


def _check_parameters(path: str, operation: dict[str, Any]) -> None:
    """What was accepted is documented; an array has a value each time that it is given."""
    declared = {p["name"]: p["schema"] for p in operation["parameters"] if p["in"] == "query"}
    for name, value in parse_qsl(urlsplit(path).query, keep_blank_values=True):
        schema = declared[name]
        schema = schema["items"] if schema.get("type") == "array" else schema
        validate(int(value) if schema.get("type") == "integer" else value, schema)


def find_operation(path: str) -> dict[str, Any]:
    """The operation with the fewest variables whose address fits."""
    fitting = [
        template
        for template in document()["paths"]
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)
    ]
    assert fitting, f"{path} is not documented"
    operation: dict[str, Any] = document()["paths"][min(fitting, key=lambda t: t.count("{"))]["get"]
    return operation


def validate(value: Any, schema: dict[str, Any]) -> None:
    _validate(value, schema, document()["components"])


def _validate(value: Any, schema: dict[str, Any], components: dict[str, Any]) -> None:
    whole = {**schema, "components": components}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(value)


@cache
def _in_part() -> dict[str, Any]:
    """The components of answers of which some members are asked for."""

    def loosened(schema: Any) -> Any:
        if isinstance(schema, list):
            return [loosened(item) for item in schema]
        if not isinstance(schema, dict):
            return schema
        required = schema.get("required")
        kept = {k: loosened(v) for k, v in schema.items() if k != "required"}
        is_page = isinstance(required, list) and {"count", "results"} <= set(required)
        return kept | ({"required": required} if is_page else {})

    found: dict[str, Any] = loosened(document()["components"])
    return found


@cache
def document() -> dict[str, Any]:
    """The document, with every object closed: an answer may hold nothing undocumented."""
    found: dict[str, Any] = copy.deepcopy(json.loads(json.dumps(schema_document())))
    _close(found["components"]["schemas"])
    return found


def _close(schema: Any) -> None:
    if isinstance(schema, list):
        for item in schema:
            _close(item)
    elif isinstance(schema, dict):
        if "properties" in schema and schema.get("type") == "object":
            schema.setdefault("additionalProperties", False)
        for item in schema.values():
            _close(item)
