"""Patterns that are not tried on a text that lacks their words, and not compiled before their use.

From a parsed pattern follow words of which every match must have one, as in the prefilters of RE2
(Cox, "Regular Expression Matching with a Trigram Index", 2012); one pass of an automaton over the
words of a sentence tells whether one of them is there. What a pattern finds stays the same.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Any

import ahocorasick

from extraction.text.needs import needs_of

__all__ = ["Guarded", "guarded"]

_WORD = re.compile(r"\w+")


class Guarded:
    """A regular expression that first looks for its words."""

    def __init__(self, source: str, flags: int) -> None:
        self.source = source
        self.flags = flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)

    @cached_property
    def _automaton(self) -> Any:
        """Finds the needed words; none where a match may do without any."""
        needs = needs_of(self.source, self.flags)
        if not needs:
            return None
        automaton = ahocorasick.Automaton()
        for need in needs:
            automaton.add_word(need, True)
        automaton.make_automaton()
        return automaton

    def may_match(self, text: str) -> bool:
        automaton = self._automaton
        return automaton is None or next(automaton.iter(_words(text)), None) is not None

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.pattern.match(text) if self.may_match(text) else None

    def findall(self, text: str) -> list[str]:
        return self.pattern.findall(text) if self.may_match(text) else []

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def sub(self, replacement: Callable[[re.Match[str]], str], text: str) -> str:
        return self.pattern.sub(replacement, text) if self.may_match(text) else text


def guarded(source: str, flags: int = 0) -> Guarded:
    return Guarded(source, flags)


@lru_cache(maxsize=16)
def _words(text: str) -> str:
    """The words in lower case with one space before, between and after them."""
    if not text.isascii():
        # What matches "s" and "i" without regard to case, but not in lower case.
        text = text.replace("ſ", "s").replace("ı", "i").replace("İ", "i")
    return f" {' '.join(_WORD.findall(text.lower()))} "
