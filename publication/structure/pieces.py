"""Pieces of a database, declared or found, and how the two are compared. Knows no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BY_MIGRATE = "“manage.py migrate” puts it back"
FROM_BACKUP = "restore it from a backup"
MISSING = "missing"
UNDECLARED = "nobody declared it"
LONGEST = 400
"""Of a definition that is shown: whole, it may fill a page."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One piece of the database that is not as declared."""

    kind: str
    name: str
    table: str
    what: str
    mend: str
    """What puts it right: SQL, or a command, in words."""

    @property
    def where(self) -> str:
        """Such as “check log_has_one_head of publication_loghead”."""
        if self.kind == "table" or not self.table:
            return f"{self.kind} {shown(self.name)}"
        on = "on" if self.kind in ("trigger", "rule", "policy") else "of"
        return f"{self.kind} {shown(self.name)} {on} {self.table}"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.mend}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A trigger, function, constraint, index ... as a catalog has it."""

    kind: str
    table: str
    name: str
    text: str
    """Its definition, without what may differ and does no harm."""
    restore: str = BY_MIGRATE
    remove: str = ""
    ails: str = ""
    """Why it does not do its work although it is the right one."""
    cure: str = ""
    acts: bool = False
    """A constraint that changes or removes rows, more than that it refuses some."""

    def but(self, what: str, mend: str) -> Difference:
        return Difference(self.kind, self.name, self.table, what, mend)


def shown(text: str) -> str:
    """On one line, nothing in it that a terminal would obey, not without an end."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} ..."


def compared(
    wanted: Iterable[Piece], found: Iterable[Piece], *, any_name: frozenset[str]
) -> Iterator[Difference]:
    """Of the kinds in ``any_name`` the definition counts, whatever the name; of others both.

    Those are of one family: no two of a table have the same name.
    """

    def name_of(piece: Piece) -> tuple[str, str, str]:
        return ("" if piece.kind in any_name else piece.kind, piece.table, piece.name)

    named: dict[tuple[str, str, str], list[Piece]] = {}
    alike: dict[tuple[str, str, str], list[Piece]] = {}
    for piece in found:
        named.setdefault(name_of(piece), []).append(piece)
        alike.setdefault((piece.kind, piece.table, piece.text), []).append(piece)
    for piece in wanted:
        same_name = named.get(name_of(piece), [])
        right = [each for each in same_name if each.text == piece.text]
        if piece.kind in any_name:
            right += alike.get((piece.kind, piece.table, piece.text), [])
        others = [each for each in same_name if each.text != piece.text]
        if right and all(each.ails for each in right):
            yield right[0].but(right[0].ails, right[0].cure or piece.restore)
        elif others and (
            not right or piece.kind not in any_name or any(each.acts for each in others)
        ):
            what = f"is another one: {shown(others[0].text)}"
            yield piece.but(what, _instead(piece, others[0]))
        elif not right:
            yield piece.but(MISSING, piece.restore)


def undeclared(wanted: Iterable[Piece], found: Iterable[Piece]) -> Iterator[Difference]:
    """What changes, hides or swallows rows under a name that nothing declared has.

    What only refuses more, or finds rows faster, is left.
    """
    wanted = list(wanted)
    names = {(piece.kind, piece.table, piece.name) for piece in wanted}
    texts = {(piece.kind, piece.table, piece.text) for piece in wanted}
    for piece in found:
        if (piece.kind, piece.table, piece.name) in names:
            continue
        if piece.kind in ("trigger", "column"):
            yield piece.but(UNDECLARED, piece.remove)
        elif piece.acts and (piece.kind, piece.table, piece.text) not in texts:
            what = f"{UNDECLARED}, and it changes rows: {shown(piece.text)}"
            yield piece.but(what, piece.remove)


def _instead(wanted: Piece, found: Piece) -> str:
    if wanted.restore == BY_MIGRATE:
        return BY_MIGRATE
    if wanted.restore.startswith(found.remove):  # where one has to do both by hand
        return wanted.restore
    return f"{found.remove} {wanted.restore}".strip()
