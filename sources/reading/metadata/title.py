"""Which line is the title, and what is glued to it."""

import re
from itertools import pairwise

from sources.reading.headings import is_section_name
from sources.reading.lines import Line, Page
from sources.reading.metadata.dates import whole_date
from sources.reading.metadata.findings import Findings
from sources.reading.metadata.kinds import TYPE_LINE
from sources.reading.metadata.names import parse_authors
from sources.reading.metadata.people import is_prose

_LINK_LABEL = re.compile(
    r"\s+(?:publisher|full[ -]text|pdf|open access|free(?: pmc)? article|view (?:pdf|article|"
    r"full text)|"
    r"download(?: pdf)?|\[?(?:pdf|html)\]?|read more|link|external link|doi|cite|share|save)$",
    re.I,
)
_TITLE_LABEL = re.compile(r"title\s*[.:]{0,3}", re.I)
_TITLED = re.compile(
    r"(?:\*\*)?(?:article |document |brief |study )?title(?:\*\*)?\s*[:=]\s*(?:\*\*\s*)?(?=\S)",
    re.I,
)
SITE = re.compile(
    r"\b(?:university|platform|repository|library|portal|research output|database|archive|pubmed|"
    r"sciencedirect|researchgate|wiley online|springerlink|national (?:center|institute|library)|"
    r"official (?:web)?site|foundation|society|association|hospital|trust)\b",
    re.I,
)
_LABEL_HEAD = re.compile(
    r"(?:highlights of|full) prescribing information|package leaflet\b|medication guide$|"
    r"(?:annex i\s*)?summary of product characteristics|patient information leaflet$",
    re.I,
)
_PRODUCT = re.compile(
    r"\b(?:injection|tablets?|capsules?|solution|suspension|powder|concentrate|infusion)\b.{0,60}"
    r"\buse\b|\b\d[\d.,]* ?(?:mg|micrograms?|mcg|ml)\b.{0,60}\b(?:tablets?|capsules?|solution|"
    r"concentrate|powder|pen|syringe)\b",
    re.I,
)
_PRONUNCIATION = re.compile(r"\([^)]*\)$|[\"“][^\"”]*[\"”]$")
_GOES_ON = re.compile(
    r"\b(?:a|an|and|as|at|between|by|comparing|during|for|from|in|of|on|or|than|the|to|versus|[Vv]s"
    r"|with|Of|And|In|For|The|To|With|Versus)\.?$"
)
"""Words no title ends with; "Vs." is one that corpora take for the end of a sentence."""
_SERIES = re.compile(
    r"(?:patient|health|medicines?|treatment) (?:information|education|facts)"
    r"(?: (?:sheet|leaflet))?|information for patients(?: and carers)?|fact ?sheet|"
    r"factsheet|patient (?:leaflet|guide)|"
    r"drug (?:information|monograph)",
    re.I,
)
_KICKER_WORDS = 5
_HEAD_LINES = 40
_TOP_LINES, _ENTRY_LINES = 4, 60
_SHORT_PART, _LONGEST_PART = 25, 200


def labelled_title(page: Page, body: int) -> int | None:
    """The number of the line that a label says is the title; one past the last when it is empty."""
    for number, line in enumerate(page.lines[: min(body, _HEAD_LINES)]):
        if _TITLE_LABEL.fullmatch(line.text) and number + 1 < len(page.lines):
            line.role = "heading"
            return len(page.lines) if is_section_name(page.lines[number + 1].text) else number + 1
        if not line.role and _TITLED.match(line.text):
            return number
    return None


def find_title(page: Page, findings: Findings, authors: int | None, body: int) -> None:
    lines = {line.start: line for line in page.lines}
    for start in page.title_marks:
        line = lines.get(start)
        if line and line.role in {"", "heading"}:
            take_title(page, findings, line, full_stop=True)
            return
    if product := _product_line(page):
        take_title(page, findings, product)
        return
    above = page.lines[:authors] if authors is not None else []
    for line in [*_below_type(above), *reversed(above)]:
        if not line.role and _title_like(line.text):
            take_title(page, findings, line, full_stop=True)
            return
    for line in _below_type(page.lines[: min(body, 12)]):
        if not line.role and _title_like(line.text) and not line.text.endswith("."):
            take_title(page, findings, line)
            return
    for number, line in enumerate(page.lines[: min(body, 12)]):
        markdown = re.match(r"#\s+\S", line.text)
        if line.role == "seo_phrase" and not number:
            findings.offer("title", line.text, line.start, line.end)
            return
        if line.role:
            continue
        text = line.text
        following = page.lines[number + 1 : number + 2]
        if following and not following[0].blank_before and following[0].text[:1].islower():
            return
        if number < _TOP_LINES and _defined_below(page, number):
            take_title(page, findings, line)
            return
        if _is_kicker(page, number):
            continue
        if markdown or (
            _title_like(text) and not text.endswith(".") and not _site_like(page, number)
        ):
            take_title(page, findings, line)
            return
        if is_section_name(text):
            return


def _defined_below(page: Page, number: int) -> bool:
    """Whether the line is one word of which the text below says something: an entry.

    A later line begins with it and a verb, or the text right below goes on naming it.
    """
    word = page.lines[number].text
    if not re.fullmatch(r"[A-Z][\w-]{4,40}", word) or is_section_name(word):
        return False
    says = re.compile(
        rf"{re.escape(word)}\b(?: \([^)]{{1,80}}\))?,? (?:is|was|may|can|belongs|works)\b"
    )
    below = page.lines[number + 1 : number + _ENTRY_LINES]
    if any(says.match(line.text) for line in below):
        return True
    first = next((line.text for line in below if not line.role), "")
    named = sum(len(re.findall(rf"\b{re.escape(word)}\b", line.text)) for line in below)
    return not number and named > 1 and is_prose(first)


