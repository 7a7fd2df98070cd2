"""The lines of a column to blocks: paragraphs, headings, captions, rows of tables, notes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extraction.files.joining import HYPHENS
from extraction.files.pdf.columns import Column, lines_of
from extraction.files.pdf.rows import Piece, is_raised, joined
from extraction.filetext import Looks

__all__ = ["Block", "Line", "blocks_of"]


@dataclass(slots=True, eq=False)
class Line:
    """One line of a column; a row of a table has several cells."""

    cells: list[Piece]
    page: int

    @property
    def text(self) -> str:
        return "\t".join(cell.text for cell in self.cells)

    @property
    def main(self) -> Piece:
        return max(self.cells, key=lambda cell: len(cell.glyphs))

    @property
    def x0(self) -> float:
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        return self.cells[-1].x1

    @property
    def y(self) -> float:
        return self.main.y

    @property
    def size(self) -> float:
        return self.main.size


@dataclass(slots=True, eq=False)
class Block:
    """Lines that belong together, and where their column begins and ends."""

    lines: list[Line]
    kind: Looks
    left: float
    right: float
    column: tuple[int, int] = (0, 0)
    """Its page, and its number on it."""
    more: list["Block"] = field(default_factory=list)
    """How it goes on in another column or on another page."""

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def size(self) -> float:
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]

    @property
    def is_bold(self) -> bool:
        return all(line.main.is_bold for line in self.lines)

    @property
    def top(self) -> float:
        return min(line.y for line in self.lines)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


_CAPTION = re.compile(
    r"(?:(?:supplement(?:ary|al)|extended data|online)\s)?"
    r"(?:table|figure|fig\.?|scheme|chart|panel|plate|exhibit)\s?(?:[a-z]?\d{1,3}[a-z]?|[ivx]{1,4})\b"
    r"(?:\s*[.:|–—](?=\s|\t|$|[A-Z])|(?-i:[\s\t]+(?=[A-Z(]))|\s*$)",
    re.I,
)
_LIST_MARK = re.compile(r"(?:[•◦▪■●‣·–—*]|\(?\d{1,3}[.)\]]|\[\d{1,3}\]|\(?[a-z]\))(?:[\s\t]|$)")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]{0,3}[\d⁰¹²³⁴-⁹,\-–⁻\[\]\s]{0,12}$")
_LABELLED = re.compile(r"[A-Z][A-Za-z /-]{2,30}:\s")
"""A field of a form: ``Article type: Review``."""
_OPEN = re.compile(r"(?:[,–—(|&-]|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with))$")
_LIST_OPEN = re.compile(r"(?:[,–—(|&-]|\b(?:and|the|a|an|of))$")
"""What no heading ends with."""
_RULE = re.compile(r"(?:[-–—_=\N{SOFT HYPHEN}]\s?){6}")
_SAME_SIZE = 0.6
_INDENT = 0.75
_SHORT = 0.12
_ROOM = 0.2
"""Of a column's width: what is left free so far was left so on purpose."""
_FEW_LINES = 2
_LONGEST_HEADING = 160
_HEADING_LINES = 3
_FOOT_MARKS = "*†‡§¶∗⁎⇑"
_MARGINAL = 8
"""Letters of a note in the margin, such as the grade of a recommendation."""
_SMALLER = 0.7
"""Points by which small print is smaller than the text."""


def blocks_of(column: Column, page: int, body: float) -> list[Block]:
    """The blocks of a column from its top; ``body`` is the size of most of the document's text."""
    lines = [Line(cells, page) for cells in lines_of(column)]
    if not lines:
        return []
    _tell_tables(lines)
    left, right = _edges(lines)
    marginal = [line for line in lines if _is_marginal(line, left, right)]
    lines = [line for line in lines if line not in marginal]
    leadings = _leading(lines)
    blocks: list[Block] = []
    for line in lines:
        last = blocks[-1].lines[-1] if blocks else None
        if last is not None and _goes_on(blocks[-1], last, line, leadings, body):
            blocks[-1].lines.append(line)
        else:
            blocks.append(Block([line], Looks.TEXT, left, right))
    for block in blocks:
        block.kind = Looks.NOTE if column.aside else _kind(block, body)
    _mark_small_print(blocks, body)
    return blocks + [Block([line], Looks.NOTE, left, right) for line in marginal]


