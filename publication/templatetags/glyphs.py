"""Shows what would not be seen; built into every template (``settings.TEMPLATES``)."""

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from publication.glyphs import Glyph, cut, in_text

register = template.Library()


@register.filter(name="glyphs", is_safe=True)
def glyphs(value: Any) -> SafeString:
    """The text, each character in it that would not be seen or turns others round as a mark."""
    # What is safe already is text that was escaped: no tag of ours has such a character in it.
    return marked(conditional_escape(value))


@register.filter(name="plain_glyphs")
def plain_glyphs(value: Any) -> str:
    """The same where no mark can stand: in titles, attributes, options."""
    return in_text(str(value))


def marked(escaped: SafeString, *, spaces: bool = False) -> SafeString:
    """The same of a text that is escaped already."""
    parts = (_tagged(p) if isinstance(p, Glyph) else p for p in cut(escaped, spaces=spaces))
    return mark_safe("".join(parts))  # noqa: S308 - the text is escaped, and so is each mark


def _tagged(glyph: Glyph) -> str:
    return format_html(
        '<bdi class="glyph" role="img" aria-label="{}" title="{}">{}</bdi>',
        glyph.name,
        glyph.name,
        glyph.code,
    )
