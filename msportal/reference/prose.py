"""Descriptions of the OpenAPI document as HTML: the little of CommonMark that they are written in.

Headings of the second level, paragraphs, bullet lists, code, strong words and links; all else is
text, and all text is escaped.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|\[(?P<words>[^\]]+)\]\((?P<to>[^)\s]+)\)"
)
_CODE = re.compile(r"`(?P<code>[^`]+)` - (?P<means>.+)", re.DOTALL)
_BULLET = re.compile(r"^\* ", re.MULTILINE)


class Section(NamedTuple):
    """A heading with what stands below it."""

    anchor: str
    title: str
    html: SafeString


def inline(text: str) -> SafeString:
    """One line: code, strong words and links."""
    return format_html_join("", "{}", ((piece,) for piece in _pieces(" ".join(text.split()))))


def _pieces(text: str) -> Iterator[str | SafeString]:
    at = 0
    for found in _INLINE.finditer(text):
        yield text[at : found.start()]
        at = found.end()
        match found.lastgroup:
            case "code":
                yield format_html("<code>{}</code>", found["code"])
            case "strong":
                yield format_html("<strong>{}</strong>", found["strong"])
            case _:
                yield format_html('<a href="{}">{}</a>', found["to"], found["words"])
    yield text[at:]


def blocks(text: str) -> SafeString:
    """Paragraphs and bullet lists, which stand between empty lines."""
    return format_html_join("", "{}", ((_block(part),) for part in _parts(text)))


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"\n{2,}", text.strip()) if part.strip()]


def _block(text: str) -> SafeString:
    before, *items = _BULLET.split(text)
    said = format_html("<p>{}</p>", inline(before)) if before.strip() else SafeString()
    if not items:
        return said
    told = format_html_join("", "<li>{}</li>", ((_item(item),) for item in items))
    return format_html('{}<ul class="codes">{}</ul>', said, told)


def _item(text: str) -> SafeString:
    """A code and what it means, where it is that; else a line."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        return inline(text)
    code, means = found["code"], found["means"]
    said = format_html("<code>{}</code>", code)
    return said if means == code else format_html("{} {}", said, inline(means))


def sections(text: str) -> tuple[SafeString, list[Section]]:
    """What stands above the first heading of the second level, and each of these."""
    opening, *rest = re.split(r"^## ", text, flags=re.MULTILINE)
    found = []
    for part in rest:
        title, _, below = part.partition("\n")
        found.append(Section(slugify(title), title, blocks(below)))
    return blocks(opening), found
