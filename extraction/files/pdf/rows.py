"""Letters to pieces of lines: what stands on one baseline without a wide gap."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extraction.files.pdf.glyphs import Glyph
from extraction.files.superscripts import as_superscript

__all__ = ["Piece", "is_raised", "joined", "pieces_of"]

GAP = 1.3
"""Widths of an em from which on a gap parts two cells or columns."""
BACK = 0.6
"""Widths of an em by which a letter may stand before the end of the last one."""
_WORD_GAP, _SURE_GAP = 0.24, 0.5
"""From this share of an em on a gap parts words, though nothing says so: where nothing says so of
any, and where other words of the piece are told apart."""
_NARROWEST = 0.06
"""From this share on a space beside a raised mark is one."""
_SMALL = 0.9
"""A raised or lowered letter has at most this share of the size."""
_RAISED = 0.16
_MOST_RAISED = 4_000
"""Pieces of a page; a map or a plot has more, and no marks that matter."""
_FARTHEST = 0.75
"""Of an em, how far the baseline of a raised letter may stand from the line's."""


@dataclass(eq=False)
class Piece:
    """Letters on one baseline, from left to right."""

    glyphs: list[Glyph]

    @cached_property
    def size(self) -> float:
        """That of most of its letters."""
        sizes = Counter(round(g.size * 2) / 2 for g in self.glyphs)
        return sizes.most_common(1)[0][0]

    @cached_property
    def y(self) -> float:
        """The baseline of most of its letters."""
        size = self.size
        lines = Counter(round(g.y, 1) for g in self.glyphs if abs(g.size - size) < 0.6)
        return lines.most_common(1)[0][0]

    @cached_property
    def x0(self) -> float:
        return min(g.x0 for g in self.glyphs)

    @cached_property
    def x1(self) -> float:
        return max(g.x1 for g in self.glyphs)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @cached_property
    def is_bold(self) -> bool:
        letters = [g for g in self.glyphs if g.text.isalpha()]
        return bool(letters) and sum(g.bold for g in letters) > 0.8 * len(letters)

    @cached_property
    def text(self) -> str:
        """Its words; raised figures as superscripts, so that ``10⁶`` is not ``106``."""
        return "".join(_written(self))


def _written(piece: Piece) -> Iterator[str]:
    run: list[str] = []
    last: Glyph | None = None
    least = _SURE_GAP if any(g.spaced for g in piece.glyphs[1:]) else _WORD_GAP
    for glyph in piece.glyphs:
        gap = _is_gap(last, glyph, least)
        raised = is_raised(piece, glyph)
        if run and (gap or not raised):
            yield as_superscript("".join(run))
            run = []
        if gap:
            yield " "
        if raised:
            run.append(glyph.text)
        else:
            yield glyph.text
        last = glyph
    if run:
        yield as_superscript("".join(run))


def _is_gap(last: Glyph | None, glyph: Glyph, least: float) -> bool:
    if last is None:
        return False
    gap = glyph.x0 - last.x1
    em = max(last.size, glyph.size)
    # A mark that is painted by itself has a space before or behind it that nobody typed.
    is_mark = min(last.size, glyph.size) <= _SMALL * em
    narrowest = _NARROWEST if is_mark else -0.1
    return (glyph.spaced and gap > narrowest * em) or gap > least * em


def is_raised(piece: Piece, glyph: Glyph) -> bool:
    return glyph.size <= _SMALL * piece.size and piece.y - glyph.y > _RAISED * piece.size


def pieces_of(glyphs: Iterable[Glyph]) -> list[Piece]:
    """The pieces in the order in which the file paints them; raised ones joined to their line."""
    pieces: list[Piece] = []
    open_: list[Glyph] = []
    line: Glyph | None = None
    """The last letter of the piece that stands on its baseline."""
    for glyph in glyphs:
        if open_ and line and not _goes_on(open_[-1], line, glyph):
            pieces.append(Piece(open_))
            open_ = []
        if _doubles(open_, glyph):
            continue
        if not open_ or glyph.size >= _SMALL * (line.size if line else 0):
            line = glyph
        open_.append(glyph)
    if open_:
        pieces.append(Piece(open_))
    return _with_raised([piece for piece in pieces if piece.text.strip()])


def _goes_on(last: Glyph, line: Glyph, glyph: Glyph) -> bool:
    em = max(line.size, glyph.size)
    if abs(glyph.size - line.size) <= (1 - _SMALL) * em:
        same = abs(glyph.y - line.y) < 0.25 * em
    else:  # raised, lowered, or the first letter of a paragraph
        same = (
            -0.35 * em < line.y - glyph.y < _FARTHEST * em
            if glyph.size < line.size
            else (-0.35 * em < glyph.y - line.y < _FARTHEST * em)
        )
    return same and -BACK * em < glyph.x0 - last.x1 < GAP * em


def _doubles(open_: list[Glyph], glyph: Glyph) -> bool:
    """A letter painted twice, a little aside, to look bold."""
    return any(_is_twice(glyph, other) for other in open_[-2:])


def _is_twice(glyph: Glyph, other: Glyph) -> bool:
    near = 0.12 * glyph.size
    return (
        other.text == glyph.text
        and abs(other.x0 - glyph.x0) < near
        and abs(other.y - glyph.y) < near
    )


def _with_raised(pieces: list[Piece]) -> list[Piece]:
    """Small pieces that stand in or at a line, painted apart from it, joined to that line."""
    if len(pieces) > _MOST_RAISED:
        return pieces
    merged: set[int] = set()
    order = sorted(range(len(pieces)), key=lambda n: pieces[n].size)
    for number in order:
        small = pieces[number]
        if len(small.glyphs) > 14:
            continue
        best, nearest = None, 0.5
        largest = max(g.size for g in small.glyphs)
        for other, host in enumerate(pieces):
            if other == number or other in merged or largest > _SMALL * host.size:
                continue
            rise = host.y - small.y
            if not -0.35 * host.size < rise < _FARTHEST * host.size:
                continue
            away = _distance(small, host) / host.size
            if away < nearest:
                best, nearest = other, away
        if best is not None:
            host = pieces[best]
            new = [g for g in small.glyphs if not any(_is_twice(g, other) for other in host.glyphs)]
            pieces[best] = Piece(sorted([*host.glyphs, *new], key=lambda g: g.x0))
            merged.add(number)
    return [piece for number, piece in enumerate(pieces) if number not in merged]


def _distance(small: Piece, host: Piece) -> float:
    """How far the small piece stands from the nearest letter or gap of its host."""
    if small.x1 < host.x0:
        return host.x0 - small.x1
    if small.x0 > host.x1:
        return small.x0 - host.x1
    return 0.0


def joined(pieces: Sequence[Piece]) -> Piece:
    """One piece of several that stand on one line."""
    glyphs = [g for piece in sorted(pieces, key=lambda p: p.x0) for g in piece.glyphs]
    return Piece(glyphs)
