"""What of a text can be asked for: its words, their stems, and words that a hyphen parts.

A token of a row is ``#a_b``, a whole name of it, or its kind, a full stop and a word, a word's
stem, or two words as one, where people write them so (``B cell``, ``CD-20``, ``IFN beta``). With
the kind in the token, what one kind never says costs nothing to look for, however common it is in
another.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from threading import Lock

from snowballstemmer import stemmer

from publication.folding import words

__all__ = ["LONGEST", "name_token", "stem", "stems", "text_tokens", "token", "tokens"]

LONGEST = 40
"""Characters of a word that count."""
_SHORT = 5
"""Letters of a word that people write as one with a number or letter behind it."""
_STEMMER, _TURN = stemmer("english"), Lock()
"""Of Snowball, Porter's second; one word at a time."""


_SPELLED = (
    (re.compile(r"(?<=[a-z])is(?=(?:e|ed|es|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[a-z])ys(?=(?:e|ed|es|ing)$)"), "yz"),
    (re.compile(r"our(?=s?$)"), "or"),
    (re.compile(r"[ao]e(?=[a-z]{3})|(?<=rh)oe(?=a)"), "e"),
    (re.compile(r"leuco"), "leuko"),
)
"""What British spelling becomes; no reader sees a stem."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """``relaps`` for relapse, relapses and relapsing; one for British and American spelling."""
    for british, american in _SPELLED:
        word = british.sub(american, word)
    with _TURN:
        return str(_STEMMER.stemWord(word))


def stems(text: str) -> str:
    """A text as it is compared where spelling, endings and signs do not count."""
    return " ".join(stem(word) for word in text_tokens(text))


def token(kind: str, word: str) -> str:
    """A word as rows of a kind hold it."""
    return f"{kind}.{word}"


def name_token(name: str) -> str:
    """Of a whole name, whatever stands between its words; empty for what has none."""
    return f"#{'_'.join(words(name))}"[:LONGEST] if words(name) else ""


def text_tokens(text: str) -> list[str]:
    """The words of a text, each as long as it counts."""
    return [word[:LONGEST] for word in words(text)]


def tokens(
    kind: str,
    names: Collection[str],
    texts: Iterable[str],
    *,
    aliases: Collection[str] = (),
    called: bool = True,
) -> str:
    """All tokens of a row, each once, in one line: by its names, by other texts, and by aliases,
    which find it as wholes: of ``HuMax-CD20`` no part. ``called``: it is what the names name.
    """
    wholes = (*names, *aliases) if called else ()
    whole = dict.fromkeys(filter(None, map(name_token, wholes)))
    found: dict[str, None] = {}
    for name in names:
        said = text_tokens(name)
        found |= dict.fromkeys(_with_stems(said))
        found |= dict.fromkeys(_with_stems((a + b)[:LONGEST] for a, b in pairwise(said)))
    for text in texts:
        said = text_tokens(text)
        found |= dict.fromkeys(_with_stems(said))
        pairs = (a + b for a, b in pairwise(said) if _are_written_as_one(a, b))
        found |= dict.fromkeys(_with_stems(pairs))
    for alias in aliases:
        said = text_tokens(alias)
        as_one = [(a + b)[:LONGEST] for a, b in pairwise(said)]
        found |= dict.fromkeys(_with_stems(as_one or said))
    return " ".join([*whole, *(token(kind, word) for word in found)])


def _with_stems(said: Iterable[str]) -> Iterator[str]:
    for word in said:
        yield word
        yield stem(word)


def _are_written_as_one(first: str, second: str) -> bool:
    """``b cell``, ``cd 20``, ``beta 1a``."""
    if first.isalpha() and len(first) == 1 and second.isalpha():
        return True
    return first.isalpha() and len(first) <= _SHORT and second[:1].isdigit()
