"""Finds a pasted quote in a text, or the passage nearest to it; offsets are code points."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from rapidfuzz import fuzz

from sources.as_typed import Typed, is_inside_word, typed
from sources.whole_words import is_cut

CONTEXT = 80
"""Code points of text kept before and after a passage (TextQuoteSelector prefix, suffix)."""
NEAR_ENOUGH = 60.0
"""Per cent of agreement below which no passage is worth showing."""
MOST = 100
"""Places of one quote that are found: where so many are, nobody chooses among them."""
WIDEST = 200
"""Characters to which a passage is widened at each end; no word is as long."""
MINUS, SOFT_HYPHEN = "\N{MINUS SIGN}", "\N{SOFT HYPHEN}"
FEW = 16
"""Times that a quote may repeat itself before it is looked for character by character."""
END = 120
"""Code points of a long quote's beginning and end that are aligned: the whole of it would take
time that grows with its square."""


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text and which of the spans cover it, by their index."""

    text: str
    covered_by: tuple[int, ...]
    opens: tuple[int, ...]
    """Spans that start here."""
    closes: tuple[int, ...]
    """Spans that end with it."""


def occurrences(text: str, quote: str) -> list[Span]:
    """Where the words of ``quote`` stand in ``text``, ``MOST`` places at most; none overlaps.

    Both are compared as they would be typed (``sources.as_typed``): a quote that was copied from
    a page or typed has other line breaks, quotation marks and hyphens than the document. The
    places are stretches of the document itself, of whole letters, words and numbers
    (``sources.whole_words``).
    """
    wanted, page = _wanted(quote), typed(text)
    found, done = [], 0
    for start in _all_places(page.text, wanted) if wanted else ():
        end = start + len(wanted)
        if start >= done and not (_is_inside(page, start) or _is_inside(page, end)):
            done = end
            found.append(Span(*page.original(start, end)))
            if len(found) == MOST:
                break
    return found


def widened(text: str, quote: str) -> list[Span]:
    """Where ``quote`` begins or ends inside a letter, word or number, with the whole of it."""
    wanted, page = _wanted(quote), typed(text)
    found: dict[Span, None] = {}
    places = _all_places(page.text, wanted) if wanted else iter(())
    for start in islice(places, MOST):
        span = _whole(page, start, start + len(wanted))
        if span is not None and span != Span(start, start + len(wanted)):
            found[Span(*page.original(span.start, span.end))] = None
    return list(found)


def _wanted(quote: str) -> str:
    return typed(quote).text.strip()


def _is_inside(page: Typed, at: int) -> bool:
    return is_cut(page.text, at) or page.is_inside_letter(at) or _is_split(page, at)


def _is_split(page: Typed, at: int) -> bool:
    """A word whose soft hyphen stands at a line's end, or a minus and the number after it: what
    the typed form does not tell from two words and from a dash.
    """
    text = page.text
    space = at if text[at : at + 1] == " " else at - 1
    if not (0 < space < len(text) - 1 and text[space] == " "):
        return False
    letter, gap = page.gap(space)
    if letter == MINUS:
        return text[space + 1].isdigit() or text[space + 1] == "."
    return SOFT_HYPHEN in gap and letter.isalnum()


def _whole(page: Typed, start: int, end: int) -> Span | None:
    """Widened until nothing is cut; ``None`` when that is too far."""
    first, last = start, end
    while _is_inside(page, start):
        start -= 1
        if first - start > WIDEST:
            return None
    while _is_inside(page, end):
        end += 1
        if end - last > WIDEST:
            return None
    return Span(start, end)


def _all_places(text: str, wanted: str) -> Iterator[int]:
    """Where ``wanted`` stands, from left to right, also places that overlap."""
    period = _period(wanted)
    if period * FEW < len(wanted):
        yield from _overlapping(text, wanted)
        return
    start = text.find(wanted)
    while start >= 0:
        yield start
        start = text.find(wanted, start + period)


