"""Forms that merge what was saved while they were open with what was typed in them."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME

from editorial import merging
from editorial.forms import KeepsUnknownCodes, LinesField, lines_of, unix
from editorial.generics import ModelForm
from editorial.merging import Stays, mark
from editorial.models import Part

ROW = "*"
"""Among the marks, the name of the row as a whole, with what no form of it shows."""

BOTH = "It was saved otherwise after you opened this page. Both texts are at the top."


class Carried(forms.CharField):
    """What a page carries of itself. Nobody types it, so it is never a change."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class MergedForm(KeepsUnknownCodes, ModelForm):
    """A form of a row that somebody else may save while it is open.

    The row is read under its record's lock before the form is filled in. Then, unit by unit: what
    the person left alone is as it is saved now, what the person alone changed is taken, and what
    both changed differently is refused, with both texts. A form that comes back has the marks of
    what is saved by then, so that the next press decides.
    """

    seen_fields = Carried()
    together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Fields that mean something together alone, and are merged as one."""
    not_merged: ClassVar[frozenset[str]] = frozenset({"seen_fields", "seen_revision"})
    """Fields that answer the page and are saved nowhere: what was typed stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.data: Any
        super().__init__(*args, **kwargs)
        self.clashing: list[str] = []
        """Fields that both changed, differently."""
        self.taken_over: list[str] = []
        """Fields that are as somebody else saved them meanwhile."""
        self.deletes_unseen = False
        """Whether a row is to be deleted that is not the one which was seen."""
        self._is_merged = False

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "seen_fields" and self.instance.pk:
            return merging.written(self._marks_now())
        return super().get_initial_for_field(field, field_name)

    def full_clean(self) -> None:
        if self.is_bound and self.instance.pk and not self._is_merged:
            self._is_merged = True
            self._merge()
        super().full_clean()
        for name in self.clashing:
            self.add_error(name, ValidationError(BOTH, code="clash"))

    # What is compared

    def units(self) -> Iterator[tuple[str, ...]]:
        """The names of the fields, in the order of the form; those that go together as one."""
        names = [n for n in self.fields if n in self.base_fields and n not in self.not_merged]
        met: set[str] = set()
        for name in names:
            group = next((group for group in self.together if name in group), (name,))
            if not met.intersection(group):
                yield tuple(other for other in names if other in group)
            met.update(group)

    def marks_typed(self) -> dict[str, str]:
        return {unit[0]: mark(self._parts(unit, self._typed)) for unit in self.units()}

    def marks_saved(self) -> dict[str, str]:
        return {unit[0]: mark(self._parts(unit, self._saved)) for unit in self.units()}

    def marks_seen(self) -> dict[str, str]:
        return merging.read(str(self.data.get(self.add_prefix("seen_fields")) or ""))

    def _marks_now(self) -> dict[str, str]:
        """Kept of the row as it was read: cleaning the form changes the instance."""
        if not hasattr(self, "_now"):
            whole = {ROW: self.instance.mark()} if isinstance(self.instance, Part) else {}
            self._now = whole | self.marks_saved()
        return self._now

    def _parts(self, unit: tuple[str, ...], value: Any) -> list[str]:
        return [part for name in unit for part in (*said(self.fields[name], value(name)), name)]

    def _typed(self, name: str) -> Any:
        widget = self.fields[name].widget
        return widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def _saved(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    # What becomes of it

    def _merge(self) -> None:
        seen, saved = self.marks_seen(), self._marks_now()
        if all(seen.get(name) == value for name, value in saved.items()):
            return
        if self._typed_delete():
            self.deletes_unseen = seen.get(ROW) != saved.get(ROW)
        else:
            self._merge_units(seen, saved)
        self._put("seen_fields", [merging.written(saved)])

    def _merge_units(self, seen: dict[str, str], saved: dict[str, str]) -> None:
        typed = self.marks_typed()
        for unit in self.units():
            name = unit[0]
            stays = merging.merged(seen=seen.get(name), saved=saved[name], typed=typed[name])
            if stays == Stays.ASKED:
                self.clashing += self._different(unit)
            elif stays == Stays.SAVED:
                self.taken_over += self._different(unit)
                for field in unit:
                    self._put(field, _posted(self.fields[field], self._saved(field)))

    def _different(self, unit: tuple[str, ...]) -> list[str]:
        """Of the unit's fields, those whose typed text is not the saved one."""
        typed = {name: said(self.fields[name], self._typed(name)) for name in unit}
        return [name for name in unit if said(self.fields[name], self._saved(name)) != typed[name]]

    def _typed_delete(self) -> bool:
        return DELETION_FIELD_NAME in self.fields and bool(self._typed(DELETION_FIELD_NAME))

    def _put(self, name: str, values: list[str]) -> None:
        if not self._own_data:
            self.data, self._own_data = self.data.copy(), True
        self.data.setlist(self.add_prefix(name), values)

    _own_data = False
    """Whether the data are this form's alone: the rows of a formset share theirs."""


def said(field: forms.Field, value: Any) -> list[str]:
    """What a field says, the same of a saved value and of what a browser sends back of it."""
    if isinstance(value, bool):
        return ["on"] if value else []
    value = field.prepare_value(value)
    if isinstance(field, LinesField):
        return lines_of(value)
    if isinstance(value, list | tuple):
        return sorted(str(item) for item in value)
    text = unix("" if value is None else str(value))
    if isinstance(field.widget, forms.TextInput):
        text = text.replace("\n", "")  # as browsers do, where there is one line
    return [text] if text else []


def _posted(field: forms.Field, value: Any) -> list[str]:
    """A saved value as a browser would send it."""
    if isinstance(value, bool):
        return ["on"] if value else []
    value = field.prepare_value(value)
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return ["" if value is None else str(value)]
