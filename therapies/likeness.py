"""Whether two claims say the same: in the same words, or nearly.

The same words are the same in the same order, but for spelling, plurals, articles and citations:
one claim then rests on the passages of both. Nearly the same is only a likeness: "depletes B
cells" and "depletes T cells" are as like as two spellings, so a person has to look.
"""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz, process

__all__ = ["Said", "nearest", "said"]

NEAR = 92.0
"""Likeness of the sorted words (rapidfuzz ratio, 0-100) from which claims are nearly the same."""

_CITED = re.compile(r"\[\s*\d+(?:\s*[,;–-]\s*\d+)*\s*\]|\([^()]{0,200}\bet al\b[^()]{0,200}\)")
_LIGHT = re.compile(
    r"(?<![\w-])(?:[Tt]he|an?|An|[Aa]lso|[Hh]owever|[Mm]oreover|[Ff]urthermore|[Tt]hus|[Tt]herefore"
    r"|[Hh]ence|[Aa]dditionally|[Ii]ndeed|[Nn]otably|[Ii]nterestingly|[Ii]mportantly)(?=[\s,])|^A(?=\s)"
)
_NUMBER = r"(?:(?<![\w)])-)?\d+(?:[.,]\d+)*"
_TOKEN = re.compile(rf"{_NUMBER}|[^\W\d_]+|[<>≤≥=±+%]")
_NUMBERS = re.compile(rf"(?<!\S){_NUMBER}(?!\S)")
_ISE = re.compile(r"is(?=(?:e|ed|es|er|ing|ation)$)")
_SIGNS = str.maketrans({"−": "-", "·": "."})

Said = tuple[str, str]
"""The words in their order, and sorted; both joined by spaces."""


def said(text: str) -> Said:
    """What a claim says, in the form in which claims are compared."""
    plain = _LIGHT.sub(" ", _CITED.sub(" ", text.strip()))
    plain = unicodedata.normalize("NFKC", plain).translate(_SIGNS).casefold()
    words = [_spelled(word) for word in _TOKEN.findall(plain)]
    return " ".join(words), " ".join(sorted(words))


def nearest(sorted_words: str, others: list[str]) -> int | None:
    """Where among ``others``, each sorted, the most alike stands that has the same numbers."""
    found = process.extractOne(sorted_words, others, scorer=fuzz.ratio, score_cutoff=NEAR)
    if found is None:
        return None
    other, _, index = found
    same_numbers = _NUMBERS.findall(sorted_words) == _NUMBERS.findall(other)
    return index if same_numbers else None


@lru_cache(maxsize=8192)
def _spelled(word: str) -> str:
    """One spelling for British and American ones, one form for singular and plural."""
    if len(word) > 5:
        word = _ISE.sub("iz", word.replace("ae", "e").replace("oe", "e").replace("our", "or"))
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
