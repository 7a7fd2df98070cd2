"""The letters of a page as PDFium finds them: what stands where, in which size and weight.

Places are in points from the page's upper left corner as it is read: ``y`` grows downwards, and a
page whose text lies on its side is turned first.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extraction.files.unseen import NO_SIGN, UNSEEN

__all__ = ["Glyph", "glyphs_of"]

SMALLEST = 3.0
"""Points; nobody reads what is smaller."""
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_HYPHEN = frozenset({0x2, 0xAD, 0xFFFE})
"""How PDFium tells of a hyphen at the end of a line, and the soft one."""
_SPACES = frozenset({0x9, 0xA, 0xD, 0x20, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000})
_NEXT = 2.0
"""Ems, within which the next letter of a word stands."""
_HALF = 0xFFFD
"""For half a pair of surrogates."""
_FARTHEST = 1e5
"""Points; what stands farther off, or at no number, stands nowhere."""
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¸": "\u0327",
    "ˇ": "\u030c", "˘": "\u0306", "˙": "\u0307", "˚": "\u030a", "˝": "\u030b", "¯": "\u0304",
    "˛": "\u0328",
}  # fmt: skip
LOST = "\N{REPLACEMENT CHARACTER}"


@dataclass(slots=True)
class Glyph:
    """One letter; spaces are none."""

    text: str
    x0: float
    x1: float
    y: float
    """Its baseline."""
    size: float
    font: str
    bold: bool = False
    spaced: bool = False
    """Whether there is a space before it, painted or seen by PDFium."""


@dataclass(frozen=True, slots=True)
class _Font:
    name: str
    bold: bool


Shows = Callable[[list[tuple[int, Glyph]]], bool]
"""Whether a page shows a word, whose letters are given with the way they lie."""


def glyphs_of(
    page: pdfium.PdfPage, fonts: dict[int, object], shows: Shows | None = None
) -> tuple[list[Glyph], list[Glyph], int]:
    """The letters in the order in which the file paints them, those that lie another way, and how
    many words are left out because the page does not show them.

    ``fonts`` is kept from page to page of one file.
    """
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        found = list(_all(text_page.raw, fonts))
    finally:
        text_page.close()
    hidden = 0
    if shows is not None:
        words = _words(found)
        seen = [word for word in words if word[0][0] < 0 or shows(word)]
        hidden = len(words) - len(seen)
        found = [one for word in seen for one in word]
    turned = Counter(turn for turn, _ in found)
    main = turned.most_common(1)[0][0] if turned else 0
    left, bottom, right, top = page.get_bbox()
    if page.get_rotation() in (90, 270):
        width, height = height, width
    upright: list[Glyph] = []
    aside: list[Glyph] = []
    for turn, glyph in found:
        if not (left - 2 <= glyph.x0 <= right + 2 and bottom - 2 <= glyph.y <= top + 2):
            continue  # what is outside of the page is not seen
        _turn(glyph, turn, width, height)
        (upright if turn == main else aside).append(glyph)
    return _composed(upright), aside, hidden


def _words(found: Iterable[tuple[int, Glyph]]) -> list[list[tuple[int, Glyph]]]:
    """Letters one after the other, without a space, that lie the same way."""
    words: list[list[tuple[int, Glyph]]] = []
    for turn, glyph in found:
        last = words[-1][-1] if words else None
        near = last is not None and last[0] == turn and not glyph.spaced
        if (
            near
            and last
            and math.dist((last[1].x0, last[1].y), (glyph.x0, glyph.y))
            < _NEXT * max(glyph.size, last[1].size)
        ):
            words[-1].append((turn, glyph))
        else:
            words.append([(turn, glyph)])
    return words


def _composed(glyphs: list[Glyph]) -> list[Glyph]:
    """Letters with the accents that are painted over them: ``´`` and ``a`` as ``á``."""
    found: list[Glyph] = []
    accent: Glyph | None = None
    for glyph in glyphs:
        last = found[-1] if found else None
        if glyph.text in _ACCENTS and last and _is_over(glyph, last) and last.text.isalpha():
            last.text = normalize("NFC", last.text + _ACCENTS[glyph.text])
            accent = None
        elif accent and found and found[-1] is accent and _is_over(accent, glyph):
            glyph.text = normalize("NFC", glyph.text + _ACCENTS[accent.text])
            glyph.spaced = accent.spaced
            found[-1], accent = glyph, None
        else:
            found.append(glyph)
            accent = glyph if glyph.text in _ACCENTS else None
    return found


def _is_over(accent: Glyph, letter: Glyph) -> bool:
    middle = (accent.x0 + accent.x1) / 2
    inside = letter.x0 - 0.05 * letter.size < middle < letter.x1 + 0.05 * letter.size
    return inside and abs(accent.y - letter.y) < letter.size and letter.text.isalpha()


def _turn(glyph: Glyph, turn: int, width: float, height: float) -> None:
    """From the page's own axes to those of who reads along the text."""
    x, y = glyph.x0, glyph.y
    advance = glyph.x1
    if turn == 90:
        glyph.x0, glyph.y = y, x
    elif turn == 180:
        glyph.x0, glyph.y = width - x, y
    elif turn == 270:
        glyph.x0, glyph.y = height - y, width - x
    else:
        glyph.x0, glyph.y = x, height - y
    glyph.x1 = glyph.x0 + advance


