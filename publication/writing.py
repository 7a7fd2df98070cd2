"""The one validator of what people write: names, statements, notes.

Refused are characters that are no text (control characters, NUL, halves of surrogate pairs, code
points that no character has), characters that nobody sees or that turn the order of others
(Unicode's Default_Ignorable_Code_Point and Bidi_Control), and letters that only look like Latin
ones (UTS 39, Unicode Security Mechanisms). Quotes are not written but found: they hold whatever
their document holds.

Offsets are code points.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from publication import limits

__all__ = ["Fault", "belongs", "fault", "is_unseen", "label", "normal", "tidied", "why_not"]

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Default_Ignorable_Code_Point, with line and paragraph separators, annotation marks and the
blank of Braille, which are as little to be seen."""
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_JOINERS = "\u200c\u200d"
_VARIANTS = "\ufe0e\ufe0f"
_LINE_ENDS = re.compile(r"\r\n?")
_PLAIN = re.compile(r"[\t\n\r -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e]*")
"""Latin text and its signs: nothing in it can be refused but for its length."""
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_CONTEXT = 12
"""Characters that are shown before and after the one that is refused."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is refused of a text: ``text[start:end]``, and why."""

    start: int
    end: int
    what: str


def why_not(text: str, *, longest: int, lines: bool = False) -> str:
    """Why the text is refused, as a sentence that shows the place; empty when it is not.

    ``lines``: whether it may have line breaks and tabs in it; they count as spaces otherwise.
    """
    if len(text) > longest:
        return f"This has {len(text):,} characters; {longest:,} at most are kept."
    found = fault(text)
    if found is None:
        return ""
    before = shown(text[max(0, found.start - _CONTEXT) : found.start])
    after = shown(text[found.end : found.end + _CONTEXT])
    cut = "…" if found.start > _CONTEXT else ""
    more = "…" if found.end + _CONTEXT < len(text) else ""
    inside = text[found.start : found.end]
    here = f"{cut}{before}{_bracketed(inside)}{after}{more}"
    return f"{found.what} Here: “{here}”."


def fault(text: str) -> Fault | None:
    """The first thing in a text that is refused; ``None`` when nothing is."""
    if _PLAIN.fullmatch(text):
        return None
    return next(_faults(text), None)


def _faults(text: str) -> Iterator[Fault]:
    marks = 0
    for at, character in enumerate(text):
        if why := _why_no_text(text, at, character):
            yield Fault(at, at + 1, why)
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > limits.MARKS:
            yield Fault(at, at + 1, f"More than {limits.MARKS} marks on one letter cannot be read.")
    yield from _look_alikes(text)


def _why_no_text(text: str, at: int, character: str) -> str:
    """Why one character is refused wherever it stands; empty when it may stand there."""
    if character in "\t\n\r":
        return ""
    match unicodedata.category(character):
        case "Cc":
            return f"{label(character)} is a control character, no text: delete it."
        case "Cs":
            return f"{label(character)} is half of a character: type it anew."
        case "Cn" | "Co":
            return f"{label(character)} is no character that everybody can see: delete it."
    if _BIDI.match(character):
        return f"{label(character)} turns the order of what is read and is not seen: delete it."
    if is_unseen(character) and not belongs(text, at, character):
        return f"{label(character)} is not seen: delete it."
    return ""


def belongs(text: str, at: int, character: str) -> bool:
    """Whether the script or the sign before it needs the invisible character here."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if not before:
        return False
    if character in _VARIANTS:
        return unicodedata.category(before) in ("So", "Sm", "Po", "Nd")
    if character not in _JOINERS or not after:
        return False
    # Persian and the scripts of India need joiners; between pictures they make one of several.
    sides = {_script(before), _script(after)}
    return sides.isdisjoint({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "COMMON"}) or (
        unicodedata.category(after) == "So"
    )


def is_unseen(character: str) -> bool:
    """Whether nothing is seen of the character, or only what it does to others."""
    return bool(_UNSEEN.match(character)) or unicodedata.category(character) in ("Cc", "Cs", "Cn")


def label(character: str) -> str:
    """A character by its number and, where it has one, its name: ``U+200B ZERO WIDTH SPACE``."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{' ' if name else ''}{name}"


def shown(text: str) -> str:
    """The text with what is not seen in brackets, for a sentence about it."""
    return "".join(_bracketed(c) if is_unseen(c) and c not in "\t\n\r" else c for c in text)


