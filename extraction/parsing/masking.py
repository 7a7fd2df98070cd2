"""A sentence as the parser is given it: known names as one plain word, brackets with figures out.

A parser trained on newspapers reads "Gd+ T1-lesions" or "relapsing-remitting multiple sclerosis"
badly, and a plain noun in their place well. Every word keeps where it stands in the document.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from extraction.types import Mention, Span

_BRACKETS = re.compile(r"\s*\([^()]{0,300}\)|\s*\[[^\[\]]{0,120}\]")
_MARKS = re.compile(r"[®™©†‡*]+|(?<=[a-z.,])\d{1,2}(?:[,–-]\d{1,2})*(?=\s|$)")
"""Signs of makers, and reference numbers glued to a word."""
_CONFIRMED = re.compile(
    r"\s+(?:confirmed|sustained)\s+(?:at|over|for|after)\s+(?:least\s+)?[\w-]+\s+(?:month|week)s?\b",
    re.I,
)
"""Behind an outcome: "had disability progression confirmed over six months"."""
_CONFIRMED_NOUN = re.compile(
    r"(?:(?<=\bof)|(?<=\bto)|(?<=\bin)|(?<=\bthe)|(?<=\bfor)|(?<=week)|(?<=month))"
    r"\s+(?:confirmed|sustained)(?=\s+worsening)",
    re.I,
)
"""Of "the risk of confirmed worsening", which is soon taken for a verb."""
_LIMIT = re.compile(
    r"\s+(?:of\s+)?(?:(?:greater|more|higher)\s+than|(?:to\s+)?above|over|exceeding|beyond"
    r"|(?:to\s+)?at\s+least|>|≥)\s*"
    r"[\w.]+(?:\s+times|\s?[×x]|-fold)\s+(?:the\s+)?(?:upper\s+limit(?:\s+of\s+(?:the\s+)?normal)?"
    r"|ULN|normal\s+limit|limit)(?:\s+or\s+more)?",
    re.I,
)
"""Behind a measured value: "ALT above three times the upper limit of normal"."""
_UNIT = re.compile(r"(?<=\d)\s?[x×·]\s?10\s?\^?\s?[\d⁰-⁹]+\s?/\s?(?:L|l|µl|µL|μl|μL)\b")
"""Behind a count of cells: "below 0.5 x 10^9/L"."""
_GRADES = r"rades?\s+[1-5](?:\s*(?:or|to|and|[-–])\s*(?:[1-5]|higher|above|more))?"
_GRADE = re.compile(rf"\s+g{_GRADES}(?=\s)|^Grade\s+[1-5]\s*(?:or|to|and|[-–])\s*[1-5]\s+")
_LATER = re.compile(r"(?<=\blater) on(?= \w+ (?:may|might|can|could|will)\b)", re.I)
"""Of "later on you may", where "you" is taken for what "on" governs."""
_CUT = (_LATER, _LIMIT, _UNIT, _GRADE, _MARKS, _CONFIRMED, _CONFIRMED_NOUN)
_BY_WEIGHT = re.compile(r"\s+\d[\d.,·]*\s?(?:mg|µg|μg|mcg|g)(?:/(?:kg|m2|m²|d|day)){1,2}(?=\s)")
"""A dose behind a name: "masitinib 4.5 mg/kg/d slowed"."""
_DOSED = re.compile(
    r"\s+\d[\d,.]*(?:[ \xa0]\d{3})*\s?(?:mg|µg|μg|mcg|g|IU|MIU)"
    r"(?:\s+(?:once\s+|twice\s+)?(?:daily|weekly|monthly)"
    r"|\s+(?:once|twice|three\s+times)\s+(?:a|per)\s+(?:day|week)"
    r"|\s+every\s+(?:other\s+)?(?:\d+\s+)?(?:day|week|month)s?)?"
    r"(?=\s+(?:\w+ly\s+)?(?:reduc|lower|improv|slow|delay|decreas|prevent|halv|prolong|increas|caus"
    r"|did\b|had\b|show|met\b|fail))"
)
"""A dose behind a name and before a verb: "cholecalciferol 100 000 IU every 2 weeks reduced"."""
_HYPHENS = re.compile(r"[‐‑­]")
_PLAIN = re.compile(r"[A-Za-z]+(?:[ -][a-z]+)*")
"""An outcome in ordinary words, which the parser knows better than our stand-in."""
_TIME_TO = re.compile(r"\btime\s+to\s+(?:first\s+)?$", re.I)
"""Behind which "disease progression" is taken for a verb and its object."""
_OF_BODY = re.compile(r"(?:hair|liver)\s+\w+[^s]", re.I)
"""Of two nouns that are soon parted: "PML and liver damage"."""
_VERBAL = re.compile(r"(?i:\bno\b|ed\b|ing\b.)|.\s\w*ing\b")
"""A participle in a name ("confirmed disability worsening") is soon taken for a verb."""
_NOUN_FIRST = re.compile(r"(?:slow|slowing|delaying|improved|better)\b", re.I)
_PARTICIPLE = re.compile(r"[A-Za-z]+ing")
"""A noun that is as often read as a verb: "Flushing and nausea occurred"."""
_PLURAL = re.compile(
    r"(?:therapies|drugs|agents|antibodies|inhibitors|modulators|treatments|strategies"
    r"|steroids|interferons|statins|medicines|exercises|practices|supplements|cells"
    r"|transplants|DMTs|DMDs|BTKis?|approaches|programmes|programs|[a-z](?:id|in|or|ic|nt)s"
    r"|vaccines)\W*$"
)
_CLASS = re.compile(r"(?:drug|agent|antibody|inhibitor|modulator|treatment|DMT|DMD|medicine)\W*$")
_SPACES = str.maketrans(dict.fromkeys("\n\r\t\f\v\xa0\u2009\u202f", " ") | {"’": "'", "‘": "'"})

THERAPY, CLASS, CLASSES = "Insulin", "steroid", "steroids"
COURSE, OUTCOME, OUTCOMES = "asthma", "anxiety", "anxieties"


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    """In the masked text."""
    raw_start: int
    raw_end: int
    mention: Mention | None


@dataclass(frozen=True)
class Masked:
    """A stretch of a document, ready for the parser."""

    text: str
    pieces: tuple[_Piece, ...]
    cut: tuple[Span, ...]
    """What was taken out, in the document."""

    def raw(self, start: int, end: int) -> Span:
        """Where a stretch of the masked text stands in the document; a name is never parted."""
        first, last = self._piece(start), self._piece(max(start, end - 1))
        begin = first.raw_start if first.mention else first.raw_start + start - first.start
        stop = last.raw_end if last.mention else last.raw_start + end - last.start
        return Span(begin, stop)

    @cached_property
    def mentions(self) -> dict[int, Mention]:
        """The names that stand as one word, by where that begins in the masked text."""
        return {piece.start: piece.mention for piece in self.pieces if piece.mention}

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(piece.start for piece in self.pieces)

    def _piece(self, at: int) -> _Piece:
        return self.pieces[max(0, bisect_right(self._starts, at) - 1)]


def masked(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Masked:
    """The stretch of ``text`` as it is parsed; ``mentions`` are those within it, in order."""
    ends = {m.end - start for m in mentions if m.kind == "therapy"}
    cuts = [Span(start + m.start(), start + m.end()) for m in _cuts(text[start:end], ends)]
    names = _masks(text, start, mentions, cuts)
    out: list[str] = []
    pieces: list[_Piece] = []
    length, at = 0, start

    def add(words: str, raw_start: int, raw_end: int, mention: Mention | None) -> None:
        nonlocal length
        if words:
            pieces.append(_Piece(length, raw_start, raw_end, mention))
            out.append(words)
            length += len(words)

    for stretch, mention, word in sorted(
        [*((s, None, "") for s in cuts), *names], key=lambda item: item[0].start
    ):
        if stretch.start < at:
            continue
        add(_plain(text[at : stretch.start]), at, stretch.start, None)
        add(word, stretch.start, stretch.end, mention)
        at = stretch.end
    add(_plain(text[at:end]), at, end, None)
    return Masked("".join(out), tuple(pieces) or (_Piece(0, start, end, None),), tuple(cuts))


def _plain(words: str) -> str:
    """Letter for letter what the parser knows better."""
    return _HYPHENS.sub("-", words.translate(_SPACES))


def _cuts(words: str, names_end: Collection[int]) -> list[re.Match[str]]:
    brackets = list(_BRACKETS.finditer(words))
    inside = [m.span() for m in brackets]
    doses = (m for d in (_BY_WEIGHT, _DOSED) for m in d.finditer(words) if m.start() in names_end)
    cuts = (m for cut in _CUT for m in cut.finditer(words))
    marks = [
        m
        for m in (*cuts, *doses)
        if not any(s <= m.start() < e for s, e in inside) and not _part_of_a_name(words, m)
    ]
    return sorted([*brackets, *marks], key=lambda m: m.start())


def _part_of_a_name(words: str, match: re.Match[str]) -> bool:
    """Digits that a name ends with ("IL-2", "p.5") are no reference."""
    if not match.group()[:1].isdigit():
        return False
    before = re.search(r"[\w+-]*[.,]?$", words[: match.start()])
    word = before.group() if before else ""
    return len(word.rstrip(".,")) < 4 or any(c.isdigit() or c.isupper() for c in word[1:])


def _masks(
    text: str, start: int, mentions: Sequence[Mention], cuts: Sequence[Span]
) -> list[tuple[Span, Mention | None, str]]:
    found: list[tuple[Span, Mention | None, str]] = []
    reached = -1
    order = {"therapy": 0, "course": 1, "outcome": 2, "mechanism": 3}
    for mention in sorted(mentions, key=lambda m: (m.start, order[m.kind], -m.end)):
        inside = any(c.start <= mention.start < c.end for c in cuts)
        word = _stand_in(text, mention)
        if inside or not word or mention.start < reached:
            continue
        reached = mention.end
        opens = not any(c.isalnum() for c in text[start : mention.start])
        capital = text[mention.start].isupper() and (opens or _opens(text, mention.start))
        found.append(
            (Span(mention.start, mention.end), mention, word.capitalize() if capital else word)
        )
    return found


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip()
    return not before or before[-1] in ".!?:;\n"


def _stand_in(text: str, mention: Mention) -> str:
    written = text[mention.start : mention.end]
    timed = _TIME_TO.search(text, max(0, mention.start - 20), mention.start)
    if mention.kind == "outcome" and (timed or _OF_BODY.fullmatch(written)):
        return OUTCOME
    if mention.kind == "therapy":
        if _PLURAL.search(written):
            return CLASSES
        return CLASS if _CLASS.search(written) else THERAPY
    if mention.kind == "course":
        return COURSE
    if mention.kind == "outcome":
        if _PARTICIPLE.fullmatch(written) and not _NOUN_FIRST.match(written):
            return OUTCOME
        if _NOUN_FIRST.match(written):
            return ""
        if _PLAIN.fullmatch(written) and written[1:].islower() and not _VERBAL.search(written):
            return ""
        return OUTCOMES if re.search(r"[a-z]s$", written) else OUTCOME
    return ""
