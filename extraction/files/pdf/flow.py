"""Blocks in the order in which they are read, paragraphs whole: what a column's or a page's end
parts is put together, and what stands between comes after it.
"""

import re
from collections.abc import Sequence

from extraction.files.joining import HYPHENS
from extraction.files.pdf.blocks import Block, is_ended
from extraction.filetext import Looks

__all__ = ["whole"]

_FARTHEST = 2
"""Pages further on, which may be filled by tables."""
_OPEN = re.compile(
    r"(?:,|[–—(]|\b(?:a|an|and|as|at|by|for|from|in|into|is|are|of|on|or|than|that|the|to|was|were|"
    r"which|who|with|this|these|not|be|been|has|have|had|can|may|et al\.|vs\.))$"
)
_BEGINS_OWN = re.compile(r"(?:[•◦▪■●‣·*]|\(?\d{1,3}[.)\]]|\[\d{1,3}\])\s")


def whole(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each paragraph with all its parts."""
    found: list[Block] = []
    taken: set[int] = set()
    for number, block in enumerate(blocks):
        if number in taken:
            continue
        found.append(block)
        last, at = block, number
        while block.kind is Looks.TEXT and (following := _following(blocks, at, last, taken)):
            taken.add(following)
            block.more.append(blocks[following])
            last, at = blocks[following], following
    return found


def _following(blocks: Sequence[Block], at: int, last: Block, taken: set[int]) -> int | None:
    """The number of the block with which the paragraph goes on."""
    if is_ended(last):
        return None
    passed_other = False
    for number in range(at + 1, len(blocks)):
        block = blocks[number]
        if block.page > last.lines[-1].page + _FARTHEST:
            return None
        if number in taken or block.kind in (
            Looks.CAPTION, Looks.TABLE, Looks.NOTE, Looks.RUNNING,
        ):  # fmt: skip
            continue
        if block.kind is not Looks.TEXT:
            passed_other = True
            continue
        if abs(block.size - last.size) > 0.35:
            passed_other = True  # a box, or a caption without its label
            continue
        if _is_elsewhere(block, last) and _continues(last, block):
            return number if not passed_other or _surely(last, block) else None
        if len(block.text) > 60:
            return None
    return None


def _is_elsewhere(block: Block, last: Block) -> bool:
    """In another column or on another page, or below what stands between."""
    line = last.lines[-1]
    if block.column != last.column:
        return True
    return block.page != line.page or block.top < line.y or block.top - line.y > 2.5 * line.size


def _surely(last: Block, block: Block) -> bool:
    """Whether a sentence is cut in two, whatever stands between."""
    before = last.text.rstrip()
    return block.text[:1].islower() or before.endswith(tuple(HYPHENS)) or bool(_OPEN.search(before))


def _continues(last: Block, block: Block) -> bool:
    text, before = block.text, last.text.rstrip()
    if _BEGINS_OWN.match(text):
        return False
    if before.endswith(tuple(HYPHENS)) or text[:1].islower() or _OPEN.search(before):
        return True
    line = last.lines[-1]
    is_full = line.x1 > last.right - 0.06 * (last.right - last.left)
    is_flush = block.lines[0].x0 < block.left + 0.5 * block.size
    return is_full and is_flush and len(before) > 40
