"""The block of fields at the top of a Markdown file: YAML between ``---``, TOML between ``+++``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import find_dois
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import read_value
from extraction.formats.frontmatter_people import people_of
from extraction.formats.frontmatter_values import Tree, Written, scalars, toml_value, yaml_value
from extraction.text.lines import Line, Page
from extraction.text.words import by_word, words

_FIELDS = {
    "title": "title",
    "authors": "author authors by creator creators",
    "container_title": "journal journaltitle containertitle publication publicationtitle "
    "publicationname venue booktitle",
    "date": "date published publicationdate datepublished issued year datereleased "
    "pubdate publishdate",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue number",
    "pages": "pages page",
    "doi": "doi",
    "pmid": "pmid",
    "url": "url sourceurl canonical canonicalurl link source",
    "language": "lang language",
    "registry_id": "nct registryid trialregistration registration",
    "hosting_site": "site sitename",
    "kind": "type kind",
    "abstract": "abstract abstracttext summary",
}
"""The keys of every field, small letters alone; what stands first in the block goes first."""
_FIELD_OF = by_word(_FIELDS)
_INSIDE = words("params extra metadata citation article paper publication journal taxonomies")
"""Keys under which the fields of the work itself may stand."""
_LINKED = words("link links url urls identifier identifiers ids doi citation publication source")
"""Keys under which a DOI is the work's own."""
_NAME = ("name", "title", "full", "long")
_YAML_KEY = re.compile(
    r"^(?P<key>[A-Za-z][\w .-]{0,40}?|\"[\w .-]{1,40}\"|'[\w .-]{1,40}')[ \t]*:(?=\s|$)", re.M
)
_TOML_KEY = re.compile(r"^[ \t]*(?P<key>[A-Za-z][\w-]{0,40}|\"[\w -]{1,40}\")[ \t]*=[ \t]*", re.M)
_TABLE = re.compile(
    r"^[ \t]*\[{1,2}[ \t]*(?P<table>[\w.\"' -]{1,80}?)[ \t]*\]{1,2}[ \t]*(?:#.*)?$", re.M
)
_FENCES = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M),
    "+++": re.compile(r"^\+\+\+[ \t]*\r?$", re.M),
}
_FENCE = re.compile(r"[\s\ufeff]{0,5}(?P<fence>---|\+\+\+)[ \t]*\r?\n")
_LONGEST, _LONGEST_VALUE = 60_000, 2_000
_OPENING = 12
"""Words of an abstract by which it is known again."""
_NOTHING = words("null ~ none nan n/a na unknown tbd todo")
_EMPHASIS = re.compile(r"(?:in:?\s+)?([*_]{1,2})(?P<words>[^*_]+)\1", re.I)
_BROKEN = re.compile(r"(?:\\[nrt])+|(?:[ \t]*\r?\n){2,}")
"""Between paragraphs of a value: an empty line, or a line's end written as an escape."""
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key and its value; ``table`` is the heading above it in TOML."""

    key: str
    tree: Tree
    table: str = ""


def read_front_matter(page: Page, findings: Findings) -> None:
    """Read the fields; the abstract stays, as prose."""
    text = page.view.text
    opened = _FENCE.match(text)
    if not opened:
        return
    closed = _FENCES[opened["fence"]].search(text, opened.end(), opened.end() + _LONGEST)
    if closed is None:
        return
    yaml_like = opened["fence"] == "---"
    read = _yaml_entries if yaml_like else _toml_entries
    if not _holds_fields(
        text[opened.end() : closed.start()], _YAML_KEY if yaml_like else _TOML_KEY
    ):
        return
    entries = list(read(text, opened.end(), closed.start()))
    found = list(_fields(entries))
    abstract = _first(found, "abstract")
    if abstract and _is_repeated(text, closed.end(), abstract):
        abstract = None
    _claim(page, opened.start("fence"), closed.end(), abstract)
    for field in _FIELDS:
        for name, tree in found:
            if name == field != "abstract":
                _offer(findings, field, tree)
    _read_linked_doi(findings, entries)


def _holds_fields(block: str, key: re.Pattern[str]) -> bool:
    """Whether the first line that says anything is a field; else it is text between two rules."""
    for line in _LINE.finditer(block):
        if line.group().strip() and not line.group().lstrip().startswith("#"):
            return bool(key.match(line.group()) or _TABLE.match(line.group()))
    return False


def _yaml_entries(text: str, start: int, end: int) -> Iterator[_Entry]:
    keys = list(_YAML_KEY.finditer(text, start, end))
    for number, key in enumerate(keys):
        stop = keys[number + 1].start() if number + 1 < len(keys) else end
        yield _Entry(_plain(key["key"]), yaml_value(text, _behind(text, key.end(), stop), stop))


def _behind(text: str, start: int, end: int) -> int:
    """Where the value begins: a list below its key begins with its indentation."""
    blank = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n)?").match(text, start, end)
    if blank and blank.group().endswith("\n"):
        return blank.end()
    return start + len(text[start:end]) - len(text[start:end].lstrip(" \t"))


def _toml_entries(text: str, start: int, end: int) -> Iterator[_Entry]:
    table = ""
    while start < end:
        heading, key = _TABLE.match(text, start, end), _TOML_KEY.match(text, start, end)
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if heading:
            table = _plain(heading["table"])
        elif key:
            stop = _toml_end(text, key.end(), end)
            yield _Entry(_plain(key["key"]), toml_value(text, key.end(), stop), table)
        start = stop + 1


def _toml_end(text: str, start: int, end: int) -> int:
    """Where a value ends: at its own closing mark, else with its line."""
    for mark in ('"""', "'''"):
        if text.startswith(mark, start):
            closed = text.find(mark, start + 3, end)
            return closed + 3 if closed >= 0 else end
    depth = 0
    for part in re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|[\[{]|[\]}]|\n|#[^\n]*").finditer(
        text, start, end
    ):
        sign = part.group()
        depth += (sign in "[{") - (sign in "]}")
        if (sign == "\n" or sign[0] == "#") and depth <= 0:
            return part.start()
    return end


