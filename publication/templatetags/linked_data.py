"""Linked data in a page, as a block that no browser runs."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
"""As ``django.utils.html.json_script`` does: no text can end the element that it stands in. What is
not ASCII is escaped too, so that no character is there that would not be seen.
"""


@register.simple_tag
def linked_data(data: dict[str, Any]) -> SafeString:
    """``data`` as JSON-LD (W3C JSON-LD 1.1, section 7.1)."""
    text = json.dumps(data, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped
