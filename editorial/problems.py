"""What is wrong with a form that was sent, each with the place where it is mended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, RadioSelect
from django.utils.html import strip_tags
from django.utils.safestring import SafeData
from django.utils.text import capfirst


@dataclass(frozen=True, slots=True)
class Problem:
    """One error, as the list on top of the page has it."""

    target: str
    """The id of what is to be mended; empty where it is the form as a whole."""
    where: str
    """What the place is called; empty likewise."""
    why: str


def problems(form: BaseForm, formsets: Iterable[Any] = ()) -> list[Problem]:
    """Every error of what was sent, in the order of the page; none of a form that was not."""
    if not form.is_bound:
        return []
    found = list(_in_form(form))
    for formset in formsets:
        found += _in_formset(formset)
    return found


def _in_formset(formset: Any) -> Iterator[Problem]:
    what = capfirst(formset.model._meta.verbose_name)
    for why in formset.non_form_errors():
        where = capfirst(formset.model._meta.verbose_name_plural)
        yield Problem(f"{formset.prefix}-heading", where, _plain(why))
    for number, form in enumerate(formset.forms):
        if form not in formset.deleted_forms:
            row = f"{formset.prefix}-{number}"
            yield from _in_form(form, row=row, place=f"{what} {number + 1}")


def _in_form(form: Any, *, row: str = "", place: str = "") -> Iterator[Problem]:
    names = sorted(form.errors, key=lambda name: _order(form, name))
    for name in names:
        for why in form.errors[name]:
            if name == NON_FIELD_ERRORS or form[name].is_hidden:
                yield Problem(row, place, _plain(why))
            else:
                label = capfirst(str(form[name].label))
                where = f"{place}, {label.lower()}" if place else label
                yield Problem(_target(form[name]), where, _plain(why))


def _order(form: Any, name: str) -> int:
    return list(form.fields).index(name) if name in form.fields else -1


def _target(bound: Any) -> str:
    """The id of the input; of several for one field, of the first."""
    widget = getattr(bound.field.widget, "widget", bound.field.widget)  # within Django's wrapper
    return f"{bound.auto_id}_0" if isinstance(widget, RadioSelect) else str(bound.auto_id)


def _plain(why: Any) -> str:
    """A message without the links that it may have beside its field."""
    return unescape(strip_tags(str(why))) if isinstance(why, SafeData) else str(why)
