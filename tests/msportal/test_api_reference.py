"""The page for people says what the document says, at addresses that stay, and asks no database."""

import html
import json
import re

import pytest
from django.test import Client, override_settings
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from msportal.reference import prose
from msportal.reference.shapes import kind, limits, members
from tests.openapi import BASE, contents, document

pytestmark = pytest.mark.django_db
DOCS, TRY = f"{BASE}docs/", f"{BASE}docs/try/"


def text_of(path: str = DOCS) -> str:
    return Client().get(path).content.decode()


def test_every_operation_and_schema_has_an_anchor_of_its_own() -> None:
    ids = re.findall(r'\sid="([^"]+)"', text_of())
    assert len(ids) == len(set(ids))
    operations = {
        op["operationId"] for path in document()["paths"].values() for op in path.values()
    }
    assert operations <= set(ids)
    assert set(document()["components"]["schemas"]) - {"NullEnum"} <= set(ids)


def test_every_link_in_the_page_leads_somewhere() -> None:
    page = text_of()
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) - ids == set()
    for address in set(re.findall(r'href="(/[^"#]*)"', page)) - {"/changes.atom"}:
        if not address.startswith("/static/"):
            assert Client().get(address).status_code == 200, address


def test_page_shows_all_that_the_document_says() -> None:
    page = " ".join(html.unescape(strip_tags(text_of())).split())
    told = set(document()["paths"])
    for address in document()["paths"].values():
        for operation in address.values():
            told |= {operation["summary"], *(one["name"] for one in operation["parameters"])}
    for schema in document()["components"]["schemas"].values():
        told |= {str(code) for code in schema.get("enum", ()) if code is not None}
        told |= set(schema.get("properties", ()))
    for _, _, media_type, content in contents():
        told.add(media_type)
        for example in content.get("examples", {}).values():
            value = example["value"]
            indented = json.dumps(value, ensure_ascii=False, indent=2)
            text = value if isinstance(value, str) else indented
            # What would not be seen, as the mark before a table, is shown by its number.
            told.add(" ".join(text.replace("\ufeff", "U+FEFF").split()))
    assert sorted(one for one in told if one not in page) == []


def test_each_operation_has_a_line_for_the_shell() -> None:
    lines = re.findall(r'<pre class="curl"[^>]*><code>curl ([^<]+)</code>', text_of())
    operations = [op for path in document()["paths"].values() for op in path.values()]
    assert len(lines) == len(operations)
    assert all(html.unescape(line).startswith("'http://testserver/api/v1/") for line in lines)


@pytest.mark.parametrize("path", [DOCS, TRY])
def test_page_is_of_the_release(
    path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        page = Client().get(path)
        assert page.status_code == 200
        assert Client().get(path, headers={"if-none-match": page["ETag"]}).status_code == 304
        head = Client().head(path)
        assert (head.content, head["ETag"]) == (b"", page["ETag"])
        assert Client().options(path).status_code == 204
        assert Client().get(f"{path}?x=1").status_code == 400


def test_page_needs_no_script() -> None:
    assert "<script" not in text_of()
    assert "<style" not in text_of()
    assert text_of(TRY).count("<script") == text_of(TRY).count("<script src=") == 2


def test_pages_of_two_hosts_and_of_a_demonstration_are_told_apart() -> None:
    other = Client().get(DOCS, headers={"host": "localhost"})
    assert "curl 'http://localhost/api" in html.unescape(other.content.decode())
    assert other["ETag"] != Client().get(DOCS)["ETag"]
    assert "Demonstration:" not in text_of()
    with override_settings(DEMONSTRATION=True):
        assert "Demonstration:" in text_of()


# What it is made of


def test_prose_is_escaped_and_only_what_it_knows_becomes_html() -> None:
    assert prose.inline("a `<b>` **c** [d](/e/) <script>") == (
        'a <code>&lt;b&gt;</code> <strong>c</strong> <a href="/e/">d</a> &lt;script&gt;'
    )
    assert prose.blocks("One\ntwo.\n\nThree:\n* `a` - first\n* b") == (
        '<p>One two.</p><p>Three:</p><ul class="codes"><li><code>a</code> first</li><li>b</li></ul>'
    )
    opening, (section,) = prose.sections("Above.\n\n## A title\n\nBelow.\n")
    assert (opening, *section) == ("<p>Above.</p>", "a-title", "A title", "<p>Below.</p>")


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "format": "uri"}, "string (uri)"),
        ({"type": ["string", "null"], "format": "uri"}, "string (uri) or null"),
        ({"$ref": "#/components/schemas/A"}, '<a href="#A">A</a>'),
        ({"allOf": [{"$ref": "#/components/schemas/A"}]}, '<a href="#A">A</a>'),
        (
            {
                "oneOf": [
                    {"$ref": "#/components/schemas/A"},
                    {"$ref": "#/components/schemas/NullEnum"},
                ]
            },
            '<a href="#A">A</a> or null',
        ),
        ({"type": "array", "items": {"type": "integer"}}, "list of integer"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "object of string"),
        ({"type": "object", "additionalProperties": True}, "object"),
        ({"const": "*"}, "<code>*</code>"),
        ({}, "any value"),
    ],
)
def test_schema_is_told_in_a_few_words(schema: dict[str, object], said: str) -> None:
    assert kind(schema) == said


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"minimum": 1}, ["at least 1"]),
        ({"minimum": 0, "maximum": 1_000_000}, ["0 to 1,000,000"]),
        ({"default": 50}, ["default <code>50</code>"]),
        ({"minimum": 1000, "maximum": 9999}, ["1000 to 9999"]),
        ({"type": "array", "maxItems": 20, "items": {"minLength": 1, "maxLength": 200}},
         ["at most 20 values", "each 1 to 200 characters"]),
        ({"type": "array", "items": {"$ref": "#/components/schemas/A"}}, []),
    ],
)  # fmt: skip
def test_limits_are_told_in_words(schema: dict[str, object], said: list[str]) -> None:
    assert limits(schema) == said


def test_members_of_objects_without_a_name_stand_below_theirs() -> None:
    inner = {"type": "object", "properties": {"b": {"type": "string"}}}
    schema = {"required": ["a"], "properties": {"a": {"items": inner, "type": "array"}, "c": inner}}
    assert [(one.name, one.required) for one in members(schema)] == [
        ("a", True), ("a[].b", False), ("c", False), ("c.b", False)
    ]  # fmt: skip
