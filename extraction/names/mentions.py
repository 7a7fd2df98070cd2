"""Names of the vocabulary in a text: leftmost, then longest, each with its exact span."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, Self

from extraction.names.abbreviations import Abbreviations, read_abbreviations
from extraction.names.lexicon import Lexicon, Owner, lexicon_of
from extraction.names.phrases import grammar_of, mechanism_phrases
from extraction.names.vocabulary import Vocabulary
from extraction.text.markup import view
from extraction.types import Mention, MentionKind
from publication.folding import Aligned, aligned

__all__ = ["Search", "names_ms"]

_ELLIPTIC = re.compile(
    r"\b(?:(relapsing)(?= (?:and|or|and or) (?:primary |secondary )?progressive\b)"
    r"|(primary)(?= (?:and|or|and or) secondary progressive\b)"
    r"|(secondary)(?= (?:and|or|and or) primary progressive\b))"
)
"""Courses whose noun comes only with the next: "relapsing and primary progressive MS"."""
_ELLIPTIC_COURSES = ("Relapsing MS", "Primary progressive MS", "Secondary progressive MS")
_NAMES_MS = re.compile(
    r"(?i:scl[eé]ros|skleros|stwardnieni|clinically\W+isolated)"
    r"|(?<![^\W\d_])(?:[Pp][Ll]?w)?[RSPN]{0,2}MS(?:ers?|s)?(?![^\W\d_])|\bCIS\b"
)
"""The name in words, or "MS" as a word in capitals: no end of "symptoms"."""
_UNMADE = re.compile(r"[-‐‑](?:free|sparing|like)\b")
_OPPOSED = re.compile(r"\b(?:anti|non)[-‐‑]$", re.IGNORECASE)
_CELLS = (
    r"(?:(?:lympho|leu[ck]o|thrombo)cytes?|(?:neutro|eosino)phils?|platelets?|cells?|counts?|immun\w+"
    r"|h?a?ematolog\w+|blood|marrow|samples?)"
)
_OF_CELLS = re.compile(rf"\s+(?:of|in)\s+(?:[\w+-]+\s+){{0,3}}?{_CELLS}\b", re.I)
_BY_CELLS = re.compile(rf"{_CELLS}(?:\s+count)?[ -]$", re.I)
"""Beside the word "recovery": that of blood, not that of a patient."""
_TISSUE = (
    r"(?:(?:lympho|leu[ck]o|oligodendro|astro)cytes?|neurone?s?|axons?|(?:micro)?glia|cells?)\b"
)
_NOT_OF_PEOPLE = re.compile(
    rf"\s+of\s+(?:(?!with\b|patients?\b|people\b)[\w+-]+\s+){{0,3}}?{_TISSUE}", re.I
)
_IN_TISSUE = re.compile(
    r"(?:neuronal|axonal|glial|cell(?:ular)?|neurone?|oligodendrocyte)[ -]$", re.I
)
"""Beside the words "death" and "survival": those of cells."""
_GLUED_NUMBER = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*(?![^\W_])")
_INSERTED = re.compile(r"\s?\([A-Z][A-Za-z0-9-]{1,9}\)(?=[ -]\w)")
"""An abbreviation inside a name: "Bruton's tyrosine kinase (BTK) inhibitors"."""
_STEM = re.compile(
    r"(?<![\w-])(?:[A-Za-z][a-z]{2,20}(?:[aeiouxz]mab|imod|[aeiou](?:tinib|metinib)|[aeiour]utinib"
    r"|(?:ta|li|ner|ber|fili|na)cept|[a-z][aeiou](?:bart|mig)|[a-z]{2}tug"
    r"|(?:ki|pru|sto|vi|eni|toxa)ment)"
    r"|(?:[A-Za-z][a-z]{2,20}gene )?[A-Za-z][a-z]{1,20}(?:leu|tem|den|stro|ner|nur)cel(?:-[A-Z])?)"
    r"(?![\w])"
)
"""International nonproprietary names by their stems (WHO): antibodies in the schemes before and
since 2021, kinase inhibitors, immunomodulators, receptor fusion proteins, cell therapies. Of
"-ment" only with an infix that no English word has before it."""
_CALLED = re.compile(
    r"\b(?:drug|antibod(?:y|ies)|inhibitor|agent|treat(?:ed|ment|s)?|therap(?:y|ies)|placebo"
    r"|trials?"
    r"|doses?|compound|modulator|infusions?|tablets?|injections?|medicines?|\d+ ?mg"
    r"|(?:reduc|improv|slow|lower|prevent|deplet|block|inhibit|bind)(?:e?[sd]|e)?)\b",
    re.I,
)
"""By which the text itself says that such a name is a medicine's."""
_CALLED_WITHIN = 90
_CARRIES_NUMBER = 6
"""From this length on a name may have a reference number glued to it."""


