"""The rows of a record in a form, kept whole when somebody else saved meanwhile."""

from typing import Any

from editorial import typed
from editorial.generics import InlineFormSet


class PartFormSet(InlineFormSet):
    """Rows of a record; a typed row that somebody deleted meanwhile comes back as a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.data: Any
        super().__init__(*args, **kwargs)
        self.revived: tuple[int, ...] = ()
        if self.is_bound:
            self._count_what_came()
            self._revive_deleted_rows()

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

    def _revive_deleted_rows(self) -> None:
        """Renumber the posted rows: those that still exist first, then the others without id."""
        key = "id"
        count, total = self._said("INITIAL_FORMS"), self._said("TOTAL_FORMS")
        present = {str(row.pk) for row in self.get_queryset()}
        kept = [i for i in range(count) if self._posted(i, key) in present]
        gone = [i for i in range(count) if i not in kept]
        if not gone:
            return
        data = self.data.copy()
        names = [name for name in self.data if name.startswith(f"{self.prefix}-")]
        for name in names:
            if self._row(name) is not None:
                del data[name]
        for new, old in enumerate([*kept, *gone, *range(count, total)]):
            start = f"{self.prefix}-{old}-"
            for name in (name for name in names if name.startswith(start)):
                data.setlist(f"{self.prefix}-{new}-{name.removeprefix(start)}", self._all(name))
            if old in gone:
                data[f"{self.prefix}-{new}-{key}"] = ""
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(kept))
        self.data = data
        self.revived = tuple(range(len(kept), len(kept) + len(gone)))

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
