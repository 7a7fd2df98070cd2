"""What a Word file holds that its reader passes over, or should: equations and hidden words.

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
LOST = "\N{REPLACEMENT CHARACTER}"


def as_written(data: bytes) -> bytes:
    """The file with its equations as words, where they are plain ones, and without hidden words.

    What an equation builds up (fractions, roots, sums) is no line of signs: a replacement
    character stands for it.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        changed = {
            name: _rewritten(part)
            for name in archive.namelist()
            if _PARTS.fullmatch(name)
            and any(mark in (part := archive.read(name)) for mark in (b"oMath", b"vanish"))
        }
        if not changed:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for info in archive.infolist():
                made.writestr(info.filename, changed.get(info.filename) or archive.read(info))
    return out.getvalue()


def _rewritten(part: bytes) -> bytes:
    for strict, usual in _STRICT.items():
        part = part.replace(strict.encode(), usual.encode())
    root = ET.fromstring(part)  # noqa: S314 - expat refuses entities that grow
    parents = {child: parent for parent in root.iter() for child in parent}
    for run in [run for run in root.iter(f"{_W}r") if _is_hidden(run)]:
        parents[run].remove(run)
    for equation in list(root.iter(f"{_M}oMath")):
        parent = parents[equation]
        at = list(parent).index(equation)
        parent.remove(equation)
        run = ET.Element(f"{_W}r")
        text = ET.SubElement(run, f"{_W}t")
        text.text = _in_a_line(equation)
        parent.insert(at, run)
        if parent.tag == f"{_M}oMathPara":
            _unwrap(parents[parent], parent)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _is_hidden(run: ET.Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true") not in ("0", "false", "off")


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
