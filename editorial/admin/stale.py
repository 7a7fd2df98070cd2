"""What a refused form and the saved record say differently, side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst

from editorial.formsets import PartFormSet
from editorial.merged_forms import MergedForm
from editorial.record_forms import TokenForm
from publication.difference import Piece, side_by_side

_NOT_SHOWN = frozenset({"seen_revision", "seen_fields", "place", "DELETE"})


@dataclass(frozen=True, slots=True)
class Clash:
    """One place: what is saved now, and what was typed."""

    place: str
    saved: tuple[Piece, ...]
    typed: tuple[Piece, ...]


def clashes(form: TokenForm, formsets: Iterable[PartFormSet]) -> list[Clash]:
    """Every place on which the person has to decide; of a frozen record, all that was typed."""
    found = list(_in_form("", form, form.changed_data if form.frozen else form.clashing))
    for formset in formsets:
        found += _in_formset(formset, everything=form.frozen)
    return found


def taken_over(form: TokenForm, formsets: Iterable[PartFormSet]) -> list[str]:
    """Every place that is as somebody else saved it while the form was open."""
    found = _labels("", form)
    for formset in formsets:
        what = _what(formset)
        for row in formset.initial_forms:
            found += _labels(_place(what, row), row)
        found += [f"{_place(what, row, typed=True)}, deleted" for row in formset.gone]
        found += [f"{what} “{row}”, new" for row in formset.made_meanwhile]
    return found


def _labels(place: str, form: MergedForm) -> list[str]:
    return [_label(place, str(form[name].label)) for name in form.taken_over]


def _label(place: str, label: str) -> str:
    return f"{place}, {label}" if place else label


def _in_form(place: str, form: MergedForm, names: Iterable[str]) -> Iterator[Clash]:
    for name in names:
        if name in _NOT_SHOWN:
            continue
        bound = form[name]
        saved = _words(bound.field, form.get_initial_for_field(bound.field, name))
        typed = _words(bound.field, bound.value())
        yield Clash(_label(place, str(bound.label)), *side_by_side(saved, typed))


def _in_formset(formset: PartFormSet, *, everything: bool) -> Iterator[Clash]:
    what = _what(formset)
    for i, form in enumerate(formset.forms):
        if i in formset.revived:
            saved = "deleted meanwhile; your text is in a new row below"
            yield Clash(what, _note(saved), _note(_summary(form)))
        elif form.deletes_unseen:
            yield Clash(_place(what, form), _note(_summary(form, saved=True)), _note("deleted"))
        elif form.instance.pk:
            names = form.changed_data if everything else form.clashing
            if everything and "DELETE" in names:
                yield Clash(_place(what, form), _note("is still there"), _note("deleted"))
            yield from _in_form(_place(what, form), form, names)
        elif everything and form.has_changed():
            yield Clash(what, _note("not there"), _note(_summary(form)))


def _what(formset: PartFormSet) -> str:
    model: Any = formset.model
    return capfirst(str(model._meta.verbose_name))


def _place(what: str, form: MergedForm, *, typed: bool = False) -> str:
    """The row by its saved words, as its instance has the typed ones already."""
    held = {key: form[key].value() if typed else form.initial.get(key) for key in form.fields}
    words = next((str(held[key]) for key in ("text", "quote") if held.get(key)), "")
    return f"{what} “{words if len(words) <= 70 else words[:69] + '…'}”"


def _summary(form: MergedForm, *, saved: bool = False) -> str:
    """The row in one line: what was typed into it, or what is saved."""
    names = [n for n in form.base_fields if n in form.fields] if saved else form.changed_data
    held = form.get_initial_for_field if saved else lambda _, name: form[name].value()
    values = (_words(form.fields[n], held(form.fields[n], n)) for n in names if n not in _NOT_SHOWN)
    return "; ".join(value for value in values if value)


def _note(text: str) -> tuple[Piece, ...]:
    return (Piece("same", text),)


def _words(field: forms.Field, value: Any) -> str:
    """A field's value as the form's reader knows it: labels for codes, lines for lists."""
    value = field.prepare_value(value)
    if value in (None, ""):
        return ""
    labels = {str(k): str(label) for k, label in _choices(field)}
    items = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(item), str(item)) for item in items)


def _choices(field: forms.Field) -> Iterator[tuple[Any, Any]]:
    for key, label in getattr(field, "choices", ()):
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
