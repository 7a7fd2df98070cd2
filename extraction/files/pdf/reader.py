"""A PDF file, step by step: letters, pieces of lines, columns, blocks, paragraphs, text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium

from extraction.files.builder import TextBuilder
from extraction.files.joining import Joiner
from extraction.files.pdf.blocks import Block, Line, blocks_of
from extraction.files.pdf.columns import Gutter, gutters_of, in_order
from extraction.files.pdf.flow import whole
from extraction.files.pdf.furniture import furniture_of, without_line_numbers
from extraction.files.pdf.glyphs import LOST, SOFT_HYPHEN, Glyph, glyphs_of
from extraction.files.pdf.ink import Ink
from extraction.files.pdf.opening import DAMAGED, hints_of, opened
from extraction.files.pdf.rows import Piece, pieces_of
from extraction.files.pdf.signs import lose_signs
from extraction.files.pdf.titles import mark_title
from extraction.filetext import FileText, Looks
from extraction.types import Unreadable

__all__ = ["READER", "read_pdf"]

VERSION = 1
"""Of the steps below; a text that is kept says by which it was read."""
READER = (
    f"msportal PDF reader {VERSION}, pypdfium2 {pdfium.PYPDFIUM_INFO}, PDFium {pdfium.PDFIUM_INFO}"
)
MAX_LETTERS = 2_000_000
_FEWEST = 12
"""Letters of a page on average, below which the file is a scan with a stamp on its pages."""
_LOST_SHARE = 0.3
_FORM = re.compile(r"please wait\W.{0,200}not eventually replaced", re.I | re.S)
_LONGEST_NOTICE = 2_000
_MOST_PIECES, _SCATTERED = 3_000, 12
_STRONG = 8
"""Rows that a gutter parts in the whole file, from which on other pages may rely on it."""


@dataclass(slots=True)
class _Sheet:
    number: int
    height: float
    pieces: list[Piece]
    aside: list[Piece]


class _Left(NamedTuple):
    """What is not read: signs that are lost, and words that no page shows."""

    signs: int
    words: int


def read_pdf(data: bytes) -> FileText:
    """The text of a PDF file; raises ``Unreadable`` with one sentence that says why not."""
    with opened(data) as file:
        sheets, left = _sheets(file)
        hints = hints_of(file, data)
        notes = list(_notes(file, sheets, left))
    furniture, first = furniture_of([s.pieces for s in sheets], [s.height for s in sheets])
    running = set(first)
    body = _body_size(sheets)
    known = _known_gutters(sheets)
    blocks: list[Block] = []
    for sheet, left_out in zip(sheets, furniture, strict=True):
        blocks += _blocks(sheet, left_out, running, known, body)
    if blocks:
        mark_title(blocks, hints, body)
    made = _written([b for b in blocks if b.lines], hints, len(sheets), notes)
    if len(made.text) < _LONGEST_NOTICE and _FORM.search(made.text):
        raise Unreadable(
            "The PDF is a form that fills itself in when it is opened (XFA), and shows no text "
            "before. Open it in a PDF program, print it to a new PDF, and hand that in."
        )
    return made


def _sheets(file: pdfium.PdfDocument) -> tuple[list[_Sheet], _Left]:
    """The pages, and what of them is not read."""
    pages: list[tuple[float, list[Glyph], list[Glyph]]] = []
    fonts: dict[int, object] = {}
    letters = missing = hidden = 0
    for index in range(len(file)):
        try:
            page = file[index]
        except pdfium.PdfiumError:
            pages.append((0.0, [], []))
            missing += 1
            continue
        upright, aside, left_out = glyphs_of(page, fonts, Ink(page).shows)
        hidden += left_out
        pages.append((page.get_height(), upright, aside))
        page.close()
        letters += len(upright) + len(aside)
        if letters > MAX_LETTERS:
            raise Unreadable(
                f"The PDF has more than {MAX_LETTERS:,} letters; cut it into its parts."
            )
    if missing == len(pages):
        raise Unreadable(DAMAGED)
    lose_signs(upright for _, upright, _ in pages)
    lost = sum(g.text == LOST for _, upright, _ in pages for g in upright)
    _refuse_unreadable(letters, lost, len(pages))
    return [
        _Sheet(number, height, without_line_numbers(_pieces(upright)), _pieces(aside))
        for number, (height, upright, aside) in enumerate(pages, 1)
    ], _Left(lost, hidden)


def _pieces(glyphs: list[Glyph]) -> list[Piece]:
    """The pieces of a page; of more than any page of text has (a map, a plot) those that are long
    enough to be words.
    """
    pieces = pieces_of(glyphs)
    if len(pieces) <= _MOST_PIECES:
        return pieces
    return [piece for piece in pieces if len(piece.glyphs) > _SCATTERED][:_MOST_PIECES]


def _refuse_unreadable(letters: int, lost: int, pages: int) -> None:
    if letters < max(1, _FEWEST * (pages - 2)):
        raise Unreadable(
            "The PDF holds pictures of pages and no text (a scan). Let a program for text "
            "recognition (OCR, such as ocrmypdf) add the text, check it, and hand in what it makes."
        )
    if lost > _LOST_SHARE * letters:
        raise Unreadable(
            "The PDF does not say which letters its signs stand for, so its text cannot be read. "
            "Let a program for text recognition (OCR, such as ocrmypdf) read it, and hand that in."
        )


def _body_size(sheets: Sequence[_Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            sizes[piece.size] += len(piece.glyphs)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _known_gutters(sheets: Sequence[_Sheet]) -> list[Gutter]:
    """Gutters that many pages have, each once."""
    found: list[Gutter] = []
    for gutter in sorted(
        (g for sheet in sheets for g in gutters_of(sheet.pieces)), key=lambda g: -g.votes
    ):
        for number, other in enumerate(found):
            if abs(gutter.x - other.x) < 6:
                votes = other.votes + gutter.votes
                found[number] = Gutter(other.x0, other.x1, votes)
                break
        else:
            found.append(gutter)
    return [gutter for gutter in found if gutter.votes >= _STRONG]


def _blocks(
    sheet: _Sheet, left_out: set[Piece], running: set[Piece], known: Sequence[Gutter], body: float
) -> Iterator[Block]:
    """The blocks of a page; running heads first, feet last, what lies another way at the end."""
    heads = [p for p in left_out if p in running and p.y < sheet.height / 2]
    feet = [p for p in left_out if p in running and p.y >= sheet.height / 2]
    yield from _running(heads, sheet)
    columns = in_order([p for p in sheet.pieces if p not in left_out], known)
    for number, column in enumerate(columns):
        for block in blocks_of(column, sheet.number, body):
            block.column = sheet.number, number
            yield block
    yield from _running(feet, sheet)
    if sheet.number == 1 and sheet.aside:
        words = [p for p in sheet.aside if len(p.text) > 3]
        yield from _running(words, sheet)


def _running(pieces: Sequence[Piece], sheet: _Sheet) -> Iterator[Block]:
    for piece in sorted(pieces, key=lambda p: (p.y, p.x0)):
        yield Block([Line([piece], sheet.number)], Looks.RUNNING, piece.x0, piece.x1)


def _written(
    blocks: Sequence[Block], hints: dict[str, str], pages: int, notes: Sequence[str]
) -> FileText:
    lines = [line.text for block in blocks for line in block.lines]
    joiner = Joiner(lines)
    built = TextBuilder()
    for block in whole(blocks):
        text, places = _text_of(block, joiner)
        built.add(text, block.kind, places)
    return FileText(
        text=built.text,
        reader=READER,
        page_count=pages,
        pages=tuple(built.pages),
        marks=tuple(built.marks),
        hints=hints,
        notes=tuple(notes),
    )


def _text_of(block: Block, joiner: Joiner) -> tuple[str, list[tuple[int, int]]]:
    """The words of a block, and from where on in them they stand on which page."""
    if block.kind is Looks.TABLE:
        rows = [_clean(line.text) for line in block.lines]
        return "\n".join(rows), [(0, block.page)]
    text = ""
    places: list[tuple[int, int]] = []
    for part in (block, *block.more):
        for line in part.lines:
            words = line.text.strip()
            text = joiner.add(text, words) if text else words
            if not places or places[-1][1] != line.page:
                places.append((len(text) - len(words), line.page))
    return _clean(text), places


def _clean(text: str) -> str:
    return text.replace(SOFT_HYPHEN, "-")


def _notes(file: pdfium.PdfDocument, sheets: Sequence[_Sheet], left: _Left) -> Iterator[str]:
    if left.words:
        words = "word is" if left.words == 1 else "words are"
        yield (
            f"{left.words:,} {words} in the file that its pages do not show (white, covered, or on "
            "a layer that is off): not read."
        )
    if left.signs:
        signs = "sign has" if left.signs == 1 else "signs have"
        yield (
            f"{left.signs:,} {signs} no letter in the file and stand as {LOST}, where = or ≥ may "
            "be printed: look at the page before you rely on a number there."
        )
    empty = [s.number for s in sheets if sum(len(p.glyphs) for p in s.pieces) < 5]
    if empty:
        what = "Page" if len(empty) == 1 else "Pages"
        verb = "holds" if len(empty) == 1 else "hold"
        yield f"{what} {_listed(empty)} {verb} no text (pictures or nothing)."
    if attached := file.count_attachments():
        files = "file is" if attached == 1 else "files are"
        yield f"{attached} attached {files} not read: hand in what belongs here by itself."


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:8]))
    return f"{shown} and {len(numbers) - 8} more" if len(numbers) > 8 else shown
