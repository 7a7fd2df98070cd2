"""The text a reader would see, with a map back to where each character stands in the raw text."""

import html
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from extraction.text.articles import Showing, is_article, local, parting
from extraction.text.elements import BREAKS, INLINE, KNOWN, MUTED, MUTED_XML, SKIPPED
from extraction.types import Span, Unreadable

_TOKEN = re.compile(
    r"(?P<comment><!--)"
    r"|(?P<declaration><!DOCTYPE[^<>]{0,600}>|<\?[\w-]+[^<>\n]{0,300}\?>|<!\[CDATA\[|\]\]>)"
    r"|(?P<tag><(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9:_-]{0,40}))"
    r"|(?P<entity>&(?:amp;)?(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|&(?:nbsp|lt|gt|quot|amp)(?![A-Za-z0-9=;]))"
    r"|(?P<cut>^[ \t]{0,8}/(?P<cutname>[A-Za-z][A-Za-z0-9]{0,10})[ \t]{0,8}>)"
    r"|(?P<stray>^[ \t]{0,8}>(?=[ \t]{0,8}(?:<[/A-Za-z!]|$))|(?:(?<=>)|^)<(?=[ \t]{0,8}$))"
    r"|(?P<tail>^[ \t]{0,8}(?:[a-z-]{2,20}=\"[^\"<>\n]{0,300}\"[ \t]{0,8}){1,20}/?>)",
    re.M,
)
_SIGN = re.compile(r"[<>&]")
"""Every token has one of them."""
_ATTRIBUTE = re.compile(
    r"(?P<space>\s{1,200})(?P<key>[A-Za-z_:@][-\w:.@]{0,60})"
    r"(?P<given>\s{0,20}=\s{0,20}"
    r"(?:\"(?P<dq>[^\"<>]{0,8000}|[^\"\n]{0,8000})\""
    r"|'(?P<sq>[^'<>]{0,8000}|[^'\n]{0,8000})'"
    r"|(?P<bare>[^\s\"'<>=`]{1,2000})))?"
)
_TAG_END = re.compile(r"\s{0,200}/?\s{0,20}>")
_LINE_END = re.compile(r"[ \t]{0,200}(?:$|<)", re.M)
XML_OPENINGS = (
    *("<?xml", "<article", "<!DOCTYPE article", "<Pubmed", "<!DOCTYPE Pubmed"),
    *("<xml>", "<record>", "<records>"),
)
UNSEEN = re.compile(
    "\u00ad(?:[ \t]{0,20}\r?\n[ \t]{0,20}(?=[^\\W\\d_]))?"
    "|[\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<=[A-Za-z\u00c0-\u024f])[\u200c\u200d](?=[A-Za-z\u00c0-\u024f])"
)
"""Signs without a shape: soft hyphens, with the line end that they part a word at, and zero-width
ones. Joiners count between letters of scripts that need none."""
_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
_WHOLE_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.I)
_MAX_ATTRIBUTES = 100
MAX_TAGS = 200_000


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag; ``start``/``end`` in the raw text, ``at`` in the seen text."""

    name: str
    closing: bool
    start: int
    end: int
    at: int
    attributes: dict[str, Span] = field(default_factory=dict)


@dataclass(slots=True)
class View:
    """The seen text, and runs that say where each stretch of it stands in the raw text."""

    raw: str
    text: str = ""
    tags: list[Tag] = field(default_factory=list)
    dropped: list[Span] = field(default_factory=list)
    seen_starts: list[int] = field(default_factory=list)
    runs: list[tuple[int, int, bool]] = field(default_factory=list)
    """Per run: raw start, raw end, and whether it maps character by character."""
    article: bool = False
    """Whether this is article XML, of which the article's own text is seen."""
    headings: list[int] = field(default_factory=list)
    """Where in the seen text a heading begins that an attribute states."""

    def to_raw(self, start: int, end: int) -> Span:
        """The raw span of the seen span ``start``..``end``, which must not be empty."""
        first, last = self._place(start), self._place(end - 1)
        return Span(first[0], last[1])

    def to_seen(self, raw: int) -> int:
        """Where the raw offset stands in the seen text; inside what is not seen: behind it."""
        number = max(0, bisect_right(self.runs, raw, key=lambda run: run[0]) - 1)
        if number >= len(self.runs):
            return 0
        start, end, literal = self.runs[number]
        if raw <= start:
            return self.seen_starts[number]
        if literal and raw < end:
            return self.seen_starts[number] + raw - start
        return self.seen_starts[number + 1] if number + 1 < len(self.runs) else len(self.text)

    def _place(self, position: int) -> tuple[int, int]:
        number = bisect_right(self.seen_starts, position) - 1
        start, end, literal = self.runs[number]
        if not literal:
            return start, end
        place = start + position - self.seen_starts[number]
        return place, place + 1


