"""Records of a printed list: PubMed's abstracts as text, lists that count their records (Cochrane,
Embase, EBSCO, ProQuest), and lists whose records begin or end with one line each (EndNote, Scopus,
registers of trials).
"""

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"^(?P<number>\d{1,5})\. (?=\S)", re.M)
_CLOSING = re.compile(r"^(?:PMID|DOI): ?\S", re.M)
_CITATION = re.compile(
    r"\ufeff?\s{0,5}(?P<number>\d{1,5})\. (?:[^\n]|\n(?!\n)){3,300}?\b(?:19|20)\d\d\b"
)
_COUNTED_REFERENCE = re.compile(r"^\ufeff?(?P<number>\d{1,5})[.:] (?=\S)", re.M)
_ENDS_IN_PMID = re.compile(r"\bPMID:\s{0,2}\d{1,8}\b[^\n]{0,60}\Z")
_COUNTED = tuple(
    re.compile(rf"^\ufeff?[ \t]{{0,3}}{mark}[ \t]*\r?$", re.M | re.I)
    for mark in (
        r"Record #?(?P<number>\d{1,5}) of \d{1,5}",
        r"Document (?P<number>\d{1,5}) of \d{1,5}",
        r"(?P<number>\d{1,5}) of \d{1,5} documents",
        r"Record:? {0,2}(?P<number>\d{1,5})",
    )
)
"""A line that says which record of the list begins."""
_LABELLED = re.compile(
    r"^\ufeff?(?P<label>Reference Type|EudraCT Number|NCT Number|NCT ID|Trial ?ID|Main ID)"
    r"[ \t]{0,3}:[ \t]{0,30}(?P<value>\S[^\r\n]{0,80})",
    re.M | re.I,
)
"""The field with which a record of EndNote's or of a register begins."""
_TITLED = re.compile(r"^[ \t]{0,3}[\w ]{0,20}\btitle\b[^\r\n:]{0,60}:", re.M | re.I)
_SCOPUS = re.compile(r"^SOURCE: Scopus[ \t]*\r?$", re.M | re.I)
"""The line with which a record of Scopus ends."""
_SCOPUS_HEAD = re.compile(r"\ufeff?\s{0,5}Scopus[ \t]*\r?\n(?:EXPORT DATE:[^\n]*\n)?", re.I)
_BLANK = re.compile(r"\n[ \t]*\r?\n")
_ABOVE = 300
"""Characters that a record may have before the line by which it is known."""


def listed_abstracts(text: str) -> list[str]:
    """PubMed's download "Abstract (text)": ``1. Journal. 2019 Mar;12(3):101-8.``, and every
    record closes with its PMID. A number counts when the one before has closed.
    """
    first = _CITATION.match(text)
    if not first:
        return []
    number, starts = int(first["number"]), [0]
    closed = _CLOSING.search(text)
    while closed:
        number += 1
        following = _numbered(text, number, closed.end())
        if following is None:
            break
        starts.append(following)
        closed = _CLOSING.search(text, following)
    if closed is None:
        starts.pop()  # a number in the last record's text
    return _between(text, starts, starts[1:])


def _numbered(text: str, number: int, position: int) -> int | None:
    """Where record ``number`` begins, if its first lines are a citation."""
    for mark in _NUMBER.finditer(text, position):
        if int(mark["number"]) == number:
            return mark.start() if _CITATION.match(text, mark.start()) else None
    return None


def listed_summaries(text: str) -> list[str]:
    """PubMed's "Summary (text)": a reference a paragraph, counted, each with its PMID."""
    marks = list(_COUNTED_REFERENCE.finditer(text))
    if len(marks) < 2 or text[: marks[0].start()].strip("\ufeff \r\n"):
        return []
    starts = [mark.start() for mark in marks]
    parts = _between(text, starts, starts[1:])
    first = int(marks[0]["number"])
    counted = [int(mark["number"]) for mark in marks] == list(range(first, first + len(marks)))
    whole = all(_ENDS_IN_PMID.search(part) and "\n\n" not in part for part in parts)
    return parts if counted and whole else []


def numbered_records(text: str) -> list[str]:
    """Lists such as ``Record #1 of 20``, which number their records from one on; but for Cochrane's
    the line itself is no part of a record.
    """
    for pattern in _COUNTED:
        marks = list(pattern.finditer(text))
        if marks and [int(mark["number"]) for mark in marks] == list(range(1, len(marks) + 1)):
            ends = [mark.start() for mark in marks[1:]]
            # The reader of Cochrane's records knows them by it.
            keep = pattern is _COUNTED[0]
            starts = [mark.start() if keep else mark.end() for mark in marks]
            return _between(text, starts, ends)
    return []


def labelled_records(text: str) -> list[str]:
    """Records that begin with the same label: of a register each with a number of its own, all
    with a title.
    """
    first = _LABELLED.search(text, 0, _ABOVE * 10)
    if first is None:
        return []
    label = first["label"].lower()
    marks = [mark for mark in _LABELLED.finditer(text) if mark["label"].lower() == label]
    if label != "reference type":
        marks = list({mark["value"].strip().lower(): mark for mark in reversed(marks)}.values())
        marks.reverse()
    starts = [_block_start(text, mark.start()) for mark in marks]
    records = _between(text, starts, starts[1:])
    return records if all(_TITLED.search(record) for record in records) else []


def closed_records(text: str) -> list[str]:
    """Records of Scopus, which end with their source."""
    closings = [mark.end() for mark in _SCOPUS.finditer(text)]
    head = _SCOPUS_HEAD.match(text)
    starts = [head.end() if head else 0, *closings[:-1]]
    return _between(text, starts, starts[1:]) if closings else []


def _block_start(text: str, position: int) -> int:
    """Where the lines begin that stand above without an empty line between."""
    low = max(0, position - _ABOVE)
    gaps = list(_BLANK.finditer(text, low, position))
    return gaps[-1].end() if gaps else (position if low else 0)


def _between(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[str]:
    """From each start to its end; the last one to the end of the text."""
    stops = [*ends, len(text)] if starts else []
    return [text[start:stop].strip() for start, stop in zip(starts, stops, strict=True)]