def _bracketed(text: str) -> str:
    return "".join(
        f"[U+{ord(c):04X}]" if is_unseen(c) or unicodedata.category(c) == "Co" else f"[{c}]"
        for c in text
    )


def normal(text: str, *, lines: bool = False) -> str:
    """The text as it is kept: in NFC, its lines ended by LF, no space around it.

    Without ``lines``, each run of white space is one space.
    """
    text = unicodedata.normalize("NFC", text)
    return _LINE_ENDS.sub("\n", text).strip() if lines else " ".join(text.split())


def tidied(text: str) -> str:
    """What a machine takes from a document as a value: the same in one line without what is
    refused, as far as leaving it out changes nothing that is seen.
    """
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    kept = [
        " " if c in "\t\n\r\u2028\u2029\v\f\x85" else c
        for at, c in enumerate(text)
        if c in "\t\n\r\u2028\u2029\v\f\x85" or not _why_no_text(text, at, c)
    ]
    return normal("".join(kept))


# Letters that look like others


def _look_alikes(text: str) -> Iterator[Fault]:
    """Letters of another script in a Latin word, and words of nothing but such letters."""
    scripts = {_script(c) for c in text if c.isalpha()}
    if "LATIN" not in scripts or scripts <= {"LATIN", "COMMON"}:
        return
    own = {_script(c) for c in text if c.isalpha() and not _twin(c)}
    for word in _WORD.finditer(text):
        letters = word.group()
        if any(c.isalpha() and _script(c) == "LATIN" for c in letters):
            yield from _strangers(letters, word.start())
        elif any(_never_itself(c) for c in letters) and not any(
            c.isalpha() and (not _twin(c) or _script(c) in own) for c in letters
        ):
            twin = "".join(_twin(c) or c for c in letters)
            what = (
                f"“{letters}” is written in {_script_name(letters[0])} letters that look like "
                f"Latin “{twin}”: type it anew."
            )
            yield Fault(word.start(), word.end(), what)


def _strangers(word: str, start: int) -> Iterator[Fault]:
    """Letters of a Latin word that are of another script and do not stand for themselves."""
    for at, character in enumerate(word):
        script = _script(character)
        if not character.isalpha() or script not in _ALPHABETS:
            continue
        if script == "GREEK" and _stands_for_itself(word, at):
            continue
        twin = _twin(character)
        looks = f", which looks like “{twin}”" if twin else ""
        what = (
            f"“{character}” in “{word}” is {label(character)}{looks}: a word of Latin letters "
            "has none of another script. Type it anew."
        )
        yield Fault(start + at, start + at + 1, what)


_ALPHABETS = frozenset(
    {"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "DESERET", "GEORGIAN", "GREEK", "LISU"}
)
"""Scripts whose letters may look like Latin ones."""


def _stands_for_itself(word: str, at: int) -> bool:
    """Whether a Greek letter is a name of its own, as in ``TNFα``, ``α4β1``, ``NFκB``, ``RORγt``.

    One that has no Latin twin always is, one that cannot be told from a Latin capital or from o
    never is; any other unless it stands where a small Latin letter would.
    """
    character = word[at]
    if not _twin(character):
        return True
    if _never_itself(character):
        return False
    before = word[:at].rstrip("αβγδεζηθικλμνξοπρστυφχψω")
    after = word[at + 1 :].lstrip("αβγδεζηθικλμνξοπρστυφχψω")
    small_before = before[-1:].islower()
    small_after = len(after) - len(after.lstrip("abcdefghijklmnopqrstuvwxyz"))
    return small_after == 0 or (small_after == 1 and not small_before)


def _never_itself(character: str) -> bool:
    """Whether it cannot be told from a Latin letter and is no symbol of its own."""
    if not _twin(character):
        return False
    return _script(character) != "GREEK" or character.isupper() or character == "ο"


@lru_cache(maxsize=4096)
def _twin(character: str) -> str:
    """The ASCII letters that a letter of another script looks like; empty when it has none."""
    if character.isascii() or not character.isalpha() or _script(character) == "LATIN":
        return ""
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


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """The script by the name that Unicode gives the character; ``COMMON`` for signs of all."""
    word = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
    if word in ("MICRO", "OHM", "KELVIN", "ANGSTROM") or not character.isalpha():
        return "COMMON"
    return "LATIN" if word in ("FULLWIDTH", "FEMININE", "MASCULINE", "MODIFIER") else word


def _script_name(character: str) -> str:
    return _script(character).capitalize()
