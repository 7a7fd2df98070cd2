"""How a value comes out of a column of one database and goes into that of another."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from msportal.moving.errors import Unfit

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field

Convert = Callable[[Any], Any]

_KINDS: tuple[tuple[tuple[type[Field], ...], type, str], ...] = (
    ((models.BooleanField,), bool, "true or false"),
    ((models.IntegerField,), int, "a whole number"),
    ((models.DateTimeField,), dt.datetime, "a time"),
    ((models.CharField, models.TextField, models.JSONField), str, "text"),
    ((models.BinaryField,), bytes, "bytes"),
)
"""What is in a column; SQLite itself does not see to it."""


def reader(field: Field, connection: BaseDatabaseWrapper) -> Convert:
    """From what this database gives to the same value on every database.

    JSON stays the text that it is: as a value, a null in it and none at all would be the same.
    """
    if isinstance(field, models.JSONField):
        return _as_it_is
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None else bytes(value)
    column = field.get_col(field.model._meta.db_table)
    converters = [
        *connection.ops.get_db_converters(column),
        *field.get_db_converters(connection),
    ]

    def read(value: Any) -> Any:
        found = value
        try:
            for convert in converters:
                found = convert(found, column, connection)
        except (ValueError, TypeError, AttributeError, ArithmeticError):
            found = None
        if found is None and value is not None:
            raise Unfit(f"{value!r:.80} is not understood")
        return found

    return read if converters else _as_it_is


def writer(field: Field, connection: BaseDatabaseWrapper) -> Convert:
    """From that value to what this database takes; ``Unfit`` where the column cannot hold it."""
    held = _behind(field)

    def write(value: Any) -> Any:
        if value is None:
            return None
        if why := _why_not(held, value, connection):
            raise Unfit(why)
        if isinstance(held, models.JSONField):
            return value
        return held.get_db_prep_value(value, connection, prepared=True)

    return write


def said(field: Field, value: Any) -> Any:
    """The value in a form that two databases share, and of which ``repr`` tells all."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(field, models.JSONField) and value is not None:
        return json.dumps(json.loads(value), sort_keys=True)
    return value


def _as_it_is(value: Any) -> Any:
    return value


def _behind(field: Field) -> Field:
    """What a foreign key points to has the same values."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def _why_not(field: Field, value: Any, connection: BaseDatabaseWrapper) -> str:
    """Why the column cannot hold the value; empty when it can."""
    for fields, kind, words in _KINDS:
        if isinstance(field, fields) and not isinstance(value, kind):
            return f"{value!r:.80} is not {words}"
    if connection.vendor != "postgresql":
        return ""
    if isinstance(value, str):
        return _why_no_text(field, value)
    if isinstance(value, int) and not isinstance(value, bool):
        least, most = connection.ops.integer_field_range(field.get_internal_type())
        if (least is not None and value < least) or (most is not None and value > most):
            return f"{value} is no number from {least} to {most}"
    return ""


def _why_no_text(field: Field, text: str) -> str:
    if "\0" in text or (isinstance(field, models.JSONField) and _spells_no_text(text)):
        return (
            "it has the character NUL, or half a pair of surrogates, which PostgreSQL cannot keep"
        )
    longest = field.max_length
    if isinstance(field, models.CharField) and longest is not None and len(text) > longest:
        return f"it has {len(text):,} characters, and the column takes {longest:,}"
    return ""


def _spells_no_text(text: str) -> bool:
    """Whether a string in the JSON, once its escapes are read, is no text."""
    if "\\u0000" not in text and "\\ud" not in text.lower():
        return False
    told = json.dumps(json.loads(text), ensure_ascii=False)
    return "\\u0000" in told.replace("\\\\", "") or any("\ud800" <= c <= "\udfff" for c in told)
