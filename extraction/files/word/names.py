"""Names of Office Open XML (ECMA-376 part 1), in its usual and in its strict form."""

from xml.etree import ElementTree as ET

__all__ = ["MC", "NAMESPACES", "W14", "WP", "M", "V", "W", "is_on", "usual", "value"]

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "v": "urn:schemas-microsoft-com:vml",
}
W, M, WP, MC, W14, V = (f"{{{space}}}" for space in NAMESPACES.values())
_STRICT = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "{http://purl.oclc.org/ooxml/officeDocument/math}": M,
    "{http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing}": WP,
}


def usual(root: ET.Element) -> ET.Element:
    """The tree with the usual names in place of the strict ones."""
    for element in root.iter():
        element.tag = _usual(element.tag)
        for name in [name for name in element.attrib if name.startswith("{http://purl")]:
            element.set(_usual(name), element.attrib.pop(name))
    return root


def _usual(name: str) -> str:
    space, bracket, local = name.partition("}")
    return _STRICT.get(space + bracket, space + bracket) + local


def value(element: ET.Element | None, name: str = "val") -> str:
    """An attribute of an element that may be missing."""
    return "" if element is None else str(element.get(W + name, ""))


def is_on(mark: ET.Element | None) -> bool:
    """Whether a property of two states is stated, and as true (17.17.4)."""
    return mark is not None and mark.get(f"{W}val", "true") not in ("0", "false", "off")
