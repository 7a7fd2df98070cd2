"""A Word file as who prints it sees it, before its reader reads it.

Left out is what is not seen: words that are hidden, struck through, white on white, too small to
be read, or a form's own. Put where the reader looks is what it would pass over.
"""

import io
import posixpath
import re
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree as ET

from extraction.files.word.equations import write_out
from extraction.files.word.looks import Looks
from extraction.files.word.names import NAMESPACES, M, W, is_on, usual
from extraction.files.word.reach import bring_into_reach, holds_documents

__all__ = ["Written", "as_written"]

_ROOTS = frozenset({f"{W}document", f"{W}footnotes", f"{W}endnotes"})
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ELSEWHERE = re.compile(rb"<!ENTITY\s+([^\s%]+)\s+(?:SYSTEM|PUBLIC)\s")
_NOTE = (
    "The Word file holds another document as a file within it, which is not read. Open it in Word, "
    "save a copy, and hand that in."
)
for _prefix, _space in NAMESPACES.items():
    ET.register_namespace(_prefix, _space)


class Written(NamedTuple):
    """The file, and what is to be said of it."""

    data: bytes
    notes: tuple[str, ...]


def as_written(data: bytes) -> Written:
    """The file with all that is seen of it and nothing else, where its reader looks."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = dict.fromkeys(archive.namelist())
        parts = {name: tree for name in names if (tree := _text_part(archive, name)) is not None}
        styles = _styles(archive)
        notes = (_NOTE,) if any(holds_documents(tree) for tree in parts.values()) else ()
        for tree in parts.values():
            _rewrite(tree, styles)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name in names:
                tree = parts.get(name)
                made.writestr(name, archive.read(name) if tree is None else _bytes(tree))
    return Written(out.getvalue(), notes)


def _text_part(archive: zipfile.ZipFile, name: str) -> ET.Element | None:
    """A part that holds words of the document, whatever its name."""
    with archive.open(name) as part:
        try:
            _, first = next(iter(ET.iterparse(part, ["start"])))  # noqa: S314
        except (ET.ParseError, StopIteration, ValueError, LookupError):
            return None
    if usual(ET.Element(first.tag)).tag not in _ROOTS:
        return None
    return _tree(archive.read(name))


def _tree(part: bytes) -> ET.Element:
    """What stands elsewhere is not fetched, and reads as nothing."""
    parser = ET.XMLParser()  # noqa: S314 - expat refuses entities that grow
    names = (name.decode("utf-8", "replace") for name in _ELSEWHERE.findall(part))
    parser.entity.update(dict.fromkeys(names, ""))
    return usual(ET.fromstring(part, parser))  # noqa: S314


def _bytes(tree: ET.Element) -> bytes:
    return bytes(ET.tostring(tree, encoding="utf-8", xml_declaration=True))


def _styles(archive: zipfile.ZipFile) -> ET.Element | None:
    """The part with the styles that count, by the relations of the document (ECMA-376 part 2)."""
    main = _related(archive, "", "officeDocument") or "word/document.xml"
    name = _related(archive, main, "styles") or "word/styles.xml"
    return _tree(archive.read(name)) if name in archive.namelist() else None


def _related(archive: zipfile.ZipFile, name: str, kind: str) -> str:
    folder, base = posixpath.split(name)
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    if relations not in archive.namelist():
        return ""
    for relation in ET.fromstring(archive.read(relations)).iter(_RELATION):  # noqa: S314
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip(
            "/"
        )
        if relation.get("Type", "").endswith(f"/{kind}") and target in archive.namelist():
            return target
    return ""


def _rewrite(root: ET.Element, styles: ET.Element | None) -> None:
    parents = {child: parent for parent in root.iter() for child in parent}
    looks = Looks(styles, root, parents)
    runs = [run for tag in (f"{W}r", f"{M}r") for run in root.iter(tag)]
    raised = [run for run in runs if looks.is_raised(run)]
    for run in [run for run in runs if not looks.is_seen(run)]:
        parents[run].remove(run)
    for run in raised:
        _raise(run)
    for control in list(root.iter(f"{W}sdt")):
        if is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")):
            parents[control].remove(control)  # what a form says where nobody wrote
    write_out(root)
    bring_into_reach(root)


def _raise(run: ET.Element) -> None:
    """Say of the run itself what its style says."""
    looks = run.find(f"{W}rPr")
    if looks is None:
        looks = ET.Element(f"{W}rPr")
        run.insert(0, looks)
    place = looks.find(f"{W}vertAlign")
    place = ET.SubElement(looks, f"{W}vertAlign") if place is None else place
    place.set(f"{W}val", "superscript")
