"""Records of a printed list: PubMed's abstracts as text, and lists that count their records."""

import re

_NUMBER = re.compile(r"^(?P<number>\d{1,5})\. (?=\S)", re.M)
_CLOSING = re.compile(r"^(?:PMID|DOI): ?\S", re.M)
_CITATION = re.compile(
    r"\ufeff?\s{0,5}(?P<number>\d{1,5})\. (?:[^\n]|\n(?!\n)){3,300}?\b(?:19|20)\d\d\b"
)
_COUNTED_REFERENCE = re.compile(r"^\ufeff?(?P<number>\d{1,5})[.:] (?=\S)", re.M)
_ENDS_IN_PMID = re.compile(r"\bPMID:\s{0,2}\d{1,8}\b[^\n]{0,60}\Z")
_COUNTED = re.compile(
    r"^\ufeff?[ \t]{0,3}Record #?(?P<number>\d{1,5}) of (?P<of>\d{1,5})\b", re.M | re.I
)


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
    return _between(text, starts)


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
    parts = _between(text, [mark.start() for mark in marks])
    first = int(marks[0]["number"])
    counted = [int(mark["number"]) for mark in marks] == list(range(first, first + len(marks)))
    whole = all(_ENDS_IN_PMID.search(part) and "\n\n" not in part for part in parts)
    return parts if counted and whole else []


def numbered_records(text: str) -> list[str]:
    """Lists such as ``Record #1 of 20``, which number their records from one on."""
    marks = list(_COUNTED.finditer(text))
    if [int(mark["number"]) for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    starts = [0, *(mark.start() for mark in marks[1:])]
    return _between(text, starts) if marks else []


def _between(text: str, starts: list[int]) -> list[str]:
    ends = [*starts[1:], len(text)] if starts else []
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
