"""Marks in a text what another text does not have."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from publication.difference import Piece

register = template.Library()
_TAGS = {"gone": "del", "new": "ins"}


@register.simple_tag
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The pieces as one text: what went is struck out, what came is underlined."""
    parts: list[str] = []
    before = ""
    for piece in pieces:
        if before == "gone" and piece.kind == "new":
            parts.append(" ")  # or the two words would be read as one
        tag = _TAGS.get(piece.kind)
        text = escape(piece.text)
        parts.append(format_html("<{}>{}</{}>", tag, text, tag) if tag else text)
        before = piece.kind
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped
