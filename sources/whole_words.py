"""Where a quote may begin and end: not inside a word or a number, nor beside its sign.

``effective`` of ``ineffective`` or ``non-inferior``, and ``5`` of ``50``, ``0.5``, ``5%`` or ``<5``
say something else than the text. Texts are in their typed form (``sources.as_typed``): of hyphens
and apostrophes there is one, white space is one space, and nothing is in it that is not seen.
"""

import re
import unicodedata

from sources.as_typed import is_inside_word

__all__ = ["is_cut"]

_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u2e80-\u2fdf\u3005-\u3007"
    "\u3021-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaadf"
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Scripts that put no space between words: Thai, Lao, Tibetan, Burmese, Khmer, Han, Kana."""
_LINKS = "-'/_·"
"""Between two words they make one of them, or a unit: ``non-inferior``, ``isn't``, ``mg/kg``."""
_POINTS = ".,·∙⋅:^٫٬"
"""Between two digits they are of the number."""
_POWERS = "⁺⁻₊₋"
_PER_CENT = "%‰‱٪％﹪°"
_COMPARED = "<>≤≥≦≧⩽⩾≪≫≲≳≮≯≰≱≠±∓~∼≈≃≅"
"""Signs of the number after them, with or without a space."""
_SIGNS = f"{_COMPARED}-+×√¬"
"""Those, and signs that belong to a number only right before it."""
_GROUPED = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,? \d{3})+(?!\d)|0[.,] \d)")
"""``1 000 000``, and ``1, 000`` and ``0. 5``, which a line's end or a reader's eye split."""
_PREFIXED = re.compile(r"(?:[(\[][^\W\d_]{1,12}-?[)\]]-?|[^\W\d_][(\[]-[)\]])[^\W\d_]")
"""``(in)`` of ``(in)effective``, ``(non-)inferior``, ``un(-)safe``."""
_MARKED = re.compile(
    r"(?<! )(?:\*{1,3}|~~)|(?:\*{1,3}|~~)(?! )|</?(?:b|del|em|i|mark|strong|u) ?>",
    re.IGNORECASE,
)
"""Marks of emphasis, which may stand inside a word; a star between spaces is a sign."""
_WHOLES = (
    _GROUPED,
    re.compile(r"(?:[<>!=]=|\+/-) ?[.,]?\d"),  # ``>= 5``, ``+/- 5``
    re.compile(r"[^\W\d_][¬=] (?=[^\W\d_])[a-z\u00df-\u024f]"),  # a word split at a line's end
)
"""Nothing in one of these is apart."""
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,38}>$")
_OPENING, _CLOSING = "([", ")]"
_ENDS = ")]}\"'.,"
"""What a note's number may stand after."""
_AROUND = 42
"""Characters on each side that are looked at."""


def is_cut(text: str, at: int) -> bool:
    """Whether what belongs together goes on from before ``at`` to after it."""
    if not 0 < at < len(text):
        return False
    text, at = _unmarked(text, at)
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if _is_word(left) and _is_word(right):
        return True
    if any(_is_in(pattern, text, at) for pattern in _WHOLES):
        return True
    if " " in (left, right):
        return _is_one_over_space(text, at)
    return _is_word_with_sign(text, at) or _is_number_with_sign(text, at) or _is_prefixed(text, at)


def _unmarked(text: str, at: int) -> tuple[str, int]:
    """What stands around the place, without marks of emphasis, and the place in it."""
    first = max(0, at - _AROUND)
    around = text[first : at + _AROUND]
    if "*" not in around and "~" not in around and "<" not in around:
        return text, at
    place = at - first
    kept, before, done = [], 0, 0
    for mark in _MARKED.finditer(around):
        start, end = mark.span()
        if start < place < end:
            place = start
        kept.append(around[done:start])
        done = end
        if end <= place:
            before += end - start
    kept.append(around[done:])
    return "".join(kept), place - before


def _is_word(character: str) -> bool:
    """Whether it goes together with such others beside it."""
    if character in _POWERS:
        return True
    return is_inside_word(character) and not _WITHOUT_SPACES.match(character)


def _is_digit(character: str) -> bool:
    return unicodedata.category(character)[0] == "N"


def _at(text: str, index: int) -> str:
    """The character there; a space outside the text."""
    return text[index] if 0 <= index < len(text) else " "


def _begins_number(text: str, at: int) -> bool:
    first = _at(text, at)
    return _is_digit(first) or (first in _POINTS and _is_digit(_at(text, at + 1)))


def _is_word_with_sign(text: str, at: int) -> bool:
    before, left, right, after = (_at(text, index) for index in range(at - 2, at + 2))
    if _is_linked(before, left, right) or _is_linked(left, right, after):
        return True
    # ``CD4+`` and ``CD4-``; two hyphens are a dash.
    return _is_word(left) and (right == "+" or (right == "-" and after != "-"))


def _is_linked(before: str, link: str, after: str) -> bool:
    if link in _LINKS:
        return _is_word(before) and _is_word(after)
    return link in _POINTS and _is_digit(before) and _is_digit(after)


def _is_number_with_sign(text: str, at: int) -> bool:
    before, left, right = (_at(text, index) for index in range(at - 2, at + 1))
    if _is_digit(left) and right in _PER_CENT:
        return True
    if left in _SIGNS and _begins_number(text, at):
        return not _ends_tag(text, at)
    # ``.5``, and not the number of a note after a full stop.
    return left in ".·" and _is_digit(right) and not (_is_word(before) or before in _ENDS)


def _is_one_over_space(text: str, at: int) -> bool:
    """``50 %``, ``< 5``, ``1 000``, ``in- effective``; ``at`` is before the space or after it."""
    space = at if text[at] == " " else at - 1
    left, right = _at(text, space - 1), _at(text, space + 1)
    if left == "-" and _at(text, space - 2).isalpha() and _is_word(right):
        return True  # a word split at a line's end, or ``pre- and post-``
    if left in _COMPARED and _begins_number(text, space + 1):
        return not _ends_tag(text, space)
    return _is_digit(left) and (right in _PER_CENT or _is_fraction(right))


def _is_fraction(character: str) -> bool:
    """``½``: after a number, it is of it."""
    return unicodedata.decomposition(character).startswith("<fraction>")


def _is_prefixed(text: str, at: int) -> bool:
    around = text[max(0, at - 2) : at + 2]
    if not any(sign in around for sign in _OPENING + _CLOSING):
        return False
    return _is_in(_PREFIXED, text, at)


def _is_in(pattern: re.Pattern[str], text: str, at: int) -> bool:
    first = max(0, at - _AROUND)
    found = pattern.finditer(text, first, at + _AROUND)
    return any(match.start() < at < match.end() for match in found)


def _ends_tag(text: str, at: int) -> bool:
    return text[at - 1] == ">" and bool(_TAG.search(text, max(0, at - _AROUND), at))
