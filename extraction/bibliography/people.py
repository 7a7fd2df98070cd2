"""The author line at the top of a document, and the affiliations below it."""

import re

from extraction.bibliography.days import dated_line
from extraction.bibliography.findings import Findings
from extraction.bibliography.values import read_value
from extraction.page.headings import is_section_name
from extraction.text.lines import Line, Page
from extraction.text.person_names import SUPERSCRIPTS, parse_authors
from extraction.types import Affiliation, Author

_ORGANISATION = re.compile(
    r"\b(?:university|universit[àäée]\w*|hospitals?|institut\w*|department|dept|school|faculty|"
    r"college|"
    r"division|laborator(?:y|ies)|cent(?:er|re)|clinic|foundation|academy|society|network|platform|"
    r"repository|library|inc|ltd|gmbh|s\.?a\.?|ministry|trust|unit|section|service)\b",
    re.I,
)
_AFFILIATION_HEAD = re.compile(
    r"(?:author(?:s['’]?)? )?(?:information|affiliations?)(?: and affiliations?)?\s*:?\s*$", re.I
)
_LETTERED = re.compile(r"\(?(?P<n>[a-h])[.)]?\s+(?=[A-Z])")
NUMBERED = re.compile(
    r"(?:\(?(?P<n>\d{1,2}|[¹²³⁴-⁹⁰]{1,2})\)?[.)\]:]?\s*(?:(?P=n)[.)]\s*)?)(?=[A-Z])"
)
_LEAD = re.compile(r"^From (?:the )?")
_COMMAND = re.compile(
    r"(?:view|save|show|download|add|get|request|browse|search|visit|go|see|find|read|open|contact|"
    r"join|donate|subscribe|support|full text|sign|log)\b",
    re.I,
)
"""What a button says, though it may name a library."""
_PROSE_LENGTH = 320
_HEAD_LINES = 40


def author_line(page: Page, findings: Findings, body: int) -> int | None:
    """The first line of persons, below which the title cannot stand."""
    seen_title = findings.has("title")
    for number, line in enumerate(page.lines[: min(body + 1, _HEAD_LINES)]):
        if line.role in {"title"}:
            seen_title = True
        if line.role:
            continue
        authors = () if is_section_name(line.text) else parse_authors(line.text)
        if not authors:
            continue
        listed = len(authors) > 1 and all(author.initials for author in authors)
        if not (number or listed or re.match(r"(?:by|authors?)\b", line.text, re.I)):
            continue
        below_title = bool(number) and page.lines[number - 1].role == "title"
        if len(authors) > 1 or _signed(line.text, authors[0]):
            return number
        if below_title and seen_title:
            return number
        placed = below_title or _is_placed(page, number)
        if placed and _surely_person(line.text, authors[0], page):
            return number
    return None


def _signed(text: str, author: Author) -> bool:
    """Whether the line itself says that it names a person: "by", a degree, an initial, a mark."""
    if re.match(r"(?:written |posted )?by\b|authors?\b", text, re.I) or author.affiliations:
        return True
    return bool(re.search(r"\b[A-Z]\.|\bM\.?D\b|\bPh\.?D\b", text))


def _is_placed(page: Page, number: int) -> bool:
    """Whether a date or a place of work stands below, as below an author."""
    below = page.lines[number + 1].text if number + 1 < len(page.lines) else ""
    return bool(dated_line(below)) or (len(below) < 300 and bool(_ORGANISATION.search(below)))


def _surely_person(text: str, author: Author, page: Page) -> bool:
    """One capitalised phrase is a person only if its words are not plain words of the text."""
    if re.match(r"(?:written |posted )?by\b|authors?\b", text, re.I):
        return True
    if author.affiliations or author.initials or re.search(r"\b[A-Z]\.|\bM\.?D\b|\bPh\.?D\b", text):
        return bool(author.affiliations) or bool(re.search(r"[A-Z]\.|\bM\.?D\b|\bPh\.?D\b", text))
    words = re.findall(r"[^\W\d_]{3,}", f"{author.given} {author.family}")
    sample = page.view.text[:50_000]
    return bool(words) and not any(re.search(rf"\b{w.lower()}\b", sample) for w in words)


def take_authors(page: Page, findings: Findings, number: int) -> None:
    """The author line, and the lines below that go on with the list."""
    line = page.lines[number]
    end, text, last = line.end, line.text, number
    while text.endswith((",", ";", " and", "&")) and last + 1 < len(page.lines):
        following = page.lines[last + 1]
        joined = page.view.text[line.start : following.end]
        if following.role or not parse_authors(" ".join(joined.split())):
            break
        last, end, text = last + 1, following.end, following.text
    if re.match(r"(?:written )?by\b", text, re.I) and (
        dated := re.search(r"(?:[|•·]|\b(?:updated|reviewed|published)\b)\s*(.+)", text)
    ):
        read_value(findings, "date", line, dated.start(1))
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


def read_affiliations(
    page: Page, findings: Findings, after: int, body: int, *, signed: bool
) -> None:
    """Places of work below the author line (``signed``: there is one), or under their heading."""
    found: list[tuple[Affiliation, Line]] = []
    inside = False
    for number, line in enumerate(page.lines[after : after + 80], after):
        if line.role == "front_matter":
            continue
        if _AFFILIATION_HEAD.fullmatch(line.text):
            inside, line.role = True, "ui_labels"
            continue
        if line.role:
            continue
        if number >= body and not inside:
            break
        numbered = NUMBERED.match(line.text) or _LETTERED.match(line.text)
        if not _is_affiliation(line.text, numbered=bool(numbered)):
            if found or number >= body:
                break
            continue
        if inside or signed or (numbered and findings.has("authors")):
            found.append((_affiliation(line.text, numbered), line))
            line.role = "affiliations"
    if found:
        places = tuple(place for place, _ in found)
        findings.offer("affiliations", places, found[0][1].start, found[-1][1].end)


def _is_affiliation(text: str, *, numbered: bool) -> bool:
    if _COMMAND.match(text):
        return False
    if (
        len(text) > 600
        or not _ORGANISATION.search(text.lstrip("0123456789"))
        or is_section_name(text)
    ):
        return False
    if text.startswith("©") or re.match(r"copyright\b", text, re.I):
        return False
    return numbered or not is_prose(text)


def _affiliation(text: str, numbered: re.Match[str] | None) -> Affiliation:
    if not numbered:
        return Affiliation(None, _LEAD.sub("", text).strip(" .;"))
    mark = numbered["n"].translate(SUPERSCRIPTS)
    number = int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1
    return Affiliation(number, _LEAD.sub("", text[numbered.end() :]).strip(" .;"))


def is_prose(text: str) -> bool:
    """Several sentences, or one long one: not a title, a name or a field."""
    if parse_authors(text) or NUMBERED.match(text) or text.startswith("("):
        return False
    sentences = re.search(
        r"[a-z)]{2}[.!?](?:\[\d{1,3}\]|\d{1,3}[,–]?){0,6}\s+[A-Z][a-z]*\s+[a-z]+\s", text
    )
    text = re.sub(r"(?:\[\d{1,3}\]|(?<=[a-z)][.,])\d{1,3}){1,6}$", "", text)
    if sentences and (len(text) > 140 or (len(text) > 60 and text[-1:] in ".!?")):
        return True
    return len(text) > _PROSE_LENGTH or (len(text) > 150 and text.endswith("."))
