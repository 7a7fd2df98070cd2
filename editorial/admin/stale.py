"""What a refused form and the saved record say differently, side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from editorial.formsets import PartFormSet
from publication.difference import Piece, side_by_side

_NOT_SHOWN = frozenset({"seen_revision", "place"})


@dataclass(frozen=True, slots=True)
class Clash:
    """One place: what is saved now, and what was typed."""

    place: str
    saved: tuple[Piece, ...]
    typed: tuple[Piece, ...]


def clashes(form: forms.BaseForm, formsets: Iterable[Any]) -> list[Clash]:
    """Every place where the typed text is not the saved one."""
    found = list(_in_form("", form))
    for formset in formsets:
        found += _in_formset(formset)
    return found


def _in_form(place: str, form: forms.BaseForm) -> Iterator[Clash]:
    for name in form.changed_data:
        if name in _NOT_SHOWN or name == "DELETE":
            continue
        bound = form[name]
        saved = _words(bound.field, form.get_initial_for_field(bound.field, name))
        typed = _words(bound.field, bound.value())
        label = f"{place}, {bound.label}" if place else str(bound.label)
        yield Clash(label, *side_by_side(saved, typed))


def _in_formset(formset: Any) -> Iterator[Clash]:
    what = str(formset.model._meta.verbose_name).capitalize()
    revived = formset.revived if isinstance(formset, PartFormSet) else ()
    posted = set()
    for i, form in enumerate(formset.forms):
        posted.add(form.instance.pk)
        if i in revived:
            saved = "deleted by somebody else; your text is in a new row below"
            yield Clash(what, _note(saved), _note(_summary(form)))
        elif form.instance.pk and "DELETE" in form.changed_data:
            yield Clash(_place(what, form), _note("is still there"), _note("deleted"))
        elif form.instance.pk:
            yield from _in_form(_place(what, form), form)
        elif form.has_changed():
            yield Clash(what, _note("not there"), _note(_summary(form)))
    for row in formset.get_queryset():
        if row.pk not in posted:
            yield Clash(what, _note(str(row)), _note("not in your form; it stays"))


def _place(what: str, form: forms.BaseForm) -> str:
    """The row by its saved words: its instance has the typed ones already."""
    words = next((form.initial[key] for key in ("text", "quote") if form.initial.get(key)), "")
    return f"{what} “{words if len(words) <= 70 else words[:69] + '…'}”"


def _summary(form: forms.BaseForm) -> str:
    values = (_words(form[name].field, form[name].value()) for name in form.changed_data)
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
