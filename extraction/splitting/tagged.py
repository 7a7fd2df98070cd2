"""Records of tagged lines: MEDLINE and ERIC (nbib), RIS, Ovid, EndNote's refer, RefWorks, Web of
Science.
"""

import re

_LINE = r"(?:^|(?<=\r))\ufeff?"
_OPENERS = (
    re.compile(rf"{_LINE}PMID {{0,2}}- {{0,2}}\d", re.M),
    re.compile(rf"{_LINE}[ \t]{{0,8}}(?:TY|ty)[ \t]{{0,4}}- {{0,2}}[A-Za-z]", re.M),
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
_RIS = _OPENERS[1]
_RIS_LINE = re.compile(
    rf"{_LINE}[ \t]{{0,8}}(?:(?P<type>TY|ty)[ \t]{{0,4}}- {{0,2}}(?=[A-Za-z])"
    r"|(?P<end>ER|er)[ \t]{0,4}-?[ \t]*(?=[\r\n]|\Z)"
    r"|(?P<tag>[A-Z][A-Z0-9]|[a-z][a-z0-9])[ \t]{1,4}-(?=[ \t\r\n]))",
    re.M,
)
_TITLES = frozenset({"ti", "t1", "bt", "ct"})
_PREAMBLE_LINES = 40
_PREAMBLE = 3_000
"""What a provider writes before its first record has no more lines and characters."""
_SEARCHED = re.compile(r"\s*(?:Database\(?s?\)?:|Search (?:strategy|history)\b)", re.I)
"""A strategy of search is longer."""


def tagged_records(text: str) -> list[str]:
    """Each record from its first line to the next one's; lines before the first are nobody's."""
    for opener in _OPENERS:
        longest = 10 if _SEARCHED.match(text) else 1
        first = opener.search(text, 0, _PREAMBLE * longest)
        if first and text.count("\n", 0, first.start()) <= _PREAMBLE_LINES * longest:
            starts = [match.start() for match in opener.finditer(text)]
            if opener is _RIS:
                starts = _ris_starts(text)
            ends = [*starts[1:], len(text)]
            return [
                text[start:end].rstrip().strip("\r\n")
                for start, end in zip(starts, ends, strict=True)
            ]
    return []


def _ris_starts(text: str) -> list[int]:
    """Where records begin: at their type or, where that is missing or stands last, at the first
    field behind the end of the record before.
    """
    marks = list(_RIS_LINE.finditer(text))
    starts: list[int] = []
    begun: int | None = None
    is_typed = is_titled = False
    for number, mark in enumerate(marks):
        following = marks[number + 1] if number + 1 < len(marks) else None
        if mark["end"]:
            _kept(starts, begun, is_typed or is_titled)
            begun = None
        elif mark["type"] and begun is not None and not is_typed and _ends(following):
            is_typed = True
        elif mark["type"] or begun is None:
            _kept(starts, begun, is_typed or is_titled)
            begun, is_typed, is_titled = mark.start(), bool(mark["type"]), False
        if mark["tag"]:
            is_titled = is_titled or mark["tag"].lower() in _TITLES
    _kept(starts, begun, is_typed or is_titled)
    return starts


def _kept(starts: list[int], begun: int | None, is_record: bool) -> None:
    if begun is not None and is_record:
        starts.append(begun)


def _ends(mark: re.Match[str] | None) -> bool:
    return mark is None or bool(mark["end"])
