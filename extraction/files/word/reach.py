"""Words that stand where the reader of Word files does not look, put where it does.

mammoth passes over every element that it does not know, with all that is in it: fields in short
form, runs for another direction of writing, readings beside letters, drawings without an older
shape beside them. What is within such an element takes its place.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from mammoth.docx.dingbats import dingbats

from extraction.files.word.equations import LOST
from extraction.files.word.names import MC, V, W

__all__ = ["bring_into_reach", "holds_documents"]

_READ = frozenset(
    f"{W}{name}"
    for name in (
        *("document", "body", "footnotes", "footnote", "endnotes", "endnote", "p", "r", "t"),
        *("tbl", "tr", "tc", "customXml", "ins", "moveTo", "object", "smartTag", "hyperlink"),
        *("sdt", "sdtContent", "pict", "txbxContent"),
    )
) | frozenset(f"{V}{name}" for name in ("group", "rect", "roundrect", "shape", "textbox"))
_PASSED_OVER = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr")
)
"""On purpose: what was struck, and what is no text."""
_SIGNS = (f"{W}t", f"{W}sym")
_AS = {f"{W}cr": f"{W}br", f"{W}ptab": f"{W}tab"}
_OTHER_DOCUMENTS = (f"{W}altChunk", f"{W}subDoc")
_SIGN_FONTS = ("symbol", "wingdings", "webdings", "zapf")


def holds_documents(root: ET.Element) -> bool:
    """Whether another document is put in as a file, which is not read."""
    return any(True for tag in _OTHER_DOCUMENTS for _ in root.iter(tag))


def bring_into_reach(root: ET.Element) -> None:
    """Change the tree so that all its words are read."""
    for element in root.iter():
        element.tag = _AS.get(element.tag, element.tag)
        if element.tag == f"{W}sym":
            _say(element)
    parents = {child: parent for parent in root.iter() for child in parent}
    telling = _telling(root, parents)
    left_out: set[ET.Element] = set()
    for element in list(root.iter()):
        parent = parents.get(element)
        if element.tag in _PASSED_OVER or parent in left_out:
            left_out.add(element)
        elif parent is not None and element in telling and element.tag not in _READ:
            inside = list(_inside(element, telling))
            left_out |= {child for child in element if child not in inside}
            at = list(parent).index(element)
            parent[at : at + 1] = inside
            for child in inside:
                parents[child] = parent


def _telling(root: ET.Element, parents: dict[ET.Element, ET.Element]) -> set[ET.Element]:
    """The elements in which there are words."""
    found: set[ET.Element] = set()
    for tag in _SIGNS:
        for sign in root.iter(tag):
            element: ET.Element | None = sign
            while element is not None and element not in found:
                found.add(element)
                element = parents.get(element)
    return found


def _inside(element: ET.Element, telling: set[ET.Element]) -> Iterator[ET.Element]:
    """What takes the place of an element that is not known."""
    if element.tag == f"{MC}AlternateContent":
        older = element.find(f"{MC}Fallback")
        chosen = older if older in telling else element.find(f"{MC}Choice")
        yield from () if chosen is None else list(chosen)
    elif element.tag == f"{W}drawing":
        shape = ET.Element(f"{W}pict")
        shape.extend(element.iter(f"{W}txbxContent"))
        yield shape
    elif element.tag == f"{W}ruby":
        for name, before, after in (("rubyBase", "", ""), ("rt", "(", ")")):
            part = element.find(W + name)
            yield from _text(before)
            yield from () if part is None else list(part)
            yield from _text(after)
    else:
        yield from list(element)


def _text(words: str) -> Iterator[ET.Element]:
    if words:
        text = ET.Element(f"{W}t")
        text.text = words
        yield text


def _say(sign: ET.Element) -> None:
    """A sign by its place in a font of signs, as a letter where the reader does not know it."""
    font, code = sign.get(f"{W}font", ""), sign.get(f"{W}char", "")
    try:
        place = int(code, 16)
    except ValueError:
        place = 0
    known = dingbats.get((font, place)) or dingbats.get(
        (font, place & 0xFF if place >= 0xF000 else -1)
    )
    if known is None:
        is_letter = 0x20 <= place < 0xE000 and not font.casefold().startswith(_SIGN_FONTS)
        known = place if is_letter else ord(LOST)
    sign.clear()
    sign.tag, sign.text = f"{W}t", chr(known)
