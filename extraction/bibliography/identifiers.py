"""Identifiers of works and trials: their one form, and where they stand in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DOI_PREFIX = re.compile(
    r"(?:https?://(?:dx\.|www\.)?doi\.org/|(?:dx\.)?doi\.org/|doi\s*[:=]?\s*)", re.I
)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9})*/[^\s<>\"“”‘’{}|\\^`]{1,300}", re.I)
_NCT = re.compile(r"(?<![A-Za-z0-9])NCT\s?(\d{8})(?!\d)", re.I)
_PMID_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|"
    r"pmid\s*[:=]?\s*",
    re.I,
)
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Stated:
    """An identifier in normal form and where it was written in the text."""

    value: str
    start: int
    end: int


def normalize_doi(text: str) -> str | None:
    """Lower case, without resolver or ``doi:`` (DOI Handbook 2.4: case does not count)."""
    bare = text.strip()
    prefix = _DOI_PREFIX.match(bare)
    bare = _without_tail(bare[prefix.end() :] if prefix else bare)
    return bare.lower() if _DOI.fullmatch(bare) else None


def find_dois(text: str) -> Iterator[Stated]:
    for match in _DOI.finditer(text):
        if match.start() and text[match.start() - 1].isdigit():
            continue
        written = _without_tail(match.group())
        if value := normalize_doi(written):
            yield Stated(value, match.start(), match.start() + len(written))


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
