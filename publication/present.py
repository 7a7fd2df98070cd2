"""Stored contents in today's shape: the one way in which they are read."""

from functools import cache
from typing import Any

from django.apps import apps

from publication.shapes import Body, Shape


def present(stored: Body) -> dict[str, Any]:
    """A stored content in today's shape, which the published table of its type declares.

    As it is where no table is of its type.
    """
    shape = _shapes().get(stored.get("type", ""))
    return shape.present(stored) if shape else dict(stored)


def known(body: Body) -> dict[str, Any]:
    """A content in today's shape, without what this version of the program does not know."""
    shape = _shapes().get(body.get("type", ""))
    return shape.known(shape.present(body)) if shape else dict(body)


@cache
def _shapes() -> dict[str, Shape]:
    """By the word for a type in the log."""
    return {
        model.record_type: model.shape  # type: ignore[attr-defined]
        for model in apps.get_models()
        if isinstance(getattr(model, "shape", None), Shape)
    }
