"""Marks in a text what another text beside it does not have."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from editorial.wording import Piece

register = template.Library()


@register.simple_tag
def marked(pieces: Iterable[Piece], tag: str) -> SafeString:
    """The pieces as one text; ``tag`` (``del`` or ``ins``) holds those of this text alone."""
    parts = (
        escape(piece.text)
        if piece.kind == "same"
        else format_html("<{}>{}</{}>", tag, piece.text, tag)
        for piece in pieces
    )
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped
