"""Templates compile, hold no script or style of their own, and stay short."""

import re

import pytest
from django.template.loader import get_template

from tests.databases import ROOT
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
