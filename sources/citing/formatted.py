"""Items as people write them in lists of references: APA, AMA, Vancouver.

citeproc-py reads the style and lays the words out. It escapes nothing, so that what could be
mark-up goes in as characters that no text may have, and only a few tags come out.
"""

import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import nh3
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import html
from citeproc.source.json import CiteProcJSON
from django.utils.safestring import SafeString, mark_safe

from sources.citing.items import Item
from sources.citing.pages import page_range

_FOLDER = Path(__file__).parent / "styles"
_TAGS = {"i", "b", "sup", "sub", "span"}
# Noncharacters (Unicode 23.7): they are of no text, and no letters to a style.
_ITALIC = ("\ufdd3", "\ufdd4")
_GOING_IN: dict[int, str | None] = {
    **dict.fromkeys(range(0xFDD0, 0xFDF0)),
    **{ord("<"): "\ufdd0", ord(">"): "\ufdd1", ord("&"): "\ufdd2"},
}
_COMING_OUT = str.maketrans(
    {"\ufdd0": "&lt;", "\ufdd1": "&gt;", "\ufdd2": "&amp;", "\ufdd3": "<i>", "\ufdd4": "</i>"}
)
_TWO_ENDS = re.compile(r"([.?!]</i>|[?!]”?|[.?!]”)\.(?= |$)")
_DATES = ".//{*}macro//{*}date[@form='text']"
_OF_LOCALE = "{*}locale/{*}date[@form='text']"


@dataclass(frozen=True, slots=True)
class Style:
    """A style, and what citeproc-py has to be helped with in it."""

    name: str
    file: str
    is_numbered: bool = True
    """Each reference begins with its number in the list."""
    shortens_pages: bool = False
    """``742-68``; the others write both pages out."""
    italics: frozenset[str] = frozenset()
    """Types of which a title is in italics where it stands first, since no author is stated."""


APA = Style(
    "APA, 7th edition",
    "apa",
    is_numbered=False,
    italics=frozenset({"webpage", "report", "article", "document"}),
)
AMA = Style("AMA, 11th edition", "american-medical-association", italics=frozenset({"report"}))
VANCOUVER = Style("Vancouver (NLM)", "nlm-citation-sequence", shortens_pages=True)
STYLES = (APA, AMA, VANCOUVER)

_one_at_a_time = threading.Lock()


def cited(style: Style, items: Sequence[Item]) -> list[SafeString]:
    """Each item in the style, as HTML without attributes; numbers are left to the list."""
    return [_told(_Asked(style, json.dumps(item, sort_keys=True), item)) for item in items]


@dataclass(frozen=True, slots=True)
class _Asked:
    """An item in a style; ``text`` is the item as a key."""

    style: Style
    text: str
    item: Item = field(compare=False)


@lru_cache(maxsize=2048)
def _told(asked: _Asked) -> SafeString:
    """Kept, since a work is cited on many pages: it takes some milliseconds."""
    style, item = asked.style, asked.item
    given = _given(item, style) | {"id": "1"}
    # A parsed style keeps what it is at.
    with _one_at_a_time:
        bibliography = CitationStylesBibliography(_parsed(style), CiteProcJSON([given]), html)
        bibliography.register(Citation([CitationItem("1")]))
        (text,) = map(str, bibliography.bibliography())
    return _shown(text.removeprefix("1." if style.is_numbered else ""), item)


@cache
def _parsed(style: Style) -> Any:
    """The style, read once a process."""
    parsed = CitationStylesStyle(str(_FOLDER / f"{style.file}.csl"), validate=False)
    root = parsed.root
    # Ranges of pages are written here: citeproc-py shortens 10-101 to 10-1.
    root.set("page-range-format", "expanded")
    # It looks for what stands between the parts of a date in the wrong place.
    for own in root.findall(_OF_LOCALE)[:1]:
        for date in root.findall(_DATES):
            date.set("delimiter", own.get("delimiter", ""))
    return parsed


def _given(item: Item, style: Style) -> Item:
    """The item as citeproc-py takes it well, with nothing in it that could be mark-up."""
    told: Item = {
        name: value.translate(_GOING_IN) if isinstance(value, str) else value
        for name, value in item.items()
        if name not in ("note", "version")
    }
    if "version" in item:
        named = "container-title" if "container-title" in told else "title"
        told[named] += f" (version {item['version']})"
    if "page" in told and (span := page_range(told["page"])):
        told["page"] = _pages(*span, style)
    if "author" in told:
        told["author"] = [_name(name) for name in told["author"]]
    else:
        # It would tell the title twice: once in the author's place and once in its own.
        start, end = _ITALIC if item["type"] in style.italics else ("", "")
        told["author"] = [{"literal": f"{start}{told.pop('title')}{end}"}]
    return told


def _name(name: Item) -> Item:
    """As it is where each given name has a capital to stand for it, else as one text."""
    told = {part: text.translate(_GOING_IN) for part, text in name.items()}
    given = re.split(r"[\s.-]+", told.get("given", "").strip(" .-"))
    if "given" not in told or all(word[:1].isupper() for word in given):
        return told
    parts = ("dropping-particle", "family", "given")
    return {"literal": " ".join(told[part] for part in parts if part in told)}


def _pages(first: str, last: str, style: Style) -> str:
    """Written out, or shortened again where the style does so."""
    if style.shortens_pages and first.isdigit() and len(last) == len(first):
        same = next((i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0)
        last = last[same:]
    return f"{first}-{last}"


def _shown(text: str, item: Item) -> SafeString:
    noted = f" [{item['note']}]".translate(_GOING_IN) if "note" in item else ""
    whole = _TWO_ENDS.sub(r"\1", text.strip().translate(_COMING_OUT))
    clean = nh3.clean(whole + noted.translate(_COMING_OUT), tags=_TAGS, attributes={})
    return mark_safe(clean)  # noqa: S308 - escaped before, and what may come out is on a list
