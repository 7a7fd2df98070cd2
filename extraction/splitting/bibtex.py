"""Entries of a BibTeX file, each with the strings of the file that it uses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ENTRY = re.compile(r"@[ \t]{0,3}(?P<type>[A-Za-z]{1,30})\s{0,10}[{(]")
_NAME = re.compile(r"[^\W\d][\w:.+/-]{0,60}")
_DEFINED = re.compile(rf"\s{{0,20}}(?P<name>{_NAME.pattern})\s{{0,20}}=")
_KEY = re.compile(r"\s{0,20}(?P<key>[^\s,={}\"]{1,100})\s{0,20},")
_PARENT = re.compile(r"\bcrossref\s{0,20}=\s{0,20}[{\"]\s{0,20}(?P<key>[^{}\",]{1,100})[}\"]", re.I)
_NO_WORK = frozenset({"comment", "preamble", "string"})


@dataclass(frozen=True, slots=True)
class _Entry:
    type: str
    text: str


def bibtex_entries(text: str) -> list[str]:
    """Entries that are works; text between them is a comment and left out."""
    works: list[str] = []
    strings: dict[str, str] = {}
    keyed: dict[str, str] = {}
    for entry in _entries(text):
        if entry.type == "string":
            body = entry.text.partition(entry.text[_opening(entry.text)])[2]
            if defined := _DEFINED.match(body):
                strings[defined["name"].lower()] = entry.text
        elif entry.type not in _NO_WORK:
            works.append(entry.text)
            if key := _KEY.match(entry.text, _opening(entry.text) + 1):
                keyed.setdefault(key["key"].lower(), entry.text)
    if len(works) < 2:
        return []
    return ["\n\n".join(_whole(work, strings, keyed)) for work in works]


def _whole(work: str, strings: dict[str, str], keyed: dict[str, str]) -> Iterator[str]:
    """An entry between the strings that it uses and the one that it is a part of."""
    named = _PARENT.search(work)
    parent = keyed.get(named["key"].strip().lower(), "") if named else ""
    parent = "" if parent == work else parent
    yield from _used(f"{work}\n{parent}", strings)
    yield work
    if parent:
        yield parent


def _opening(entry: str) -> int:
    return _ENTRY.match(entry).end() - 1  # type: ignore[union-attr]


def _entries(text: str) -> Iterator[_Entry]:
    """An entry ends at its own brace or, where that is missing, before the next line that opens
    one.
    """
    closing = _closing_braces(text)
    position = 0
    while opened := _ENTRY.search(text, position):
        position = opened.end()
        if not _stands_alone(text, opened.start()):
            continue
        at = opened.end() - 1
        end = closing.get(at) if text[at] == "{" else _closing_bracket(text, at, closing)
        if end is None:
            following = _next_line_that_opens(text, opened.end())
            end = (len(text) if following is None else following) - 1
        position = end + 1
        yield _Entry(opened["type"].lower(), text[opened.start() : position].rstrip())


def _stands_alone(text: str, start: int) -> bool:
    """At the start of a line, or behind an entry's end."""
    before = text[max(0, start - 40) : start].rstrip(" \t")
    return not before or before[-1] in "\n\r})\ufeff"


def _next_line_that_opens(text: str, position: int) -> int | None:
    while opened := _ENTRY.search(text, position):
        before = text[max(0, opened.start() - 40) : opened.start()].rstrip(" \t")
        if before.endswith(("\n", "\r")):
            return opened.start()
        position = opened.end()
    return None


def _closing_braces(text: str) -> dict[int, int]:
    """Where each opening brace is closed, in one walk."""
    pairs: dict[int, int] = {}
    open_at: list[int] = []
    for brace in re.finditer(r"[{}]", text):
        if brace.group() == "{":
            open_at.append(brace.start())
        elif open_at:
            pairs[open_at.pop()] = brace.start()
    return pairs


def _closing_bracket(text: str, at: int, closing: dict[int, int]) -> int | None:
    """Of an entry in round brackets: the first one that stands in no braces."""
    position = at + 1
    for sign in re.compile(r"[{)]").finditer(text, position):
        if sign.start() < position:
            continue
        if sign.group() == ")":
            return sign.start()
        end = closing.get(sign.start())
        if end is None:
            return None
        position = end + 1
    return None


def _used(work: str, strings: dict[str, str]) -> list[str]:
    """The definitions that an entry uses, and those that they use, in the file's order."""
    if not strings:
        return []
    found: set[str] = set()
    asked = [work]
    while asked:
        words = {word.lower() for word in _NAME.findall(asked.pop())}
        new = (words & strings.keys()) - found
        found |= new
        asked += [strings[name] for name in new]
    return [text for name, text in strings.items() if name in found]
