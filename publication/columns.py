"""How the read models' columns hold what a log may say, which knows no longest name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField

__all__ = ["Cut", "InOrder", "columns_of", "in_lines", "lines"]

_ELLIPSIS = "…"


class Cut(Text):
    """A text of which the column keeps the beginning; the log has the whole.

    What the column is compared with is cut in the same way.
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        longest = self.max_length
        if isinstance(text, str) and longest is not None and len(text) > longest:
            return text[: longest - len(_ELLIPSIS)] + _ELLIPSIS
        return text

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To the database it is a text like others."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


class InOrder(Cut):
    """A folded text that lists are ordered by: by code points, whatever the database's locale."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        found = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            found["collation"] = "C"
        return found

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To the database it is a text of an order of its own."""
        name, _, args, options = super().deconstruct()
        return name, "publication.columns.InOrder", args, options


def in_lines(items: Iterable[str]) -> str:
    """Several texts in one column, one a line."""
    return "\n".join(item.replace("\n", " ") for item in items)


def lines(column: str) -> list[str]:
    """The texts in such a column: nothing else than a line feed parts them."""
    return column.split("\n") if column else []


def columns_of(model: type[models.Model]) -> list[list[Any]]:
    """What the table holds: by name, of which type, how long and whether it may be empty."""
    return [
        [field.name, type(field).__name__, field.max_length, field.null]
        for field in model._meta.concrete_fields
    ]