def names_ms(text: str, mention: Mention) -> bool:
    """Whether a mention names MS itself: "progressive disease" alone may be any disease."""
    if _NAMES_MS.search(text, mention.start, mention.end):
        return True
    written = text[mention.start : mention.end]
    shown = view(written).text  # a soft hyphen or a tag may part the word
    return shown != written and _NAMES_MS.search(shown) is not None


class Stretch(Protocol):
    """What has a start and an end: a span, a sentence."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class _Hit:
    """A form found, in offsets of the original; ``kind`` None means something else."""

    start: int
    end: int
    kind: MentionKind | None
    canonical: str


@dataclass(frozen=True, slots=True)
class Search:
    """One document being searched; the whole text says what its abbreviations mean."""

    text: str
    vocabulary: Vocabulary
    page: Aligned
    lexicon: Lexicon
    known: Abbreviations
    aliases: re.Pattern[str] | None
    inserted: tuple[tuple[int, int], ...]
    without: Aligned | None
    """The page without the inserted abbreviations."""

    @classmethod
    def through(cls, text: str, vocabulary: Vocabulary) -> Self:
        lexicon = lexicon_of(vocabulary)
        page = aligned(text, lexicon.words)
        known = read_abbreviations(text, page, lexicon)
        inserted = tuple(match.span() for match in _INSERTED.finditer(text))
        without = aligned(text, lexicon.words, inserted) if inserted else None
        return cls(text, vocabulary, page, lexicon, known, _alias_pattern(known), inserted, without)

    def mentions(self, spans: Iterable[Stretch]) -> tuple[Mention, ...]:
        """Mentions within the spans of the text."""
        grammar = grammar_of(self.vocabulary)
        found: set[Mention] = set()
        for start, end in sorted({(span.start, span.end) for span in spans}):
            hits = list(_kept(_hits(self, start, end)))
            names = [Mention(h.kind, h.canonical, h.start, h.end) for h in hits if h.kind]
            phrases = mechanism_phrases(self.page, self.page.window(start, end), grammar)
            found.update(_together(names, list(phrases)))
        if not any(m.kind == "course" and names_ms(self.text, m) for m in found):
            found = {mention for mention in found if mention.kind != "course"}
        return tuple(sorted(found, key=lambda m: (m.start, -m.end, m.kind, m.canonical)))


def _alias_pattern(known: Abbreviations) -> re.Pattern[str] | None:
    if not known.ours:
        return None
    names = "|".join(re.escape(n) for n in sorted(known.ours, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])({names})s?(?![^\W_])")


def _hits(search: Search, start: int, end: int) -> Iterator[_Hit]:
    yield from _hits_on(search, search.page, start, end)
    if search.without is not None:
        for hit in _hits_on(search, search.without, start, end):
            at = bisect_right(search.inserted, (hit.start, hit.end))
            if at < len(search.inserted) and search.inserted[at][1] <= hit.end:
                yield hit
    yield from _by_stem(search.text, start, end)
    if search.aliases is not None:
        for match in search.aliases.finditer(search.text, start, end):
            kind, canonical = search.known.ours[match[1]]
            yield _Hit(match.start(), match.end(), kind, canonical)


def _by_stem(text: str, start: int, end: int) -> Iterator[_Hit]:
    """Medicines that no vocabulary has yet, which their names and the words around them show."""
    for match in _STEM.finditer(text, start, end):
        around = text[max(0, match.start() - _CALLED_WITHIN) : match.end() + _CALLED_WITHIN]
        if _CALLED.search(around):
            name = match.group()
            yield _Hit(*match.span(), "therapy", name[0].upper() + name[1:])


def _hits_on(search: Search, page: Aligned, start: int, end: int) -> Iterator[_Hit]:
    first, last = page.window(start, end)
    stretch = page.text[first:last]
    for begin, stop, owners in search.lexicon.find(stretch):
        if not _bounded(stretch, begin, stop):
            continue
        hit_start, hit_end = page.start(first + begin), page.end(first + stop)
        owner = _owner(search, owners, hit_start, hit_end)
        if owner is not None and _meant(search.text, owner, hit_start, hit_end):
            yield _Hit(hit_start, hit_end, owner.kind, owner.canonical)
    for match in _ELLIPTIC.finditer(stretch):
        at = (page.start(first + match.start()), page.end(first + match.end()))
        yield _Hit(*at, "course", _ELLIPTIC_COURSES[(match.lastindex or 1) - 1])


def _bounded(stretch: str, begin: int, stop: int) -> bool:
    """Whether a form stands as words of its own; a reference number may be glued to a long one."""
    if begin > 0 and stretch[begin - 1].isalnum() and stretch[begin].isalnum():
        return False
    if stop == len(stretch) or not stretch[stop].isalnum() or not stretch[stop - 1].isalnum():
        return True
    long = stop - begin >= _CARRIES_NUMBER and stretch[stop - 1].isalpha()
    return long and _GLUED_NUMBER.match(stretch, stop) is not None


def _owner(search: Search, owners: list[Owner], start: int, end: int) -> Owner | None:
    """The first owner whose capitals fit; something else goes first."""
    written = "".join(filter(str.isalnum, search.text[start:end]))
    for owner in sorted(owners, key=lambda o: o.kind is not None):
        if not owner.exact:
            return owner
        if written in (owner.exact, owner.exact + "s") and owner.exact not in search.known.foreign:
            return owner
    return None


def _meant(text: str, owner: Owner, start: int, end: int) -> bool:
    """Not "interferon-free", nor the antibodies of "anti-natalizumab antibodies"."""
    if owner.kind is None:
        return True
    if _UNMADE.match(text, end):
        return False
    if owner.kind == "outcome" and text[start:end].lower() == "recovery":
        return not (
            _OF_CELLS.match(text, end) or _BY_CELLS.search(text[max(0, start - 20) : start])
        )
    if owner.kind == "outcome" and text[start:end].lower() in {"death", "deaths", "survival"}:
        before = text[max(0, start - 20) : start]
        return not (_NOT_OF_PEOPLE.match(text, end) or _IN_TISSUE.search(before))
    return owner.kind != "therapy" or not _OPPOSED.search(text[max(0, start - 5) : start])


def _kept(hits: Iterable[_Hit]) -> Iterator[_Hit]:
    """Leftmost, then longest; at the same place something else goes first."""
    reached = 0
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, h.kind is not None)):
        if hit.start >= reached:
            reached = hit.end
            yield hit


def _together(names: list[Mention], phrases: list[Mention]) -> Iterator[Mention]:
    """Names and mechanism phrases: no phrase cuts through a therapy's name.

    A mechanism's name inside a phrase goes; the phrase says more.
    """
    therapies = [(m.start, m.end) for m in names if m.kind == "therapy"]
    kept = [p for p in phrases if not _cuts(therapies, (p.start, p.end))]
    yield from kept
    covered = _union((p.start, p.end) for p in kept)
    for name in names:
        if name.kind != "mechanism" or not _inside(covered, (name.start, name.end)):
            yield name


def _cuts(spans: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether ``span`` overlaps one of the disjoint sorted ``spans`` without being one."""
    at = bisect_right(spans, (span[0], span[0]))
    if at and spans[at - 1][1] > span[0]:
        at -= 1
    return at < len(spans) and spans[at][0] < span[1] and spans[at] != span


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _inside(spans: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    at = bisect_right(spans, (span[0], span[1]))
    return any(s <= span[0] and span[1] <= e for s, e in spans[max(0, at - 1) : at + 1])
