"""Which line is the title, and what is glued to it."""

import re

from extraction.bibliography.findings import Findings
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.people import is_prose
from extraction.bibliography.title_lines import (
    asked_below,
    by_type,
    defined_below,
    first_of,
    is_broken_title,
    is_kicker,
    product_line,
    runs_on,
    site_like,
    title_like,
)
from extraction.page.headings import is_section_name
from extraction.text.lines import Line, Page
from extraction.types import Span

_LINK_LABEL = re.compile(
    r"\s+(?:publisher|full[ -]text|pdf|open access|free(?: pmc)? article|view (?:pdf|article|"
    r"full text)|"
    r"(?:academic|conference|journal) (?:article|paper) uri icon|uri icon|"
    r"download(?: pdf)?|\[?(?:pdf|html)\]?|read more|link|external link|doi|cite|share|save)$",
    re.I,
)
_TITLE_LABEL = re.compile(
    r"(?:(?:public|scientific|official|brief|full|study) )?title\s*[.:]{0,3}", re.I
)
_TITLED = re.compile(
    r"(?:\*\*)?(?:[A-Z]\.\d(?:\.\d)?\s)?"
    r"(?:article |manuscript |document |brief |study |full |public |official )?"
    r"(?:title|titre|titel|título|titolo)"
    r"(?: of the (?:trial|study))?(?:\*\*)?\s*[:=]\s*(?:\*\*\s*)?(?=\S)",
    re.I,
)
_FORM_TITLE = re.compile(r"(?:full |article |manuscript )title:\s+\S", re.I)
_NUMBERED = re.compile(r"#{1,6}\s+|#\+TITLE:\s+|[%=]\s+(?=\w)|\d{1,3}\.\s+(?=[A-Z])")
_KIND_BEFORE = re.compile(
    r"(?:(?:Systematic )?Review|Original (?:Article|Research|Paper)|Research (?:Article|Paper)"
    r"|Short Communication|Case Report)(?: Article)?\s+(?=[A-Z][a-z]+\s[A-Z(])"
)
"""The kind of article glued before a title in capitals; not the first word of a title."""
_REGISTERED = re.compile(r"(?:[A-Z]{2,8} - )?(?:ISRCTN|NCT|ACTRN|DRKS|UMIN)\d{8,14}\s?[:|–-]\s+")
"""The name of a register and the number of a trial before its title."""
_GOES_ON = re.compile(
    r"\b(?:a|an|and|as|at|between|by|comparing|during|for|from|in|of|on|or|than|the|to|versus|[Vv]s"
    r"|with|Of|And|In|For|The|To|With|Versus)\.?$"
)
"""Words no title ends with; "Vs." is one that corpora take for the end of a sentence."""
_BETWEEN = (" | ", " • ")
_VERSION = re.compile(
    r"\s*\[(?:v(?:ersion)?\s?\d|ref status|peer review|approved)[^\[\]]*\]$", re.I
)
"""Behind titles of works whose review is open."""
_HEAD_LINES = 40
_TOP_LINES = 4
_SHORT_PART, _LONGEST_PART = 25, 200


def labelled_title(page: Page, body: int) -> int | None:
    """The number of the line that a label says is the title; one past the last when it is empty."""
    if page.is_file:  # its looks tell more than a label, but on the form before a manuscript
        forms = (n for n, x in enumerate(page.lines[:_HEAD_LINES]) if _FORM_TITLE.match(x.text))
        form = next(forms, None)
        if form is not None or page.title_marks:
            return form
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
    if product := product_line(page):
        take_title(page, findings, product)
        return
    above = page.lines[:authors] if authors is not None else []
    for line in [*by_type(above), *reversed(above)]:
        if not line.role and title_like(line.text):
            take_title(page, findings, first_of(above, line), full_stop=True)
            return
    for line in by_type(page.lines[: min(body, 12)]):
        if not line.role and title_like(line.text) and not line.text.endswith("."):
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
        if following and runs_on(following[0]):
            if is_broken_title(page, number):
                take_title(page, findings, line)
            return
        if number < _TOP_LINES and (defined_below(page, number) or asked_below(page, number)):
            take_title(page, findings, line)
            return
        if is_kicker(page, number):
            continue
        if markdown or (
            title_like(text) and not text.endswith(".") and not site_like(page, number)
        ):
            take_title(page, findings, line)
            return
        if is_section_name(text):
            return


def take_title(page: Page, findings: Findings, line: Line, *, full_stop: bool = False) -> None:
    line.role = "title"
    line = line if page.is_file else _whole(page, line)
    start, end = 0, len(line.text)
    if _GOES_ON.search(line.text):
        return
    if kind := _KIND_BEFORE.match(line.text):
        start = kind.end()
        findings.offer("kind", kind_stated(kind.group().strip()), line.start, line.start + start)
    elif mark := _TITLED.match(line.text) or _NUMBERED.match(line.text):
        start = mark.end()
    if registered := _REGISTERED.match(line.text, start):
        start = registered.end()
    for between in _BETWEEN:
        if between in line.text[start:end]:
            piece = max(line.text[start:end].split(between), key=len)
            start += line.text[start:end].index(piece)
            end = start + len(piece)
    if version := _VERSION.search(line.text, start, end):
        end = version.start()
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
    if emphasis := re.match(r"(\*{1,3}|_{1,3})(?=\w)(.+)\1\W{0,2}$", line.text[start:end]):
        start, end = start + emphasis.start(2), start + emphasis.end(2)
    if mark := re.search(r"\s*[*†‡§¶#]+$", line.text[start:end]):
        end = start + mark.start()
    taken = findings.offer_part("title", line, start, end)
    if taken and page.is_file:
        _with_subtitle(page, findings, line)


def _with_subtitle(page: Page, findings: Findings, line: Line) -> None:
    """A printed title has its subtitle on a line of its own, and no colon between them."""
    below = next((other for other in page.lines if other.start > line.end), None)
    if below is None or below.start not in page.subtitle_marks:
        return
    below.role = "title"
    title, subtitle = findings.get("title"), " ".join(below.text.split())
    between = " " if title.endswith((":", "?", "!", ".", "–", "—")) else ": "
    findings.values["title"] = f"{title}{between}{subtitle}"
    findings.spans["title"] = Span(findings.spans["title"].start, below.end)


def _whole(page: Page, line: Line) -> Line:
    """The title with the lines it goes on over: after a word no title ends with, or in small
    letters right below."""
    number = page.lines.index(line)
    for following in page.lines[number + 1 : number + 4]:
        if not (_GOES_ON.search(line.text) or runs_on(following)):
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
