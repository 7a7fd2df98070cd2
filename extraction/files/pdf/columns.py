"""The order in which the pieces of a page are read: across, column by column, or row by row.

A gutter is a white strip between lines of prose that stand side by side in row after row. What
crosses a gutter parts the page into bands; within a band the left column is read first (the idea
of the XY-cut, Nagy and Seth 1984, with gutters found by votes of rows and not by projections, so
that one wide line does not hide them).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.files.pdf.rows import GAP, Piece, joined

__all__ = ["Column", "Gutter", "gutters_of", "in_order", "lines_of", "rows_of"]

PROSE = 14
"""Characters from which on a piece counts as a line of prose."""
_NARROWEST = 4.0
"""Points of a gutter."""
_VOTES = 4
_KNOWN_VOTES = 2
"""Where other pages have the same gutter."""
_NEAR = 6.0
_NO_ROOM = 2.3
"""Sizes from baseline to baseline, below which lines follow one another."""
_SHORT_ROWS = 2
_NEXT_LINE = 1.6
_FILLED = 0.75
_ASIDE = 0.62
"""A column of at most this share of its neighbour's width stands beside the text."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white strip, and how many rows it parts."""

    x0: float
    x1: float
    votes: int

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Column:
    """Pieces read one below the other."""

    pieces: list[Piece]
    aside: bool = False
    """Whether it stands beside the text, as on the first page of many journals."""


def gutters_of(pieces: Sequence[Piece]) -> list[Gutter]:
    """The strips between lines of prose side by side, those that part most rows first."""
    strips = sorted(_strips([p for p in pieces if len(p.text) >= PROSE]))
    found: list[Gutter] = []
    while strips:
        x, votes = _most_crossed(strips)
        crossed = [strip for strip in strips if strip[0] <= x <= strip[1]]
        left = sorted(strip[0] for strip in crossed)
        right = sorted(strip[1] for strip in crossed)
        low = left[min(len(left) - 1, int(len(left) * 0.9))]
        high = right[int(len(right) * 0.1)]
        if high > low:
            found.append(Gutter(low, high, votes))
        strips = [strip for strip in strips if not strip[0] <= x <= strip[1]]
    return sorted(found, key=lambda gutter: -gutter.votes)


def _strips(pieces: Sequence[Piece]) -> Iterator[tuple[float, float]]:
    """Between each line and the nearest one to its right."""
    by_left = sorted(pieces, key=lambda p: p.x0)
    for left in pieces:
        for right in by_left:
            if right.x0 - left.x1 < _NARROWEST:
                continue
            if abs(right.y - left.y) < 0.7 * left.size:
                yield left.x1, right.x0
                break


def _most_crossed(strips: Sequence[tuple[float, float]]) -> tuple[float, int]:
    """Where most strips lie over one another."""
    edges = sorted([(a, 1) for a, _ in strips] + [(b, -1) for _, b in strips])
    best, votes, depth = (0.0, 0), 0, 0
    for (x, step), (following, _) in pairwise([*edges, (edges[-1][0] + 1, 0)]):
        depth += step
        if depth > votes:
            votes, best = depth, ((x + following) / 2, depth)
    return best


def in_order(pieces: Sequence[Piece], known: Sequence[Gutter]) -> list[Column]:
    """The columns of a page in reading order; ``known`` are the gutters of the other pages."""
    return [Column(found, aside) for found, aside in _parts(list(pieces), known, depth=0)]


def _parts(
    pieces: list[Piece], known: Sequence[Gutter], depth: int
) -> Iterator[tuple[list[Piece], bool]]:
    gutter = _best(pieces, known) if depth < 4 else None
    if gutter is None:
        if pieces:
            yield sorted(pieces, key=lambda p: (p.y, p.x0)), False
        return
    x = gutter.x
    crossing = [p for p in pieces if p.x0 < x - 1 and p.x1 > x + 1]
    crossing += _table_rows(pieces, crossing, x)
    if len(crossing) == len(pieces):
        yield sorted(pieces, key=lambda p: (p.y, p.x0)), False
        return
    crossing += _between(pieces, crossing, x)
    crossing += _last_lines(pieces, crossing)
    rest = [p for p in pieces if p not in set(crossing)]
    for band, is_crossed in _bands(crossing, rest):
        if is_crossed:
            yield from _parts(band, [], depth + 1)
            continue
        left = [p for p in band if (p.x0 + p.x1) / 2 < x]
        right = [p for p in band if (p.x0 + p.x1) / 2 >= x]
        yield from _side_by_side(left, right, known, depth)


def _between(pieces: Sequence[Piece], crossing: Sequence[Piece], x: float) -> list[Piece]:
    """What stands between lines that cross, where there is no room for columns or none is beside
    the other: the last line of a paragraph is a short one.
    """
    known = set(crossing)
    rest = sorted((p for p in pieces if p not in known), key=lambda p: p.y)
    found = []
    for last, line in pairwise(sorted(crossing, key=lambda p: p.y)):
        inside = [p for p in rest if last.y <= p.y < line.y]
        sides = {(p.x0 + p.x1) / 2 < x for p in inside}
        is_short = len(sides) == 1 and len(rows_of(inside)) <= _SHORT_ROWS
        if is_short or line.y - last.y < _NO_ROOM * max(last.size, line.size):
            found += inside
    return found


def _last_lines(pieces: Sequence[Piece], crossing: Sequence[Piece]) -> list[Piece]:
    """The short last line right below lines that cross: it stands alone on its row."""
    known = set(crossing)
    rest = [p for p in pieces if p not in known]
    found = []
    for piece in rest:
        if any(o is not piece and abs(o.y - piece.y) < 0.5 * piece.size for o in rest):
            continue
        if any(_is_below(piece, line) for line in crossing):
            found.append(piece)
    return found


