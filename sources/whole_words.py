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
_LINKS = "-'/_"
"""Between two words they make one of them, or a unit: ``non-inferior``, ``isn't``, ``mg/kg``."""
_POINTS = ".,·∙⋅:^٫٬"
"""Between two digits they are of the number."""
_POWERS = "⁺⁻₊₋"
_PER_CENT = "%‰‱٪％﹪°"
_COMPARED = "<>≤≥≦≧⩽⩾≪≫≲≳≮≯≰≱≠±∓~∼≈≃≅"
"""Signs of the number after them, with or without a space."""
_SIGNS = f"{_COMPARED}-+×√¬"
"""Those, and signs that belong to a number only right before it."""
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?!\d)")
"""``1 000 000``."""
_PREFIXED = re.compile(r"[(\[][^\W\d_]{1,12}[)\]][^\W\d_]")
"""``(in)`` of ``(in)effective``."""
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,38}>$")
_OPENING, _CLOSING = "([", ")]"
_AROUND = 42
"""Characters on each side that are looked at."""


def is_cut(text: str, at: int) -> bool:
    """Whether what belongs together goes on from before ``at`` to after it."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if _is_word(left) and _is_word(right):
        return True
    if " " in (left, right):
        return _is_one_over_space(text, at)
    return _is_word_with_sign(text, at) or _is_number_with_sign(text, at) or _is_prefixed(text, at)


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
    opens = before in _OPENING or before in _SIGNS or before == " "
    return left in ".·" and _is_digit(right) and opens


def _is_one_over_space(text: str, at: int) -> bool:
    """``50 %``, ``< 5``, ``1 000``, ``in- effective``; ``at`` is before the space or after it."""
    space = at if text[at] == " " else at - 1
    left, right = _at(text, space - 1), _at(text, space + 1)
    if left == "-" and _at(text, space - 2).isalpha():
        return right.islower()  # a word split at a line's end, or ``pre- and post-``
    if left in _COMPARED and _begins_number(text, space + 1):
        return not _ends_tag(text, space)
    if not _is_digit(left):
        return False
    return right in _PER_CENT or (_is_digit(right) and _is_in(_GROUPED, text, at))


def _is_prefixed(text: str, at: int) -> bool:
    left, right = text[at - 1], text[at]
    if left not in _OPENING + _CLOSING and right not in _CLOSING:
        return False
    return _is_in(_PREFIXED, text, at)


def _is_in(pattern: re.Pattern[str], text: str, at: int) -> bool:
    first = max(0, at - _AROUND)
    found = pattern.finditer(text, first, at + _AROUND)
    return any(match.start() < at < match.end() for match in found)


def _ends_tag(text: str, at: int) -> bool:
    return text[at - 1] == ">" and bool(_TAG.search(text, max(0, at - _AROUND), at))
