"""Word lists, written as running text."""

from collections.abc import Mapping
from functools import cache


@cache
def words(text: str) -> frozenset[str]:
    """The words of a text as a class."""
    return frozenset(text.split())


def by_word(groups: Mapping[str, str], between: str | None = None) -> dict[str, str]:
    """Of ``{"authors": "author authors"}`` each word with what it means."""
    return {
        word.strip(): meaning for meaning, text in groups.items() for word in text.split(between)
    }