def _is_below(piece: Piece, line: Piece) -> bool:
    """Whether it goes on below the line: in its size, flush with it or centred as it is."""
    flush = abs(piece.x0 - line.x0) < 2
    centred = abs(piece.x0 + piece.x1 - line.x0 - line.x1) < 6
    step = piece.y - line.y
    return (
        abs(piece.size - line.size) < 0.6
        and piece.is_bold == line.is_bold
        and 0 < step < _NEXT_LINE * line.size
        and (flush or centred)
    )


def _side_by_side(
    left: list[Piece], right: list[Piece], known: Sequence[Gutter], depth: int
) -> Iterator[tuple[list[Piece], bool]]:
    """The wide column first, where the other is a narrow one beside it."""
    if left and right and _is_aside(left, right) and _best(right, known) is None:
        yield from _parts(right, known, depth + 1)
        yield from ((part, True) for part, _ in _parts(left, known, depth + 1))
    elif left and right and _is_aside(right, left) and _best(left, known) is None:
        yield from _parts(left, known, depth + 1)
        yield from ((part, True) for part, _ in _parts(right, known, depth + 1))
    else:
        yield from _parts(left, known, depth + 1)
        yield from _parts(right, known, depth + 1)


def _is_aside(narrow: Sequence[Piece], wide: Sequence[Piece]) -> bool:
    return _width(narrow) < _ASIDE * _width(wide) and len(narrow) > 2 and len(wide) > 2


def _width(pieces: Sequence[Piece]) -> float:
    return max(p.x1 for p in pieces) - min(p.x0 for p in pieces)


def _best(pieces: Sequence[Piece], known: Sequence[Gutter]) -> Gutter | None:
    for gutter in gutters_of(pieces):
        is_known = any(abs(gutter.x - other.x) < _NEAR for other in known)
        if gutter.votes >= (_KNOWN_VOTES if is_known else _VOTES) and _is_prose(pieces, gutter):
            return gutter
    left = min((p.x0 for p in pieces), default=0)
    right = max((p.x1 for p in pieces), default=0)
    for gutter in known:  # a column that ends alone, or two that do not stand side by side
        if not left + _NEAR < gutter.x < right - _NEAR:
            continue
        crossing = sum(p.x0 < gutter.x - 1 and p.x1 > gutter.x + 1 for p in pieces)
        starts = sum(abs(p.x0 - gutter.x1) < _NEAR for p in pieces)
        if starts >= 2 and crossing < 0.2 * len(pieces):
            return gutter
    return None


def _is_prose(pieces: Sequence[Piece], gutter: Gutter) -> bool:
    """Whether lines at both sides are long ones: the columns of a table are not."""
    left = [p for p in pieces if p.x1 <= gutter.x + 1]
    right = [p for p in pieces if p.x0 >= gutter.x - 1]
    return all(side and _filled(side) for side in (left, right))


def _filled(side: Sequence[Piece]) -> bool:
    width = _width(side)
    long = [p for p in side if len(p.text) >= PROSE]
    wide = [p for p in long if p.width > 0.6 * width]
    return len(long) >= 0.4 * len(side) and len(wide) >= 0.35 * len(long)


def _table_rows(pieces: Sequence[Piece], crossing: Sequence[Piece], x: float) -> list[Piece]:
    """The cells of rows of three and more that stand at both sides: a table across the columns."""
    found: list[Piece] = []
    run: list[list[Piece]] = []
    for row in [*rows_of([p for p in pieces if p not in set(crossing)]), []]:
        cells = [p for p in row if p.x1 <= x], [p for p in row if p.x0 >= x]
        is_row = len(row) >= 3 and all(cells) and all(len(p.text) < 40 for p in row)
        if is_row:
            run.append(row)
            continue
        if len(run) >= 3 and not _are_filled(run):
            found += [p for cells_of in run for p in cells_of]
        run = []
    return found


def _are_filled(run: Sequence[Sequence[Piece]]) -> bool:
    """Whether the cells leave little room between them, as columns of prose do."""
    spans = [(sum(p.width for p in row), row[-1].x1 - row[0].x0) for row in run]
    return sum(width for width, _ in spans) > _FILLED * sum(span for _, span in spans)


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that stand beside one another, from left to right, from the top down."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.y):
        if rows and abs(piece.y - rows[-1][0].y) < 0.35 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x0) for row in rows]


def _bands(crossing: Sequence[Piece], rest: Sequence[Piece]) -> Iterator[tuple[list[Piece], bool]]:
    """What lies between the pieces that cross, and those, from the top down."""
    marked = sorted(
        [(p.y, True, p) for p in crossing] + [(p.y, False, p) for p in rest],
        key=lambda one: one[0],
    )
    band: list[Piece] = []
    is_crossed = False
    for _, crosses, piece in marked:
        if band and crosses != is_crossed:
            yield band, is_crossed
            band = []
        is_crossed = crosses
        band.append(piece)
    if band:
        yield band, is_crossed


def lines_of(column: Column) -> list[list[Piece]]:
    """The lines of a column: pieces that stand beside one another are one row."""
    return [_closed_up(row) for row in rows_of(column.pieces)]


def _closed_up(row: list[Piece]) -> list[Piece]:
    """Pieces without a wide gap between them are one."""
    found: list[Piece] = []
    for piece in row:
        if found and piece.x0 - found[-1].x1 < GAP * max(piece.size, found[-1].size):
            found[-1] = joined([found[-1], piece])
        else:
            found.append(piece)
    return found
