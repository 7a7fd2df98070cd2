"""One BibTeX or biblatex entry: ``@article{key, title = {...}, ...}``, its macros and its LaTeX.

Quotes stay as they are written; values are what a reader would see.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from extraction.bibliography.dates import stated_date
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import NOTED_PMID, normalize_pmid, stated_doi
from extraction.bibliography.kinds import is_preprint_server
from extraction.bibliography.values import LANGUAGES, URL
from extraction.formats.claiming import claim_record, paragraphs_in
from extraction.text.labelled_names import group, named, named_in_list
from extraction.text.latex import plain
from extraction.text.lines import Page
from extraction.text.prefaces import is_preface
from extraction.text.words import by_word
from extraction.types import Author

__all__ = ["is_bibtex", "read_bibtex"]

_BLOCK = re.compile(r"^[ \t]{0,40}@(?P<type>[A-Za-z]{3,30})[ \t\r\n]{0,40}(?P<open>[{(])", re.M)
_BETWEEN = r"(?:[\s,]|%[^\n]*(?:\n|\Z))*+"
_KEY = re.compile(rf"{_BETWEEN}(?P<key>[A-Za-z_][^\s\"#%'(),={{}}]{{0,60}})\s*+=\s*+")
_NAME = re.compile(r"[^,={}\"]{0,300}?(?:,|\n(?=\s{0,40}[A-Za-z][\w-]{0,40}\s{0,40}=))")
"""The key by which an entry is cited."""
_BARE = re.compile(r"[^\s,#{}()\"=%]{1,200}")
_JOINED = re.compile(r"\s*+#\s*+")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")
_NEXT_FIELD = re.compile(
    r"\n[ \t]{0,40}[A-Za-z][\w-]{1,40}[ \t]{0,40}=[ \t]{0,40}[{\"]|\n[ \t]{0,40}@"
)
"""Where a value that is never closed ends."""
_ENTRY_ENDS = re.compile(r"\s*+(?:\Z|@)")
_FIELDS = {
    "container_title": ("journal", "journaltitle", "booktitle", "maintitle", "shortjournal"),
    "publisher": ("publisher", "institution", "school", "organization"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "eid", "articleno"),
}
"""Of ours the fields of BibTeX and biblatex, the likeliest first."""
_VOLUME_AND_ISSUE = re.compile(r"(?P<volume>\w{1,8}) ?\((?P<issue>[^()]{1,20})\)")
_KINDS = by_word(
    {
        "journal-article": "article periodical",
        "book-chapter": "inbook incollection suppbook inreference bookinbook",
        "web-page": "online electronic www",
    }
)
_UNTOLD = frozenset({"misc", "unpublished"})
"""Types that say nothing."""
_JUDGED_BY = ("container_title", "doi", "pmid", "url")
"""With one of these the text itself shows what kind of work it is."""
_OF_THE_WHOLE = (("year", "month", "date"), ("volume",), ("publisher", "organization"))
"""What a part takes from the whole, where it has none of the like."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_FIRST = re.compile(
    r"^[ \t]{0,40}@(?:(?:comment|preamble|string|article|book|inproceedings|misc|techreport|"
    r"phdthesis|incollection|inbook|proceedings|mastersthesis|unpublished|booklet|manual)"
    r"[ \t\r\n]{0,40}[{(]|[A-Za-z]{3,30}[ \t\r\n]{0,40}\{[^,={}\"]{0,300},\s{0,200}[A-Za-z_-]{2,40}"
    r"\s{0,40}=)",
    re.M | re.I,
)
_HEAD = 5_000
_MOST_UNCLOSED = 5


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a value: a string, or a number or macro (``bare``)."""

    start: int
    end: int
    bare: bool


@dataclass(frozen=True, slots=True)
class _Field:
    pieces: tuple[_Piece, ...]

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    start: int
    end: int
    """Where its type stands."""
    fields: dict[str, _Field]


@lru_cache(maxsize=4)
def is_bibtex(text: str) -> bool:
    """Whether the document is an entry of BibTeX: its blocks come before any prose."""
    first = _FIRST.search(text, 0, _HEAD)
    return first is not None and is_preface(text[: first.start()])


def read_bibtex(page: Page, findings: Findings) -> None:
    text = page.view.text
    if not is_bibtex(text):
        return
    entry, macros = _entry(text)
    if entry is None:
        return
    _Reader(page, findings, entry, macros).read()
    abstract = entry.fields.get("abstract")
    pieces = [_unbraced(text, p) for p in abstract.pieces if not p.bare] if abstract else []
    prose = [stretch for p in pieces for stretch in paragraphs_in(text, p.start, p.end)]
    claim_record(page, prose)


def _unbraced(text: str, piece: _Piece) -> _Piece:
    """What stands in the braces that hold all of a value, as Web of Science doubles them."""
    start, end = piece.start, piece.end
    while end - start > 1 and text[start] == "{" and _closing(text, start + 1, "}")[0] == end - 1:
        start, end = start + 1, end - 1
    return _Piece(start, end, bare=piece.bare)


def _entry(text: str) -> tuple[_Entry | None, dict[str, str]]:
    """The first entry, by preference one with a title, with what it takes from the entry that it
    is a part of; and the macros of the document.
    """
    macros = {month: month for month in _MONTHS}
    found: _Entry | None = None
    keyed: dict[str, _Entry] = {}
    position = unclosed = 0
    while unclosed <= _MOST_UNCLOSED and (block := _BLOCK.search(text, position)):
        kind = block["type"].lower()
        if kind in {"comment", "preamble"}:
            position = _closing(text, block.end(), "}" if block["open"] == "{" else ")")[0]
            continue
        start, key = block.end(), ""
        if kind != "string" and (name := _NAME.match(text, start)):
            start, key = name.end(), name.group().strip(" ,\r\n\t").lower()
        fields, position, lost = _fields(text, start)
        unclosed += lost
        if kind == "string":
            macros |= {key: _value(text, field, macros) for key, field in fields.items()}
        elif fields:
            entry = keyed.setdefault(key, _Entry(kind, *block.span("type"), fields))
            if found is None or ("title" in fields and "title" not in found.fields):
                found = entry
    if found and (part_of := found.fields.get("crossref")):
        parent = keyed.get(_value(text, part_of, macros).strip().lower())
        if parent:
            found = replace(found, fields=found.fields | _taken(parent, found.fields.keys()))
    return found, macros


def _taken(parent: _Entry, own: Collection[str]) -> dict[str, _Field]:
    """What a part takes from the whole where it says nothing of it itself: not authors, number
    or text.
    """
    taken = {
        name: parent.fields[name]
        for alike in _OF_THE_WHOLE
        for name in alike
        if name in parent.fields and not any(other in own for other in alike)
    }
    if not any(name in own for name in _FIELDS["container_title"]):
        for name in ("journal", "journaltitle", "booktitle", "title"):
            if name in parent.fields:
                return taken | {"booktitle": parent.fields[name]}
    return taken


def _fields(text: str, position: int) -> tuple[dict[str, _Field], int, int]:
    """The fields from ``position`` on, the first of each name; where they end; values unclosed."""
    found: dict[str, _Field] = {}
    unclosed = 0
    while unclosed <= _MOST_UNCLOSED and (key := _KEY.match(text, position)):
        pieces: list[_Piece] = []
        position = key.end()
        while read := _piece(text, position):
            piece, position, lost = read
            unclosed += lost
            if piece.start < piece.end:
                pieces.append(piece)
            joined = _JOINED.match(text, position)
            if not joined:
                break
            position = joined.end()
        if pieces:
            found.setdefault(key["key"].lower(), _Field(tuple(pieces)))
    return found, position, unclosed


def _piece(text: str, position: int) -> tuple[_Piece, int, bool] | None:
    """The part of a value that begins here, where it ends, and whether it is never closed."""
    opener = text[position : position + 1]
    if opener in {"{", '"'}:
        start = position + 1
        end, lost = _closing(text, start, "}" if opener == "{" else '"')
        return _Piece(start, end, bare=False), end if lost else end + 1, lost
    bare = _BARE.match(text, position)
    return (_Piece(*bare.span(), bare=True), bare.end(), False) if bare else None


def _closing(text: str, start: int, closer: str) -> tuple[int, bool]:
    """Where the value opened at ``start`` closes, braces in it balanced; whether it never does."""
    if closer == ")":
        end = text.find(")", start)
        return (end, False) if end >= 0 else (len(text), True)
    depth = 0
    for sign in (_BRACE if closer == "}" else _QUOTE).finditer(text, start):
        if sign.group() == closer and not depth:
            if closer == "}" or text[sign.start() - 1] != "\\":
                return _before_the_end(text, start, sign.start())
        elif sign.group() != '"':
            depth = max(0, depth + (1 if sign.group() == "{" else -1))
    lost = _NEXT_FIELD.search(text, start)
    return (lost.start() if lost else len(text)), True


def _before_the_end(text: str, start: int, end: int) -> tuple[int, bool]:
    """A value that takes the brace of its entry was never closed."""
    lost = _NEXT_FIELD.search(text, start, end) if _ENTRY_ENDS.match(text, end + 1) else None
    return (lost.start(), True) if lost else (end, False)


def _value(text: str, field: _Field, macros: Mapping[str, str]) -> str:
    """The value as written, macros put in."""
    return "".join(
        macros.get(text[p.start : p.end].lower(), text[p.start : p.end])
        if p.bare
        else text[p.start : p.end]
        for p in field.pieces
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    page: Page
    findings: Findings
    entry: _Entry
    macros: Mapping[str, str]

    @property
    def fields(self) -> Mapping[str, _Field]:
        return self.entry.fields

    def written(self, name: str) -> str:
        field = self.fields.get(name)
        return _value(self.page.view.text, field, self.macros) if field else ""

    def plain(self, name: str) -> str:
        return plain(self.written(name))

    def offer(self, name: str, value: object, *fields: str) -> None:
        """A value read from these fields of the entry."""
        places = [self.fields[field] for field in fields if field in self.fields]
        if places:
            start, end = min(f.start for f in places), max(f.end for f in places)
            self.findings.offer(name, value, start, end)

    def read(self) -> None:
        self._read_title()
        self._read_authors()
        if both := _VOLUME_AND_ISSUE.fullmatch(self.plain("volume")):
            self.offer("volume", both["volume"], "volume")
            self.offer("issue", "" if "number" in self.fields else both["issue"], "volume")
        for name, keys in _FIELDS.items():
            for key in keys:
                if key in self.fields:
                    value = self.plain(key)
                    self.offer(name, _range(value) if name == "pages" else value, key)
        self._read_date()
        self._read_identifiers()
        for key in ("langid", "language"):
            if key in self.fields:
                self.offer("language", LANGUAGES.get(self.plain(key).lower()), key)
        self._read_kind()

    def _read_kind(self) -> None:
        hosts = (self.plain(key) for key in ("archiveprefix", "eprinttype", "journal", "publisher"))
        place = self.entry.start, self.entry.end
        if any(is_preprint_server(host) for host in hosts):
            self.findings.offer("kind", "preprint", *place)
        elif self.entry.kind not in _UNTOLD or not any(map(self.findings.has, _JUDGED_BY)):
            self.findings.offer("kind", _KINDS.get(self.entry.kind, "other"), *place)

    def _read_title(self) -> None:
        title, below = self.plain("title"), self.plain("subtitle")
        if below and title and below.lower() not in title.lower():
            joined = f"{title} {below}" if title[-1] in ":?!" else f"{title}: {below}"
            self.offer("title", joined.removesuffix("."), "title", "subtitle")
        self.offer("title", title.removesuffix("."), "title")

    def _read_authors(self) -> None:
        if "author" in self.fields:
            self.offer("authors", authors_of(self.written("author")), "author")

    def _read_date(self) -> None:
        if "date" in self.fields and (found := stated_date(self.plain("date"))):
            self._offer_date(found.value, found.precision, "date")
        if "year" not in self.fields:
            return
        used = [name for name in ("year", "month", "day") if name in self.fields]
        month = re.sub(r"^0?(\d{1,2})$", _month_name, self.plain("month"))
        words = f"{self.plain('year')} {month} {self.plain('day')}".strip()
        turned = re.sub(r"^(\d{4}) (\d{1,2})(?:st|nd|rd|th)?\.? ([A-Za-z]+)", r"\1 \3 \2", words)
        if found := stated_date(turned):
            self._offer_date(found.value, found.precision, *used[: 1 + 2 * ("-" in found.value)])

    def _offer_date(self, value: str, precision: str, *fields: str) -> None:
        if not self.findings.has("date"):
            self.offer("date", value, *fields)
            self.offer("date_precision", precision, *fields)

    def _read_identifiers(self) -> None:
        addresses = {key: plain(self.written(key), ties=False) for key in _ADDRESSES}
        for key in ("doi", "url", "howpublished", "note"):
            if key in self.fields and (doi := stated_doi(addresses[key])):
                self.offer("doi", doi, key)
        if "pmid" in self.fields:
            self.offer("pmid", normalize_pmid(self.plain("pmid")), "pmid")
        if "eprint" in self.fields and self.plain("eprinttype").lower() in {"pubmed", "pmid"}:
            self.offer("pmid", normalize_pmid(self.plain("eprint")), "eprint")
        for key in ("note", "annote", "url"):
            if key in self.fields and (noted := NOTED_PMID.search(self.written(key))):
                self.offer("pmid", noted["pmid"], key)
        for key in ("url", "howpublished"):
            if key in self.fields and (match := URL.search(addresses[key])):
                self.offer("url", match.group().rstrip(".,;"), key)


def _range(pages: str) -> str:
    """``101 – 108`` as ``101-108``."""
    return re.sub(r"(?<=\w)\s?[–-]{1,2}\s?(?=\w)", "-", pages)


_ADDRESSES = ("doi", "url", "howpublished", "note")


def _month_name(number: re.Match[str]) -> str:
    month = int(number[1])
    return _MONTHS[month - 1] if 1 <= month <= 12 else ""


def authors_of(written: str) -> tuple[Author, ...]:
    """The names that "and" parts outside of braces; a name in braces is one group."""
    found: list[Author] = []
    names = [*_names(written)]
    if len(names) > 1 and "," not in names[-1] and " " in names[-1]:
        names = [one for name in names for one in _in_commas(name)]
    for name in names:
        inner = _in_braces(name)
        if inner is None:
            found += named_in_list(plain(name), family_first=False)
        elif len(listed := " ".join(inner.split()).split(" and ")) > 1 and all(
            "," in one for one in listed
        ):
            found += [author for one in listed for author in named(plain(one), family_first=False)]
        else:
            found += group(plain(inner))
    return tuple(found)


def _in_commas(name: str) -> list[str]:
    """``Per Lind, Chidi Oka`` before "and Bo Sand": a list that commas part, as in prose."""
    parts = [part.strip() for part in name.split(",")]
    whole = all(" " in part and not _BRACE.search(part) for part in parts)
    return parts if whole and len(parts) > 1 else [name]


def _names(written: str) -> Iterator[str]:
    depth = start = 0
    for mark in re.finditer(r"[{}]|(?<=[\s}])(?:and|AND)(?=[\s{])", written):
        sign = mark.group()
        if sign in "{}":
            depth = max(0, depth + (1 if sign == "{" else -1))
        elif not depth:
            yield written[start : mark.start()].strip()
            start = mark.end()
    yield written[start:].strip()


def _in_braces(name: str) -> str | None:
    """What the braces hold that hold all of a name."""
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return None
    depth = 0
    for mark in _BRACE.finditer(name):
        depth += 1 if mark.group() == "{" else -1
        if not depth:
            return name[1:-1].strip() if mark.end() == len(name) else None
    return None
