"""Who may be meant by words, as the search knows names: brands, abbreviations and slips too."""

from collections.abc import Sequence

from publication.search.looking import look, rows
from publication.search.tables import Findable

MOST = 6
"""Records that are named to a reader."""


def called(text: str, kinds: Sequence[str], seq: int) -> list[Findable]:
    """Records of these kinds, those of the first kind first, the likeliest first."""
    found = look(text, kinds, seq)
    return rows([one for kind in kinds for one in found.ids[kind]][:MOST])
