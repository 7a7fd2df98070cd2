"""Who may be meant by words, as the search knows names: brands, abbreviations and slips too."""

from collections.abc import Sequence

from publication.folding import words
from publication.search.looking import look, rows
from publication.search.tables import Findable

MOST = 6
"""Records of a kind that are named to a reader."""


def called(text: str, kinds: Sequence[str], seq: int) -> list[Findable]:
    """Records of these kinds, one kind after the other, the likeliest first."""
    found = look(text, kinds, seq)
    return rows([one for kind in kinds for one in found.ids[kind][:MOST]])


def is_called(row: Findable, text: str) -> bool:
    """Whether this is a whole name of it, its own or the vocabulary's."""
    return " ".join(words(text)) in [*row.said.split("\n"), *row.known.split("\n")]
