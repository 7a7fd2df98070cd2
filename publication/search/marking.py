"""Where in a text the words stand that were asked for, so that readers see why it was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from publication.folding import aligned
from publication.search.asked import Term
from publication.search.tokens import LONGEST

__all__ = ["Piece", "marked", "spans"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text."""

    text: str
    is_found: bool


def marked(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """The whole text in pieces, each a word that was asked for or what stands between."""
    pieces: list[Piece] = []
    done = 0
    for start, end in spans(text, terms):
        if start > done:
            pieces.append(Piece(text[done:start], False))
        pieces.append(Piece(text[start:end], True))
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:], False))
    return tuple(pieces)


def spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Start and end in the original of each found word, in order, none within another."""
    found = aligned(text)
    words = _words(found.text)
    folded = [(found.text[a:b][:LONGEST], a, b) for a, b in words]
    hits = {(a, b) for word, a, b in folded if any(term.finds(word) for term in terms)}
    for (one, a, _), (other, _, b) in pairwise(folded):
        if any(term.finds_both(one, other) for term in terms):
            hits.add((a, b))
    apart: list[tuple[int, int]] = []
    for a, b in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        start, end = found.at[a], found.to[b - 1]
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _words(text: str) -> list[tuple[int, int]]:
    """Where the words of a folded text are."""
    spans: list[tuple[int, int]] = []
    start = -1
    for place, character in enumerate(f"{text} "):
        if character.isalnum():
            start = place if start < 0 else start
        elif start >= 0:
            spans.append((start, place))
            start = -1
    return spans
