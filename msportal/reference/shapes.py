"""JSON Schema in words: what a value is, within which limits, and the tables of its members."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from msportal.reference.prose import blocks
from publication.narrowing import SAYS_SOMETHING

Schema = Mapping[str, Any]
_IN = "#/components/schemas/"
_LIMITS = (
    ("minimum", "maximum", ""),
    ("minLength", "maxLength", " characters"),
    ("minItems", "maxItems", " values"),
)


class Member(NamedTuple):
    """A row of a table: a member of an object, or a parameter."""

    name: str
    kind: SafeString
    limits: list[SafeString]
    pattern: str
    description: SafeString
    required: bool = True


class Shape(NamedTuple):
    """A named schema."""

    name: str
    description: SafeString
    members: list[Member]
    codes: list[str]
    """Of an enumeration; else empty."""
    is_open: bool
    """Whether an object may have members that are not described."""


def shape(name: str, schema: Schema) -> Shape:
    return Shape(
        name,
        blocks(schema.get("description", "")),
        list(members(schema)),
        [str(code) for code in schema.get("enum", ()) if code is not None],
        schema.get("additionalProperties") is True,
    )


def members(schema: Schema, above: str = "") -> Iterator[Member]:
    """All members of an object, those of objects that have no name of their own below theirs."""
    required = schema.get("required", ())
    for name, inner in schema.get("properties", {}).items():
        yield member(f"{above}{name}", inner, required=name in required)
        yield from members(inner, f"{above}{name}.")
        if isinstance(items := inner.get("items"), Mapping):
            yield from members(items, f"{above}{name}[].")


def member(name: str, schema: Schema, *, required: bool, description: str = "") -> Member:
    said = description or schema.get("description", "")
    return Member(name, kind(schema), limits(schema), _pattern(schema), blocks(said), required)


def _pattern(schema: Schema) -> str:
    """Of the value, or of each of several; that it is not blank is said in words."""
    items = schema.get("items", {})
    found = str(schema.get("pattern", items.get("pattern", "")))
    return "" if found == SAYS_SOMETHING else found


def kind(schema: Schema) -> SafeString:
    """What a value is, in a few words; named schemas are links."""
    if name := schema.get("$ref", "").removeprefix(_IN):
        return (
            format_html('<a href="#{}">{}</a>', name, name) if name != "NullEnum" else _said("null")
        )
    for key in ("allOf", "oneOf", "anyOf"):
        if key in schema:
            return _either([kind(one) for one in schema[key]])
    if "const" in schema:
        return format_html("<code>{}</code>", schema["const"])
    types = schema.get("type", "any value")
    return _either(
        [_of_type(one, schema) for one in (types if isinstance(types, list) else [types])]
    )


def _of_type(name: str, schema: Schema) -> SafeString:
    if name == "array":
        items = schema.get("items")
        return format_html("list of {}", kind(items)) if items else _said("list")
    if name == "object" and isinstance(inner := schema.get("additionalProperties"), Mapping):
        return format_html("object of {}", kind(inner)) if inner else _said("object")
    said = schema.get("format")
    return format_html("{} ({})", name, said) if said and name != "null" else _said(name)


def _said(text: str) -> SafeString:
    return format_html("{}", text)


def _either(those: list[SafeString]) -> SafeString:
    return format_html_join(" or ", "{}", ((one,) for one in dict.fromkeys(those)))


def limits(schema: Schema) -> list[SafeString]:
    """What a value has to keep to, and the one that stands where none is given."""
    found = [said for least, most, of in _LIMITS if (said := _range(schema, least, most, of))]
    if schema.get("pattern") == SAYS_SOMETHING:
        found.append(_said("not blank"))
    if "default" in schema:
        found.append(format_html("default <code>{}</code>", schema["default"]))
    items = schema.get("items")
    if isinstance(items, Mapping) and "$ref" not in items:
        found += [format_html("each {}", one) for one in limits(items)]
    return found


def _range(schema: Schema, least: str, most: str, of: str) -> SafeString | None:
    low, high = schema.get(least), schema.get(most)
    if high is None:
        return None if low is None else format_html("at least {}{}", _number(low), of)
    if low is None:
        return format_html("at most {}{}", _number(high), of)
    return format_html("{} to {}{}", _number(low), _number(high), of)


def _number(value: int) -> str:
    """Years have no commas."""
    return f"{value:,}" if value >= 10_000 else str(value)
