"""The top of a document: site header, title, authors, affiliations."""

import re

from sources.reading.headings import is_section_name
from sources.reading.lines import Line, Page
from sources.reading.metadata.dates import whole_date
from sources.reading.metadata.findings import Findings
from sources.reading.metadata.names import parse_authors
from sources.reading.types import Affiliation, Author

_LINK_LABEL = re.compile(
    r"\s+(?:publisher|full[ -]text|pdf|open access|free(?: pmc)? article|view (?:pdf|article|full text)|"
    r"download(?: pdf)?|\[?(?:pdf|html)\]?|read more|link|external link|doi|cite|share|save)$",
    re.I,
)
_CORPUS_MARK = re.compile(
    r"\((?:first|second|third|fourth|fifth|sixth)Quint\)\s*|@highlight\b\s*", re.I
)
_TITLE_LABEL = re.compile(r"title\s*[.:]{0,3}", re.I)
_TITLED = re.compile(
    r"(?:\*\*)?(?:article |document |brief |study )?title(?:\*\*)?\s*[:=]\s*(?:\*\*\s*)?(?=\S)",
    re.I,
)
_ORGANISATION = re.compile(
    r"\b(?:university|universit[àäée]\w*|hospitals?|institut\w*|department|dept|school|faculty|college|"
    r"division|laborator(?:y|ies)|cent(?:er|re)|clinic|foundation|academy|society|network|platform|"
    r"repository|library|inc|ltd|gmbh|s\.?a\.?|ministry|trust|unit|section|service)\b",
    re.I,
)
_SITE = re.compile(
    r"\b(?:university|platform|repository|library|portal|research output|database|archive|pubmed|"
    r"sciencedirect|researchgate|wiley online|springerlink|national (?:center|institute|library)|"
    r"official (?:web)?site|journal of|foundation|society|association|hospital)\b",
    re.I,
)
_AFFILIATION_HEAD = re.compile(
    r"(?:author(?:s['’]?)? )?(?:information|affiliations?)(?: and affiliations?)?\s*:?\s*$", re.I
)
_NUMBERED = re.compile(r"(?:\(?(?P<n>\d{1,2})\)?[.)\]:]?\s*(?:(?P=n)[.)]\s*)?)(?=[A-Z])")
_PROSE_LENGTH = 320
_HEAD_LINES = 40


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
    return [line for line in marked if line.text]


def read_head(page: Page, findings: Findings, marked: list[Line]) -> int:
    """Claim and read title, authors and affiliations; the number of the last head line."""
    body = _body_start(page)
    labelled = _labelled_title(page, body)
    if labelled is not None:
        _take_title(page, findings, page.lines[labelled])
    elif marked:
        _take_title(page, findings, marked[0], full_stop=True)
    authors = _author_line(page, findings, body)
    if not findings.has("title"):
        _find_title(page, findings, authors, body)
    title_line = next((n for n, line in enumerate(page.lines[:body]) if line.role == "title"), None)
    if authors is not None:
        _take_authors(page, findings, authors)
    _claim_site_header(page, findings, title_line)
    _read_affiliations(page, findings, (authors if authors is not None else title_line) or 0)
    for line in page.lines:
        if not line.role and _same_words(line.text, findings.get("title")):
            line.role = "title"
    return max(body - 1, 0)


def _body_start(page: Page) -> int:
    """The number of the first line of running text or of its first section."""
    for number, line in enumerate(page.lines):
        if line.role:
            continue
        if is_section_name(line.text) and number and not _TITLE_LABEL.fullmatch(line.text):
            return number
        if is_prose(line.text):
            return number
    return len(page.lines)


def is_prose(text: str) -> bool:
    """Several sentences, or one long one: not a title, a name or a field."""
    if parse_authors(text) or _NUMBERED.match(text) or text.startswith("("):
        return False
    if re.search(r"[a-z)]{2}[.!?]\s+[A-Z][a-z]*\s+[a-z]+\s", text) and len(text) > 140:
        return True
    return len(text) > _PROSE_LENGTH or (len(text) > 150 and text.endswith("."))


