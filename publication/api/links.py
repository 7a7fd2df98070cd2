"""Where an answer leads, in its ``Link`` header (RFC 8288)."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.urls import reverse
from rest_framework.utils.urls import remove_query_param

from publication.api.terms import LICENCE_URL

PAGES = {"next": "next", "previous": "prev"}
"""Members of a list, and how they are called as relations."""


def header(data: Any, *, page: str = "") -> str:
    """``data``: the members of the answer; ``page``: the address of the same for people."""
    return ", ".join((*_along(data), *_beside(page), *_always()))


def _along(data: Any) -> Iterator[str]:
    """Of a list, as its body says."""
    if not isinstance(data, Mapping):
        return
    for member, relation in PAGES.items():
        if address := data.get(member):
            yield _link(address, relation)
    if previous := data.get("previous"):
        yield _link(remove_query_param(previous, "offset"), "first")


def _beside(page: str) -> Iterator[str]:
    if page:
        yield _link(page, "alternate", "text/html")


@cache
def _always() -> tuple[str, ...]:
    """Of every answer: what describes the API (RFC 8631), and its licence."""
    return (
        _link(reverse("api:schema"), "service-desc", "application/vnd.oai.openapi+json"),
        _link(reverse("api:docs"), "service-doc", "text/html"),
        _link(LICENCE_URL, "license"),
    )


def _link(address: str, relation: str, media_type: str = "") -> str:
    more = f'; type="{media_type}"' if media_type else ""
    return f'<{address}>; rel="{relation}"{more}'
