"""What YAML and TOML write behind a key, each value with the place where it stands."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

__all__ = ["Tree", "Written", "scalars", "toml_value", "yaml_value"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_CHARS, _MAX_BRACKETS = 100_000, 500
"""Of one value that is given to a parser."""
_FOLDS = frozenset({"|"})
"""The one style of YAML in which a line's end is a line's end."""
_INDICATOR = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*(?:#[^\n]*)?\r?\n")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(?P<text>\S.*)$", re.M)
_QUOTED = re.compile(r"\"\"\"(?P<a>.*?)\"\"\"|'''(?P<b>.*?)'''|\"(?P<c>.*)\"|'(?P<d>.*)'", re.S)


@dataclass(frozen=True, slots=True)
class Written:
    """One value and the stretch of the text that it stands in, without quotation marks."""

    text: str
    start: int
    end: int
    kept_lines: bool = False
    """Whether the ends of its lines are its own."""


Tree = Written | list[Any] | dict[str, Any]
"""A value, a list of trees, or trees by their keys."""


def scalars(tree: Tree, key: str = "") -> Iterator[tuple[str, Written]]:
    """Every single value of a tree, each with the nearest key above it."""
    if isinstance(tree, Written):
        yield key, tree
    elif isinstance(tree, dict):
        for name, part in tree.items():
            yield from scalars(part, name)
    else:
        for part in tree:
            yield from scalars(part, key)


def yaml_value(text: str, start: int, end: int) -> Tree:
    """The value in ``text[start:end]``; what is no YAML is taken as it stands."""
    value = text[start:end]
    if _is_harmless(value):
        try:
            tree = _Composer(value, start).tree()
        except (yaml.YAMLError, ValueError):
            return _as_it_stands(text, start, end)
        # "title: Drug A: a trial" means no field "Drug A", whatever a parser makes of it.
        if not isinstance(tree, dict) or value[:1] == "{" or text[start - 1 : start] == "\n":
            return tree
    return _as_it_stands(text, start, end)


def toml_value(text: str, start: int, end: int) -> Tree:
    """The value in ``text[start:end]``; what is no TOML is taken as it stands."""
    value = text[start:end]
    if _is_harmless(value):
        try:
            loaded = tomllib.loads(f"value = {value}")["value"]
        except (tomllib.TOMLDecodeError, ValueError):
            pass
        else:
            return _placed(loaded, _bare(text, start, end))
    return _as_it_stands(text, start, end)


def _is_harmless(value: str) -> bool:
    """Whether a parser can neither be led deep nor far."""
    return len(value) <= _MAX_CHARS and value.count("[") + value.count("{") <= _MAX_BRACKETS


def _placed(loaded: object, place: Written) -> Tree:
    """TOML tells no places: all parts of a value have that of the whole."""
    if isinstance(loaded, dict):
        return {str(key): _placed(part, place) for key, part in loaded.items()}
    if isinstance(loaded, list):
        return [_placed(part, place) for part in loaded]
    return Written(str(loaded), place.start, place.end, place.kept_lines)


class _Composer:
    """A tree out of the events of YAML: no object is made, no alias followed."""

    def __init__(self, value: str, base: int) -> None:
        self.value, self.base = value, base
        self.events = iter(yaml.parse(value, Loader=_LOADER))

    def tree(self) -> Tree:
        next(self.events)  # the stream begins
        next(self.events)  # the document begins
        found = self._node(next(self.events))
        next(self.events)
        if not isinstance(next(self.events), yaml.StreamEndEvent):
            raise ValueError("more than one document")
        return found

    def _node(self, event: yaml.Event) -> Tree:
        if isinstance(event, yaml.ScalarEvent):
            return self._written(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Tree] = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self._node(event))
            return items
        if isinstance(event, yaml.MappingStartEvent):
            fields: dict[str, Tree] = {}
            while not isinstance(event := next(self.events), yaml.MappingEndEvent):
                key = self._node(event)
                value = self._node(next(self.events))
                if isinstance(key, Written):
                    fields.setdefault(key.text, value)
            return fields
        raise ValueError("neither a value nor a list")

    def _written(self, event: yaml.ScalarEvent) -> Written:
        if event.start_mark is None or event.end_mark is None:
            raise ValueError("a value without a place")
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in {"'", '"'}:
            start, end = start + 1, end - 1
        elif (event.style in {"|", ">"}) and (mark := _INDICATOR.match(self.value, start)):
            start = mark.end()
        start, end = _trimmed(self.value, start, end)
        text = event.value if event.style in _FOLDS else " ".join(event.value.split())
        return Written(text.strip(), self.base + start, self.base + end, event.style in _FOLDS)


def _as_it_stands(text: str, start: int, end: int) -> Tree:
    """The items of a list, or the words of a value, without marks around them."""
    value = text[start:end]
    items = list(_ITEM.finditer(value)) if value.lstrip().startswith("-") else []
    if items:
        return [_bare(text, start + m.start("text"), start + m.end("text")) for m in items]
    if mark := _INDICATOR.match(value):
        start += mark.end()
    return _bare(text, start, end)


def _bare(text: str, start: int, end: int) -> Written:
    start, end = _trimmed(text, start, end)
    kept_lines = False
    if quoted := _QUOTED.fullmatch(text, start, end):
        group = quoted.lastgroup or "d"
        start, end = _trimmed(text, *quoted.span(group))
        kept_lines = group in {"a", "b"}
    return Written(" ".join(text[start:end].split()), start, end, kept_lines)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    value = text[start:end]
    start += len(value) - len(value.lstrip())
    return start, max(start, end - (len(value) - len(value.rstrip())))