def _plain(key: str) -> str:
    return re.sub(r"[^a-z.]", "", key.lower()).rpartition(".")[2]


def _fields(entries: list[_Entry]) -> Iterator[tuple[str, Tree]]:
    """The known fields, those of the block itself before those that stand deeper."""
    deeper: list[tuple[str, Tree]] = []
    people: list[Tree] = []
    for entry in entries:
        field = _FIELD_OF.get(entry.key, "")
        if entry.table and _FIELD_OF.get(entry.table) == "authors":
            _add_person(people, entry)
        elif entry.table and entry.table not in _INSIDE:
            continue
        elif isinstance(entry.tree, dict) and entry.key in _INSIDE:
            parts = {_plain(key): part for key, part in entry.tree.items()}
            named = next((parts[x] for x in _NAME if x in parts), None)
            if field == "container_title" and named:
                deeper.append((field, named))
                parts = {key: part for key, part in parts.items() if key not in _NAME}
            deeper += [(_FIELD_OF[key], part) for key, part in parts.items() if key in _FIELD_OF]
        elif field and not entry.table:
            yield field, entry.tree
        elif field:
            deeper.append((field, entry.tree))
    if people:
        yield "authors", people
    yield from deeper


def _add_person(people: list[Tree], entry: _Entry) -> None:
    """``[[authors]]`` begins a person; a key that comes again begins the next."""
    last = people[-1] if people else None
    if isinstance(last, dict) and entry.key not in last:
        last[entry.key] = entry.tree
    else:
        people.append({entry.key: entry.tree})


def _first(found: list[tuple[str, Tree]], field: str) -> Written | None:
    for name, tree in found:
        if name == field and isinstance(tree, Written) and tree.text:
            return tree
    return None


def _is_repeated(text: str, end: int, abstract: Written) -> bool:
    """Whether the text below has the abstract too: then it is read there."""
    opening = r"\s+".join(map(re.escape, abstract.text.split()[:_OPENING]))
    return re.compile(opening).search(text, end) is not None


def _offer(findings: Findings, field: str, tree: Tree) -> None:
    if field == "authors":
        places = [written for _, written in scalars(tree)]
        if places and (authors := people_of(tree)):
            findings.offer(field, authors, places[0].start, places[-1].end)
        return
    for _, value in scalars(tree):
        if value.text.lower() in _NOTHING or not 0 < len(value.text) <= _LONGEST_VALUE:
            continue
        if field == "kind":
            findings.offer(field, kind_stated(value.text), value.start, value.end)
        elif field == "container_title" and _read_placed(findings, value):
            return
        elif field in {"title", "container_title", "publisher"}:
            _offer_words(findings, field, value)
        else:
            _offer_part(findings, field, value)
        if findings.has(field):
            return


