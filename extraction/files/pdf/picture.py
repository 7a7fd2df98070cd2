"""A page of a PDF file as a picture, on which the words of a passage are marked."""

import ctypes
import io
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extraction.files.pdf.opening import opened

__all__ = ["painted"]

_HIGHEST = 4_000
"""Pixels; a longer page is painted smaller."""
_COLOURS = 64
_MARK = (255, 214, 0, 150)
_FEWEST, _PART = 12, 0.3
"""Letters of a beginning or an end that is looked for by itself, where the whole is not there, and
the share of the whole that it has at least."""
_AROUND, _BESIDE = 30.0, 18.0
"""Points shown above and below the marked lines, and beside them."""
_GAP = 12.0
"""Points between two words of a line at most; a gutter is wider as a rule."""
_LEAST = 200.0
"""Points across a strip: a short line is not blown up."""
_LARGEST = 3.0

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points of the page."""


def painted(data: bytes, page: int, *, width: int, words: str = "", strip: bool = False) -> bytes:
    """PNG, ``width`` pixels wide; raises ``ValueError`` where there is no such page.

    A ``strip`` leaves out what is far above and below the marked words, where they are found.
    """
    with opened(data) as file:
        if not 1 <= page <= len(file):
            raise ValueError(f"The file has no page {page}.")
        sheet = file[page - 1]
        lines = _lines(_boxes(sheet, words))
        whole = _whole_lines(sheet, lines) if strip else lines
        for box in lines:
            _mark(sheet, box)
        wide, high = sheet.get_size()
        crop = _around(whole, sheet) if strip and whole and not sheet.get_rotation() else (0.0,) * 4
        shown = max(_LEAST, wide - crop[0] - crop[2])
        scale = min(width / shown, _HIGHEST / high, _LARGEST)
        picture = sheet.render(scale=scale, may_draw_forms=False, crop=crop).to_pil()
    out = io.BytesIO()
    picture.quantize(_COLOURS).save(out, "PNG")
    return out.getvalue()


def _around(lines: Sequence[Box], sheet: pdfium.PdfPage) -> Box:
    """How much to leave out at the left, bottom, right and top: the column stays whole."""
    left, bottom, right, top = sheet.get_bbox()
    return (
        max(0.0, min(box[0] for box in lines) - _BESIDE - left),
        max(0.0, min(box[1] for box in lines) - _AROUND - bottom),
        max(0.0, right - max(box[2] for box in lines) - _BESIDE),
        max(0.0, top - max(box[3] for box in lines) - _AROUND),
    )


def _whole_lines(sheet: pdfium.PdfPage, lines: Sequence[Box]) -> list[Box]:
    """The lines of text in which the marked ones stand, without those of other columns."""
    text = sheet.get_textpage()
    letters: list[Box] = []
    for index in range(c.FPDFText_CountChars(text.raw)):
        box = c.FS_RECTF()
        if c.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(box)):
            letters.append((box.left, box.bottom, box.right, box.top))
    text.close()
    found = []
    for left, bottom, right, top in lines:
        middle = (bottom + top) / 2
        beside = sorted((b[0], b[2]) for b in letters if b[1] < middle < b[3])
        for x0, x1 in beside:
            if x1 > right and x0 - right < _GAP:
                right = x1
        for x0, x1 in reversed(beside):
            if x0 < left and left - x1 < _GAP:
                left = x0
        found.append((left, bottom, right, top))
    return found


def _boxes(sheet: pdfium.PdfPage, words: str) -> Iterator[Box]:
    """Where the letters of the words stand; hyphens, spaces and marks do not count."""
    text = sheet.get_textpage()
    letters: list[str] = []
    places: list[int] = []
    for index in range(c.FPDFText_CountChars(text.raw)):
        folded = _folded(chr(min(c.FPDFText_GetUnicode(text.raw, index), 0x10FFFF)))
        letters += folded
        places += [index] * len(folded)
    for start, end in _found("".join(letters), words):
        for index in sorted(set(places[start:end])):
            box = c.FS_RECTF()
            if c.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(box)):
                yield box.left, box.bottom, box.right, box.top
    text.close()


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum() and letter.isascii())


def _found(page: str, words: str) -> list[tuple[int, int]]:
    """The words as a whole, or else their longest beginning and end that the page has and that are
    a good part of them.
    """
    parts = [part for word in words.split() if (part := _folded(word))]
    whole = "".join(parts)
    if not whole:
        return []
    at = page.find(whole)
    if at >= 0:
        return [(at, at + len(whole))]
    found = []
    for number in range(len(parts) - 1, 0, -1):
        head = "".join(parts[:number])
        if len(head) < max(_FEWEST, _PART * len(whole)):
            break
        if (at := page.find(head)) >= 0:
            found.append((at, at + len(head)))
            break
    for number in range(1, len(parts)):
        tail = "".join(parts[number:])
        if len(tail) < max(_FEWEST, _PART * len(whole)):
            break
        if (at := page.find(tail)) >= 0:
            found.append((at, at + len(tail)))
            break
    return found


def _lines(boxes: Iterator[Box]) -> Sequence[Box]:
    """Boxes of letters that stand side by side as one."""
    found: list[Box] = []
    for left, bottom, right, top in boxes:
        last = found[-1] if found else None
        if last and abs(bottom - last[1]) < (top - bottom) / 2 and -1 < left - last[2] < 30:
            found[-1] = (last[0], min(bottom, last[1]), max(right, last[2]), max(top, last[3]))
        else:
            found.append((left, bottom, right, top))
    return found


def _mark(sheet: pdfium.PdfPage, box: Box) -> None:
    left, bottom, right, top = box
    mark = c.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
    c.FPDFPageObj_SetFillColor(mark, *_MARK)
    c.FPDFPageObj_SetBlendMode(mark, b"Multiply")
    c.FPDFPath_SetDrawMode(mark, c.FPDF_FILLMODE_WINDING, False)
    c.FPDFPage_InsertObject(sheet.raw, mark)
