"""Whether a page shows its words: what leaves no mark where it stands is not read.

Letters may be white on white, transparent, clipped, covered, or on a layer that is off; a scan's
own words lie unpainted over their picture, which shows them. The page is painted once, small, and
each word needs some contrast in its place.
"""

import ctypes
import math

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extraction.files.pdf.glyphs import Glyph

__all__ = ["Ink"]

_SCALE = 1.5
_MOST_PIXELS = 9_000_000
_SMALLEST = 0.5
"""Of a page of metres, painted smaller than this, no word can be told."""
_LEAST = 18
"""Of 255: how much the darkest and the lightest spot of a word differ at least."""
_UP, _DOWN = 0.75, 0.2
"""Of a letter's size, how far it reaches above and below its baseline."""


class Ink:
    """A page in shades of grey."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        wide, high = page.get_size()
        scale = min(_SCALE, math.sqrt(_MOST_PIXELS / max(1.0, wide * high)))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        self.page = page
        self.is_legible = scale >= _SMALLEST
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.shades = bytes(bitmap.buffer)
        bitmap.close()

    def shows(self, word: list[tuple[int, Glyph]]) -> bool:
        """Whether there is any mark where the letters of a word stand, in the page's own axes."""
        if not self.is_legible:
            return True
        boxes = [_box(turn, glyph) for turn, glyph in word]
        left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
        right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
        x0, y0 = self._spot(left, top)
        x1, y1 = self._spot(right, bottom)
        x0, x1 = sorted((x0, x1))
        y0, y1 = sorted((y0, y1))
        x0, x1 = max(0, x0), min(self.width, x1 + 1)
        rows = range(max(0, y0), min(self.height, y1 + 1))
        if x0 >= x1 or not rows:
            return False
        darkest, lightest = 255, 0
        middle = rows[len(rows) // 2]
        for row in sorted(rows, key=lambda row: abs(row - middle)):  # where most letters have ink
            line = self.shades[row * self.stride + x0 : row * self.stride + x1]
            darkest, lightest = min(darkest, min(line)), max(lightest, max(line))
            if lightest - darkest >= _LEAST:
                return True
        return False

    def _spot(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        c.FPDF_PageToDevice(self.page.raw, 0, 0, self.width, self.height, 0, x, y, across, down)
        return across.value, down.value


def _box(turn: int, glyph: Glyph) -> tuple[float, float, float, float]:
    """Before it is turned: ``x0`` and ``y`` are its origin, ``x1`` how far it reaches."""
    x, y, reach = glyph.x0, glyph.y, glyph.x1
    inset = 0.1 * reach
    up, down = _UP * glyph.size, _DOWN * glyph.size
    along = (inset, reach - inset)
    if turn == 90:
        return x - up, y + along[0], x + down, y + along[1]
    if turn == 180:
        return x - along[1], y - up, x - along[0], y + down
    if turn == 270:
        return x - down, y - along[1], x + up, y - along[0]
    return x + along[0], y - down, x + along[1], y + up
