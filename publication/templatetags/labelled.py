"""Lists of the workroom on narrow screens, where a row is a card and each cell names its column."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()

_TICK = "action-checkbox-column"
"""The column of the check boxes, whose head is one itself."""


@register.simple_tag
def labelled(headers: Iterable[Mapping[str, Any]], cells: Iterable[SafeString]) -> list[SafeString]:
    """The cells of a row as Django made them, each with its column's name as ``data-label``."""
    return [_labelled(header, cell) for header, cell in zip(headers, cells, strict=False)]


def _labelled(header: Mapping[str, Any], cell: SafeString) -> SafeString:
    if _TICK in str(header.get("class_attrib", "")):
        return cell
    tag, label = cell[:3], format_html(' data-label="{}"', capfirst(str(header["text"])))
    return mark_safe(tag + label + cell[3:])  # noqa: S308 (both parts are)
