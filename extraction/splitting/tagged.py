"""Records of tagged lines: MEDLINE and ERIC (nbib), RIS, Ovid, EndNote's refer, RefWorks, Web of
Science.
"""

import re
from dataclasses import dataclass

_LINE = r"(?:^|(?<=\r))\ufeff?"
_TYPE = r"(?:TY|ty)[ \t]{0,4}- {0,2}[A-Za-z][\w-]{0,30}(?: [\w-]{1,20}){0,3}[ \t]*(?=[\r\n]|\Z)"
"""A type has a few words."""
_OPENERS = (
    re.compile(rf"{_LINE}PMID {{0,2}}- {{0,2}}\d", re.M),
    re.compile(rf"{_LINE}[ \t]{{0,8}}{_TYPE}", re.M),
    re.compile(rf"{_LINE}OWN {{0,2}}- {{0,2}}\w", re.M),
    re.compile(
        rf"{_LINE}<\d{{1,7}}\.? {{0,2}}>[ \t]*(?=[\r\n]\s{{0,4}}(?:[A-Z][A-Z\d] {{1,2}}- |"
        r"(?:Unique Identifier|Accession Number|Title|Database|Status)[ \t]*[\r\n]))",
        re.M,
    ),
    re.compile(rf"{_LINE}%0 {{1,3}}[A-Za-z]", re.M),
    re.compile(rf"{_LINE}RT [A-Z][\w ,()/-]{{2,40}}(?=\r?\n(?:SR|ID|A1|T1) )", re.M),
    re.compile(rf"{_LINE}PT [A-Z]\r?$", re.M),
)
"""The line with which each kind of record begins."""
_PMID, _RIS = _OPENERS[:2]
_MARK = re.compile(
    rf"{_LINE}(?P<indent>[ \t]{{0,8}})(?:(?P<type>{_TYPE})|(?P<pmid>PMID {{0,2}}- {{0,2}}\d)"
    r"|(?P<end>ER|er)[ \t]{0,4}-?[ \t]*(?=[\r\n]|\Z)"
    r"|(?P<tag>[A-Z][A-Z0-9]|[a-z][a-z0-9])[ \t]{1,4}-(?=[ \t\r\n]))",
    re.M,
)
_TITLES = frozenset({"ti", "t1", "bt", "ct"})
_REFER = re.compile(r"\ufeff?\s{0,5}%[A-Z] {1,3}\S")
_REFER_TITLE = re.compile(rf"{_LINE}%T {{1,3}}\S", re.M)
_EMPTY = re.compile(r"\r\n\s*\r\n|\n\s*\n|\r\s*\r")
_PREAMBLE_LINES = 40
_PREAMBLE = 3_000
"""What a provider writes before its first record has no more lines and characters."""
_SEARCHED = re.compile(r"\s*(?:Database\(?s?\)?:|Search (?:strategy|history)\b)", re.I)
"""A strategy of search is longer."""


def tagged_records(text: str) -> list[str]:
    """Each record from its first line to the next one's; lines before the first are nobody's."""
    longest = 10 if _SEARCHED.match(text) else 1
    found = [
        (first.start(), number)
        for number, opener in enumerate(_OPENERS)
        if (first := opener.search(text, 0, _PREAMBLE * longest))
        and text.count("\n", 0, first.start()) <= _PREAMBLE_LINES * longest
    ]
    if not found:
        return _refer_records(text)
    opener = _OPENERS[min(found)[1]]
    if opener in {_PMID, _RIS}:
        starts = _starts(text)
    else:
        starts = [match.start() for match in opener.finditer(text)]
    ends = [*starts[1:], len(text)]
    return [text[start:end].rstrip().strip("\r\n") for start, end in zip(starts, ends, strict=True)]


@dataclass(slots=True)
class _Open:
    """The record that the lines are in."""

    start: int
    is_medline: bool = False
    is_typed: bool = False
    is_titled: bool = False


def _starts(text: str) -> list[int]:
    """Where records of RIS and MEDLINE begin: at their type or number or, where that is missing
    or stands last, at the first field behind the end of the record before.
    """
    marks = list(_MARK.finditer(text))
    found: list[_Open] = []
    current: _Open | None = None
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        indented = bool(current and current.is_medline and mark["indent"])
        begins = not indented and _begins(mark, following, current)
        if begins or (current is None and mark["tag"]):
            current = _Open(mark.start())
            found.append(current)
        if current and not indented:
            current.is_medline |= bool(mark["pmid"] and not current.is_typed)
            current.is_typed |= bool(mark["type"] or mark["pmid"])
            current.is_titled |= (mark["tag"] or "").lower() in _TITLES
        if mark["end"] and not (current and current.is_medline):
            current = None
    return [record.start for record in found if record.is_typed or record.is_titled]


def _begins(mark: re.Match[str], following: re.Match[str] | None, current: _Open | None) -> bool:
    """Whether a type or a number begins a record and is not that of the one which is open."""
    if mark["pmid"]:
        return current is None or current.is_medline
    if not mark["type"]:
        return False
    stands_last = following is None or bool(following["end"])
    return current is None or current.is_typed or not stands_last


def _refer_records(text: str) -> list[str]:
    """Records of refer without a type: an empty line parts them, each has a title."""
    if not _REFER.match(text):
        return []
    records = [part.strip() for part in _EMPTY.split(text) if part.strip()]
    whole = all(_REFER.match(part) and _REFER_TITLE.search(part) for part in records)
    return records if whole else []
