"""Records of one XML file: PubMed, articles of a set, EndNote."""

import re

_START = 3_000
"""Characters in which a file says what it holds."""
_SETS = (
    (re.compile(r"<Pubmed(?:Book)?Article(?:Set)?[\s>]"), r"Pubmed(?:Book)?Article"),
    (re.compile(r"<MedlineCitation(?:Set)?[\s>]"), r"MedlineCitation"),
    (
        re.compile(r"<(?:pmc-articleset|articles|collection|OAI-PMH|ListRecords)[\s>]"),
        r"(?:[\w-]{1,20}:)?article",
    ),
    (re.compile(r"<xml>\s*<records>|<records>\s*<record>"), r"record"),
    (
        re.compile(
            r"<(?:[\w-]{1,20}:)?(?:article-meta|article(?=\s[^<>]{0,2000}?\barticle-type=))[\s>]"
        ),
        r"(?:[\w-]{1,20}:)?article",
    ),
)
"""What tells a set, and the element that is a record of it."""
_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.I)


def marked_up_records(text: str) -> list[str]:
    """Each record's element, whole; one that is not closed ends where the next begins."""
    head = text[:_START]
    if not text.lstrip("\ufeff \t\r\n").startswith("<") or _PAGE.search(head):
        return []
    for tells, element in _SETS:
        if tells.search(head):
            return _elements(text, element)
    return []


def _elements(text: str, name: str) -> list[str]:
    """Elements of that name which stand in no other one."""
    found: list[str] = []
    start: int | None = None
    for tag in re.finditer(rf"<(?P<slash>/?){name}(?=[\s>/])", text):
        if tag["slash"]:
            end = text.find(">", tag.end())
            if start is not None and end >= 0:
                found.append(text[start : end + 1])
            start = None
        else:
            if start is not None:
                found.append(text[start : tag.start()].rstrip())
            start = tag.start()
    if start is not None:
        found.append(text[start:].rstrip())
    return found
