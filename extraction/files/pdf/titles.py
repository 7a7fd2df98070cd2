"""Which block is the title: the largest words at the top that are not the journal's own."""

import re
from collections.abc import Iterable, Mapping, Sequence

from extraction.files.joining import HYPHENS
from extraction.files.pdf.blocks import Block, Line
from extraction.files.pdf.rows import Piece
from extraction.filetext import Looks
from extraction.text.person_names import parse_authors

__all__ = ["mark_title"]

_BANNER = re.compile(
    r"\W*(?:(?:original|research|review|regular|special|invited|short|brief|rapid|full|open|free|"
    r"access|article|articles|paper|report|reports|communication|letter|letters|editorial|"
    r"commentary|correspondence|case|study|studies|series|clinical|practice|guideline|guidelines|"
    r"systematic|mini|minireview|perspective|perspectives|opinion|debate|debates|viewpoint|"
    r"protocol|methodology|featured|focus|topical|hypothesis|theory|technical|advance|peer|"
    r"reviewed|preprint|manuscript|accepted|author|news|views|and|the|in|of|a|to|on|"
    r"contents|lists|available|at|sciencedirect|journal|homepage|download|pdf)\b\W*)+",
    re.I,
)
_ADDRESS = re.compile(r"https?:|www\.|@|\bdoi\b|©|\bissn\b|\bvol(?:ume|\.)?\s?\d", re.I)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SENTENCES = re.compile(
    r"[a-z0-9)]{2}\.\s+[A-Z][a-z]*\s+[a-zA-Z]|\s[a-z]+\s(?:is|are|was|were|has|have|had)\s.*\.$"
)
"""Several, or one whole: a notice in large letters."""
_CITED_AS = r"\W{0,4}(?:\(?(?:19|20)\d\d|\d+\s?[(:;]|vol|\d{1,4}\W)"
_LARGER = 0.7
_LONGEST = 400
_COVER = 400
"""Letters of a page that only introduces the next."""
_MOST_PARTS = 8
_A_SIGN = 2
"""Letters."""
_FEWEST_SUBTITLE = 3
_LONGEST_LIST = 4_000
_OPEN_LIST = re.compile(r"(?:[,;|&]|\band)\s*$")
_GOES_ON_LIST = re.compile(r"(?:[,;|&]|and\b)\s*[^\W\d_a-z]")
_LISTED = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*\s){1,4}[^\W\d_a-z][\w'’-]+[¹²³⁴-⁹⁰*,]*"
    r"(?:,?\s(?:M\.?D|Ph\.?D|M\.?Sc|B\.?Sc)\b\.?){0,3}\s?[,;|]\s"
    r"(?:[^\W\d_a-z][\w.'’-]*\s){1,4}[^\W\d_a-z][\w'’-]+"
)
"""Two persons at least, whatever follows."""
_GOES_ON = re.compile(r"[a-z]{2,}\s[^.]*\.$")
"""The end of a sentence."""
_YEAR = re.compile(r"(?:19|20)\d\d\W*$")
_NAMES = re.compile(r"[a-z,][¹²³⁴-⁹⁰]|\b[A-Z]\.\s|\b(?:M\.?D|Ph\.?D)\b")
_FULL_LENGTH = 5
"""Words from which on a title is as good as any."""


def mark_title(blocks: list[Block], hints: Mapping[str, str], body: float) -> None:
    """Give the title its kind; blocks of its size right below it join it."""
    first = [b for b in blocks if b.page == blocks[0].page] if blocks else []
    second = [b for b in blocks if b.page == blocks[0].page + 1] if blocks else []
    if sum(len(b.text) for b in first) < _COVER:
        first = first + second
    best = (
        _hinted(first, hints.get("title", ""))
        or _by_size(first, blocks, body)
        or _by_size(second, blocks, body)
    )
    if best is None:
        return
    best.kind = Looks.TITLE
    at = blocks.index(best)
    rest = _cut_at_size(best)
    for below in blocks[at + 1 : at + _MOST_PARTS]:
        if len(below.text) <= _A_SIGN:
            continue  # of a button beside it
        if rest or not _is_rest(best, below):
            break
        best.lines.append(below.lines.pop(0))
        rest = _cut_at_size(best)
        best.lines.extend([] if rest else below.lines)
        below.lines = below.lines if rest else []
    if rest:
        blocks.insert(at + 1, Block([rest], Looks.TEXT, best.left, best.right))
    blocks[:] = [block for block in blocks if block.lines]
    following, after = (*blocks[at + 1 : at + 3], None, None)[:2]
    if following and after and _is_subtitle(best, following, body) and _follows(after):
        following.kind, at = Looks.SUBTITLE, at + 1
    _join_people(blocks, at + 1)


def _follows(after: Block) -> bool:
    """Whether it stands where a subtitle ends: text stands below the heading of a section."""
    return after.kind is not Looks.TEXT or _looks_people(after.text)


