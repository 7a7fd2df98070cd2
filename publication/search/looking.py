"""Looking for what a reader asks for, in what was public at an entry of the log."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from publication.search.asked import Question, asked
from publication.search.matching import holding, named, of_these
from publication.search.ranking import Candidate, ranked
from publication.search.spelling import meant
from publication.search.tables import Findable

__all__ = ["MOST", "Found", "begin", "is_called", "look", "rows"]

MOST = 500
"""Rows of a kind that are ranked: the newest of those that hold what is asked for."""
_SHORTEST_BEGINNING = 2
_MOST_NAMED = 50
"""Rows of whatever kind that are called as the question says, however old they are."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a question."""

    question: Question
    """What was looked for in the end."""
    ids: dict[str, tuple[int, ...]]
    """By kind, the rows in order."""
    more: frozenset[str] = frozenset()
    """Kinds of which there is more than was ranked."""
    instead: dict[str, str] | None = None
    """Words of which nothing was found, each with the one that was looked for in its place."""
    left_out: tuple[str, ...] = ()
    """Words of which nothing was found, and that were left out."""
    some: bool = False
    """Whether nothing holds every word, so that these hold some."""
    hold: int = 0
    """How many hold every word; the others are called as some of the words say."""

    @property
    def number(self) -> int:
        return sum(map(len, self.ids.values()))


def look(text: str, kinds: Sequence[str], seq: int) -> Found:
    """What holds every word of the text; where nothing does, what comes nearest to it: with words
    in the place of misspelled ones, without unknown ones, or with some of the words.
    """
    question = asked(text)
    found = _look(question, kinds, seq)
    if found.hold or not question.terms:
        return found
    unknown = [
        term.word
        for term in question.terms
        if not any(holding(asked(term.word), kind, seq, 1) for kind in kinds)
    ]
    instead = {word: other for word in unknown if (other := _known(word, kinds, seq))}
    if instead:
        left = tuple(word for word in unknown if word not in instead)
        nearer = _look(question.without(left).with_words(instead), kinds, seq)
        if nearer.hold:
            return replace(nearer, instead=instead, left_out=left)
    known = question.without(unknown)
    if unknown and known.terms:
        rest = _look(known, kinds, seq)
        if rest.hold:
            return replace(rest, left_out=tuple(unknown))
    some = _look(known, kinds, seq, some=True)
    return replace(some, some=True, left_out=tuple(unknown)) if some.number else found


def begin(text: str, kinds: Sequence[str], seq: int, most: int) -> list[int]:
    """What has a name of which the words begin as those of the text, for someone who is typing."""
    question = asked(text)
    if not question.terms or len(question.text.strip()) < _SHORTEST_BEGINNING:
        return []
    *before, last = question.terms
    question = replace(question, terms=(*before, replace(last, unfinished=True)))
    found = _look(question, kinds, seq)
    return [one for kind in kinds for one in found.ids[kind]][:most]


def is_called(row: Findable, question: Question) -> bool:
    """Whether the words of the question are those of its names, not of what is said beside them."""
    said = f"{row.said} {row.known}".split()
    return all(term.is_in(said) for term in question.terms)


def rows(ids: Sequence[int]) -> list[Findable]:
    """These rows in this order."""
    found = Findable.objects.defer("words", "vector").in_bulk(ids)
    return [found[one] for one in ids]


def _known(word: str, kinds: Sequence[str], seq: int) -> str:
    """The nearest word by which something is found."""
    for other in meant(word, seq):
        if any(holding(asked(other), kind, seq, 1) for kind in kinds):
            return other
    return ""


def _look(question: Question, kinds: Sequence[str], seq: int, *, some: bool = False) -> Found:
    ids: dict[str, list[int]] = {}
    more = set()
    for kind in kinds:
        held = sorted(holding(question, kind, seq, MOST + 1, some=some), reverse=True)
        ids[kind] = held[:MOST]
        if len(held) > MOST:
            more.add(kind)
    hold = sum(map(len, ids.values()))
    called = named(question, seq, _MOST_NAMED)
    candidates = _candidates({*called, *(i for of_kind in ids.values() for i in of_kind)})
    order = ranked(question, (one for one in candidates if one.kind in ids))
    by_kind = {kind: tuple(one.id for one in order if one.kind == kind) for kind in kinds}
    return Found(question, by_kind, frozenset(more), hold=hold)


def _candidates(ids: set[int]) -> list[Candidate]:
    return [Candidate(*row) for row in of_these(ids, _AS_FAR_AS_RANKED)] if ids else []


_AS_FAR_AS_RANKED = tuple(field.name for field in fields(Candidate))
