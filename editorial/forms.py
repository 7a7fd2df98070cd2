"""Fields of the workroom's forms: lists as lines of text, and text that is kept whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from django import forms
from django.core.exceptions import ValidationError

from editorial import typed
from editorial.generics import ModelMultipleChoiceField
from publication import limits, writing

_SPACES = re.compile(r"[^\S\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
"""White space that may be typed; other kinds are control characters, and refused."""


def unix(text: Any) -> str:
    """Browsers send every line break as CR LF."""
    return str(text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


class WholeInputs:
    """Every text that is typed comes through here, in any form.

    It is kept in NFC, and refused with a word when it holds what nobody sees or reads
    (``publication.writing``). Too long a text is refused, never cut: browsers cut without a word.
    What the model refuses of a field that the form does not show is said of the form as a whole.
    """

    verbatim: ClassVar[frozenset[str]] = frozenset()
    """Fields whose text is looked up or read, not written: they may hold anything."""

    def clean(self) -> dict[str, Any]:
        whole: Any = super()
        form: Any = self
        cleaned: dict[str, Any] = whole.clean() or form.cleaned_data
        for name in form.changed_data:
            field = form.fields[name]
            if name not in cleaned or name in self.verbatim:
                continue
            lines = isinstance(field.widget, forms.Textarea)
            if isinstance(field, forms.CharField | forms.IntegerField):
                longest = getattr(field, "longest", None) or field_longest(field)
                if why := typed.why_not(cleaned[name], longest=longest, lines=lines):
                    form.add_error(name, why)
                else:
                    cleaned[name] = typed.normal(cleaned[name], lines=lines)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        whole: Any = super()
        if field is not None or not hasattr(error, "error_dict"):
            whole.add_error(field if field is None or field in fields else None, error)
            return
        for name, problems in error.error_dict.items():
            for problem in problems:
                whole.add_error(name if name in fields else None, problem)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for field in fields.values():
            field.widget.attrs.pop("maxlength", None)


def field_longest(field: forms.Field) -> int:
    """Characters that the field takes at most."""
    return int(getattr(field, "max_length", None) or limits.STATEMENT)


class KeepsUnknownCodes(WholeInputs):
    """A code that only a newer version of the program knows is offered as it stands, so that a save
    does not lose it without a word; whether it may be submitted is another question.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        instance: Any = self.instance  # type: ignore[attr-defined]
        for name, field in fields.items():
            choices: Any = getattr(field, "choices", None)
            if choices is None or isinstance(field, forms.ModelChoiceField):
                continue
            held: Any = getattr(instance, name, None) or []
            known = {str(code) for code, _ in choices}
            codes = held if isinstance(held, list) else [held]
            unknown = [(code, code) for code in codes if str(code) not in known]
            if unknown:
                field.choices = [*choices, *unknown]  # type: ignore[attr-defined]


class PlainTextField(forms.CharField):
    """Text whose line breaks alone do not count as a change."""

    lossless = True

    def to_python(self, value: Any) -> str:
        return unix(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return unix(initial) != unix(data)


class LinesField(forms.CharField):
    """A JSON list of strings, one a line."""

    lossless = True
    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, longest: int = limits.LINE, **kwargs: Any) -> None:
        self.longest = longest
        attrs = {"rows": rows, "cols": 80}
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs=attrs), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return "\n".join(self.to_line(item) for item in value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        if len(value or "") > limits.LIST:
            raise ValidationError(
                f"The list has {len(value):,} characters; {limits.LIST:,} at most are kept."
            )
        lines = [_line(line) for line in unix(value).split("\n")]
        if len(lines) > limits.LINES:
            raise ValidationError(
                f"The list has {len(lines):,} lines; {limits.LINES:,} at most are kept."
            )
        for line in lines:
            if len(line) > self.longest:
                raise ValidationError(
                    f"The line “{line[:40]}…” has {len(line)} characters; {self.longest} at most."
                )
        return [self.from_line(line) for line in lines if line]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """A list has none of a text's limits."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return lines_of(self.prepare_value(initial)) != lines_of(data)

    def to_line(self, item: Any) -> str:
        return str(item)

    def from_line(self, line: str) -> Any:
        return line


def lines_of(text: Any) -> list[str]:
    lines = (_line(line) for line in unix(text).split("\n"))
    return [line for line in lines if line]


@dataclass(frozen=True, slots=True)
class Column:
    """One part of a line; numbers are whole, several of them separated by commas."""

    key: str
    kind: Literal["text", "number", "numbers"] = "text"
    required: bool = False

    def read(self, text: str) -> Any:
        if self.required and not text:
            raise ValidationError(f"“{self.key}” is missing.")
        try:
            if self.kind == "number":
                return _count(text) if text else None
            if self.kind == "numbers":
                return [_count(part) for part in text.split(",") if part.strip()]
        except ValueError:
            raise ValidationError(
                f"“{text[:40]}” is not a whole number from 0 to {limits.COUNT:,}."
            ) from None
        return text

    def write(self, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(str(item) for item in value)
        return "" if value is None else str(value)


def _count(text: str) -> int:
    number = int(text)  # which refuses thousands of digits as well
    if not 0 <= number <= limits.COUNT:
        raise ValueError
    return number


class ColumnsField(LinesField):
    """A JSON list of objects, one a line, its values separated by ``|`` in a fixed order."""

    def __init__(self, *, columns: Sequence[Column], **kwargs: Any) -> None:
        self.columns = tuple(columns)
        super().__init__(**kwargs)

    def to_line(self, item: Any) -> str:
        parts = [column.write(item.get(column.key)).replace("|", "/") for column in self.columns]
        return " | ".join(parts).rstrip(" |")

    def from_line(self, line: str) -> Any:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > len(self.columns):
            raise ValidationError(f"“{line}” has more than {len(self.columns)} parts.")
        parts += [""] * (len(self.columns) - len(parts))
        try:
            return {c.key: c.read(part) for c, part in zip(self.columns, parts, strict=True)}
        except ValidationError as problem:
            raise ValidationError(f"In the line “{line}”: {problem.message}") from None

    def with_held(self, items: list[Any], held: list[Any]) -> list[Any]:
        """The items, each as it was held where its line is the same: a line cannot show all."""
        of_line = {self.to_line(item): item for item in held}
        return [of_line.get(self.to_line(item), item) for item in items]


class PairsField(LinesField):
    """A JSON object of strings, one ``key: value`` a line."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{key}: {item}" for key, item in value.items())
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, dict):
            return value
        pairs = list(super().to_python(value))
        keys = [key for key, _ in pairs]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise ValidationError(f"“{twice}” stands on two lines: leave one.")
        return dict(pairs)

    def from_line(self, line: str) -> Any:
        key, colon, item = (part.strip() for part in line.partition(":"))
        if not (key and colon and item):
            raise ValidationError(f"“{line}” is not of the form “ATC: L04AG08”.")
        return key, item


class CodesField(forms.MultipleChoiceField):
    """A JSON list of codes, chosen by check boxes, kept in the order of the choices."""

    lossless = True
    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        choices: Any = self.choices
        return [str(code) for code, _ in choices if code in chosen]


class RowsField(ModelMultipleChoiceField):
    """Rows that are chosen; what no row can be called is refused before the database is asked."""

    def _check_values(self, value: Any) -> Any:
        for posted in value:
            if typed.key(str(posted)) is None:
                raise ValidationError(
                    f"“{writing.shown(str(posted)[:40])}” is none of the choices."
                )
        return super()._check_values(value)  # type: ignore[misc]