def _own_ends(wanted: str) -> list[int]:
    """How many characters of ``wanted`` its own first ones end in, by place."""
    again = [0] * len(wanted)
    same = 0
    for i in range(1, len(wanted)):
        while same and wanted[i] != wanted[same]:
            same = again[same - 1]
        same += wanted[i] == wanted[same]
        again[i] = same
    return again


def _period(wanted: str) -> int:
    """How far after a place the next one can be."""
    return len(wanted) - _own_ends(wanted)[-1]


def _overlapping(text: str, wanted: str) -> Iterator[int]:
    """The same in a time that does not grow with ``wanted`` (Knuth, Morris and Pratt)."""
    again = _own_ends(wanted)
    same = 0
    for i in range(max(0, text.find(wanted)), len(text)):
        while same and text[i] != wanted[same]:
            same = again[same - 1]
        same += text[i] == wanted[same]
        if same == len(wanted):
            yield i - same + 1
            same = again[same - 1]


def nearest(text: str, quote: str) -> Span | None:
    """The passage most like ``quote``, of whole words; ``None`` when nothing is like it."""
    wanted, page = _wanted(quote), typed(text)
    flat = page.text
    if not wanted or not flat:
        return None
    head = _align(wanted[:END], flat)
    if head is None:
        return None
    end = head.end
    if len(wanted) > END:
        end = min(head.start + len(wanted), len(flat))
        tail = _align(wanted[-END:], flat[head.start : head.start + 2 * len(wanted)])
        if tail is not None and tail.end > END:
            end = head.start + tail.end
    if end <= head.start:
        return None
    span = _finished(page, Span(head.start, end), wanted[-1])
    return span and Span(*page.original(span.start, span.end))


def _finished(page: Typed, span: Span, last: str) -> Span | None:
    """Nothing cut, with the full stop that the quote has too, no space around."""
    whole = _whole(page, span.start, span.end)
    if whole and not is_inside_word(last) and page.text[whole.end : whole.end + 1] == last:
        whole = _whole(page, whole.start, whole.end + 1)
    if whole is None:
        return None
    inside = page.text[whole.start : whole.end]
    start = whole.start + len(inside) - len(inside.lstrip())
    end = whole.end - (len(inside) - len(inside.rstrip()))
    return Span(start, end) if start < end else None


def _align(wanted: str, flat: str) -> Span | None:
    found = fuzz.partial_ratio_alignment(wanted, flat, score_cutoff=NEAR_ENOUGH)
    return Span(found.dest_start, found.dest_end) if found else None


def segments(text: str, spans: Sequence[Span], cuts: Iterable[int] = ()) -> list[Segment]:
    """The whole text, cut wherever a span starts or ends, and at ``cuts``; spans may overlap."""
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for i, span in enumerate(spans):
        if 0 <= span.start < span.end <= len(text):
            opens.setdefault(span.start, []).append(i)
            closes.setdefault(span.end, []).append(i)
    covering: set[int] = set()
    found = []
    for a, b in pairwise(sorted({0, len(text), *opens, *closes, *cuts})):
        covering.difference_update(closes.get(a, ()))
        covering.update(opens.get(a, ()))
        here = tuple(opens.get(a, ())), tuple(closes.get(b, ()))
        found.append(Segment(text[a:b], tuple(sorted(covering)), *here))
    return found


def words_before(prefix: str, start: int | None) -> str:
    """The context from its first whole word; an ellipsis says that the document goes further."""
    if start == len(prefix):
        return prefix
    first, space, rest = prefix.partition(" ")
    return f"…{rest if space else first}" if prefix else ""


def words_after(suffix: str) -> str:
    """The context up to its last whole word; short context ends with the document."""
    if len(suffix) < CONTEXT:
        return suffix
    rest, space, last = suffix.rpartition(" ")
    return f"{rest if space else last}…"
