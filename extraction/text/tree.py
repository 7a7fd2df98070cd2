"""The elements of a marked-up text as a tree, built from its tags as they come, broken ones too."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extraction.text.markup import UNSEEN, Tag, View
from extraction.text.words import words
from extraction.types import Span

_NO_TEXT = re.compile(r"<\?[^<>]{0,2000}\?>|<!\[CDATA\[|\]\]>")
_PARTING = words(
    "addr-line affiliation break city country institution label list-item p postal-code sec state "
    "subtitle td title"
)
"""Elements whose words do not run into those before and after."""
_WRITTEN_TAG = re.compile(
    r"</?(?:i|b|em|strong|sup|sub|italic|bold|sc|u|span|p|br|jats:\w+)\s?/?>", re.I
)
"""Mark-up that was escaped as if it were text."""


@dataclass(slots=True, eq=False)
class Element:
    """One element: ``start`` to ``end`` with its tags, ``inner`` to ``stop`` without them."""

    name: str
    start: int
    inner: int
    stop: int
    end: int
    attributes: dict[str, Span] = field(default_factory=dict)
    children: "list[Element]" = field(default_factory=list)

    @property
    def span(self) -> Span:
        return Span(self.inner, self.stop)

    def all(self, *path: str) -> "Iterator[Element]":
        """The elements that a path of names leads to; a step may name several, by ``|``."""
        if not path:
            yield self
            return
        names = path[0].split("|")
        for child in self.children:
            if child.name in names:
                yield from child.all(*path[1:])

    def first(self, *path: str) -> "Element | None":
        return next(self.all(*path), None)

    def within(self, *names: str, outside: str = "") -> "Iterator[Element]":
        """Descendants of these names, in order, but not those inside an ``outside``."""
        rest = self.children[::-1]
        while rest:
            element = rest.pop()
            if element.name in names:
                yield element
            if element.name != outside:
                rest.extend(element.children[::-1])


class Tree:
    """A text's elements below a nameless root."""

    def __init__(self, view: View) -> None:
        self.raw = view.raw
        self.root = _grown(view.tags, view.raw)

    def attribute(self, element: Element | None, name: str) -> str:
        """By local name; empty when it is not there."""
        if element is None:
            return ""
        for key, span in element.attributes.items():
            if key.rpartition(":")[2] == name:
                return tidy(span.of(self.raw))
        return ""

    def text(self, element: Element | None, without: frozenset[str] = frozenset()) -> str:
        """The words of an element as a value, but not those of what it is ``without``."""
        if element is None:
            return ""
        return tidy("".join(piece for _, piece in self.pieces(element, without)))

    def pieces(
        self,
        element: Element,
        without: frozenset[str] = frozenset(),
        mark: "Callable[[Element], str] | None" = None,
    ) -> Iterator[tuple[str, str]]:
        """Stretches of text, each after the tag that stands before it: ``<name`` or ``>name``.

        What ``mark`` knows as one is left out, and ``^`` and the mark stand for it.
        """
        position, sign = element.inner, ""
        rest: list[tuple[Element, bool]] = [(child, True) for child in element.children[::-1]]
        while rest:
            child, opens = rest.pop()
            yield sign, self._words(position, child.start if opens else child.stop)
            if opens and child.name in without:
                position, sign = child.end, ""
                continue
            if opens and mark and (found := mark(child)):
                position, sign = child.end, f"^{found}"
                continue
            if opens:
                position, sign = child.inner, f"<{child.name}"
                rest.append((child, False))
                rest.extend((grandchild, True) for grandchild in child.children[::-1])
            else:
                position, sign = child.end, f">{child.name}"
            if child.name in _PARTING:
                yield "", " "
        yield sign, self._words(position, element.stop)

    def _words(self, start: int, end: int) -> str:
        words = _NO_TEXT.sub("", _uncommented(self.raw[start:end]))
        return html.unescape(html.unescape(words)) if "&" in words else words


def _uncommented(text: str) -> str:
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + 3
    return "".join([*kept, text[position:]])


def tidy(text: str) -> str:
    """A value's text: entities read, escaped mark-up and signs without a shape gone."""
    shown = html.unescape(text) if "&" in text else text
    return " ".join(UNSEEN.sub("", _WRITTEN_TAG.sub("", shown)).split())


def _grown(tags: list[Tag], raw: str) -> Element:
    """What is not closed ends where the element around it does."""
    root = Element("", 0, 0, len(raw), len(raw))
    path, named = [root], Counter[str]()
    for tag in tags:
        if tag.closing:
            while named[tag.name]:
                last = path.pop()
                named[last.name] -= 1
                last.stop, last.end = tag.start, tag.start
                if last.name == tag.name:
                    last.end = tag.end
                    break
            continue
        element = Element(tag.name, tag.start, tag.end, len(raw), len(raw), tag.attributes)
        path[-1].children.append(element)
        if raw[tag.end - 2 : tag.end] == "/>":
            element.stop = element.end = tag.end
        else:
            path.append(element)
            named[tag.name] += 1
    return root
