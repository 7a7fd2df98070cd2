"""Marks in a text what another text does not have."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from publication.difference import Piece
from publication.templatetags import glyphs

register = template.Library()
_TAGS = {"gone": "del", "new": "ins"}
_SPACE = " \t\n\r"


@register.simple_tag
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The pieces as one text: what went is struck out, what came is underlined."""
    parts: list[str] = []
    before = ""
    for piece in pieces:
        if before == "gone" and piece.kind == "new":
            parts.append(" ")  # or the two words would be read as one
        parts.append(_tagged(piece))
        before = piece.kind
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def _tagged(piece: Piece) -> SafeString:
    """White space around a piece is not marked, but for spaces of another kind."""
    tag, inner = _TAGS.get(piece.kind), piece.text.strip(_SPACE)
    if not tag or not inner:
        return glyphs.glyphs(piece.text)
    start = piece.text.index(inner)
    left, right = piece.text[:start], piece.text[start + len(inner) :]
    shown = glyphs.marked(escape(inner), spaces=piece.alike)
    return format_html("{}<{}>{}</{}>{}", left, tag, shown, tag, right)
