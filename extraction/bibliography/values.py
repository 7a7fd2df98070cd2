"""How the value behind a label is read, field by field."""

import re

from extraction.bibliography.dates import find_dates
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import find_dois, find_ncts
from extraction.text.lines import Line
from extraction.text.person_names import parse_authors

LANGUAGES = {
    "english": "en", "eng": "en", "en": "en", "en-us": "en", "en-gb": "en", "en_us": "en",
    "german": "de", "deutsch": "de", "ger": "de", "de": "de", "french": "fr", "français": "fr",
    "fre": "fr", "fr": "fr", "spanish": "es", "español": "es", "spa": "es", "es": "es",
    "italian": "it", "italiano": "it", "ita": "it", "it": "it", "portuguese": "pt", "por": "pt",
    "pt": "pt", "dutch": "nl", "dut": "nl", "nl": "nl", "persian": "fa", "fa": "fa",
    "russian": "ru", "rus": "ru", "ru": "ru", "chinese": "zh", "chi": "zh", "zh": "zh",
    "japanese": "ja", "jpn": "ja", "ja": "ja", "polish": "pl", "pol": "pl", "pl": "pl",
    "turkish": "tr", "tur": "tr", "tr": "tr", "bulgarian": "bg", "bul": "bg", "bg": "bg",
}  # fmt: skip
URL = re.compile(
    r"https?://[^\s<>\"“”]{3,2000}|(?:www\.)?(?:[a-z0-9-]{1,63}\.){1,5}"
    r"(?:com|org|net|edu|gov|info|io|eu|uk|de|ch|ca|au|fr|nl|int|health)(?:/[^\s<>\"“”]{0,2000})?",
    re.I,
)
_PLAIN = {
    "volume": re.compile(
        r"(?i:vol(?:ume)?\.?\s*)?(?P<v>[A-Z]{0,2}\d{1,5}[A-Za-z]?|[IVXLC]{1,7})\b"
    ),
    "issue": re.compile(
        r"(?:no\.?\s*|issue\s*)?(?P<v>(?:Suppl(?:ement)?\.?\s*)?[A-Z]?\d{1,4}(?:\s?[-–/]\s?\d{1,4})?"
        r"(?:\s?[A-Z]{1,3}\b|\s?(?:Suppl\.?|Pt)\s?\d{0,2})?)"
    ),
    "pages": re.compile(
        r"(?:pp?\.?\s*)?(?P<v>[A-Za-z]{0,2}\d{1,8}[A-Za-z]?"
        r"(?:\s?[-–—]+\s?[A-Za-z]{0,2}\d{1,8}[A-Za-z]?)?(?:\.[a-z]\d{1,3})?)"
    ),
    "pmid": re.compile(r"(?P<v>[1-9]\d{3,7})\b"),
}
_REGISTRY = re.compile(
    r"\b(?:ISRCTN\s?\d{8}|EudraCT\D{0,20}\d{4}-\d{6}-\d{2}|\d{4}-\d{6}-\d{2}|ACTRN\d{14}|UMIN\d{9}|"
    r"CRD\d{11}|ChiCTR[-\w]{6,20}|DRKS\d{8}|IRCT\w{8,20}|NTR\d{3,5}|JapicCTI-\d{6}|"
    r"CTRI/\d{4}/\d{2,3}/\d{6})"
)


def registry_ids(text: str) -> list[tuple[str, int, int]]:
    """Registration numbers of trials and reviews, each with its place in ``text``."""
    found = [(n.value, n.start, n.end) for n in find_ncts(text)]
    for match in _REGISTRY.finditer(text):
        number = re.sub(r"^EudraCT\D*", "", match.group())
        found.append((re.sub(r"\s", "", number), match.end() - len(number), match.end()))
    return sorted(found, key=lambda item: item[1])


def read_value(findings: Findings, name: str, line: Line, start: int) -> None:
    """Read field ``name`` from ``line`` at offset ``start`` within it."""
    text = line.text[start:]
    base = line.start + start
    if name in _PLAIN:
        if match := _PLAIN[name].match(text):
            findings.offer(name, match["v"], base + match.start("v"), base + match.end("v"))
    elif name == "date":
        _read_date(findings, text, base)
    elif name == "doi":
        read_doi(findings, text, base)
    elif name == "registry_id":
        offer_registry(findings, registry_ids(text), base)
    elif name == "url":
        if match := URL.search(text):
            url = match.group().rstrip(".,;)")
            findings.offer("url", url, base + match.start(), base + match.start() + len(url))
    elif name == "language":
        word = re.match(r"[^\W\d_]+(?:[-_][^\W\d_]+)?", text)
        if word and (code := LANGUAGES.get(word.group().lower())):
            findings.offer("language", code, base, base + word.end())
    elif name == "number_of_pages":
        if match := re.match(r"\d{1,5}", text):
            findings.offer(name, int(match.group()), base, base + match.end())
    elif name == "authors":
        findings.offer("authors", parse_authors(text), base, line.end)
    else:
        findings.offer_part(name, line, start, len(line.text))


def read_doi(findings: Findings, text: str, base: int) -> None:
    for doi in find_dois(text):
        findings.offer("doi", doi.value, base + doi.start, base + doi.end)


def _read_date(findings: Findings, text: str, base: int) -> None:
    """The first date in ``text``; a fuller form of the date already known replaces it."""
    found = next(find_dates(text), None)
    if found is None:
        return
    known = findings.get("date")
    if known and len(found.value) > len(known) and found.value.startswith(known):
        findings.forget("date")
    if findings.offer("date", found.value, base + found.start, base + found.end):
        findings.values["date_precision"] = found.precision
        findings.spans["date_precision"] = findings.spans["date"]


def offer_registry(findings: Findings, found: list[tuple[str, int, int]], base: int) -> None:
    if found:
        values = dict.fromkeys(value for value, _, _ in found)
        findings.offer("registry_id", ", ".join(values), base + found[0][1], base + found[-1][2])