def _is_subtitle(title: Block, below: Block, body: float) -> bool:
    """Larger than the text and smaller than the title, right below it, and no persons."""
    return (
        body + _LARGER < below.size < title.size - 0.5
        and below.page == title.page
        and 0 < below.top - title.lines[-1].y < 3 * title.size
        and _can_be(below, body)
        and len(below.text.split()) >= _FEWEST_SUBTITLE
        and not _looks_people(below.text)
        and not _NAMES.search(below.text)
        and not _YEAR.search(below.text)
    )


def _join_people(blocks: list[Block], at: int) -> None:
    """Who wrote it, on one line, where the list is parted."""
    while at < len(blocks) and not any(map(str.isalpha, blocks[at].text)):
        at += 1
    if at >= len(blocks) or not _looks_people(blocks[at].text):
        return
    first = blocks[at]
    while at + 1 < len(blocks):
        below = blocks[at + 1]
        joined = f"{first.text} {below.text}"
        same = abs(below.size - first.size) < 0.6 and below.page == first.page
        more = _OPEN_LIST.search(first.text) or _GOES_ON_LIST.match(below.text)
        if not same or len(joined) > _LONGEST_LIST:
            return
        if not more and len(parse_authors(joined)) <= len(parse_authors(first.text)):
            return
        first.lines.extend(below.lines)
        first.kind = Looks.TEXT
        del blocks[at + 1]


def _looks_people(text: str) -> bool:
    if len(text) > _LONGEST_LIST:
        return False
    return bool(parse_authors(text)) or bool(_LISTED.match(text))


def _is_rest(title: Block, below: Block) -> bool:
    first = below.lines[0].cells[0].glyphs[0]
    return (
        abs(first.size - title.size) < 0.5
        and first.bold == title.is_bold
        and below.page == title.page
        and 0 < below.top - title.lines[-1].y < 2.6 * title.size
        and below.kind in (Looks.HEADING, Looks.TEXT)
        and below.text[0].isalnum()
        and not _BANNER.fullmatch(below.text)
    )


def _cut_at_size(title: Block) -> Line | None:
    """Smaller words behind the title on its last line, such as a version in brackets."""
    line = title.lines[-1]
    glyphs = [g for cell in line.cells for g in cell.glyphs]
    for at, glyph in enumerate(glyphs):
        smaller = all(g.size < 0.84 * title.size for g in glyphs[at : at + 12])
        if at and smaller and len(glyphs) - at >= 8 and glyph.spaced:
            line.cells = [Piece(glyphs[:at])]
            return Line([Piece(glyphs[at:])], line.page)
    return None


def _hinted(first: Sequence[Block], hint: str) -> Block | None:
    """The block that the file's properties call the title, when its words are those."""
    wanted = _folded(hint)
    if len(wanted) < 12 or len(hint.split()) < 3:
        return None
    for block in first:
        words = _folded(block.text)
        if block.kind is not Looks.RUNNING and len(words) >= 10 and len(block.text) < _LONGEST:
            if words == wanted or (wanted.startswith(words) and len(words) > 0.5 * len(wanted)):
                return block
            if words.startswith(wanted) and len(words) < 2.5 * len(wanted):
                return block
    return None


def _by_size(first: Sequence[Block], blocks: Sequence[Block], body: float) -> Block | None:
    scored = [
        (_score(block, body), -number, block)
        for number, block in enumerate(first)
        if _can_be(block, body) and not _is_journal(block, blocks)
    ]
    return max(scored, key=lambda one: one[:2])[2] if scored else None


def _score(block: Block, body: float) -> float:
    words = len(_LETTERS.findall(block.text))
    length: float = min(1.0, words / _FULL_LENGTH) ** 0.5
    return block.size * length * (1.08 if block.is_bold else 1.0)


def _can_be(block: Block, body: float) -> bool:
    text = block.text
    if block.kind not in (Looks.TEXT, Looks.HEADING) or len(text) > _LONGEST:
        return False
    if text[-1] in HYPHENS or _GOES_ON.match(text):
        return False
    if block.size < body + _LARGER and not block.is_bold:
        return False
    if _BANNER.fullmatch(text) or _ADDRESS.search(text) or _SENTENCES.search(text):
        return False
    return len(_LETTERS.findall(text)) >= 2 and sum(map(str.isalpha, text)) > 0.6 * len(text)


def _is_journal(block: Block, blocks: Iterable[Block]) -> bool:
    """Whether the words stand elsewhere with the year or the volume behind them."""
    words = " ".join(block.text.split())
    if len(words.split()) > 8:
        return False
    cited = re.compile(rf"(?<!\w){re.escape(words)}{_CITED_AS}", re.I)
    return any(
        cited.search(" ".join(other.text.split()))
        for other in blocks
        if other is not block and other.page <= block.page + 1
    )


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
