"""Tagged lines: ``TAG - value`` of MEDLINE, RIS and Ovid, ``%T value`` of refer, ``TAG: value`` of
Cochrane and Ovid's labels on lines of their own; values running on over the lines below them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from extraction.text.clean import cleaned
from extraction.text.markup import view
from extraction.text.prefaces import is_preface
from extraction.text.words import by_word, words
from extraction.types import Unreadable

__all__ = ["TaggedField", "entries_in"]

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TAG = re.compile(
    r"(?P<indent>[ \t\xa0\ufeff\u200b]{0,40})"
    r"(?:(?P<tag>[A-Za-z][A-Za-z0-9]{1,3})(?P<gap>[ \t]{0,4})-(?P<after>[ \t]{1,8}|$|(?=\S))"
    r"|%(?P<refer>[0-9A-Za-z@?!$+~&#*<>\[])(?:[ \t]{1,8}|$)|(?P<end>ER)[ \t]*$)"
)
_KNOWN = words(
    "A1 A2 A3 A4 AB AD AID AN AU AUID AV BT BTI C1 C2 C3 C4 C5 C6 C7 C8 CA CDAT CI CIN CN COI CON "
    "CP CRDT CRF CRI CT CTDT CTI CY DA DB DCOM DEP DI DO DP DRDT ED EDAT EFR EIN EN EP ER ET FAU "
    "FED FIR FPS GN GR GS ID IP IR IRAD IS ISBN ISSN J1 J2 JA JF JID JO JT KW L1 L2 L3 L4 LA LB LG "
    "LID LK LP LR M1 M2 M3 MH MHDA MID N1 N2 NO NV OAB OABL OCI OID OP OPR ORI OT OTO OWN PB PG "
    "PHST PL "
    "PM PMC PMCR PMID PP PRIN PS PST PT PUBM PY RF RI RIN RN ROF RP RPF RPI SB SE SFM SI SN SO SP "
    "SPIN ST STAT SV T1 T2 T3 TA TI TT TY U1 U2 U3 U4 U5 UI UIN UOF UR VI VL VN VO WP XR Y1 Y2 YR"
)
_REFER = {
    "0": "TY",
    "T": "TI",
    "A": "AU",
    "Q": "CN",
    "J": "JO",
    "B": "T2",
    "V": "VL",
    "N": "IS",
    "P": "PG",
    "D": "PY",
    "8": "DA",
    "I": "PB",
    "R": "DO",
    "U": "UR",
    "X": "AB",
    "G": "LA",
    "M": "AN",
    "9": "M3",
    "E": "ED",
    "@": "SN",
}
"""The letters of EndNote's own export and the tags of RIS that mean the same."""
_COUNTED = re.compile(
    r"\s{0,20}(?:<\d{1,7}\.? {0,2}>|Record #?\d{1,5} of \d{1,5})[ \t]*(?:\r\n|\r|\n)\s*", re.I
)
"""The line with which a list counts its records."""
_COLON = re.compile(
    r"(?P<tag>AB|AD|AN|AU|CC|CRSID|DE|DOI|ID|JN|KW|KY|LA|NO|PB|PG|PM|PT|PY|RG|SO|TI|UR|US|VL|XR|YR)"
    r":(?:[ \t]+|$)"
)
_LABELS = by_word(
    {
        "UI": "unique identifier, accession number",
        "TI": "title",
        "SO": "source",
        "JO": "journal",
        "AU": "author, authors, author name",
        "FAU": "authors full name",
        "IN": "institution",
        "AB": "abstract",
        "DO": "doi, digital object identifier",
        "PT": "publication type",
        "YR": "year of publication",
        "PB": "publisher",
        "LG": "language",
    },
    ",",
)
"""Ovid's labels, which stand on lines of their own above their values."""
_REFWORKS = re.compile(
    r"\s{0,20}RT (?=(?:Journal|Book|Web|Conference|Dissertation|Report|Generic|Magazine|Newspaper|"
    r"Monograph|Thesis|Abstract|Case|Unpublished|Online)[\w ,()/-]{0,40}\r?\n(?:SR|ID|A1|T1) )"
)
_SPACED = re.compile(
    r"(?P<tag>RT|SR|ID|A[1-6]|T[1-3]|J[FO12]|YR|FD|VO|IS|SP|OP|AB|K1|DO|UL|LK|NO|SN|PB|PP|LA|LL|"
    r"OL|AD|AN|AV|DB|DS|ED|CL|CN|RD|WT|ER)(?: |$)"
)
_IN_RIS = {
    "RT": "TY", "VO": "VL", "OP": "EP", "UL": "UR", "FD": "DA", "NO": "N1", "SR": "", "ID": ""
}  # fmt: skip
"""The tags of RefWorks and those of RIS that mean the same."""
_WEAK_OPENER = 3
"""Tags from which on lines are a record that begins with no tag of its kind."""
_HEAD_LINES = 60
_LONGEST_TYPE = 4


