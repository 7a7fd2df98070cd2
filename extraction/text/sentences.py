"""Where sentences begin and end."""

import re
from collections.abc import Iterator

from extraction.text.lines import LIST_MARK
from extraction.text.words import words

CAPTION_MARK = (
    r"(?:(?:Supplement(?:ary|al)|Extended Data)\s)?"
    r"(?:Table|TABLE|Figure|FIGURE|Fig\.?|FIG\.?|Box)\s?S?\d{1,2}"
)
"""What a caption begins with."""
_STOP = re.compile(
    r"(?:[.!?…]+|[.](?=\d))"
    r"(?P<close>[\"'”’»)\]]{0,4})"
    r"(?P<refs>(?:Citation\d{1,3}(?:[,–-](?:Citation)?\d{1,3}){0,20}|\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,20}\]|(?:(?<=[a-z)%\"”’]\.)|"
    r"(?<=[A-Z]{2}\.))\d{1,3}(?:[,–-]\d{1,3}){0,20})?)"
    r"(?P<gap>\s+|$|(?=[A-Z][a-z]{0,12} |[A-Z]{2,6} [a-z])"
    rf"|(?={CAPTION_MARK}))"
)
_NEVER = words(
    "dr drs mr mrs messrs prof profs fig figs eq eqs ref refs nos vol vols ed eds chap sec sect "
    "e.g eg i.e ie cf vs v viz ca approx resp incl st no pp p dept univ gen sp spp"
)
_SOMETIMES = words(
    "al etc inc ltd co corp llc jr sr u.s u.k e.u i.v p.o s.c i.m b.i.d t.i.d q.d a.m p.m ph.d m.d "
    "b.sc m.sc jan feb mar apr jun jul aug sep sept oct nov dec wk yr hr min mo"
)
_STARTERS = words(
    "A Additional Additionally Adverse After All Also Although An And Another Any As At Because "
    "Before Both But By Compared Consistent Conversely Current Despite Due During Each Early "
    "Eligible Finally First For From Further Furthermore Given He Hence Here However If "
    "Importantly "
    "In Indeed Interestingly It Its Last Later Long Many Median Mean More Moreover Most Neither "
    "Nevertheless No None Nor Notably Of On Once One Only Or Other Our Over Overall Participants "
    "Patients Previous Primary Recent Recently Results Safety Second Secondary Several She Similar "
    "Similarly Since So Some Studies Such Than That The Their Then There Therefore These They This "
    "Those Thus To Together Total Treatment Two Under Unlike Until Using We When Where Whereas "
    "Whether Which While With Within Women You Your"
)
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘/—–]+$")
_SPACED = re.compile(r"(?<![^\s(])([a-z])\.\s+([a-z])$")
"""An abbreviation with a space inside: "i. e", "i. v"."""
_WHOLE = re.compile(r"(?:\d{1,3}[-–])?[=<>≤≥±]?\d{1,2}")
_BEFORE_GLUED = re.compile(r"(?:^|\s)[A-Za-z-]{0,20}[a-z]{4}\)?$")
_AFTER_GLUED = re.compile(
    r"[A-Z][a-z]{3,20} [a-z(]|(?!GOV|ORG|COM|NET|EU|UK|DE|JS)[A-Z]{2,6} [a-z]|"
    rf"{CAPTION_MARK}"
)
"""A plain word at both sides of a full stop without a space: no address, no file."""
_CAPTION = re.compile(r"(?:Table|Figure|Fig\.?|Box|Panel|Appendix)\s+[A-Z]?\d+[A-Za-z]?$")
_WORD_WINDOW = 60


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Trimmed spans of the sentences in ``text[start:end]``; list marks are left out."""
    begin = _after_mark(text, start, end)
    for match in _STOP.finditer(text, start, end):
        if match.end() <= begin or not _ends(text, begin, match, end):
            continue
        stop = match.end("refs")
        if begin < stop:
            yield begin, stop
        begin = _after_mark(text, match.end(), end)
    stop = end
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if begin < stop:
        yield begin, stop


def _after_mark(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    mark = LIST_MARK.match(text, start, end)
    return mark.end() if mark else start


def _ends(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Whether the stop in ``match`` ends the sentence that began at ``begin``."""
    following = text[match.end() : min(end, match.end() + _WORD_WINDOW)]
    if not following:
        return True
    word = re.match(r"[\"“‘'(\[]*([A-Za-z-]*)", following)
    next_word = word[1] if word else ""
    stop = match.group()
    if not match["gap"] and not match["refs"]:
        return _glued(text, match, next_word)
    if match["refs"] and not match["gap"]:
        return False
    if re.match(r"\([a-z]\)\s+[A-Z]", following):
        return True
    if next_word[:1].islower() and not re.match(r"[a-z]{1,3}[A-Z]", next_word):
        return False
    if stop[0] != "." or stop.startswith(".."):
        return True
    return _period_ends(text, begin, match, following, next_word)


def _glued(text: str, match: re.Match[str], next_word: str) -> bool:
    before = text[max(0, match.start() - _WORD_WINDOW) : match.start()]
    if _BEFORE_GLUED.search(before) and _AFTER_GLUED.match(text, match.end()):
        return True
    return next_word in _STARTERS and bool(re.search(r"[a-z]{3}$|[a-z0-9][)%]$", before))


def _period_ends(
    text: str, begin: int, match: re.Match[str], following: str, next_word: str
) -> bool:
    at = match.start()
    found = _WORD_BEFORE.search(text, max(begin, at - _WORD_WINDOW), at)
    word = found.group() if found else ""
    spaced = _SPACED.search(text, max(begin, at - _WORD_WINDOW), at)
    bare = f"{spaced[1]}.{spaced[2]}" if spaced else word.lower().lstrip("(")
    starter = next_word in _STARTERS
    if match["close"] or match["refs"]:
        return True
    if bare in _NEVER and word not in {"MS", "NO", "IE", "V", "ST", "P"}:
        return False
    if bare in _SOMETIMES and not word.isupper():
        return starter
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return starter
    if re.fullmatch(r"[A-Z]|[A-Z]-[A-Z]", word):
        return starter or not _name_part(text, begin, at - len(word))
    if following[:1].isdigit() and _WHOLE.fullmatch(word):
        return False
    caption = _CAPTION.search(text, max(begin, at - 20), at)
    return not (caption and caption.start() <= begin + 1)


def _name_part(text: str, begin: int, at: int) -> bool:
    """Whether the initial at ``at`` stands where a name would have one."""
    before = text[max(begin, at - _WORD_WINDOW) : at].rstrip()
    if not before:
        return True
    last = before.split()[-1] if before.split() else ""
    return last[:1].isupper() or last in {"and", "&", "by"}
