"""What a Word file holds that its reader passes over, or should: equations, words nobody sees.

Office Open XML, ECMA-376 part 1: 17.3.2.41 (vanish), 22.1.2.77 (oMath).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

__all__ = ["as_written"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": _W[1:-1],
    "http://purl.oclc.org/ooxml/officeDocument/math": _M[1:-1],
}
_PARTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_STYLES = "word/styles.xml"
_MARKS = (b"oMath", b"vanish", b"strike", b"showingPlcHdr", b"FFFFF", b"fffff", b"w:sz ")
_WHITE = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})
_SMALLEST = 6
"""Half points."""
_DEEPEST = 20
LOST = "\N{REPLACEMENT CHARACTER}"


def as_written(data: bytes) -> bytes:
    """The file as who prints it sees it: equations as words, where they are plain ones, and no
    words that are hidden, struck through, white, too small to be read, or a form's own.

    What an equation builds up (fractions, roots, sums) is no line of signs: a replacement
    character stands for it.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if _PARTS.fullmatch(name)}
        styles = _unseen_styles(archive)
        changed = {
            name: _rewritten(part, styles)
            for name, part in parts.items()
            if styles or any(mark in part for mark in _MARKS)
        }
        if not changed:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for info in archive.infolist():
                made.writestr(info.filename, changed.get(info.filename) or archive.read(info))
    return out.getvalue()


def _tree(part: bytes) -> ET.Element:
    for strict, usual in _STRICT.items():
        part = part.replace(strict.encode(), usual.encode())
    return ET.fromstring(part)  # noqa: S314 - expat refuses entities that grow


def _unseen_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The styles whose words are not seen, and those that are based on them."""
    if _STYLES not in archive.namelist():
        return frozenset()
    found: set[str] = set()
    styles = list(_tree(archive.read(_STYLES)).iter(f"{_W}style"))
    for _ in range(_DEEPEST):
        more = {
            str(style.get(f"{_W}styleId"))
            for style in styles
            if _is_unseen(style.find(f"{_W}rPr")) or _named(style, "basedOn") in found
        }
        if more <= found:
            break
        found |= more
    return frozenset(found)


def _rewritten(part: bytes, styles: frozenset[str]) -> bytes:
    root = _tree(part)
    parents = {child: parent for parent in root.iter() for child in parent}
    for run in list(root.iter(f"{_W}r")):
        looks = run.find(f"{_W}rPr")
        if _is_unseen(looks) or (looks is not None and _named(looks, "rStyle") in styles):
            parents[run].remove(run)
    for paragraph in list(root.iter(f"{_W}p")):
        looks = paragraph.find(f"{_W}pPr")
        if looks is not None and _named(looks, "pStyle") in styles:
            for run in list(paragraph.iter(f"{_W}r")):
                parents[run].remove(run) if run in parents[run] else None
    for control in list(root.iter(f"{_W}sdt")):
        if control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            parents[control].remove(control)  # what a form says where nobody wrote
    for equation in list(root.iter(f"{_M}oMath")):
        _write_out(equation, parents)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _named(element: ET.Element, child: str) -> str:
    found = element.find(f"{_W}{child}")
    return "" if found is None else str(found.get(f"{_W}val", ""))


def _is_unseen(looks: ET.Element | None) -> bool:
    """Whether a run with these properties leaves nothing to be read on paper."""
    if looks is None:
        return False
    if any(_is_on(looks.find(f"{_W}{mark}")) for mark in ("vanish", "strike", "dstrike")):
        return True
    if _named(looks, "sz").isdigit() and int(_named(looks, "sz")) < _SMALLEST:
        return True
    is_white = _named(looks, "color").upper() in _WHITE
    return is_white and all(looks.find(f"{_W}{mark}") is None for mark in ("shd", "highlight"))


def _is_on(mark: ET.Element | None) -> bool:
    return mark is not None and mark.get(f"{_W}val", "true") not in ("0", "false", "off")


def _write_out(equation: ET.Element, parents: dict[ET.Element, ET.Element]) -> None:
    parent = parents[equation]
    at = list(parent).index(equation)
    parent.remove(equation)
    run = ET.Element(f"{_W}r")
    ET.SubElement(run, f"{_W}t").text = _in_a_line(equation)
    parent.insert(at, run)
    if parent.tag == f"{_M}oMathPara":
        _unwrap(parents[parent], parent)


def _in_a_line(equation: ET.Element) -> str:
    plain = all(child.tag in (f"{_M}r", f"{_M}ctrlPr") for child in equation)
    return "".join(_words(equation)) if plain else LOST


def _words(equation: ET.Element) -> Iterator[str]:
    for text in equation.iter(f"{_M}t"):
        yield text.text or ""


def _unwrap(parent: ET.Element, wrapper: ET.Element) -> None:
    """The children of a wrapper in its place."""
    at = list(parent).index(wrapper)
    parent.remove(wrapper)
    for child in reversed(list(wrapper)):
        if child.tag == f"{_W}r":
            parent.insert(at, child)
