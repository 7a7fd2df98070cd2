"""PubMed's printed record, "Abstract (text)": citation, title, authors, notes, a paragraph each."""

import re
from collections.abc import Iterator

from extraction.bibliography.findings import Findings
from extraction.text.clean import cleaned
from extraction.text.labelled_names import group, named
from extraction.text.lines import Page
from extraction.types import Author

__all__ = ["read_pubmed_text"]

_CITATION = re.compile(r"\s{0,20}(?:\d{1,5}[.:] )?[A-Z][^\n:;]{1,150}\. (?:19|20)\d\d\b")
_CLOSING = re.compile(r"^PMID: ?\d", re.M)
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![ \t\r]*\n)[^\n]+)*")
_BRACKETS = re.compile(r"\[(?:article in|no authors? listed|abstract in)\b[^\]]{0,80}\]\.?", re.I)
_NOTES = re.compile(
    r"(?:comment|erratum|retraction|update|expression of concern|republished|corrected and "
    r"republished|original report|summary for patients|reprint)[\w ]{0,20} (?:in|on|of|for|from)\b"
    r"[ \t]*(?:\n|$)|collaborators?:",
    re.I,
)
_MARKS = re.compile(r"(?:\s?\(\d{1,3}\))+|(?:\s?#)+$")
_NUMBER = re.compile(r"\((\d{1,2})\)")
_SHORT = re.compile(
    r"[^\W\d_’'‘`-].{0,80} [^\W\d_a-z-]{1,4}(?:-[^\W\d_a-z])?"
    r"(?: (?:Jr|Sr|[2-5](?:nd|rd|th)|I{2,3}|IV))?|"
    r"['’‘`]t .{1,80} [A-Z]{1,4}"
)
"""A name as PubMed writes it: the family and initials."""
_TOP = 8
"""Paragraphs in which title, authors and notes stand."""


def read_pubmed_text(page: Page, findings: Findings) -> None:
    """Title and authors by their place; the rest of the record says itself what it is."""
    text = page.view.text.replace("\r\n", " \n").replace("\r", "\n")
    if not _CITATION.match(text.lstrip("\ufeff")) or not _CLOSING.search(text):
        return
    paragraphs = list(_PARAGRAPH.finditer(text))[:_TOP]
    if len(paragraphs) < 3:
        return
    title = paragraphs[1]
    if not _is_name_list(title.group()):
        _claim(page, *title.span(), "title")
        findings.offer("title", cleaned(title.group()).removesuffix("."), *title.span())
    for paragraph in paragraphs[2:]:
        words = paragraph.group().strip()
        if _BRACKETS.fullmatch(words) or _NOTES.match(words):
            _claim(page, *paragraph.span(), "field_table")
        elif _is_name_list(words) and not findings.has("authors"):
            findings.offer("authors", tuple(_authors(words)), *paragraph.span())
            _claim(page, *paragraph.span(), "author_line")


def _names(words: str) -> tuple[list[str], list[str]]:
    """Persons, and the groups that semicolons part from them."""
    people, *groups = cleaned(words).removesuffix(".").split("; ")
    return people.split(", "), groups


def _is_name_list(words: str) -> bool:
    """Whether most persons are a family with initials, and the others short too."""
    people, groups = _names(words)
    names = [_MARKS.sub("", name) for name in people]
    short = sum(bool(_SHORT.fullmatch(name)) for name in names)
    return short * 2 >= len(names) and all(
        len(name.split()) <= 12 and not re.search(r"[.:?!] ", name) for name in [*names, *groups]
    )


def _authors(words: str) -> Iterator[Author]:
    people, groups = _names(words)
    for name in [*people, *groups]:
        numbers = tuple(dict.fromkeys(int(number) for number in _NUMBER.findall(name)))
        bare = _MARKS.sub("", name)
        for one in named(bare) if _SHORT.fullmatch(bare) else group(bare):
            yield Author(one.family, one.given, one.initials, numbers)


def _claim(page: Page, start: int, end: int, role: str) -> None:
    for line in page.lines:
        if line.start < end and line.end > start:
            line.role = role
