"""Which script a character is of: Latin, Greek, Devanagari."""

import unicodedata
from functools import lru_cache

__all__ = ["COMMON", "is_styled", "plain_form", "script_of"]

COMMON = "COMMON"
_NO_SCRIPTS = frozenset(
    {"MICRO", "OHM", "KELVIN", "ANGSTROM", "CARON", "COMBINING", "DIGIT", "MODIFIER", "ROMAN"}
)
"""First words of the names of what every script may use."""
_SCRIPTS = {
    "EXTENDED": "ARABIC",
    "HALFWIDTH": "KATAKANA",
    "HENTAIGANA": "HIRAGANA",
    "IDEOGRAPHIC": "CJK",
    "TURNED": "LATIN",
    "VERTICAL": "KATAKANA",
}
"""First words of names that go before, or stand for, the name of a script."""


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """Of a letter, a mark or a digit, by the name that Unicode gives it; ``COMMON`` for all else.

    What is another form of a letter (𝐎, ᵒ, ｏ) is of its script.
    """
    if not (character.isalpha() or character.isdecimal() or _is_mark(character)):
        return COMMON
    if _first_word(character) in _NO_SCRIPTS:
        return COMMON
    word = _first_word(plain_form(character))
    return COMMON if word in _NO_SCRIPTS else _SCRIPTS.get(word, word)


@lru_cache(maxsize=4096)
def plain_form(character: str) -> str:
    """The letter or digit that a character is another form of (𝐎, ᵒ, ｏ); else the character."""
    if not unicodedata.decomposition(character).startswith("<"):
        return character
    first = unicodedata.normalize("NFKD", character)[0]
    return first if first.isalpha() or first.isdecimal() else character


def is_styled(character: str) -> bool:
    """Whether it is a letter in a type of its own for mathematics: 𝐎, ℐ, 𝟎."""
    return unicodedata.decomposition(character).startswith("<font>")


def _first_word(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0].partition("-")[0]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
