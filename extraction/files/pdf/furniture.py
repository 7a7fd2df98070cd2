"""What stands on a page for the sake of paper: running heads and feet, page and line numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extraction.files.pdf.columns import rows_of
from extraction.files.pdf.rows import Piece

__all__ = ["furniture_of", "without_line_numbers"]

_ROWS = 4
"""At the top and at the bottom of a page."""
_MARGIN = 0.16
"""Of the page's height, within which they stand."""
_FIGURES = re.compile(r"\d+|(?<![a-z])[ivxl]+(?![a-z])")
_NUMBER = re.compile(
    r"\W{0,3}(?:(?:page|pg\.?|p\.|seite)\s*)?(?:[a-z]{0,2}\d{1,5}|[ivxl]{1,6})"
    r"(?:\s*(?:of|/|\||von)\s*\d{1,5})?\W{0,3}",
    re.I,
)
_FEWEST_NUMBERS = 6
_NEAR = 60
"""Points from the numbers to where the lines that they count begin."""
_CONSECUTIVE = 0.8


def furniture_of(
    pages: Sequence[Sequence[Piece]], heights: Sequence[float]
) -> tuple[list[set[Piece]], list[Piece]]:
    """The pieces of each page that are furniture, and the first of each kind that says something
    but a number.
    """
    edges = [list(_edges(pieces, height)) for pieces, height in zip(pages, heights, strict=True)]
    times = Counter(key for page in edges for key in {_key(piece, at) for piece, at in page})
    least = 2 if len(pages) <= 5 else 3
    found: list[set[Piece]] = []
    first: dict[tuple[str, str], Piece] = {}
    for page in edges:
        mine: set[Piece] = set()
        for piece, at in page:
            key = _key(piece, at)
            if len(pages) > 1 and times[key] >= least:
                mine.add(piece)
                if not _NUMBER.fullmatch(piece.text):
                    first.setdefault(key, piece)
        mine |= {piece for piece, _ in page if _numbers_the_page(piece, page, mine)}
        found.append(mine)
    return found, list(first.values())


def _numbers_the_page(piece: Piece, page: Sequence[tuple[Piece, str]], mine: set[Piece]) -> bool:
    """A number that stands alone, or beside what is furniture: in a line of text it is none."""
    return _NUMBER.fullmatch(piece.text) is not None and all(
        other in mine or _NUMBER.fullmatch(other.text)
        for other, _ in page
        if abs(other.y - piece.y) < 0.5 * piece.size
    )


def _edges(pieces: Sequence[Piece], height: float) -> Iterator[tuple[Piece, str]]:
    rows = rows_of(pieces)
    for row in rows[:_ROWS]:
        if row[0].y < height * _MARGIN:
            yield from ((piece, "top") for piece in row)
    for row in rows[-_ROWS:]:
        if row[0].y > height * (1 - _MARGIN):
            yield from ((piece, "bottom") for piece in row)


def _key(piece: Piece, at: str) -> tuple[str, str]:
    return at, _FIGURES.sub("#", " ".join(piece.text.casefold().split()))


def without_line_numbers(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a page without the numbers that count its lines."""
    groups: defaultdict[int, list[tuple[Piece, int, int]]] = defaultdict(list)
    for piece in pieces:
        length = _leading_number(piece)
        if length:
            value = int("".join(g.text for g in piece.glyphs[:length]))
            # Right-aligned as a rule, so their ends stand one below the other.
            groups[round(piece.glyphs[length - 1].x1 / 4)].append((piece, length, value))
    rows = rows_of(pieces)
    cut: dict[Piece, int] = {}
    for key in list(groups):
        group = sorted(groups[key] + groups.get(key + 1, []), key=lambda one: one[0].y)
        if _counts_lines(group, rows, pieces):
            cut.update({piece: length for piece, length, _ in group})
    found = []
    for piece in pieces:
        if piece not in cut:
            found.append(piece)
        elif cut[piece] < len(piece.glyphs):
            found.append(Piece(piece.glyphs[cut[piece] :]))
    return found


def _leading_number(piece: Piece) -> int:
    """How many letters of the piece are a number that stands alone before its words."""
    length = 0
    while length < len(piece.glyphs) and piece.glyphs[length].text.isdecimal() and length < 5:
        length += 1
    if not length or length > 4:
        return 0
    if length == len(piece.glyphs):
        return length
    gap = piece.glyphs[length].x0 - piece.glyphs[length - 1].x1
    return length if gap > 0.45 * piece.glyphs[length].size else 0


def _counts_lines(
    group: Sequence[tuple[Piece, int, int]],
    rows: Sequence[Sequence[Piece]],
    pieces: Sequence[Piece],
) -> bool:
    if len(group) < _FEWEST_NUMBERS:
        return False
    values = [value for _, _, value in group]
    steps = Counter(b - a for a, b in pairwise(values))
    step, times = steps.most_common(1)[0]
    if step not in (1, 5) or times < _CONSECUTIVE * (len(values) - 1):
        return False
    if _is_in_margin(group, pieces):
        return True
    first, last = group[0][0].y, group[-1][0].y
    left = min(piece.x0 for piece, _, _ in group) - 2
    between = sum(
        first - 1 <= row[0].y <= last + 1 and any(left <= p.x0 < left + _NEAR for p in row)
        for row in rows
    )
    return len(group) * step >= _CONSECUTIVE * between * (1 if step == 1 else 0.7)


def _is_in_margin(group: Sequence[tuple[Piece, int, int]], pieces: Sequence[Piece]) -> bool:
    """Whether no line of text reaches to where the numbers stand."""
    numbers = {piece for piece, length, _ in group if length == len(piece.glyphs)}
    if len(numbers) < _FEWEST_NUMBERS:
        return False
    low, high = min(p.x0 for p in numbers), max(p.x1 for p in numbers)
    text = [p for p in pieces if p not in numbers and len(p.text) > 20]
    return all(p.x0 > high or p.x1 < low for p in text)
