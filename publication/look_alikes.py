"""Letters that look like Latin ones and are none (UTS 39, Unicode Security Mechanisms)."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from publication.faults import Fault
from publication.scripts import COMMON, is_styled, plain_form, script_of
from publication.unseen import label

__all__ = ["look_alikes"]

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_ALL_BUT_LATIN = frozenset("ιͺιϳϲνρϱυ")
"""Small Greek letters that can hardly be told from Latin ones."""
_CHI_SQUARED = "Χ²"
_LITRE = "ℓ"
_UNSPACED = frozenset(
    {
        *("BOPOMOFO", "CJK", "HANGUL", "HIRAGANA", "KATAKANA"),
        *("KHMER", "LAO", "MYANMAR", "THAI", "TIBETAN"),
    }
)
"""Scripts that are written without a space beside Latin words: B細胞."""
_LONGEST_SYMBOL = 3
"""Letters before a Greek one in a symbol such as rorγt."""
_AROUND = 100
"""Signs of a word that are looked at on each side of a Greek letter."""
_SMALL_CAPITAL = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")
_OWN_SHAPE = frozenset("ɣ")
"""Latin letters of another shape than the one that Unicode's table likens them to."""


def look_alikes(text: str) -> Iterator[Fault]:
    """What does not belong in a Latin word, and words of nothing but letters that look Latin."""
    scripts = {script_of(c) for c in text if c.isalpha()}
    if "LATIN" not in scripts:
        return
    own = {script_of(c) for c in text if c.isalpha() and not _twin(c)}
    for word in _WORD.finditer(text):
        letters = word.group()
        if any(c.isalpha() and script_of(c) == "LATIN" for c in letters):
            yield from _strangers(letters, word.start(), scripts)
        elif _seems_latin(letters, own):
            twin = "".join(_twin(c) or c for c in letters)
            what = (
                f"“{letters}” is written in {script_of(letters[0]).capitalize()} letters that "
                f"look like Latin “{twin}”: type it anew."
            )
            yield Fault(word.start(), word.end(), what)


def _seems_latin(word: str, own: Collection[str]) -> bool:
    """Whether all its letters look Latin and none is of a script that the text is written in."""
    if word == _CHI_SQUARED or not any(_never_itself(c) for c in word):
        return False
    return all(_twin(c) and script_of(c) not in own for c in word if c.isalpha())


def _strangers(word: str, start: int, scripts: Collection[str]) -> Iterator[Fault]:
    """Characters of a Latin word that do not stand in one."""
    for at, character in enumerate(word):
        if character.isascii() or not _is_strange(word, at, scripts):
            continue
        latin = script_of(character) in ("LATIN", COMMON)
        twin = _plain_twin(character) if latin else _twin(character)
        looks = f", which looks like “{twin}”" if twin else ""
        rule = "is written in plain ones" if latin else "has none of another script"
        what = (
            f"“{character}” in “{word}” is {label(character)}{looks}: a word of Latin letters "
            f"{rule}. Type it anew."
        )
        yield Fault(start + at, start + at + 1, what)


def _is_strange(word: str, at: int, scripts: Collection[str]) -> bool:
    character, script = word[at], script_of(word[at])
    if script in ("LATIN", COMMON):
        return _is_disguised(word, at)
    if character.isdecimal():
        return script not in scripts or script_of(word[at + 1 : at + 2] or "0") == "LATIN"
    if not character.isalpha():
        return False
    if script == "GREEK":
        return not _stands_for_itself(word, at)
    if script in _UNSPACED:
        return bool(_twin(character)) and not _has_letters_of_its_own(word, script)
    return True


@lru_cache(maxsize=16)
def _has_letters_of_its_own(word: str, script: str) -> bool:
    """Whether it has letters of the script that look like no Latin ones."""
    return any(c.isalpha() and script_of(c) == script and not _twin(c) for c in word)


# Other forms of Latin letters