def _is_marginal(line: Line, left: float, right: float) -> bool:
    """Whether it stands beside the lines and not among them."""
    return len(line.text) <= _MARGINAL and (line.x0 > right + 3 or line.x1 < left - 3)


def _tell_tables(lines: list[Line]) -> None:
    """Rows of cells that stand alone are lines with a wide gap: a number and its heading."""
    for number, line in enumerate(lines):
        if len(line.cells) < 2:
            continue
        beside = [other for other in lines[max(0, number - 2) : number + 3] if other is not line]
        rows = sum(len(other.cells) > 1 for other in beside)
        is_marked = len(line.cells) == 2 and _LIST_MARK.match(line.cells[0].text + " ")
        if is_marked or rows < (1 if len(line.cells) > 2 else 2):
            line.cells = [joined(line.cells)]


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where most long lines begin and end."""
    left = Counter(round(line.x0) for line in lines if len(line.text) > 20)
    often = [x for x, times in left.items() if times >= max(2, 0.2 * left.total())]
    first = min(often) if often else min(line.x0 for line in lines)
    ends = sorted(line.x1 for line in lines if len(line.text) > 20 or not often)
    return first, ends[int(0.9 * (len(ends) - 1))]


def _leading(lines: Sequence[Line]) -> dict[float, float]:
    """From baseline to baseline, as often as not, by size."""
    steps: dict[float, Counter[float]] = {}
    for last, line in pairwise(lines):
        step = line.y - last.y
        same = abs(last.size - line.size) < _SAME_SIZE
        if same and 0.8 * line.size < step < 2.6 * line.size:
            steps.setdefault(line.size, Counter())[round(step * 2) / 2] += 1
    return {size: counted.most_common(1)[0][0] for size, counted in steps.items()}


def _goes_on(
    block: Block, last: Line, line: Line, leadings: dict[float, float], body: float
) -> bool:
    """Whether the line belongs to the block above it."""
    is_row = len(line.cells) > 1
    step = line.y - last.y
    leading = leadings.get(line.size, 1.25 * line.size)
    if len(last.cells) > 1 or is_row:
        return len(last.cells) > 1 and is_row and step < 3 * max(leading, line.size)
    if abs(last.size - line.size) > _SAME_SIZE and not _drop_cap(last, line):
        return False
    if last.text[-1:] in HYPHENS and 0 < step < 2.6 * line.size and line.text[:1].islower():
        return not _RULE.search(last.text)
    wide = max(1.38 * leading, leading + 2.5) if line.size < 1.5 * leading else 1.6 * line.size
    if step > wide or step < 0.3 * line.size:
        return False
    if last.text[-1:] in HYPHENS and line.text[:1].isalnum() and not _RULE.search(last.text):
        return True
    if last.main.is_bold != line.main.is_bold and _is_whole(block):
        return False
    if _looks_other(last, line, block):
        return False
    ended = bool(_ENDED.search(last.text))
    early = last.x1 < block.right - _SHORT * (block.right - block.left)
    if _LIST_MARK.match(line.text) and (ended or early or last.text[-1:] in ",;"):
        return False
    if _CAPTION.match(line.text) and (ended or early):
        return False
    if early and _LABELLED.match(line.text) and _LABELLED.match(block.lines[0].text):
        return False
    if _RULE.search(line.text) or _RULE.search(last.text):
        return False
    room = 1.3 * line.size if line.main.is_bold else _ROOM * (block.right - block.left)
    can_be = line.size <= body + _SAME_SIZE and (
        line.main.is_bold or len(block.lines) <= _FEW_LINES
    )
    if can_be and _is_forced(block, last, line, room):
        return False
    if _CAPTION.match(block.lines[0].text):
        return True
    return not _begins(block, last, line)


def _is_forced(block: Block, last: Line, line: Line, room: float) -> bool:
    """Whether the next word would have found room on the line above, and begins something."""
    word = line.main.glyphs
    end = next((n for n, g in enumerate(word) if n and g.spaced), len(word))
    width = word[end - 1].x1 - word[0].x0
    has_room = last.x1 + width + room < block.right
    return has_room and not line.text[:1].islower() and not _OPEN.search(last.text)


def _looks_other(last: Line, line: Line, block: Block) -> bool:
    """Whether a heading ends here: a line in one font that ends early, above one in another."""
    fonts = [{g.font for g in x.main.glyphs if g.text.isalpha()} for x in (last, line)]
    early = last.x1 < block.right - _SHORT * (block.right - block.left)
    return early and len(fonts[0]) == 1 and bool(fonts[1]) and fonts[0].isdisjoint(fonts[1])


def _drop_cap(last: Line, line: Line) -> bool:
    return len(last.text) <= 2 and last.size > 1.8 * line.size


def _is_whole(block: Block) -> bool:
    """Whether all lines of the block look the same."""
    return len({line.main.is_bold for line in block.lines}) == 1


def _begins(block: Block, last: Line, line: Line) -> bool:
    """Whether a paragraph begins here: indented, out-dented, or after a line that ends early."""
    em = line.size
    indent, before = line.x0 - block.left, last.x0 - block.left
    width = block.right - block.left
    ended = bool(_ENDED.search(last.text))
    first = block.lines[0].x0 - block.left
    if indent > _INDENT * em and before < 0.4 * em and len(block.lines) > 1:
        return ended or not line.text[:1].islower()
    if indent > _INDENT * em and before < 0.4 * em and indent < 4 * em and ended:
        return True
    if indent < 0.4 * em and before > _INDENT * em and len(block.lines) > 1 and first < 0.4 * em:
        early = last.x1 < block.right - _SHORT * width
        return ended or early  # the next one of a list whose items hang
    if _begins_raised(line) and _begins_raised(block.lines[0]):
        return True  # the next place of work, or note
    short = last.x1 < block.right - _SHORT * width
    return short and ended and not line.text[:1].islower()


def _begins_raised(line: Line) -> bool:
    first = line.cells[0]
    return len(first.glyphs) > 1 and is_raised(first, first.glyphs[0])


def _kind(block: Block, body: float) -> Looks:
    text = block.text
    if any(len(line.cells) > 1 for line in block.lines):
        return Looks.TABLE
    if _CAPTION.match(text):
        return Looks.CAPTION
    if (
        len(text) <= _LONGEST_HEADING
        and len(block.lines) <= _HEADING_LINES
        and (block.is_bold or block.size > body + _SAME_SIZE)
        and any(letter.isalpha() for letter in text)
        and text[-1] not in ".,;"
        and not _LIST_OPEN.search(text)
    ):
        return Looks.HEADING
    if block.size < body - _SMALLER and text[0] in _FOOT_MARKS:
        return Looks.NOTE
    return Looks.TEXT


def _mark_small_print(blocks: list[Block], body: float) -> None:
    """Small print at the foot of a column, below text that is larger."""
    for number in range(len(blocks) - 1, 0, -1):
        block = blocks[number]
        if block.kind is not Looks.TEXT or block.size > body - _SMALLER:
            return
        above = next(
            (b for b in reversed(blocks[:number]) if b.kind in (Looks.TEXT, Looks.HEADING)), None
        )
        if above is None or len(block.lines) > 14:
            return
        if above.size > block.size + 0.4:
            for foot in blocks[number:]:
                if foot.kind is Looks.TEXT:
                    foot.kind = Looks.NOTE
            return


def is_ended(block: Block) -> bool:
    """Whether its words end a sentence."""
    return bool(_ENDED.search(block.lines[-1].text))
