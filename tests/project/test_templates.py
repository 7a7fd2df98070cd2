"""Templates compile, hold no script or style of their own, and stay short."""

import re

import pytest
from django.template.loader import get_template

from tests.databases import ROOT
from tests.project.imports import ROOMS
from tests.templates import is_ours

TEMPLATES = ROOT / "templates"
NAMES = sorted(
    str(path.relative_to(TEMPLATES))
    for path in TEMPLATES.rglob("*")
    if path.suffix in (".html", ".xml", ".txt")
)
# The policy of `settings.CONTENT_SECURITY_POLICY` blocks these in the browser.
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\b(?:src=|type=.application/(?:ld\+)?json))|<[^>]*\s(?:style|on[a-z]+)=",
    re.IGNORECASE,
)
UNESCAPED = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off")
MOST_LINES = 120


def source(name: str) -> str:
    return (TEMPLATES / name).read_text()


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name: str) -> None:
    template = get_template(name)
    assert is_ours(template.origin.name)


@pytest.mark.parametrize("name", NAMES)
def test_template_has_nothing_inline_and_escapes_all(name: str) -> None:
    text = source(name)
    assert INLINE.findall(text) == []
    assert UNESCAPED.findall(text) == []


@pytest.mark.parametrize("name", NAMES)
def test_template_is_short(name: str) -> None:
    assert len(source(name).splitlines()) <= MOST_LINES


def test_inline_rule_sees_what_it_should() -> None:
    seen = [
        "<style>p {}</style>",
        "<script>run()</script>",
        '<p class="a" style="color: red">',
        '<button onclick="go()">',
    ]
    not_seen = [
        '<script src="/static/a.js" defer></script>',
        '<script type="application/ld+json">{}</script>',
        '<p class="once">',
    ]
    assert [text for text in seen if not INLINE.search(text)] == []
    assert [text for text in not_seen if INLINE.search(text)] == []


STYLES = ROOT / "msportal" / "static" / "msportal"
MADE = re.compile(r"(?:certainty|column|depth|evidence|field|line|mark|model|size|state)-.+")
"""Classes whose second half a template or Django fills in."""
OF_DJANGO = {
    *("empty-form", "errorlist", "flex-container", "has_original", "inline-group"),
    *("action-checkbox", "related-widget-wrapper", "vTextField", "vURLField"),
    *("messagelist", "readonly"),
}


@pytest.mark.parametrize("sheet", ["site.css", "card.css", "admin.css"])
def test_every_class_that_is_styled_stands_in_a_template(sheet: str) -> None:
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", (STYLES / sheet).read_text(), flags=re.S)
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", rules)) - OF_DJANGO
    named = {word for name in NAMES for word in re.findall(r"[\w-]+", source(name))}
    code = "\n".join(p.read_text() for room in ROOMS for p in (ROOT / room).rglob("*.py"))
    named |= set(re.findall(r"[\w-]+", code))
    assert len(styled) > 5
    assert sorted(word for word in styled - named if not MADE.fullmatch(word)) == []
