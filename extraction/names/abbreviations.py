"""Abbreviations that a document introduces itself: "cyclophosphamide (CPM)".

What stands before the bracket says what the abbreviation means in this document: one of our names,
or something else ("metabolic syndrome (MS)"). The long form of something else is found after
Schwartz and Hearst (2003).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extraction.names.lexicon import Lexicon, Owner
from extraction.text.words import words
from extraction.types import MentionKind
from publication.folding import BREAK, Aligned, folded

__all__ = ["Abbreviations", "read_abbreviations"]

_BRACKETED = re.compile(r"\(\s?[\"'“‘]?([A-Za-zα-ω][A-Za-z0-9α-ω+-]{1,11})[\"'”’]?\s?(?=[),;:])")
_REVERSED = re.compile(r"\b([A-Z][A-Za-z0-9-]{1,9})\s?\(([^()\n]{4,80})\)")
_LISTED = re.compile(
    r"\b([A-Z][A-Za-z0-9-]{1,9})\s?[:=]\s?([A-Za-zα-ω][\w -]{3,80}?)\s*(?=[;,.)\n]|$)"
)
_NEVER = words(
    "US USA UK EU FDA EMA IV SC IM PO CI SD SE OR HR RR MRI CNS CSF WHO NIH NHS II III AE AES"
)
_OTHER_MS = ("mass spectrom", "metabolic syndrome", "mitral stenosis", "marfan syndrome")
_LOOK_BACK = 120
_LONGEST = 14
"""Words of the longest name."""


@dataclass(slots=True)
class Abbreviations:
    ours: dict[str, tuple[MentionKind, str]] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)
    """Abbreviations that mean something else in this document."""


def read_abbreviations(text: str, page: Aligned, lexicon: Lexicon) -> Abbreviations:
    """What the document says its abbreviations mean."""
    found = Abbreviations()
    others: dict[str, str] = {}
    for match in _BRACKETED.finditer(text):
        short = _singular(match[1])
        before = _words_before(page, match.start())
        named = _named_at_end(before, lexicon)
        if named is not None and _fits(short, named[1]):
            found.ours.setdefault(short, named[0])
        elif named is None and sum(c.isupper() for c in short) > 1:
            others.setdefault(short, _long_form(short, before))
    for match in (*_REVERSED.finditer(text), *_LISTED.finditer(text)):
        name = folded(match[2])
        for owner in _known(name, lexicon):
            if _fits(match[1], name):
                found.ours.setdefault(_singular(match[1]), owner)
    found.foreign = {
        short
        for short, long in others.items()
        if long and short not in found.ours and _means_other(short, long, lexicon)
    }
    if "multiple sclerosis" not in page.text and any(long in page.text for long in _OTHER_MS):
        found.foreign.add("MS")
    return found


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].isupper() else short


def _words_before(page: Aligned, offset: int) -> str:
    """Aligned text before an offset, as far back as a name may reach."""
    index = page.window(offset, offset)[0]
    before = page.text[max(0, index - _LOOK_BACK) : index]
    return before.rpartition(BREAK)[2].strip()


def _named_at_end(before: str, lexicon: Lexicon) -> tuple[tuple[MentionKind, str], str] | None:
    """The longest of our names that ends the words before, and its form."""
    tail = before.split(" ")[-_LONGEST:]
    for first in range(len(tail)):
        form = " ".join(tail[first:]).lstrip("([\"'")
        for owner in _known(form, lexicon):
            return owner, form
    return None


def _known(form: str, lexicon: Lexicon) -> Iterator[tuple[MentionKind, str]]:
    for owner in lexicon.forms.get(form, ()):
        if owner.kind is not None and not owner.exact:
            yield owner.kind, owner.canonical


def _fits(short: str, form: str) -> bool:
    """Whether the letters of ``short`` stand in ``form`` in their order, the first at a word."""
    letters = "".join(filter(str.isalnum, folded(short).replace("beta", "b").replace("alpha", "a")))
    if short.upper() in _NEVER or sum(c.isupper() for c in short) < 2 or not letters:
        return False
    for word in re.finditer(r"\b" + re.escape(letters[0]), form):
        rest = iter(form[word.end() :])
        if all(letter in rest for letter in letters[1:]):
            return True
    return False


def _long_form(short: str, before: str) -> str:
    """The words before that the letters of ``short`` stand for; empty when they do not."""
    letters = [c for c in folded(short) if c.isalnum()]
    tail = before.split(" ")[-min(len(letters) + 5, len(letters) * 2) :]
    span = " ".join(tail)
    at = len(span)
    for position in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and not _at(span, at, letters[position], first=position == 0):
            at -= 1
        if at < 0:
            return ""
    return span[at:]


def _at(span: str, at: int, letter: str, *, first: bool) -> bool:
    return span[at] == letter and not (first and at > 0 and span[at - 1].isalnum())


def _means_other(short: str, long: str, lexicon: Lexicon) -> bool:
    """Whether the long form shares no longer word with the names of the abbreviation's owners."""
    owners: list[Owner] = lexicon.forms.get(folded(short), [])
    ours: set[str] = set()
    for owner in owners:
        if owner.kind is not None:
            ours |= lexicon.words_of[owner.kind, owner.canonical]
    return bool(owners) and not ours & set(long.split())
