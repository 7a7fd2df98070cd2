"""Items as BibTeX, in UTF-8: what LaTeX would take for a command is written so that it prints."""

import re
from collections.abc import Iterator, Sequence

from sources.citing.items import Item

_TYPES = {"article-journal": "article", "chapter": "incollection", "report": "techreport"}
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "misc": "howpublished"}
_FIELDS = {
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "version": "version",
    "genre": "type",
    "PMID": "pmid",
    "language": "language",
    "note": "note",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COMMANDS = {
    "\\": r"\textbackslash{}",
    # Braces are counted whatever stands before them.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&%#_"},
}
_SIGNS = re.compile(r"[\\{}~^$&%#_]")
_JOINED = re.compile(r"(?<=[-'`,<>!?])(?=[-'`,<>])")
"""Between signs of which LaTeX makes one: two hyphens are a dash."""
_RANGE = re.compile(r"\s*[-–—]\s*")
_KEPT = re.compile(r"\w\S*[A-Z]|^\W*[A-Z]\W*$")
"""A word whose capitals are not those of a heading: "IL-17", "B"."""


def write(items: Sequence[Item]) -> str:
    return "\n".join(map(_entry, items))


def _entry(item: Item) -> str:
    kind = _TYPES.get(item["type"], "misc")
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(item, kind))
    return f"@{kind}{{{item['id']},\n{fields}}}\n"


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    if "author" in item:
        yield "author", f"{{{' and '.join(map(_name, item['author']))}}}"
    yield "title", f"{{{' '.join(map(_word, item['title'].split()))}}}"
    if "container-title" in item:
        yield _CONTAINERS.get(kind, "booktitle"), _braced(item["container-title"])
    if "publisher" in item:
        yield "institution" if kind == "techreport" else "publisher", _braced(item["publisher"])
    for field, name in _FIELDS.items():
        if field in item:
            yield name, _braced(item[field])
    if "page" in item:
        yield "pages", f"{{{'--'.join(map(_escaped, _RANGE.split(item['page'])))}}}"
    if "issued" in item:
        yield from _date(item["issued"]["date-parts"][0])
    for field in ("DOI", "URL"):
        if field in item:
            yield field.lower(), f"{{{_verbatim(item[field])}}}"


def _date(parts: list[int]) -> Iterator[tuple[str, str]]:
    """The year and month that every style knows, and the day, as far as they are stated."""
    yield "year", f"{{{parts[0]:04}}}"
    if len(parts) > 1:
        yield "month", _MONTHS[parts[1] - 1]
    if len(parts) > 2:
        yield "day", f"{{{parts[2]}}}"


def _name(name: Item) -> str:
    if "literal" in name:
        return _braced(name["literal"])
    family = " ".join(name[part] for part in ("dropping-particle", "family") if part in name)
    return ", ".join(_part(part) for part in (family, name.get("given", "")) if part)


def _part(text: str) -> str:
    """Part of a name; in braces where it holds what parts names, or begins with a command."""
    parts = "," in text or {"and", "others"} & set(text.lower().split())
    return _braced(text) if parts or _SIGNS.match(text) else _escaped(text)


def _word(word: str) -> str:
    """Of a title: styles that make capitals small leave it as it is."""
    return _braced(word) if _KEPT.search(word) else _escaped(word)


def _braced(text: str) -> str:
    return f"{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    apart = _JOINED.sub("\0", text)
    return _SIGNS.sub(lambda sign: _COMMANDS[sign[0]], apart).replace("\0", "{}")


def _verbatim(text: str) -> str:
    """An address, in which nothing is a command but braces count."""
    signs = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
    return "".join(signs.get(sign, sign) for sign in text)
