"""Files that are no document: tables, data, program code. They are refused by their name, since
read as prose they would yield claims that nobody wrote.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extraction.splitting.objects import is_csl
from extraction.text.articles import is_article
from extraction.text.words import words
from extraction.types import Unreadable

__all__ = ["refuse_foreign"]

_AS_RECORDS = "export its works as RIS, nbib, BibTeX or CSL-JSON."
_RECORD_MARK = re.compile(r"#\d{1,6}$")
_TABLES = frozenset({"csv", "tsv", "tab", "psv"})
_CODE = words(
    "py pyi pyx js mjs cjs ts tsx jsx java c h cc cpp hpp cs go rs rb php pl pm sh bash zsh fish "
    "ps1 bat cmd sql r rmd jl m swift kt kts scala lua vim el clj ex exs erl hs ml css scss sass "
    "less vue svelte cmake mk gradle diff patch tf proto asm s f90 do sas ipynb"
)
_SETTINGS = words("toml yml yaml ini cfg conf env lock properties plist editorconfig")
_LATEX = frozenset({"tex", "ltx", "sty", "cls"})
_LATEX_START = re.compile(
    r"(?:%[^\n]{0,300}\n\s{0,50}){0,50}\\(?:documentclass|documentstyle|begin\{document\})"
)
_CODE_NAMES = frozenset({"makefile", "dockerfile", "rakefile", "gemfile", "jenkinsfile"})
_ROOT = re.compile(r"<(?P<name>[A-Za-z][\w:.-]{0,60})(?P<rest>[^<>]{0,500})")
_XML = (
    (re.compile(r"(?:\w+:)?mods(?:collection)?$", re.I), "MODS"),
    (re.compile(r"(?:marc|marcxml):(?:collection|record)$", re.I), "MARC XML"),
    (re.compile(r"rdf:rdf$", re.I), "RDF"),
    (re.compile(r"b:sources$", re.I), "Word's list of sources"),
    (re.compile(r"(?:rss|feed|rdf:rss)$", re.I), "a feed"),
    (re.compile(r"(?:oai_dc:dc|(?:\w+:)?dublincore)$", re.I), "Dublin Core XML"),
    (
        re.compile(r"(?:clinical_study|trials_downloaded_from_ictrp|trials?)$", re.I),
        "a registry's XML",
    ),
    (re.compile(r"(?:doi_records?|crossref\w*|doi_batch|query)$", re.I), "Crossref's XML"),
    (
        re.compile(
            r"(?:svg|plist|opml|kml|gpx|osm|urlset|sitemapindex|xs:schema|project|configuration|"
            r"beans|manifest|resources?)$",
            re.I,
        ),
        "XML data",
    ),
)
_READ = words(
    "html head body title meta link script style p div span a b i em strong u s small sub sup br "
    "hr document tei book book-part "
    "pre blockquote q cite code h1 h2 h3 h4 h5 h6 section article main header footer nav aside "
    "table tr td th ul ol li dl dt dd figure img form center font abbr xml records record text "
    "pubmedarticleset pubmedbookarticleset medlinecitationset pmc-articleset articles collection"
)
"""Elements of pages, and of records and articles that have readers."""
_MARC = re.compile(r"loc\.gov/MARC21|marcxchange", re.I)
_SIGN = r"(?=.*(?:[=\[\]{}_<>]|\w\())"
"""What lines of programs have and those of prose seldom: a call, an operator, a subscript."""
_CODE_LINE = re.compile(
    r"\s*(?:import [\w.]+(?:, ?[\w.]+)*(?: as \w+)?;?|(?:using|use|package|require|include) \S+;"
    r"|(?:import|export|from) .*[\"'];?|from [\w.]+ import .*|#include\b.*|#!.*|\$ .*"
    r"|(?:async )?(?:def|fn|func|function)\s?\w*\s?\(.*|class \w+.*[:{]"
    rf"|{_SIGN}(?:const|let|var|int|float|double|void|public|private|protected|static)\s.*[;{{=(,]"
    rf"|{_SIGN}(?:if|for|while|switch|elif|catch|except|with|return|raise|throw)\b.*[:;{{)]"
    r"|(?:else|try|finally)\s?[:{]|return \S+;?"
    r"|[\w.\[\]]+\s?(?:\+=|:=|=>|<-)\s?\S.*|[\w.\[\]]+ = \S.*[;)\]({\[]"
    r"|.*\w\(.*\)\s?;|.*[\]}=\"']\s?;|[{}()\[\];,\s]+|.*\)\s?\{|(?:self|this)\.\w.*"
    r"|[\w.]+\(.*\)|//.*|/\*.*|\*/|SELECT\s.*|INSERT INTO\s.*|CREATE TABLE\s.*)"
)
_LOOKED_AT = 200
"""Lines by which a file is judged."""
_ROWS = 30
_MIN_COLUMNS = 3
_CODE_SHARES = ((4, 0.5), (6, 0.3))
"""How many lines, and which share of all, make it a program."""


def refuse_foreign(text: str, name: str) -> None:
    """Raise ``Unreadable`` with what the file is and what to do, unless it may be a document."""
    if what := "".join(_what(text, _RECORD_MARK.sub("", name))):
        raise Unreadable(f"The file is {what}")


def _what(text: str, name: str) -> Iterator[str]:
    stem, _, suffix = name.lower().rpartition(".")
    start = text.lstrip("\ufeff \t\r\n")
    if suffix in _TABLES or _is_table(text):
        yield f"a table, whose rows are no text; {_AS_RECORDS}"
    elif (stem and suffix in _CODE) or name.lower() in _CODE_NAMES:
        yield "program code, which is not read."
    elif (stem and suffix in _LATEX) or _LATEX_START.match(start):
        yield "a LaTeX source, which is not read; save the text of its page and try again."
    elif stem and suffix in _SETTINGS:
        yield "a file of settings or data, which is not read."
    elif suffix in {"json", "jsonl", "ndjson"} or start[:1] in {"{", "["}:
        yield from _what_json(start, stated=suffix in {"json", "jsonl", "ndjson"})
    elif start.startswith("<"):
        yield from _what_xml(start)
    elif _is_code(text):
        yield "program code, as its lines look, which is not read."


def _what_json(start: str, *, stated: bool) -> Iterator[str]:
    """CSL-JSON is a list of works or one work; all else is data."""
    try:
        value = json.loads(start)
    except RecursionError:
        yield "JSON of too many levels, which is not read."
        return
    except ValueError as problem:
        lines = re.match(r"\{[^\n]*\}\s*\n\s*\{", start)
        if lines:
            yield f"a list of JSON lines, which is not read; {_AS_RECORDS}"
        elif stated or re.match(r"\[?\s*\{\s*\"[\w-]{1,40}\"\s*:", start):
            yield f"broken JSON ({problem}); export it once more."
        return
    if isinstance(value, dict) and set(value) == {"items"}:
        value = value["items"]
    works = value if isinstance(value, list) else [value]
    data = stated or any(isinstance(one, dict) for one in [value, *works])
    if data and not (works and all(map(is_csl, works))):
        yield f"JSON, but not CSL-JSON, and is not read as text; {_AS_RECORDS}"


def _what_xml(start: str) -> Iterator[str]:
    """A kind of XML that holds data, by the name of its first element."""
    root = next((m for m in _ROOT.finditer(start[:5000])), None)
    if root is None:
        return
    for pattern, what in _XML:
        if pattern.match(root["name"]):
            yield f"{what}, which is not read; {_AS_RECORDS}"
            return
    if _MARC.search(root["rest"]):
        yield f"MARC XML, which is not read; {_AS_RECORDS}"
    elif _is_unknown(start, root["name"]):
        yield f"XML of a kind that is not read (<{root['name'][:60]}>); {_AS_RECORDS}"


def _is_unknown(start: str, name: str) -> bool:
    """Whether the text is one element from start to end that is neither of a page nor of a kind
    of record.
    """
    local = name.rpartition(":")[2].lower()
    whole = start.startswith("<?xml") or start.rstrip().endswith(f"</{name}>")
    return whole and local not in _READ and not is_article(start)


def _is_table(text: str) -> bool:
    """Nearly every row has as many cells as the first, three or more, and what parts them is no
    comma of prose: no space stands behind it.
    """
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:_LOOKED_AT]
    if len(lines) < 2 or text.lstrip("\ufeff").startswith("---"):
        return False
    for delimiter in ",;\t|":
        if lines[0].count(delimiter) < _MIN_COLUMNS - 1:
            continue
        try:
            rows = _rows(lines[: _ROWS * 4], delimiter)[:_ROWS]
        except csv.Error:
            continue
        header, *others = rows
        width, alike = Counter(map(len, others)).most_common(1)[0] if others else (0, 0)
        cells = [cell for row in rows for cell in row[1:]]
        spaced = sum(cell.startswith(" ") for cell in cells)
        short = all(len(cell) < 60 and not cell.rstrip().endswith(".") for cell in header)
        fits = short and abs(len(header) - width) <= (delimiter == "\t")
        ruled = delimiter == "|" and all(line.lstrip().startswith("|") for line in lines)
        apart = ruled or spaced < 0.2 * len(cells)
        if others and fits and alike >= 0.9 * len(others) and apart:
            return True
    return False


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Tabs part cells whatever quotes stand in them."""
    if delimiter == "\t":
        return [line.split("\t") for line in lines]
    return list(csv.reader(lines, delimiter=delimiter))


def _is_code(text: str) -> bool:
    """Whether enough lines are of a kind that only programs have."""
    if text.startswith("#!") or text.lstrip().startswith("<?php"):
        return True
    if text.lstrip("\ufeff \t\r\n")[:1] in {"@", "%", "+"}:
        return False  # BibTeX, refer, front matter
    lines = [line for line in text[:60_000].splitlines() if line.strip()][:_LOOKED_AT]
    code = sum(bool(_CODE_LINE.fullmatch(line[:300])) for line in lines)
    return any(code >= least and code >= share * len(lines) for least, share in _CODE_SHARES)