@dataclass(frozen=True, slots=True)
class TaggedField:
    """A field; ``value`` is cleaned, ``start``..``end`` is where it stands in the seen text."""

    tag: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the record writes its tags: how far in, how wide, in which letters."""

    indent: int
    width: int
    lower: bool


@dataclass(frozen=True, slots=True)
class _Tag:
    tag: str
    start: int
    """Where the line begins."""
    value: int
    """Where its value begins."""


def entries_in(text: str) -> list[TaggedField]:
    """The fields of a record that say something, each over all of its lines; none where the text
    is no record.
    """
    if counted := _COUNTED.match(text):
        for styled in (_in_colons, _under_labels):
            if entries := styled(text, counted.end()):
                return entries
    if _REFWORKS.match(text):
        return _in_spaces(text)
    opening = _opening(text)
    return list(_entries(text, *opening)) if opening else []


def _in_spaces(text: str) -> list[TaggedField]:
    """``T1 A title``, as RefWorks writes."""
    tags = [
        _Tag(_IN_RIS.get(match["tag"], match["tag"]), line.start(), line.start() + match.end())
        for line in _LINE.finditer(text)
        if (match := _SPACED.match(line.group()))
    ]
    return [entry for entry in _between(text, tags) if entry.tag]


def _in_colons(text: str, start: int) -> list[TaggedField]:
    """``TI: A title``, as Cochrane writes."""
    lines = list(_LINE.finditer(text, start))
    if not lines or not _COLON.match(lines[0].group()):
        return []
    tags = [
        _Tag(match["tag"], line.start(), line.start() + match.end())
        for line in lines
        if (match := _COLON.match(line.group()))
    ]
    return list(_between(text, tags))


def _under_labels(text: str, start: int) -> list[TaggedField]:
    """A label without an indent, its value indented below, names one a line."""
    lines = list(_LINE.finditer(text, start))
    if not lines or lines[0].group().strip().lower() not in _LABELS:
        return []
    tags: list[_Tag] = []
    for line in lines:
        if not line.group()[:1].isspace():
            tag = _LABELS.get(line.group().strip().lower(), "")
            tags.append(_Tag(tag, line.start(), line.end()))
        elif tags and tags[-1].tag in {"AU", "FAU"} and line.group().strip():
            tags.append(_Tag(tags[-1].tag, line.start(), line.start()))
    entries = [entry for entry in _between(text, tags) if entry.tag]
    full = any(entry.tag == "FAU" for entry in entries)
    return [entry for entry in entries if not (full and entry.tag == "AU")]


def _between(text: str, tags: list[_Tag]) -> Iterator[TaggedField]:
    ends = [*(tag.start for tag in tags[1:]), len(text)]
    for tag, end in zip(tags, ends, strict=True):
        if field := _field(text, tag, end):
            yield field


def _opening(text: str) -> tuple[int, _Shape] | None:
    """Where the record begins, if the text is one, and the shape of its tags."""
    seen: list[tuple[_Shape, str, int]] = []
    for number, line in enumerate(_LINE.finditer(text)):
        if number >= _HEAD_LINES or not is_preface(text[: seen[0][2] if seen else line.start()]):
            break
        found = _shape(line.group())
        if found is None:
            continue
        shape, tag, strong = found
        seen.append((shape, tag, line.start()))
        if strong and len(seen) == 1:
            return line.start(), shape
        alike = {name for other, name, _ in seen if other.indent == seen[0][0].indent}
        if len(alike) >= _WEAK_OPENER and alike & {"TI", "T1", "BTI"}:
            return seen[0][2], seen[0][0]
    return None


def _shape(line: str) -> tuple[_Shape, str, bool] | None:
    """How a line that may open a record writes its tag, and whether it surely opens one."""
    match = _TAG.match(line)
    if match is None or match["end"]:
        return None
    value = line[match.end() :].strip()
    indent = len(match["indent"])
    if match["refer"]:
        tag = _REFER.get(match["refer"], match["refer"])
        return _Shape(indent, 0, lower=False), tag, tag == "TY" and _is_type(value)
    tag = match["tag"].upper()
    spaced = bool(match["gap"]) or len(tag) == 4
    if tag not in _KNOWN or not spaced:
        return None
    strong = (tag == "TY" and _is_type(value)) or (tag == "PMID" and value.isdecimal())
    return (
        _Shape(indent, match.end("gap") - match.start("tag"), match["tag"].islower()),
        tag,
        strong,
    )


def _is_type(value: str) -> bool:
    """A type has a few words: ``JOUR``, ``Journal Article``."""
    return value[:1].isalpha() and len(value.split()) <= _LONGEST_TYPE


def _tag_of(line: re.Match[str], shape: _Shape) -> _Tag | None:
    """The tag that opens a line; None where the line goes on with the value above.

    A line that is indented further than the tags goes on, whatever it looks like.
    """
    match = _TAG.match(line.group())
    if match is None or abs(len(match["indent"]) - shape.indent) > 1:
        return None
    start, value = line.start(), line.start() + match.end()
    if match["end"]:
        return _Tag("ER", start, value)
    if match["refer"]:
        if shape.width:
            return None
        return _Tag(_REFER.get(match["refer"], f"%{match['refer']}"), start, value)
    written = match["tag"]
    if not shape.width or (written != written.upper() and not shape.lower):
        return None
    same = match.end("gap") - match.start("tag") == shape.width
    apart = match["after"] != "" or match.end() == len(line.group())
    known = written.upper() in _KNOWN and (bool(match["gap"]) or same)
    if known if apart else (known and same):
        return _Tag(written.upper(), start, value)
    return _Tag(written.upper(), start, value) if same and apart and written.isupper() else None


def _entries(text: str, start: int, shape: _Shape) -> Iterator[TaggedField]:
    """The fields that say something, each over all of its lines."""
    current: _Tag | None = None
    end = start
    for line in _LINE.finditer(text, start):
        tag = _tag_of(line, shape)
        if tag is None:
            end = line.end() if line.group().strip() else end
            continue
        if current is not None and (field := _field(text, current, end)):
            yield field
        current, end = tag, line.end()
    if current is not None and (field := _field(text, current, end)):
        yield field


def _field(text: str, tag: _Tag, end: int) -> TaggedField | None:
    written = text[tag.value : end]
    stripped = written.strip()
    if not stripped:
        return None
    start = tag.value + written.index(stripped)
    value = stripped
    if "<" in value or "&" in value:
        with suppress(Unreadable):  # more tags than a page has
            value = view(value).text
    value = cleaned(value)
    return TaggedField(tag.tag, value, start, start + len(stripped)) if value else None