def view(raw: str) -> View:
    """Read ``raw`` as text that may hold HTML or XML, whole, cut or broken.

    A tag that is not closed with ``>`` ends where its line ends: it swallows nothing.
    """
    return _Scanner(raw).scan()


class _Scanner:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.seen = View(raw)
        self.pieces: list[str] = []
        self.length = 0
        self.muted_until = 0
        self.showing = Showing() if is_article(raw) else None
        self.seen.article = self.showing is not None
        self.xml = self.seen.article or raw.lstrip("\ufeff \t\r\n").startswith(XML_OPENINGS)
        self.whole_page = self.xml or bool(_WHOLE_PAGE.search(raw[:5000]))
        self.closers: dict[str, list[int]] = {}
        self.last_comment_end = raw.rfind("-->")

    def scan(self) -> View:
        raw, position = self.raw, 0
        while _SIGN.search(raw, position) and (match := _TOKEN.search(raw, position)):
            self._literal(position, match.start())
            position = self._token(match)
        self._literal(position, len(raw))
        self.seen.text = "".join(self.pieces)
        return self.seen

    def _token(self, match: re.Match[str]) -> int:
        start, end = match.span()
        kind = match.lastgroup if match.lastgroup not in {"slash", "name", "cutname"} else ""
        if match["comment"]:
            end = self.raw.find("-->", end) + 3 if end <= self.last_comment_end else end
            return self._drop(start, end)
        if match["tag"]:
            return self._tag(match)
        if match["entity"]:
            return self._entity(start, end)
        if match["cut"]:
            if match["cutname"].lower() not in KNOWN:
                return self._literal(start, end)
            return self._drop(start, end, "\n")
        return self._drop(start, end, "" if kind == "declaration" else "\n")

    def _tag(self, match: re.Match[str]) -> int:
        start, name, closing = match.start(), match["name"].lower(), bool(match["slash"])
        name = local(name) if self.showing else name.removeprefix("jats:")
        end, attributes, complete = self._attributes(match.end())
        known = name in KNOWN or (complete and (self.xml or bool(attributes)))
        if not known or (not complete and not self._may_be_cut(end, closing)):
            return self._literal(start, match.end())
        tag = Tag(name, closing, start, end, self.length, attributes)
        self.seen.tags.append(tag)
        if len(self.seen.tags) > MAX_TAGS:
            raise Unreadable(f"The file has more than {MAX_TAGS:,} tags; it is not read.")
        if self.showing:
            return self._article_tag(self.showing, tag)
        between = "" if name in INLINE else BREAKS.get(name, "\n\n")
        self._drop(start, end, between.rstrip("• ") if closing else between)
        if not closing and complete and name in SKIPPED and "face" not in attributes:
            return self._skip(name, end)
        if not closing and complete and (name in MUTED or (self.xml and name in MUTED_XML)):
            self.muted_until = max(self.muted_until, self._closer(name, end) or 0)
        return end

    def _article_tag(self, showing: Showing, tag: Tag) -> int:
        between = parting(tag.name)
        if tag.closing:
            showing.leave(tag.name)
            return self._drop(tag.start, tag.end, between)
        empty = self.raw[tag.end - 2 : tag.end] == "/>"
        if not empty:
            attributes = {local(k): span.of(self.raw) for k, span in tag.attributes.items()}
            showing.enter(tag.name, attributes)
        label = tag.attributes.get("label") if tag.name == "abstracttext" else None
        if empty or not showing.shown or not label or not label.of(self.raw).strip():
            return self._drop(tag.start, tag.end, between)
        self._drop(tag.start, label.start, between)
        self.seen.headings.append(self.length)
        self._add(label.of(self.raw), label.start, label.end, literal=True)
        return self._drop(label.end, tag.end, between)

    def _attributes(self, position: int) -> tuple[int, dict[str, Span], bool]:
        """Where the tag ends, its attributes, and whether ``>`` was there."""
        found: dict[str, Span] = {}
        bare_name_at = None
        name_end = position
        for _ in range(_MAX_ATTRIBUTES):
            if close := _TAG_END.match(self.raw, position):
                return close.end(), found, True
            attribute = _ATTRIBUTE.match(self.raw, position)
            if not attribute or (not attribute["given"] and "\n" in attribute["space"]):
                break
            position = attribute.end()
            if not attribute["given"]:
                bare_name_at = bare_name_at or attribute.start()
                continue
            group = next(g for g in ("dq", "sq", "bare") if attribute[g] is not None)
            found[attribute["key"].lower()] = Span(*attribute.span(group))
        return (name_end if bare_name_at else position), found, False

    def _may_be_cut(self, end: int, closing: bool) -> bool:
        return bool(_LINE_END.match(self.raw, end)) or (closing and self.raw[end : end + 1] == " ")

    def _skip(self, name: str, end: int) -> int:
        closer = self._closer(name, end)
        return end if closer is None else self._drop(end, closer, "\n\n")

    def _closer(self, name: str, position: int) -> int | None:
        """Where the next ``</name`` begins, if any."""
        if name not in self.closers:
            pattern = re.compile(rf"</{re.escape(name)}\b", re.I)
            self.closers[name] = [m.start() for m in pattern.finditer(self.raw)]
        places = self.closers[name]
        number = bisect_left(places, position)
        return places[number] if number < len(places) else None

    def _entity(self, start: int, end: int) -> int:
        written = self.raw[start:end]
        shown = html.unescape(html.unescape(written))
        if shown == written or "\0" in shown:
            return self._literal(start, end)
        if UNSEEN.fullmatch(shown):
            return self._drop(start, end)
        if self._is_seen(start):
            self._add(shown, start, end, literal=False)
        return end

    def _is_seen(self, position: int) -> bool:
        return self.showing.shown if self.showing else position >= self.muted_until

    def _literal(self, start: int, end: int) -> int:
        if start >= end:
            return end
        if end <= self.muted_until or (self.showing and not self.showing.shown):
            return self._drop(start, end)
        for unseen in UNSEEN.finditer(self.raw, start, end):
            self._seen(start, unseen.start())
            start = self._drop(unseen.start(), min(end, unseen.end()))
        self._seen(start, end)
        return end

    def _seen(self, start: int, end: int) -> None:
        if start < end:
            if self.showing:
                self._seen_as_one_space(start, end)
                return
            stretch = self.raw[start:end]
            if self.whole_page:
                stretch = re.sub(r"[\n\r\t]", " ", stretch)
            self._add(stretch, start, end, literal=True)

    def _seen_as_one_space(self, start: int, end: int) -> None:
        """White space that only sets out the XML is one space, however long."""
        for space in _SPACES.finditer(self.raw, start, end):
            if start < space.start():
                self._add(self.raw[start : space.start()], start, space.start(), literal=True)
            start = space.start()
            if not self.pieces or not self.pieces[-1][-1:].isspace():
                self._add(" ", start, start + 1, literal=True)
                start += 1
            start = self._drop(start, space.end())
        if start < end:
            self._add(self.raw[start:end], start, end, literal=True)

    def _drop(self, start: int, end: int, between: str = "") -> int:
        if start < end:
            self.seen.dropped.append(Span(start, end))
            if between and self._is_seen(start):
                self._add(between, start, end, literal=False)
        return end

    def _add(self, shown: str, start: int, end: int, *, literal: bool) -> None:
        self.seen.seen_starts.append(self.length)
        self.seen.runs.append((start, end, literal))
        self.pieces.append(shown)
        self.length += len(shown)
