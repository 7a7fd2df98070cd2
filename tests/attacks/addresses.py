"""Every address of the workroom, from its own table of addresses: a new page is there by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.urls import URLPattern, get_resolver
from django.utils.regex_helper import normalize


@dataclass(frozen=True, slots=True)
class Page:
    """One pattern: its name, and what its address is made of."""

    name: str
    template: str
    """Such as ``/admin/sources/source/%(object_id)s/change/``."""
    parameters: tuple[str, ...]

    def at(self, **given: str | bytes) -> str:
        """The address with these values, quoted as a browser does."""
        return self.template % {name: quote(value, safe="") for name, value in given.items()}

    def __str__(self) -> str:
        return self.name or self.template

    @property
    def model(self) -> Any:
        """The model whose rows the page shows; ``None`` of a page about no model."""
        for model in admin.site._registry:
            folder = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            if self.template.startswith(folder):
                return model
        return None


def pages() -> list[Page]:
    """All patterns under ``/admin/``, in the order in which they are tried."""
    return list(_under(get_resolver().url_patterns, "/"))


def _under(patterns: Any, before: str) -> Iterator[Page]:
    for pattern in patterns:
        ((template, names),) = normalize(pattern.pattern.regex.pattern)
        address = before + template
        if not (address.startswith("/admin/") or "/admin/".startswith(address)):
            continue
        if isinstance(pattern, URLPattern):
            if address.startswith("/admin/"):
                yield Page(pattern.name or "", address, tuple(names))
        else:
            yield from _under(pattern.url_patterns, address)


PAGES = pages()
