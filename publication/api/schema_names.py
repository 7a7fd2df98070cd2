"""Each list of values has one name in the OpenAPI document, and so one type in clients."""

from typing import Any

NULL = "NullEnum"
"""What drf-spectacular names null where a value of a list may be missing."""


def name_values(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Parameters refer to the lists of values that answers have; null is no list of its own."""
    schemas = result["components"]["schemas"]
    named = {
        frozenset(schema["enum"]): {"$ref": f"#/components/schemas/{name}"}
        for name, schema in schemas.items()
        if "enum" in schema
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                parameter["schema"] = _with_names(parameter["schema"], named)
    if schemas.pop(NULL, None):
        _put(result, {"$ref": f"#/components/schemas/{NULL}"}, {"type": "null"})
    return result


def _with_names(
    schema: dict[str, Any], named: dict[frozenset[str], dict[str, Any]]
) -> dict[str, Any]:
    if schema.get("type") == "array":
        return {**schema, "items": _with_names(schema["items"], named)}
    if schema.keys() == {"type", "enum"}:
        found: dict[str, Any] = named.get(frozenset(schema["enum"]), schema)
        return found
    return schema


def _put(within: Any, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Every ``old`` below a value becomes ``new``."""
    for place in list(within) if isinstance(within, dict) else range(len(within)):
        value = within[place]
        if value == old:
            within[place] = dict(new)
        elif isinstance(value, dict | list):
            _put(value, old, new)
