"""The rows of a record in a form, merged with what somebody else saved meanwhile."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from editorial import typed
from editorial.generics import InlineFormSet

DELETES_UNSEEN = (
    "A row that you delete was saved otherwise after you opened this page. It is still there, as "
    "you see at the top. Your tick is kept: save again to delete it."
)

REVIVED = (
    "A row that you changed was deleted after you opened this page. Your text is in a new row: "
    "save again to make it anew, or empty the row to leave it deleted."
)


class PartFormSet(InlineFormSet):
    """Rows of a record.

    A row that somebody deleted meanwhile is gone, too, where the person left it alone; a typed one
    comes back as a new row, to be decided on. A new row that is saved already is not made twice.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.data: Any
        super().__init__(*args, **kwargs)
        self.revived: tuple[int, ...] = ()
        """Rows that were typed in and are deleted by now."""
        self.gone: list[Any] = []
        """Forms of rows that were left alone and are deleted by now."""
        self.made_already: list[Any] = []
        """Forms of new rows that say what a row says which was made meanwhile."""
        if self.is_bound:
            self._count_what_came()
            self._sort_out_deleted_rows()

    @cached_property
    def made_meanwhile(self) -> list[Any]:
        """Rows that are saved and not in the form that came."""
        posted = {form.instance.pk for form in self.initial_forms}
        return [row for row in self.get_queryset() if row.pk not in posted]

    @property
    def clashing(self) -> bool:
        """Whether the form comes back with texts that the person has to decide on."""
        unseen = any(form.deletes_unseen for form in self.initial_forms)
        return bool(self.revived) or unseen or any(form.clashing for form in self.initial_forms)

    def clean(self) -> None:
        super().clean()
        for form in self.extra_forms:
            if form.is_valid() and form.has_changed() and self._is_made(form):
                self.made_already.append(form)
        if any(form.deletes_unseen for form in self.initial_forms):
            raise ValidationError(DELETES_UNSEEN, code="clash")
        if self.revived:
            raise ValidationError(REVIVED, code="clash")

    def is_same(self, form: Any, row: Any) -> bool:
        """Whether a new row in the form says what the saved row says."""
        saved = self.form(instance=row, prefix=form.prefix)
        return bool(form.marks_typed() == saved.marks_saved())

    def _is_made(self, form: Any) -> bool:
        return any(self.is_same(form, row) for row in self.made_meanwhile)

    def _should_delete_form(self, form: Any) -> bool:
        """A new row that is saved already is left out as one is that is unticked at once."""
        inherited: Any = super()
        return form in self.made_already or bool(inherited._should_delete_form(form))

    def has_changed(self) -> bool:
        return any(form.has_changed() for form in self if form not in self.made_already)

    def _count_what_came(self) -> None:
        """A row that is only said to have come would be made all the same, and shown."""
        came = 1 + max(
            (row for name in self.data if (row := self._row(name)) is not None), default=0
        )
        for name in (f"{self.prefix}-TOTAL_FORMS", f"{self.prefix}-INITIAL_FORMS"):
            said = str(self.data.get(name, ""))
            if said.isascii() and said.isdigit() and typed.key(said) not in range(came + 1):
                self.data = self.data.copy()
                self.data[name] = str(came)

    def _row(self, name: str) -> int | None:
        """The number of the row that a posted field is of."""
        start = f"{self.prefix}-"
        return (
            typed.key(name.removeprefix(start).partition("-")[0])
            if name.startswith(start)
            else None
        )

    def _sort_out_deleted_rows(self) -> None:
        """Of rows that are not there any more, let go those that were left alone."""
        count, total = self._said("INITIAL_FORMS"), self._said("TOTAL_FORMS")
        present = {str(row.pk) for row in self.get_queryset()}
        kept = [i for i in range(count) if self._posted(i, "id") in present]
        lost = [i for i in range(count) if i not in kept]
        if not lost:
            return
        typed_in = [i for i in lost if not self._let_go(i)]
        self._renumber([*kept, *typed_in, *range(count, total)])
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(kept))
        for number in range(len(kept), len(kept) + len(typed_in)):
            self.data[f"{self.prefix}-{number}-id"] = ""
            self.data[f"{self.prefix}-{number}-seen_fields"] = ""
        self.revived = tuple(range(len(kept), len(kept) + len(typed_in)))

    def _let_go(self, index: int) -> bool:
        """Whether nothing was typed into the row, or it was to be deleted anyhow."""
        form = self.form(self.data, prefix=f"{self.prefix}-{index}")
        if self._posted(index, "DELETE"):
            return True
        seen = form.marks_seen()
        alone = all(seen.get(name) == mark for name, mark in form.marks_typed().items())
        if alone:
            self.gone.append(form)
        return alone

    def _renumber(self, rows: list[int]) -> None:
        """Number the posted rows anew, in the given order."""
        data = self.data.copy()
        names = [name for name in self.data if self._row(name) is not None]
        for name in names:
            del data[name]
        for new, old in enumerate(rows):
            start = f"{self.prefix}-{old}-"
            for name in (name for name in names if name.startswith(start)):
                data.setlist(f"{self.prefix}-{new}-{name.removeprefix(start)}", self._all(name))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        self.data = data

    def _said(self, name: str) -> int:
        """A number of rows, of which formsets refuse more than their own limit."""
        said = typed.key(str(self.data.get(f"{self.prefix}-{name}", ""))) or 0
        return min(said, self.absolute_max)

    def _posted(self, index: int, key: str) -> str:
        return str(self.data.get(f"{self.prefix}-{index}-{key}", ""))

    def _all(self, name: str) -> list[Any]:
        return list(self.data.getlist(name))


class RowFormSet(PartFormSet):
    """Rows in a table. A column's head labels no field, so each says its own name and row."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        row = "" if index is None else f", {form.instance._meta.verbose_name} {index + 1}"
        shown = {name: f for name, f in form.fields.items() if not f.widget.is_hidden}
        for name, field in shown.items():
            label = field.label or name.replace("_", " ").capitalize()
            field.widget.attrs["aria-label"] = f"{label}{row}"