def _all(page: object, fonts: dict[int, object]) -> Iterator[tuple[int, Glyph]]:
    """Each letter with the way it lies; ``x1`` holds how far it reaches, until it is turned."""
    matrix, box = c.FS_MATRIX(), c.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    known = 0
    size, turn, font = 0.0, 0, _Font("", False)
    count = c.FPDFText_CountChars(page)
    high, painted, laid, spaced = 0, 0, 0, False
    last: Glyph | None = None
    for index in range(count):
        code = c.FPDFText_GetUnicode(page, index)
        if code in _SPACES:
            spaced = True
            continue
        if 0xD800 <= code <= 0xDBFF and index + 1 < count:
            low = c.FPDFText_GetUnicode(page, index + 1)
            high = code if 0xDC00 <= low <= 0xDFFF else 0
            if high:
                continue
            code = _HALF
        elif 0xD800 <= code <= 0xDFFF:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else _HALF
            high = 0
        holder = c.FPDFText_GetTextObject(page, index)
        address = ctypes.cast(holder, ctypes.c_void_p).value or 0
        if address != known or not address:
            known = address
            c.FPDFText_GetMatrix(page, index, matrix)
            stretch = math.hypot(matrix.c, matrix.d) or 1.0
            size = abs(c.FPDFText_GetFontSize(page, index)) * stretch
            size = size if math.isfinite(size) else 0.0
            turn = _turn_of(matrix.a, matrix.b)
            font = _font_of(page, index, holder, fonts)
        if not SMALLEST <= size < _FARTHEST:
            continue
        c.FPDFText_GetLooseCharBox(page, index, box)
        c.FPDFText_GetCharOrigin(page, index, x, y)
        reach = box.right - box.left if turn in (0, 180) else box.top - box.bottom
        text = _letter(code)
        if not text or not _is_somewhere(x.value, y.value, reach):
            continue
        if last and address == painted and last.x0 == x.value and last.y == y.value:
            last.text += text  # PDFium takes a ligature apart
            continue
        if last:
            yield laid, last
        last = Glyph(
            *(text, x.value, max(reach, 0.0), y.value, size),
            *(font.name, font.bold, spaced),
        )
        spaced, painted, laid = False, address, turn
    if last:
        yield laid, last


def _is_somewhere(*numbers: float) -> bool:
    return all(-_FARTHEST < number < _FARTHEST for number in numbers)  # NaN is nowhere


def _letter(code: int) -> str:
    if code in _HYPHEN:
        return SOFT_HYPHEN
    if code in _LIGATURES:
        return _LIGATURES[code]
    if code in NO_SIGN or 0xE000 <= code <= 0xF8FF or code > 0x10FFFF:
        return LOST
    if code in UNSEEN:
        return ""
    return chr(code)


def _turn_of(a: float, b: float) -> int:
    """0, 90, 180, 270: whole turns alone; what lies aslant counts as lying another way."""
    if not _is_somewhere(a, b):
        return -1
    angle = math.degrees(math.atan2(b, a)) % 360
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) < 5 else -1


def _font_of(page: object, index: int, holder: object, fonts: dict[int, object]) -> _Font:
    handle = c.FPDFTextObj_GetFont(holder) if holder else None
    address = (ctypes.cast(handle, ctypes.c_void_p).value or 0) if handle else 0
    found = fonts.get(address) if address else None
    if isinstance(found, _Font):
        return found
    buffer, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    length = c.FPDFText_GetFontInfo(page, index, buffer, 200, flags)
    name = buffer.value.decode("utf-8", "replace") if 0 < length <= 200 else ""
    bare = name.rpartition("+")[2].lower()
    weight = c.FPDFText_GetFontWeight(page, index)
    bold = (
        any(mark in bare for mark in ("bold", "black", "heavy", "semibold", "-bd", "demi"))
        or weight >= _BOLD_WEIGHT
        or bool(flags.value & _FORCE_BOLD)
    )
    made = _Font(bare, bold)
    if address:
        fonts[address] = made
    return made