def _labelled_title(page: Page, body: int) -> int | None:
    for number, line in enumerate(page.lines[: min(body, _HEAD_LINES)]):
        if _TITLE_LABEL.fullmatch(line.text) and number + 1 < len(page.lines):
            line.role = "heading"
            return number + 1
        if not line.role and _TITLED.match(line.text):
            return number
    return None


def _author_line(page: Page, findings: Findings, body: int) -> int | None:
    """The first line of persons, below which the title cannot stand."""
    seen_title = findings.has("title")
    for number, line in enumerate(page.lines[: min(body + 1, _HEAD_LINES)]):
        if line.role in {"title"}:
            seen_title = True
        if line.role:
            continue
        authors = parse_authors(line.text)
        if not authors:
            continue
        if not number and not re.match(r"(?:by|authors?)\b", line.text, re.I):
            continue
        if len(authors) > 1 or _surely_person(line.text, authors[0], page):
            return number
        if seen_title and number and page.lines[number - 1].role == "title":
            return number
    return None


def _surely_person(text: str, author: Author, page: Page) -> bool:
    """One capitalised phrase is a person only if its words are not plain words of the text."""
    if re.match(r"(?:written |posted )?by\b|authors?\b", text, re.I):
        return True
    if author.affiliations or author.initials or re.search(r"\b[A-Z]\.|\bM\.?D\b|\bPh\.?D\b", text):
        return bool(author.affiliations) or bool(re.search(r"[A-Z]\.|\bM\.?D\b|\bPh\.?D\b", text))
    words = re.findall(r"[^\W\d_]{3,}", f"{author.given} {author.family}")
    sample = page.view.text[:50_000]
    return bool(words) and not any(re.search(rf"\b{w.lower()}\b", sample) for w in words)


def _find_title(page: Page, findings: Findings, authors: int | None, body: int) -> None:
    for start in page.title_marks:
        line = next(line for line in page.lines if line.start == start)
        if line.role in {"", "heading"}:
            _take_title(page, findings, line, full_stop=True)
            return
    above = page.lines[:authors] if authors is not None else []
    for line in reversed(above):
        if not line.role and _title_like(line.text):
            _take_title(page, findings, line, full_stop=True)
            return
    for number, line in enumerate(page.lines[: min(body, 12)]):
        markdown = re.match(r"#\s+\S", line.text)
        if line.role == "seo_phrase" and not number:
            findings.offer("title", line.text, line.start, line.end)
            return
        if line.role:
            continue
        text = line.text
        if markdown or (
            _title_like(text) and not text.endswith(".") and not _site_like(page, number)
        ):
            _take_title(page, findings, line)
            return
        if is_section_name(text):
            return


def _title_like(text: str) -> bool:
    if not 8 <= len(text) <= 400 or len(re.findall(r"[^\W\d_]{2,}", text)) < 2:
        return False
    if whole_date(text) or parse_authors(text) or is_section_name(text):
        return False
    if re.match(r"(?:https?:|www\.|doi|10\.\d|©|copyright|\(?\d+\)?\s)", text, re.I):
        return False
    return not re.search(r"(?:19|20)\d\d\s?;\s?\d|;\d+\(\d+\):", text)


def _site_like(page: Page, number: int) -> bool:
    """A short name of an organisation above something that can be the title itself."""
    text = page.lines[number].text
    if len(text) > 90 or not _SITE.search(text):
        return False
    return any(
        not x.role and _title_like(x.text) and not is_prose(x.text)
        for x in page.lines[number + 1 : number + 6]
    )


def _take_title(page: Page, findings: Findings, line: Line, *, full_stop: bool = False) -> None:
    start, end = 0, len(line.text)
    if mark := _TITLED.match(line.text) or re.match(r"#{1,6}\s+|\d{1,3}\.\s+(?=[A-Z])", line.text):
        start = mark.end()
    text = line.text[start:end]
    if label := _LINK_LABEL.search(text):
        end = start + label.start()
        page.cut(line.start + end, line.end, "link_label")
    if (glued := _glued_repeat(line.text[start:end])) is not None:
        page.cut(line.start + start + glued, line.start + end, "short_title")
        end = start + glued
    if full_stop and line.text[start:end].endswith(".") and not line.text[start:end].endswith(".."):
        end -= 1
    if mark := re.search(r"\s*[*†‡§¶#]+$", line.text[start:end]):
        end = start + mark.start()
    findings.offer_part("title", line, start, end)
    line.role = "title"


