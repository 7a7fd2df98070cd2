"""Characters of which nothing is seen, and where a text needs one.

Unseen are Unicode's Default_Ignorable_Code_Point and format characters, and a few blanks that are
as little to be seen. Some belong where they stand: joiners in Persian and in the scripts of India,
the selectors of a picture or an ideograph.
"""

import re
import unicodedata

from publication.scripts import script_of

__all__ = ["belongs", "is_unseen", "label"]

_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2065\u2800\u3164\ufe00-\ufe0f"
    "\uffa0\ufff0-\ufff8\U00013430-\U0001343f\U00016fe4\U0001d159\U000e0000-\U000e0fff]"
)
"""What is unseen and no format character, which all are but those of ``_NUMBER_SIGNS``."""
_NUMBER_SIGNS = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]"
)  # fmt: skip
"""Format characters that are drawn around the number after them."""
_PICTURE = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf"
    "\u23e9-\u23f3\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611"
    "\u2614\u2615\u2618\u261d\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642"
    "\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e\u267f\u2692-\u2697\u2699\u269b"
    "\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26ce\u26cf"
    "\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f"
    "\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757"
    "\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f004\U0001f0cf\U0001f170\U0001f171\U0001f17e\U0001f17f"
    "\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f202\U0001f21a\U0001f22f\U0001f232-\U0001f23a"
    "\U0001f250\U0001f251\U0001f300-\U0001f3fa\U0001f400-\U0001f64f\U0001f680-\U0001f6ff"
    "\U0001f7e0-\U0001f7f0\U0001f900-\U0001f9ff\U0001fa70-\U0001faff"
)
"""Signs that have the form of a picture (Unicode's property Emoji), tones of skin apart."""
_A_PICTURE = re.compile(f"[{_PICTURE}]")
_PICTURE_BEFORE = re.compile(f"[{_PICTURE}][\U0001f3fb-\U0001f3ff]?\ufe0f?\\Z")
_KEY = re.compile("[0-9#*][\ufe0e\ufe0f]\u20e3")
_FLAG = re.compile(
    "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063"
    "\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
"""The flags of England, Scotland and Wales: a black one and letters that are not seen."""
_PICTURE_SELECTORS = re.compile("[\ufe0e\ufe0f]")
_IDEOGRAPH_SELECTORS = re.compile("[\ufe00-\ufe02\U000e0100-\U000e01ef]")
_MONGOLIAN = re.compile("[\u180b-\u180f]")
_TAGS = re.compile("[\U000e0020-\U000e007f]")
_HEBREW_JOINER = "\u034f"
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_CURSIVE = frozenset(
    {"ADLAM", "ARABIC", "HANIFI", "MANDAIC", "MONGOLIAN", "NKO", "PHAGS", "SYRIAC"}
)
"""Scripts whose letters join, or not, as a joiner says."""
_VIRAMA = 9
"""The combining class of the sign that joins two consonants in the scripts of India."""


def is_unseen(character: str) -> bool:
    """Whether nothing is seen of the character, or only what it does to others."""
    match unicodedata.category(character):
        case "Cc" | "Cs" | "Cn":
            return True
        case "Cf":
            return not _NUMBER_SIGNS.match(character)
    return bool(_UNSEEN.match(character))


def belongs(text: str, at: int, character: str) -> bool:
    """Whether the script or the signs around it need the invisible character here."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if not before:
        return False
    if _PICTURE_SELECTORS.match(character):
        return bool(_A_PICTURE.match(before) or _KEY.match(text, at - 1))
    if _IDEOGRAPH_SELECTORS.match(character):
        return before.isalpha() and script_of(before) == "CJK"
    if _TAGS.match(character):
        return any(f.start() < at < f.end() for f in _FLAG.finditer(text, max(0, at - 6), at + 7))
    if _MONGOLIAN.match(character):
        sides = before + after if character == "\u180e" else before
        return all(side.isalpha() and script_of(side) == "MONGOLIAN" for side in sides)
    if character == _HEBREW_JOINER:
        return _is_mark_of("HEBREW", before) and _is_mark_of("HEBREW", after)
    if character == _JOINER and _A_PICTURE.match(after):
        return bool(_PICTURE_BEFORE.search(text[max(0, at - 3) : at]))
    return character in (_NON_JOINER, _JOINER) and _joins(before, character, after)


def _joins(before: str, joiner: str, after: str) -> bool:
    """Whether a joiner changes how the letters of a script are drawn."""
    script = script_of(before)
    if script in _CURSIVE and not before.isdecimal():
        return joiner == _JOINER or _is_letter_of(script, after)
    if unicodedata.combining(before) == _VIRAMA:
        return True
    return after != "" and unicodedata.combining(after) == _VIRAMA and script_of(after) == script


def _is_letter_of(script: str, character: str) -> bool:
    return script_of(character) == script and not character.isdecimal() if character else False


def _is_mark_of(script: str, character: str) -> bool:
    return character != "" and unicodedata.combining(character) > 0 and (
        script_of(character) == script
    )  # fmt: skip


def label(character: str) -> str:
    """A character by its number and, where it has one, its name: ``U+200B ZERO WIDTH SPACE``."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{' ' if name else ''}{name}"
