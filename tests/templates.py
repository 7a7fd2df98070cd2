"""Makes a variable that our templates use, and nobody gave them, fail the test."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.base import UNKNOWN_SOURCE


class UnknownVariable(str):
    """An empty ``string_if_invalid`` that fails when one of our own templates asks for it.

    Django tests its truth at the moment a variable is not found. The templates of other
    projects, the admin's for example, rely on unknown variables being empty: they get that.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        variable, template = None, UNKNOWN_SOURCE
        frame = sys._getframe(1)
        if frame.f_code.co_name == "resolve":
            variable = frame.f_locals["self"].var
        while frame.f_back is not None:
            if frame.f_code.co_name == "render_annotated":
                # The node's own origin: the file that names the variable, whoever includes it.
                template = frame.f_locals["self"].origin.name
                break
            frame = frame.f_back
        if is_ours(template):
            pytest.fail(f"{template}: unknown variable {variable}", pytrace=False)
        return False


def is_ours(template: str) -> bool:
    """True for a file below the project's folder, without those installed in it."""
    path = Path(template)
    return path.is_relative_to(settings.BASE_DIR) and "site-packages" not in path.parts


@contextmanager
def unknown_variables_fail() -> Iterator[None]:
    backends = [backend for backend in engines.all() if isinstance(backend, DjangoTemplates)]
    for backend in backends:
        backend.engine.string_if_invalid = UnknownVariable()
    try:
        yield
    finally:
        for backend in backends:
            backend.engine.string_if_invalid = ""
