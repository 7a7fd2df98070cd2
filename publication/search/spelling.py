"""What a word may have been meant to be, of all words that something public had."""

from rapidfuzz.distance import OSA

from publication.search.tables import KnownWord

__all__ = ["meant"]

_MOST = 3
"""Slips of the hand in the longest word: a letter wrong, missing, too many, or two turned round
(optimal string alignment).
"""


def meant(word: str, seq: int, *, at_most: int = 3) -> list[str]:
    """The words nearest to this one, the nearest first; none for a short word."""
    slips = _slips(word)
    if not slips:
        return []
    alike = KnownWord.objects.filter(
        since_seq__lte=seq, length__range=(len(word) - slips, len(word) + slips)
    )
    near: list[tuple[int, bool, str]] = []
    for other in alike.values_list("word", flat=True):
        distance = OSA.distance(word, other, score_cutoff=slips)
        if 0 < distance <= slips:
            near.append((distance, other[0] != word[0], other))
    return [other for _, _, other in sorted(near)[:at_most]]


def _slips(word: str) -> int:
    """How many a word of this length may have: the longer, the more."""
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 6 else 2 if len(word) < 10 else _MOST
