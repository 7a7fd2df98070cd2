"""What comes first of what was found: who is called so before who is only spoken of so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from publication.search.asked import Question, Term

__all__ = ["Candidate", "ranked"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that holds what is asked for, as far as its place depends on it."""

    id: int
    kind: str
    part: str
    said: str
    """Title and names in folded words, one a line; of a part its text."""
    known: str
    weight: int


Place = tuple[int, int, int, str, int]
"""The smaller, the earlier: how it is found, how much else it says, its weight turned round."""


class _Wanted:
    """A term that remembers which words it finds: the same stand in many rows."""

    def __init__(self, term: Term) -> None:
        self._term, self._finds = term, term.finder
        self._words: dict[str, bool] = {}
        self._pairs: dict[tuple[str, str], bool] = {}

    def finds(self, word: str) -> bool:
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = self._finds(word)
        return known

    def finds_both(self, pair: tuple[str, str]) -> bool:
        known = self._pairs.get(pair)
        if known is None:
            known = self._pairs[pair] = self._term.finds_both(*pair)
        return known

    def is_in(self, said: Sequence[str]) -> bool:
        return self.first_in(said) is not None or any(map(self.finds_both, pairwise(said)))

    def first_in(self, said: Sequence[str]) -> int | None:
        """Where the first of these words is that is what is asked for, by itself."""
        words = self._words
        for place, word in enumerate(said):
            known = words.get(word)
            if known or (known is None and self.finds(word)):
                return place
        return None


def ranked(question: Question, found: Iterable[Candidate]) -> list[Candidate]:
    """In order of their places, which no two have in common."""
    whole = " ".join(term.word for term in question.terms)
    terms = [_Wanted(term) for term in question.terms]
    return sorted(found, key=lambda one: _place(terms, whole, one))


def _place(terms: Sequence[_Wanted], whole: str, one: Candidate) -> Place:
    first, *others = one.said.split("\n")
    if one.part:
        how, beside = _in_text(terms, first)
    else:
        how, beside = _in_names(terms, whole, first, others, one.known)
    return (how, beside, -one.weight, first, one.id)


def _in_names(
    terms: Sequence[_Wanted], whole: str, title: str, names: Sequence[str], known: str
) -> tuple[int, int]:
    """Exactly by its name, by another name, by one that is none of the record's; then by part of
    one of these; then by words of several, or by what is said beside its names.
    """
    also = known.split("\n") if known else []
    for how, exact in enumerate(([title], names, also)):
        if whole in exact:
            return how, 0
    for how, those in enumerate(([title], names, also), start=3):
        if beside := [len(said) for name in those if _missing(terms, said := name.split()) == 0]:
            return how, min(beside)
    missing = _missing(terms, " ".join((title, *names, *also)).split())
    return (7 if missing else 6), missing


def _in_text(terms: Sequence[_Wanted], text: str) -> tuple[int, int]:
    """By the words that the text itself has, where it has all by how close together they stand;
    else some are said beside it.
    """
    said = text.split()
    places, missing = [], 0
    for term in terms:
        place = term.first_in(said)
        if place is None:
            missing += not any(map(term.finds_both, pairwise(said)))
        places.append(place or 0)
    return (1, missing) if missing else (0, _span(places))


def _missing(terms: Sequence[_Wanted], said: Sequence[str]) -> int:
    return sum(not term.is_in(said) for term in terms)


def _span(places: Sequence[int]) -> int:
    """About how many words lie between the first places of what was asked for."""
    return (max(places) - min(places)) // len(places)
