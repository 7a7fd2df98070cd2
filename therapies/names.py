"""The form in which names of records are kept, and the one in which they are compared."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from publication.folding import folded
from publication.writing import tidied

__all__ = ["key_of", "keys_in", "keys_together", "near_keys", "tidy"]

LONGEST_KEY = 400
SHORTEST = 6
"""Signs from which on one typo makes a near name of plain letters."""
SHORTEST_WITH_DIGITS = 8
"""The same where there are digits: codes such as BIIB091 and BIIB061 are as near as two words."""
TWO_TYPOS = 15
"""Signs from which on two typos do."""


def tidy(name: str) -> str:
    """As it is stored: in NFC, with single spaces, without signs that nobody sees."""
    return tidied(name)


def key_of(name: str) -> str:
    """As it is compared; empty for a name without a letter or digit."""
    key = " ".join(folded(name).split())[:LONGEST_KEY]
    return key if any(sign.isalnum() for sign in key) else ""


def keys_together(names: Iterable[str]) -> str:
    """All keys, each once between line ends, so that one is found by ``"\\nkey\\n"``."""
    keys = dict.fromkeys(key for name in names if (key := key_of(name)))
    return "\n".join(["", *keys, ""]) if keys else ""


def keys_in(together: str) -> list[str]:
    return together.strip("\n").split("\n") if together else []


def near_keys(key: str, others: Sequence[str]) -> list[str]:
    """Those of ``others`` that differ from ``key`` in spaces alone or are a typo away, but not
    ``key``; the nearest first.
    """
    letters = key.replace(" ", "")
    spaced = [o for o in others if o != key and o.replace(" ", "") == letters]
    found = process.extract(key, others, scorer=OSA.distance, score_cutoff=2, limit=None)
    typos = [o for o, wrong, _ in found if wrong and wrong <= _allowed(key, o)]
    return [*dict.fromkeys([*spaced, *typos])]


def _allowed(one: str, other: str) -> int:
    """How many signs typed wrongly, left out, put in or swapped make one of the other."""
    length = min(len(one), len(other))
    if length >= TWO_TYPOS:
        return 2
    digits = re.search(r"\d", one + other)
    return 1 if length >= (SHORTEST_WITH_DIGITS if digits else SHORTEST) else 0
