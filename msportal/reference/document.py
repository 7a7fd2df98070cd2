"""What is put into the OpenAPI document when all operations are in it: what it is, on which terms,
examples of real answers; what many operations have alike is told once.
"""

import json
from pathlib import Path
from typing import Any

from msportal.reference.texts import DESCRIPTION, MEANINGS, OPERATIONS, SUMMARY, TAGS
from publication.api.problems import phrase
from publication.api.terms import LICENCE
from publication.narrowing import MOST_VALUES

EXAMPLES = Path(__file__).with_name("examples.json")
"""By operation, status and media type: answers of the API, which
``tests/msportal/test_api_examples.py`` writes and holds against those that it gives.
"""
EVERYWHERE = "*"
"""In place of an operation, for those that have no example of their own."""

Document = dict[str, Any]


def complete(result: Document, **_: Any) -> Document:
    """Called by drf-spectacular at the end."""
    describe(result)
    for address in result["paths"].values():
        for operation in address.values():
            _tell(operation)
            _bound(operation)
    add_examples(result, json.loads(EXAMPLES.read_text(encoding="utf-8")))
    _explain(result["components"]["schemas"])
    _share_refusals(result)
    return result


def describe(document: Document) -> None:
    """Say what it is; its addresses are those of whatever site serves it."""
    told = {
        "summary": SUMMARY,
        "description": DESCRIPTION,
        "contact": {"name": "The editors of the site that serves it"},
        # Of the data; the program has another.
        "license": {"name": "Creative Commons Attribution 4.0", "identifier": LICENCE},
    }
    info = document["info"]
    document["info"] = {"title": info["title"], "version": info["version"], **told}
    document["servers"] = [{"url": "/", "description": "The site that serves this document."}]
    used = [op["tags"][0] for address in document["paths"].values() for op in address.values()]
    names = dict.fromkeys([*(tag for tag in TAGS if tag in used), *used])
    document["tags"] = [_tag(name) for name in names]


def _tag(name: str) -> Document:
    if name not in TAGS:
        return {"name": name}
    told = TAGS[name]
    found: Document = {"name": name, "description": told.description}
    if told.standard:
        description, url = told.standard
        found["externalDocs"] = {"description": description, "url": url}
    return found


def _tell(operation: Document) -> None:
    told = OPERATIONS.get(operation["operationId"])
    if told:
        operation["summary"], operation["description"] = told


def _bound(operation: Document) -> None:
    """A parameter that may be given several times has at most as many values as the site reads."""
    for parameter in operation.get("parameters", ()):
        if parameter["schema"].get("type") == "array":
            parameter["schema"].setdefault("maxItems", MOST_VALUES)


def _explain(schemas: Document) -> None:
    """Say what codes mean whose labels say no more than they do."""
    schemas.get("NullEnum", {}).setdefault("description", "Not stated.")
    for name, meanings in MEANINGS.items():
        if found := schemas.get(name):
            said = {code: meanings.get(code, code.replace("_", " ")) for code in found["enum"]}
            lines = (f"* `{code}` - {meaning}" for code, meaning in said.items())
            found["description"] = "\n".join(lines)

    for schema in schemas.values():
        _point_at_codes(schema)


def _point_at_codes(schema: Document) -> None:
    """Codes are explained where they are named: who refers to them says not the same again."""
    for inner in schema.get("properties", {}).values():
        if "enum" not in inner and "description" in inner:
            inner["description"] = inner["description"].partition("\n\n* `")[0]


# Examples


def add_examples(document: Document, examples: Document) -> None:
    """Put each where it belongs; a status that an operation lacks is passed over."""
    shared = examples.get(EVERYWHERE, {})
    for address in document["paths"].values():
        for operation in address.values():
            told = {**shared, **examples.get(operation["operationId"], {})}
            for status, answer in operation["responses"].items():
                for media_type, content in answer.get("content", {}).items():
                    if found := told.get(status, {}).get(media_type):
                        content["examples"] = found


# What many operations have alike


def _share_refusals(document: Document) -> None:
    """A refusal that several operations describe in the same words is told once, referred to."""
    said: dict[tuple[str, str], list[Document]] = {}
    for address in document["paths"].values():
        for operation in address.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    key = status, json.dumps(answer, sort_keys=True)
                    said.setdefault(key, []).append(operation["responses"])
    shared: Document = {}
    for (status, text), those in sorted(said.items()):
        name = "".join(phrase(int(status)).title().split())
        if len(those) == 1 or name in shared:
            continue
        shared[name] = json.loads(text)
        for responses in those:
            responses[status] = {"$ref": f"#/components/responses/{name}"}
    document["components"]["responses"] = shared
