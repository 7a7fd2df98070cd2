"""Word lists, written as running text."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby


@cache
def words(text: str) -> frozenset[str]:
    """The words of a text as a class."""
    return frozenset(text.split())


def either(words: Iterable[str]) -> str:
    """An expression for any of several words, the longest that fits; of all that begin with one
    letter it looks at that once, or it would take four times as long.
    """
    ordered = sorted(words, key=lambda word: (word[0], -len(word)))
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(re.escape(word[1:]) for word in alike)})"
        for first, alike in groupby(ordered, key=lambda word: word[0])
    )


def by_word(groups: Mapping[str, str], between: str | None = None) -> dict[str, str]:
    """Of ``{"authors": "author authors"}`` each word with what it means."""
    return {
        word.strip(): meaning for meaning, text in groups.items() for word in text.split(between)
    }
