"""Identifiers of works and trials: their one form, and where they stand in a text."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_RESOLVER = re.compile(r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org|hdl\.handle\.net)/", re.I)
_DOI_PREFIX = re.compile(r"(?:info:)?doi(?:\.org)?\s{0,9}[:=/]?\s{0,9}", re.I)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,9}/[^\s\x00-\x20\x7f\"“”]{1,1000}", re.A)
"""A whole DOI: what stands after the slash may be any sign (DOI Handbook 2.2)."""
_NEXT = r"[,;|]+(?:10\.\d{4}|https?:|doi:|pmid\b|pmcid\b)"
_OLD_ENDING = r"\d\.\d\.(?:CO|TX|AU);"
_FOUND = re.compile(
    r"10\.\d{4,9}(?:\.\d{1,9}){0,9}(?:/|%2F)"
    rf"(?:(?!{_NEXT})[^\s<>\"“”‘’{{}}|\\^`]|<(?=[^\s<>]{{0,60}}>{_OLD_ENDING})|>(?={_OLD_ENDING}))"
    r"{1,1000}",
    re.I | re.A,
)
"""A DOI in running text; pointed brackets are its own only as in DOIs made of a SICI."""
_QUERY = re.compile(
    r"\?[^\s=]{1,60}=.*|#(?:[a-z]\w{0,30}=.*|:~:.*|sec\w*|abstract|references)$", re.I
)
_VIEW = re.compile(
    r"/(?:full|epdf|pdf|pdfft|abstract|abs|fulltext|full-text|summary|html?|meta)$"
    r"|\.(?:pdf|full|abstract|long|short|html?)$",
    re.I,
)
"""What a site adds to a DOI in the address of a page."""
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.I)
_LONGEST = 2_000
_NCT = re.compile(r"(?<![A-Za-z0-9])NCT\s?(\d{8})(?!\d)", re.I)
_PMID_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|"
    r"(?:pmid|pubmed)\s*[:=]?\s*",
    re.I,
)
NOTED_PMID = re.compile(
    r"^\s{0,9}(?:<p>)?(?:PMID: {0,3}|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|"
    r"ncbi\.nlm\.nih\.gov/pubmed)/)(?P<pmid>[1-9]\d{0,7})/?(?:</p>|\s|$)",
    re.M,
)
"""A line in which a reference manager notes it, or the address of the work's page in PubMed."""
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


@dataclass(frozen=True, slots=True)
class Stated:
    """An identifier in normal form and where it was written in the text."""

    value: str
    start: int
    end: int


def normalize_doi(text: str) -> str | None:
    """Lower case, without resolver or ``doi:`` (DOI Handbook 2.4: case does not count).

    Whole, whatever signs it holds; what an address adds or escapes (``%2F``) is undone.
    """
    bare = text.strip().removeprefix("<") if len(text) <= _LONGEST else ""
    prefix = _DOI_PREFIX.match(bare)
    bare = bare[prefix.end() :] if prefix else bare
    if resolver := _RESOLVER.match(bare):
        bare = _QUERY.sub("", bare[resolver.end() :])
    bare = _unescaped(bare)
    bare = _without_tail(bare)
    return bare.lower() if _DOI.fullmatch(bare) else None


def find_dois(text: str) -> Iterator[Stated]:
    for match in _FOUND.finditer(text):
        if match.start() and text[match.start() - 1].isdigit():
            continue
        written = _without_tail(match.group())
        before = text[max(0, match.start() - 300) : match.start()].rpartition(" ")[2]
        if "://" in before:
            written = _QUERY.sub("", written)
            written = written if _RESOLVER.search(before) else _VIEW.sub("", written)
        if value := normalize_doi(written):
            yield Stated(value, match.start(), match.start() + len(written))


def stated_doi(value: str) -> str | None:
    """The DOI of a field that holds one: ``10.1000/182 [doi]``, an address, or it alone."""
    words = value.split(maxsplit=1)
    if len(words) == 2 and words[1].strip() == "[doi]":
        value = words[0]
    return normalize_doi(value) or next((found.value for found in find_dois(value)), None)


def _unescaped(doi: str) -> str:
    """``%2F`` and ``&lt;`` as what they stand for, also where they were escaped twice."""
    for _ in range(3):
        if "&" in doi and ";" in doi:
            doi = html.unescape(doi)
        if not _ESCAPE.search(doi):
            break
        try:
            doi = unquote(doi, errors="strict")
        except UnicodeDecodeError:
            break
    return doi


def _without_tail(doi: str) -> str:
    """Punctuation of the sentence around a DOI, and brackets opened before it, are not its own."""
    while doi:
        last = doi[-1]
        opener = _BRACKETS.get(last)
        if last in ".,;:!?'*…" or (opener and doi.count(opener) < doi.count(last)):
            doi = doi[:-1]
        else:
            break
    return doi


def normalize_nct(text: str) -> str | None:
    match = _NCT.fullmatch(text.strip().rsplit("/", 1)[-1])
    return f"NCT{match[1]}" if match else None


def find_ncts(text: str) -> Iterator[Stated]:
    for match in _NCT.finditer(text):
        yield Stated(f"NCT{match[1]}", *match.span())


def normalize_pmid(text: str) -> str | None:
    bare = text.strip().rstrip("/")
    prefix = _PMID_PREFIX.match(bare)
    bare = bare[prefix.end() :] if prefix else bare
    return bare if re.fullmatch(r"[1-9]\d{0,7}", bare, re.A) else None
