"""Identifiers of works and people: strict forms, checksums, and where they stand in a text."""

import re
from collections.abc import Callable, Iterator
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
_ORCID = re.compile(r"(?<![\dX-])(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])(?![\dX-])", re.I)
_ISBN = re.compile(r"(?<![\dX-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dX](?![\dX])", re.I)
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Found:
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


def find_dois(text: str) -> Iterator[Found]:
    for match in _DOI.finditer(text):
        if match.start() and text[match.start() - 1].isdigit():
            continue
        written = _without_tail(match.group())
        if value := normalize_doi(written):
            yield Found(value, match.start(), match.start() + len(written))


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


def find_ncts(text: str) -> Iterator[Found]:
    for match in _NCT.finditer(text):
        yield Found(f"NCT{match[1]}", *match.span())


def normalize_pmid(text: str) -> str | None:
    bare = text.strip().rstrip("/")
    prefix = _PMID_PREFIX.match(bare)
    bare = bare[prefix.end() :] if prefix else bare
    return bare if re.fullmatch(r"[1-9]\d{0,7}", bare, re.A) else None


def normalize_orcid(text: str) -> str | None:
    """With hyphens; the check digit is ISO 7064 MOD 11-2."""
    bare = re.sub(
        r"^(?:https?://)?(?:www\.)?orcid\.org/|^orcid(?: id)?:?\s*", "", text.strip(), flags=re.I
    )
    match = _ORCID.fullmatch(bare)
    if not match or not bare.isascii():
        return None
    digits = "".join(match.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        return None
    return "-".join(digits[n : n + 4] for n in range(0, 16, 4))


def normalize_isbn(text: str) -> str | None:
    """Thirteen digits without hyphens; an ISBN-10 is converted (ISO 2108)."""
    bare = re.sub(r"^isbn(?:-1[03])?[:\s]*", "", text.strip(), flags=re.I)
    bare = re.sub(r"[\s–-]", "", bare).upper()
    if re.fullmatch(r"\d{9}[\dX]", bare, re.A):
        values = [10 if c == "X" else int(c) for c in bare]
        if sum((10 - n) * value for n, value in enumerate(values)) % 11:
            return None
        return "978" + bare[:9] + _isbn13_check("978" + bare[:9])
    if re.fullmatch(r"97[89]\d{10}", bare, re.A) and _isbn13_check(bare[:12]) == bare[12]:
        return bare
    return None


def find_isbns(text: str) -> Iterator[Found]:
    yield from _found(_ISBN, normalize_isbn, text)


def find_orcids(text: str) -> Iterator[Found]:
    yield from _found(_ORCID, normalize_orcid, text)


def _found(
    pattern: re.Pattern[str], normalize: Callable[[str], str | None], text: str
) -> Iterator[Found]:
    for match in pattern.finditer(text):
        if value := normalize(match.group()):
            yield Found(value, *match.span())


def _isbn13_check(digits: str) -> str:
    total = sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(digits))
    return str(-total % 10)
