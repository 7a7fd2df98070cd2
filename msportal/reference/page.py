"""What the page that tells people of the API shows of the OpenAPI document."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from msportal.reference.prose import Section, blocks, inline, sections
from msportal.reference.shapes import Member, Shape, kind, member, shape
from msportal.reference.texts import TAGS
from publication.api.negotiation import JSON
from publication.api.problems import phrase

Document = Mapping[str, Any]


class Example(NamedTuple):
    """A request and what was answered."""

    request: str
    text: str


class Body(NamedTuple):
    """A representation of an answer."""

    media_type: str
    kind: SafeString
    """Its schema where that has a name, else what it is."""
    examples: list[Example]


class Answer(NamedTuple):
    status: str
    anchor: str
    title: str
    description: SafeString
    bodies: list[Body]


class Operation(NamedTuple):
    """One question that may be asked."""

    name: str
    path: str
    summary: str
    description: SafeString
    parameters: list[tuple[str, list[Member]]]
    """By where they stand."""
    answers: list[Answer]
    refusals: list[tuple[str, str]]
    """Those that many have: the status, and the name under which they are described."""
    curl: str


class Group(NamedTuple):
    """A tag with its operations."""

    name: str
    label: str
    description: SafeString
    standard: Mapping[str, str]
    operations: list[Operation]


class Header(NamedTuple):
    """A header of answers, in each form that it has."""

    name: str
    forms: list[tuple[Member, str]]
    """With the statuses of the answers that have it so."""


class Page(NamedTuple):
    title: str
    version: str
    openapi: str
    summary: str
    opening: SafeString
    sections: list[Section]
    groups: list[Group]
    refusals: list[Answer]
    headers: list[Header]
    shapes: list[Shape]


def page(document: Document, origin: str) -> Page:
    """All that is shown; ``origin`` is what the address of the site begins with."""
    info, components = document["info"], document["components"]
    opening, below = sections(info["description"])
    shared = components.get("responses", {})
    return Page(
        title=info["title"],
        version=info["version"],
        openapi=document["openapi"],
        summary=info["summary"],
        opening=opening,
        sections=below,
        groups=[_group(tag, document, origin) for tag in document["tags"]],
        refusals=[_refusal(name, told, document) for name, told in shared.items()],
        headers=_headers(document),
        shapes=[
            shape(name, schema)
            for name, schema in components["schemas"].items()
            if name != "NullEnum"
        ],
    )


def _group(tag: Mapping[str, Any], document: Document, origin: str) -> Group:
    name = tag["name"]
    operations = [
        _operation(path, told, origin)
        for path, address in document["paths"].items()
        for told in address.values()
        if name in told["tags"]
    ]
    label = TAGS[name].label if name in TAGS else name.capitalize()
    description = inline(tag.get("description", ""))
    return Group(name, label, description, tag.get("externalDocs", {}), operations)


def _operation(path: str, told: Mapping[str, Any], origin: str) -> Operation:
    own = {status: one for status, one in told["responses"].items() if "$ref" not in one}
    answers = [_answer(status, one) for status, one in own.items()]
    shared = [
        (status, one["$ref"].rpartition("/")[2])
        for status, one in told["responses"].items()
        if "$ref" in one
    ]
    return Operation(
        told["operationId"],
        path,
        told["summary"],
        blocks(told.get("description", "")),
        list(_parameters(told.get("parameters", ()))),
        answers,
        shared,
        f"curl '{origin}{_asked(answers) or path}'",
    )


def _asked(answers: list[Answer]) -> str:
    """The address of the first example, which is in JSON."""
    for body in answers[0].bodies:
        if body.media_type == JSON.media_type and body.examples:
            return body.examples[0].request.partition(" ")[2]
    return ""


PLACES = {
    "path": "In the address",
    "query": "Parameters",
    "header": "Headers of the request",
}


def _parameters(told: Any) -> Iterator[tuple[str, list[Member]]]:
    for place, label in PLACES.items():
        found = [
            member(
                one["name"],
                one["schema"],
                required=one.get("required", False),
                description=one.get("description", ""),
            )
            for one in told
            if one["in"] == place
        ]
        if found:
            yield label, found


def _answer(status: str, told: Mapping[str, Any], anchor: str = "") -> Answer:
    bodies = [_body(media_type, one) for media_type, one in told.get("content", {}).items()]
    return Answer(status, anchor, phrase(int(status)), inline(told["description"]), bodies)


def _refusal(name: str, told: Mapping[str, Any], document: Document) -> Answer:
    """One that many operations have."""
    statuses = (
        status for _, status, one in _all_answers(document) if one.get("$ref", "").endswith(name)
    )
    return _answer(next(statuses), told, name)


def _body(media_type: str, told: Mapping[str, Any]) -> Body:
    examples = [_example(one) for one in told.get("examples", {}).values()]
    schema = told["schema"]
    said = kind(schema) if "$ref" in schema else inline(schema.get("description", ""))
    return Body(media_type, said or kind(schema), examples)


def _example(told: Mapping[str, Any]) -> Example:
    value = told["value"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    return Example(told.get("summary", ""), text)


def _all_answers(document: Document) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Of every operation its name, and each status with its answer."""
    for address in document["paths"].values():
        for operation in address.values():
            for status, told in operation["responses"].items():
                yield operation["operationId"], status, told


def _headers(document: Document) -> list[Header]:
    """Where one has several forms, a number in its name tells them apart."""
    components = document["components"]
    statuses: dict[str, set[str]] = {}
    for _, status, told in _all_answers(document):
        name = told.get("$ref", "").rpartition("/")[2]
        whole = components["responses"][name] if name else told
        for header in whole.get("headers", {}).values():
            statuses.setdefault(header["$ref"].rpartition("/")[2], set()).add(status)
    found: dict[str, Header] = {}
    for key, told in components["headers"].items():
        name = key.partition("_")[0]
        form = member(name, told["schema"], required=True, description=told.get("description", ""))
        where = ", ".join(sorted(statuses.get(key, ())))
        found.setdefault(name, Header(name, [])).forms.append((form, where))
    return list(found.values())