def _is_disguised(word: str, at: int) -> bool:
    """Whether another form of a Latin letter or digit stands among plain letters.

    Not in what says how a word is spoken, which has signs for that: ˌnætəˈlɪzʊmæb.
    """
    character = word[at]
    if not _plain_twin(character) or not _has_plain_letters(word):
        return False
    if is_styled(character):
        return character != _LITRE or at != len(word) - 1
    return not _is_spoken(word)


@lru_cache(maxsize=16)
def _has_plain_letters(word: str) -> bool:
    return any(c.isascii() and c.isalpha() for c in word)


@lru_cache(maxsize=16)
def _is_spoken(word: str) -> bool:
    return any(_is_phonetic(c) for c in word)


@lru_cache(maxsize=4096)
def _plain_twin(character: str) -> str:
    """The ASCII letter that a Latin letter from a special set looks like; empty when it has none.

    Letters of alphabets (ı, ſ, ǀ, all before U+0250) stand for themselves.
    """
    if is_styled(character):
        return plain_form(character)
    if character < "\u0250" or character in _OWN_SHAPE or plain_form(character) != character:
        return ""
    if small_capital := _SMALL_CAPITAL.fullmatch(unicodedata.name(character, "")):
        return small_capital[1].lower()
    twin = _in_table(character)
    return twin if len(twin) == 1 else ""


def _is_phonetic(character: str) -> bool:
    """Whether it is a letter or a sign of the phonetic alphabet and looks like no plain letter."""
    return "\u0250" <= character <= "\u02e4" and not _plain_twin(character) and (
        character not in "ʹʺʻʼʽʾʿ"
    )  # fmt: skip


# Greek


def _stands_for_itself(word: str, at: int) -> bool:
    """Whether a Greek letter is a name of its own, as in ``TNFα``, ``αsynuclein``, ``rorγt``.

    One that has no Latin twin always is. One that cannot be told from its twin never is, one that
    hardly can where no small Latin letter is beside it. Any other is not between small letters
    that are no short symbol, nor second in a word with a capital: ``Nαtalizumab``.
    """
    letter = unicodedata.normalize("NFKD", word[at])[0]
    if not _twin(letter):
        return True
    if _never_itself(letter):
        return False
    before = word[max(0, at - _AROUND) : at].rstrip(_GREEK)
    after = word[at + 1 : at + 1 + _AROUND].lstrip(_GREEK)
    small_before, small_after = before[-1:].islower(), _small_letters(after)
    if letter in _ALL_BUT_LATIN:
        return not small_before and not small_after
    if small_before and small_after:
        return _last_letters(before) <= _LONGEST_SYMBOL and small_after == 1
    return small_after < 2 or not (len(before) == 1 and before.isupper())


def _small_letters(text: str) -> int:
    """How many it begins with."""
    return next((at for at, c in enumerate(text) if not c.islower()), len(text))


def _last_letters(text: str) -> int:
    """How many it ends with."""
    return next((n for n, c in enumerate(reversed(text)) if not c.isalpha()), len(text))


def _never_itself(character: str) -> bool:
    """Whether it cannot be told from a Latin letter and is no symbol of its own."""
    if not _twin(character):
        return False
    return script_of(character) != "GREEK" or character.isupper() or character == "ο"


# Unicode's table


@lru_cache(maxsize=4096)
def _twin(character: str) -> str:
    """The ASCII letters that a letter of another script looks like; empty when it has none."""
    if character.isascii() or not character.isalpha() or script_of(character) in ("LATIN", COMMON):
        return ""
    return _in_table(character)


def _in_table(character: str) -> str:
    for row in _confusables().get(character, ()):
        if row["c"].isascii() and row["c"].isalpha():
            return str(row["c"])
    return ""


@cache
def _confusables() -> dict[str, list[dict[str, str]]]:
    """Unicode's table of confusable characters; read when a text needs it."""
    from confusable_homoglyphs import confusables

    found: dict[str, list[dict[str, str]]] = confusables.confusables_data
    return found
