"""Columns of PostgreSQL's tables, compared side by side: type, NULL, default, what fills them."""

from collections.abc import Iterator
from dataclasses import dataclass

from publication.structure.pieces import FROM_BACKUP, MISSING, UNDECLARED, Difference, shown

_KEYS = ("integer", "bigint")
"""Migrations and models make the key of a many-to-many table of one or the other."""
_IDENTITY = {"a": "numbered always", "d": "numbered by default"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the catalog has it."""

    table: str
    name: str
    alter: str
    """The start of a statement that changes it."""
    type: str
    required: bool
    expression: str
    """Its default, or what it is computed from."""
    identity: str
    computed: str

    def but(self, what: str, mend: str) -> Difference:
        return Difference("column", self.name, self.table, what, mend)

    @property
    def filled(self) -> str:
        """By what, where it is not by the writer."""
        if self.computed:
            return f"computed as {shown(self.expression)}"
        return _IDENTITY.get(self.identity, "not numbered")


def compared(wanted: list[Column], found: list[Column], *, links: set[str]) -> Iterator[Difference]:
    """``links`` are the many-to-many tables."""
    standing = {(column.table, column.name): column for column in found}
    for column in wanted:
        present = standing.pop((column.table, column.name), None)
        if present is None:
            yield column.but(MISSING, FROM_BACKUP)
        else:
            either = column.table in links and bool(column.identity)
            yield from _sides(column, present, _KEYS if either else (column.type,))
    for column in standing.values():
        drop = column.alter.replace(" ALTER COLUMN ", " DROP COLUMN ")
        yield column.but(UNDECLARED, f"{drop};")


def _sides(wanted: Column, found: Column, types: tuple[str, ...]) -> Iterator[Difference]:
    alter = wanted.alter
    if found.type not in types:
        yield wanted.but(
            f"is {shown(found.type)}, not {wanted.type}", f"{alter} TYPE {wanted.type};"
        )
    if wanted.required and not found.required:
        yield wanted.but("may be NULL", f"{alter} SET NOT NULL;")
    if found.required and not wanted.required:
        yield wanted.but("may not be NULL", f"{alter} DROP NOT NULL;")
    if (wanted.computed, wanted.identity) != (found.computed, found.identity):
        yield wanted.but(f"is {found.filled}, not {wanted.filled}", f"remake it, or {FROM_BACKUP}")
    elif wanted.expression != found.expression:
        default = f"SET DEFAULT {wanted.expression}" if wanted.expression else "DROP DEFAULT"
        had = shown(found.expression) or "NULL"
        yield wanted.but(f"has the default {had}", f"{alter} {default};")