def _below_type(lines: list[Line]) -> list[Line]:
    """What stands right below the kind of article is its title."""
    return [below for line, below in pairwise(lines) if TYPE_LINE.fullmatch(line.text)]


def _is_kicker(page: Page, number: int) -> bool:
    """A few words in capitals, or the name of a series, above what can be the title itself."""
    text = page.lines[number].text
    if not _SERIES.fullmatch(text) and not (text.isupper() and len(text.split()) < _KICKER_WORDS):
        return False
    return any(
        not x.role and _title_like(x.text) and not is_prose(x.text) and not x.text.isupper()
        for x in page.lines[number + 1 : number + 4]
    )


def _product_line(page: Page) -> Line | None:
    """The product a drug label opens with: ``NAME (substance) injection, for ... use``."""
    if not any(_LABEL_HEAD.match(line.text) for line in page.lines[:12]):
        return None
    return next(
        (line for line in page.lines[:20] if _PRODUCT.search(line.text) and len(line.text) < 200),
        None,
    )


def _title_like(text: str) -> bool:
    if _LABEL_HEAD.match(text) or TYPE_LINE.fullmatch(text) or _PRONUNCIATION.match(text):
        return False
    if text.endswith(":"):
        return False
    if not 8 <= len(text) <= 400 or len(re.findall(r"[^\W\d_]{2,}", text)) < 2:
        return False
    if whole_date(text) or parse_authors(text) or is_section_name(text):
        return False
    if re.match(r"(?:https?:|www\.|doi|10\.\d|©|copyright|\(?\d+\)?\s)", text, re.I):
        return False
    if re.match(
        r"(?:first |date )?(?:published|posted|received|accepted|updated|available online|"
        r"revised)\b.{0,40}\b(?:19|20)\d\d\b",
        text,
        re.I,
    ):
        return False
    return not re.search(r"(?:19|20)\d\d\s?;\s?\d|;\d+\(\d+\):", text)


def _site_like(page: Page, number: int) -> bool:
    """A short name of an organisation above something that can be the title itself."""
    text = page.lines[number].text
    if len(text) > 90 or not SITE.search(text):
        return False
    return any(
        not x.role and _title_like(x.text) and not is_prose(x.text)
        for x in page.lines[number + 1 : number + 6]
    )


def take_title(page: Page, findings: Findings, line: Line, *, full_stop: bool = False) -> None:
    line.role = "title"
    line = _whole(page, line)
    start, end = 0, len(line.text)
    if _GOES_ON.search(line.text):
        return
    if mark := _TITLED.match(line.text) or re.match(r"#{1,6}\s+|\d{1,3}\.\s+(?=[A-Z])", line.text):
        start = mark.end()
    if " | " in line.text[start:end]:
        piece = max(line.text[start:end].split(" | "), key=len)
        start += line.text[start:end].index(piece)
        end = start + len(piece)
    whole = end
    while label := _LINK_LABEL.search(line.text[start:end]):
        end = start + label.start()
    if end < whole:
        page.cut(line.start + end, line.end, "link_label")
    if (glued := _glued_repeat(line.text[start:end])) is not None:
        page.cut(line.start + start + glued, line.start + end, "short_title")
        end = start + glued
    if full_stop and line.text[start:end].endswith(".") and not line.text[start:end].endswith(".."):
        end -= 1
    if mark := re.search(r"\s*[*†‡§¶#]+$", line.text[start:end]):
        end = start + mark.start()
    findings.offer_part("title", line, start, end)


def _whole(page: Page, line: Line) -> Line:
    """The title with the lines it goes on over, where a line ends in a word no title ends with."""
    number = page.lines.index(line)
    for following in page.lines[number + 1 : number + 4]:
        if not _GOES_ON.search(line.text):
            break
        if following.role or is_section_name(following.text) or len(following.text) > _LONGEST_PART:
            break
        following.role = "title"
        joined = re.sub(r"\s", " ", page.view.text[line.start : following.end])
        line = Line(line.start, following.end, joined, line.blank_before, "title")
    return line


def _glued_repeat(title: str) -> int | None:
    """Where a shorter form of the title is glued to its end (``SclerosisCyclophosphamide in``)."""
    for seam in re.finditer(r"[a-z)\]]{3}(?=[A-Z][a-z]{2})", title):
        head, tail = title[: seam.end()], title[seam.end() :]
        known = set(re.findall(r"\w+", head.lower()))
        words = re.findall(r"\w+", tail.lower())
        if len(words) >= 2 and sum(word in known for word in words) >= 0.7 * len(words):
            return seam.end()
    return None


def same_words(text: str, title: str) -> bool:
    """Whether a line repeats the title, or the part of it that stands on a line of its own."""
    text, title = (" ".join(x.strip(" .").lower().split()) for x in (text, title))
    if not title or len(text) > len(title):
        return False
    return (
        text == title
        or (len(text) > _SHORT_PART and title.startswith(text))
        or (len(text) > _SHORT_PART and title.endswith(text))
    )


def body_start(page: Page) -> int:
    """The number of the first line of running text or of its first section."""
    for number, line in enumerate(page.lines):
        if line.role:
            continue
        if is_section_name(line.text) and number and not _TITLE_LABEL.fullmatch(line.text):
            return number
        if is_prose(line.text):
            return number
    return len(page.lines)
