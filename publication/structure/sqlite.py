"""SQLite keeps the text of all that was made: it is compared with that of a database in memory."""

import re
from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from publication import rules
from publication.structure import declared
from publication.structure.pieces import (
    FROM_BACKUP,
    Difference,
    Piece,
    compared,
    undeclared,
)

TABLE = "a table"
_ANY_NAME = frozenset({"index"})
_NAMED = re.compile(r'CONSTRAINT (?P<name>"[^"]*"|\w+) (?P<rest>.*)', re.I | re.S)
_KINDS = {
    "CHECK": "check",
    "UNIQUE": "unique constraint",
    "FOREIGN": "foreign key",
    "PRIMARY": "primary key",
}
_ACTS = re.compile(r"\bON (CONFLICT|DELETE|UPDATE)\b", re.I)
"""A constraint that does more than refuse: it removes or changes rows."""
_TOKEN = re.compile(
    r"""(?P<word>'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\w+)"""
    r"|(?P<blank>(?:[ \t\n\f\r]|--[^\n]*|/\*.*?(?:\*/|\Z))+)"
    r"|(?P<mark>.)",
    re.S,
)


def differences(connection: BaseDatabaseWrapper) -> Iterator[Difference]:
    """Tables, what stands between their brackets, indexes, triggers."""
    names = set(declared.tables(connection))
    wanted = _reference(connection, names)
    wanted += [_trigger(t.table, t.name, t.sqlite) for t in rules.wanted_on(connection)]
    found = _pieces(connection, names)
    tables = {each.table for each in found if each.kind == "table" and each.text.startswith(TABLE)}
    wanted = [each for each in wanted if each.kind == "table" or each.table in tables]
    yield from compared(wanted, found, any_name=_ANY_NAME)
    elsewhere = names - tables
    yield from undeclared(wanted, [each for each in found if each.table not in elsewhere])


def _reference(connection: BaseDatabaseWrapper, names: set[str]) -> list[Piece]:
    """What a database has whose tables are made from the models at one go."""
    memory = connection.copy("reference")
    memory.settings_dict["NAME"] = ":memory:"
    try:
        statements = declared.statements(memory)
        with memory.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        return _pieces(memory, names)
    finally:
        # Django's own close() leaves a database in memory open.
        memory.connection.close()


def _pieces(connection: BaseDatabaseWrapper, names: set[str]) -> list[Piece]:
    found: list[Piece] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        rows = cursor.fetchall()
    for kind, name, table, text in rows:
        table, tokens = table.lower(), _tokens(text)
        if kind == "trigger":
            # The table that the catalog notes beside a trigger can be forged, its text cannot.
            if table in names or names & {_plain(token) for token in tokens}:
                found.append(_trigger(table, name, text))
        elif table not in names:
            continue
        elif kind == "index":
            found.append(_index(table, name, tokens))
        else:
            found += _table(table, kind, tokens)
    return found


def _trigger(table: str, name: str, text: str) -> Piece:
    return Piece("trigger", table, name, text, remove=f"DROP TRIGGER {_quoted(name)};")


def _index(table: str, name: str, tokens: list[str]) -> Piece:
    text = "".join(tokens)
    unique = len(tokens) > 2 and tokens[2].upper() == "UNIQUE"
    on = text.upper().find(" ON ")
    return Piece(
        "index",
        table,
        name,
        f"CREATE {'UNIQUE ' if unique else ''}INDEX{text[on:]}",
        restore=f"{text};",
        remove=f"DROP INDEX {_quoted(name)};",
    )


def _table(table: str, kind: str, tokens: list[str]) -> list[Piece]:
    """The table itself and each of its items: columns and constraints."""
    made, name = "".join(tokens[:3]).upper(), _plain(tokens[4])
    if kind != "table" or made != "CREATE TABLE" or name != table:
        what = "a view" if kind == "view" else "the text of another one, or a virtual table"
        return [Piece("table", table, table, what, restore=FROM_BACKUP)]
    items, options = _items(tokens)
    text = f"{TABLE}, {options}" if options else TABLE
    return [
        Piece("table", table, table, text, restore=FROM_BACKUP),
        *(_item(table, item) for item in items),
    ]


def _item(table: str, item: str) -> Piece:
    named = _NAMED.fullmatch(item)
    rest = named["rest"] if named else item
    word = re.match(r"\w*", rest)
    kind = _KINDS.get(word[0].upper() if word else "")
    remade = f"remake the table, or {FROM_BACKUP}"
    if kind:
        name = named["name"].strip('"') if named else rest
        acts = _ACTS.search(rest) is not None
        return Piece(kind, table, name, item, f"{remade}; wanted: {item}", remade, acts=acts)
    column = re.match(r'"[^"]*"|\S+', item)
    name = column[0].strip('"') if column else item
    return Piece("column", table, name, item, f"{remade}; wanted: {item}", remade)


def _tokens(sql: str) -> list[str]:
    """Words, marks and single spaces in the place of blanks and comments."""
    return [" " if m["blank"] else m[0] for m in _TOKEN.finditer(sql.strip())]


def _items(tokens: list[str]) -> tuple[list[str], str]:
    """What stands between the outer brackets, parted at its commas; and what comes after."""
    items: list[str] = [""]
    depth, rest = 0, ""
    for word in tokens:
        depth -= word == ")"
        if depth == 0:
            rest = f"{rest}{word}" if rest or word == ")" else ""
        elif depth == 1 and word == ",":
            items.append("")
        else:
            items[-1] += word
        depth += word == "("
    return [item.strip() for item in items], rest.removeprefix(")").strip()


def _plain(token: str) -> str:
    """A name without its quotes."""
    return token.strip('"`[]').lower()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
