"""The top of a document: site header, title, authors, affiliations."""

import re

from extraction.bibliography.findings import Findings
from extraction.bibliography.people import author_line, is_prose, read_affiliations, take_authors
from extraction.bibliography.title import (
    body_start,
    find_title,
    labelled_title,
    same_words,
    take_title,
)
from extraction.bibliography.title_lines import SITE, UNDERLINE, markdown_title, runs_on
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_authors

_JOURNAL = re.compile(
    r"^(?:The )?(?:[A-Z][\w-]+ ){0,4}(?:Cochrane Database|"
    r"Journal|Annals|Archives|Lancet|Proceedings|Frontiers)\b"
    r"(?: (?:of|in|for|and|the|&|[A-Z][\w-]+)){0,8}$"
)
_OPENING_AUTHORS = re.compile(
    r"(?P<authors>[^\W\d_][^–—:;()]{3,300}?"
    r"(?:,? et al\b\.?(?=:)|(?:,? et al\b\.?|(?<=[A-Z])\.?)(?=\s*[–—-])))"
    r"\s*[:–—-]\s+(?=[A-Z])"
)
_FULL_LINE = 50
"""Characters of a line that may have been broken."""
_TOP_LINES = 15
_CORPUS_MARK = re.compile(
    r"\((?:first|second|third|fourth|fifth|sixth)Quint\)\s*|@highlight\b\s*", re.I
)


def strip_corpus_marks(page: Page) -> list[Line]:
    """Cut the marks that corpora leave in a text; the lines that bore them hold the title."""
    marked = []
    for line in page.lines[:400]:
        for end in (False, True):
            found = list(_CORPUS_MARK.finditer(line.text))
            mark = next(
                (m for m in found if (m.end() == len(line.text)) == end and (end or not m.start())),
                None,
            )
            if not mark:
                continue
            page.cut(line.start + mark.start(), line.start + mark.end(), "corpus_mark")
            kept = line.text[: mark.start()].rstrip() if end else line.text[mark.end() :]
            line.start = line.start if end else line.start + mark.end()
            line.text, line.end = kept, line.start + len(kept)
            marked.append(line)
            if not kept:
                line.role = "corpus_mark"
    return [line for line in marked if line.text]


def read_head(page: Page, findings: Findings, marked: list[Line]) -> int:
    """Claim and read title, authors and affiliations; the number of the last head line."""
    body = body_start(page)
    labelled = labelled_title(page, body)
    headed = markdown_title(page)
    if labelled is not None and labelled < len(page.lines):
        take_title(page, findings, page.lines[labelled])
    elif marked:
        take_title(page, findings, marked[0], full_stop=True)
    elif headed is not None and labelled is None and not findings.has("title"):
        take_title(page, findings, page.lines[headed])
        for line in page.lines[headed + 1 : headed + 2]:
            line.role = "title" if UNDERLINE.fullmatch(line.text) else line.role
        body = body_start(page)
    _read_opening_authors(page, findings)
    authors = author_line(page, findings, body)
    if labelled is None and not findings.has("title"):
        find_title(page, findings, authors, body)
    title_line = next((n for n, line in enumerate(page.lines[:body]) if line.role == "title"), None)
    if authors is not None:
        take_authors(page, findings, authors)
    signed = authors is not None
    after = (authors if authors is not None else title_line) or 0
    read_affiliations(page, findings, after, body, signed=signed)
    above: Line | None = None
    for line in page.lines:
        goes_on = above is not None and not above.role and _goes_on(above, line)
        if not (line.role or goes_on) and same_words(line.text, findings.get("title")):
            line.role = "title"
        above = line
    return max(body - 1, 0)


def _goes_on(above: Line, line: Line) -> bool:
    """Whether the line is the rest of a sentence that the words of the title end by chance."""
    full = len(above.text) >= _FULL_LINE and not above.text.endswith((".", ":", "!", "?"))
    return runs_on(line) or (full and not line.blank_before)


def _read_opening_authors(page: Page, findings: Findings) -> None:
    """``Miller A, Li B, et al. - In this trial ...``: a paragraph that begins with its authors."""
    for line in page.lines[:_TOP_LINES]:
        opening = None if line.role else _OPENING_AUTHORS.match(line.text)
        authors = parse_authors(opening["authors"]) if opening else ()
        if not opening or not authors:
            continue
        findings.offer("authors", authors, line.start, line.start + opening.end("authors"))
        page.cut(line.start, line.start + opening.end(), "author_line")
        line.start, line.text = line.start + opening.end(), line.text[opening.end() :]
        return


def claim_site_header(page: Page, findings: Findings) -> None:
    """Lines above the title name the site that shows the document."""
    title = next((n for n, line in enumerate(page.lines[:60]) if line.role == "title"), 0)
    names: list[Line] = []
    for line in page.lines[:title]:
        if line.role or is_prose(line.text):
            continue
        line.role = "site_header"
        if len(line.text) <= 90 and _JOURNAL.search(line.text):
            findings.offer("container_title", line.text, line.start, line.end)
        elif len(line.text) <= 90 and SITE.search(line.text):
            names.append(line)
    if names:
        value = " — ".join(line.text.removesuffix(" Home") for line in names)
        findings.offer("hosting_site", value, names[0].start, names[-1].end)