def _glued_repeat(title: str) -> int | None:
    """Where a shorter form of the title is glued to its end (``SclerosisCyclophosphamide in``)."""
    for seam in re.finditer(r"[a-z)\]]{3}(?=[A-Z][a-z]{2})", title):
        head, tail = title[: seam.end()], title[seam.end() :]
        known = set(re.findall(r"\w+", head.lower()))
        words = re.findall(r"\w+", tail.lower())
        if len(words) >= 2 and sum(word in known for word in words) >= 0.7 * len(words):
            return seam.end()
    return None


def _take_authors(page: Page, findings: Findings, number: int) -> None:
    """The author line, and the lines below that go on with the list."""
    line = page.lines[number]
    end, text, last = line.end, line.text, number
    while text.endswith((",", ";", " and", "&")) and last + 1 < len(page.lines):
        following = page.lines[last + 1]
        joined = page.view.text[line.start : following.end]
        if following.role or not parse_authors(" ".join(joined.split())):
            break
        last, end, text = last + 1, following.end, following.text
    authors = parse_authors(" ".join(page.view.text[line.start : end].split()))
    if not authors:
        last, end, authors = number, line.end, parse_authors(line.text)
    last, end, authors = _one_a_line(page, last, end, authors)
    findings.offer("authors", authors, line.start, end)
    for claimed in page.lines[number : last + 1]:
        claimed.role = "author_line"


def _one_a_line(
    page: Page, last: int, end: int, authors: tuple[Author, ...]
) -> tuple[int, int, tuple[Author, ...]]:
    """Authors that stand one below the other, after a first of their kind."""
    while len(authors) and last + 1 < len(page.lines) and len(authors) < 200:
        line = page.lines[last + 1]
        more = parse_authors(line.text)
        if line.role or line.blank_before or len(more) != 1 or is_section_name(line.text):
            break
        if not _surely_person(line.text, more[0], page):
            break
        last, end, authors = last + 1, line.end, authors + more
    return last, end, authors


def _claim_site_header(page: Page, findings: Findings, title: int | None) -> None:
    """Lines above the title name the site that shows the document."""
    if title is None:
        return
    names: list[Line] = []
    for line in page.lines[:title]:
        if line.role:
            continue
        line.role = "site_header"
        if (
            len(line.text) <= 90
            and (_SITE.search(line.text) or names)
            and not whole_date(line.text)
        ):
            names.append(line)
    if names:
        value = " — ".join(line.text for line in names)
        findings.offer("hosting_site", value, names[0].start, names[-1].end)


def _read_affiliations(page: Page, findings: Findings, after: int) -> None:
    found: list[Affiliation] = []
    first, last = None, 0
    inside = False
    for line in page.lines[after : after + 80]:
        if _AFFILIATION_HEAD.fullmatch(line.text):
            inside, line.role = True, "ui_labels"
            continue
        if line.role:
            continue
        numbered = _NUMBERED.match(line.text)
        organisation = _ORGANISATION.search(line.text) and len(line.text) < 400
        if not organisation or (is_prose(line.text) and not numbered):
            if inside and found and not line.blank_before and not numbered and len(line.text) < 200:
                continue
            if found or is_section_name(line.text) or is_prose(line.text):
                break
            continue
        if not (numbered or inside or (findings.has("authors") and line.text.count(",") >= 1)):
            continue
        text = (
            line.text[numbered.end() :] if numbered else re.sub(r"^From (?:the )?", "", line.text)
        )
        found.append(Affiliation(int(numbered["n"]) if numbered else None, text.strip(" .;")))
        first, last = first if first is not None else line.start, line.end
        line.role = "affiliations"
    if first is not None:
        findings.offer("affiliations", tuple(found), first, last)


def _same_words(text: str, title: str) -> bool:
    return (
        bool(title)
        and len(text) < len(title) + 3
        and text.strip(" .").lower() == title.lower().strip(" .")
    )
