"""Records of tagged lines: MEDLINE and ERIC (nbib), RIS, Ovid, EndNote's refer, Web of
Science.
"""

import re

_LINE = r"(?:^|(?<=\r))\ufeff?"
_OPENERS = (
    re.compile(rf"{_LINE}PMID {{0,2}}- {{0,2}}\d", re.M),
    re.compile(rf"{_LINE}[ \t]{{0,3}}TY {{0,3}}- {{0,2}}[A-Za-z]", re.M),
    re.compile(rf"{_LINE}OWN {{0,2}}- {{0,2}}\w", re.M),
    re.compile(
        rf"{_LINE}<\d{{1,7}}\.? {{0,2}}>[ \t]*(?=[\r\n]\s{{0,4}}(?:[A-Z][A-Z\d] {{1,2}}- |"
        r"(?:Unique Identifier|Accession Number|Title|Database|Status)[ \t]*[\r\n]))",
        re.M,
    ),
    re.compile(rf"{_LINE}%0 {{1,3}}[A-Za-z]", re.M),
    re.compile(rf"{_LINE}PT [A-Z]\r?$", re.M),
)
"""The line with which each kind of record begins."""
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
            ends = [*starts[1:], len(text)]
            return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return []