_PLACED = re.compile(
    r"(?P<container_title>.{3,200}?),? (?P<volume>\d{1,4})(?: ?\((?P<issue>[^()]{1,20})\))?"
    r"(?:(?:[:,]| pp?\.)[ ,]{0,2}(?:pp?\. ?)?(?P<pages>[A-Za-z]?\d{1,8}(?: ?[-–] ?\w{1,8})?))?"
    r"\W{0,2}"
)
"""A journal with its volume: "*Journal of Hills, 12*(3), pp. 101-108"."""


def _read_placed(findings: Findings, value: Written) -> bool:
    """Whether the name of a journal has its volume, issue and pages behind it."""
    plain = re.sub(r"[*_]{1,2}", "", " ".join(value.text.split()))
    placed = _PLACED.fullmatch(plain.removeprefix("In ").removeprefix("in "))
    if placed is None or not (placed["issue"] or placed["pages"]):
        return False
    for name, part in placed.groupdict().items():
        findings.offer(name, part, value.start, value.end)
    return True


def _offer_words(findings: Findings, field: str, value: Written) -> None:
    """The words without marks of emphasis; of a journal those alone that have such marks."""
    words = " ".join(value.text.split()).replace("[[", "").replace("]]", "")
    emphasis = _EMPHASIS.match(words)
    if emphasis and (field == "container_title" or emphasis.end() == len(words)):
        words = emphasis["words"].strip()
    findings.offer(field, words.rstrip(",") or None, value.start, value.end)


def _offer_part(findings: Findings, field: str, value: Written) -> None:
    """Read as behind a label; where the value is not written as it is meant, it is one place."""
    written = findings.page.view.text[value.start : value.end]
    read_value(findings, field, Line(value.start, value.end, written), 0)


def _read_linked_doi(findings: Findings, entries: list[_Entry]) -> None:
    """The one DOI of the links, or the one that is called so."""
    found: dict[str, tuple[int, int]] = {}
    for entry in entries:
        tree = entry.tree if entry.key in _LINKED else []
        for part in tree if isinstance(tree, list) else [tree]:
            called = any("doi" in written.text.lower().split() for _, written in scalars(part))
            for key, written in scalars(part):
                for doi in find_dois(written.text):
                    place = (written.start, written.end)
                    if called or _plain(key) == "doi":
                        findings.offer("doi", doi.value, *place)
                    found.setdefault(doi.value, place)
    if len(found) == 1:
        value, place = next(iter(found.items()))
        findings.offer("doi", value, *place)


def _claim(page: Page, start: int, end: int, abstract: Written | None) -> None:
    """The block becomes lines of its own; the abstract among them one line a paragraph."""
    below = [line for line in page.lines if line.end > end]
    if below and below[0].start < end:
        rest = page.view.text[end : below[0].end]
        begin = below[0].end - len(rest.lstrip())
        below[0] = Line(begin, below[0].end, re.sub(r"\s", " ", rest.lstrip()))
    begin, stop = (abstract.start, abstract.end) if abstract else (end, end)
    made = [*_lines(page, start, begin, "front_matter")]
    if abstract:
        made += _prose(page, abstract)
    made += _lines(page, stop, end, "front_matter")
    page.lines[:] = [*made, *(line for line in below if line.text)]


def _prose(page: Page, abstract: Written) -> Iterator[Line]:
    at = abstract.start
    for gap in (*_BROKEN.finditer(page.view.text, abstract.start, abstract.end), None):
        stop = gap.start() if gap else abstract.end
        if abstract.kept_lines:
            yield from _lines(page, at, stop, "prose")
        else:
            yield from _line(page, at, stop, "prose", blank_before=True)
        at = gap.end() if gap else stop


def _lines(page: Page, start: int, end: int, role: str) -> Iterator[Line]:
    first = True
    for line in _LINE.finditer(page.view.text, start, end):
        for made in _line(page, *line.span(), role, blank_before=first):
            yield made
            first = False


def _line(page: Page, start: int, end: int, role: str, *, blank_before: bool) -> Iterator[Line]:
    text = page.view.text[start:end]
    stripped = text.strip()
    if stripped:
        start += text.index(stripped)
        shown = re.sub(r"\s+", " ", stripped) if "\n" in stripped else stripped
        yield Line(start, start + len(stripped), shown, blank_before, role)
