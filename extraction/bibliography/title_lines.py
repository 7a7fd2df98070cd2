"""Which lines can be a title, and which only stand near one."""

import re
from itertools import pairwise

from extraction.bibliography.dates import whole_date
from extraction.bibliography.kinds import TYPE_LINE
from extraction.bibliography.people import is_prose
from extraction.bibliography.values import registry_ids
from extraction.page.headings import is_section_name
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_authors

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
_SERIES = re.compile(
    r"(?:patient|health|medicines?|treatment) (?:information|education|facts)"
    r"(?: (?:sheet|leaflet))?|information for patients(?: and carers)?|fact ?sheet|"
    r"factsheet|patient (?:leaflet|guide)|"
    r"drug (?:information|monograph)",
    re.I,
)
_DESIGN = re.compile(
    r"(?:an? |the |results (?:of|from) )?(?:[\w-]+ ){0,6}(?:trial|study|review|meta-analysis|"
    r"survey|report|analysis|protocol)",
    re.I,
)
_NO_TITLE = re.compile(
    r"\t|</?(?:p|br|div|li)\b|^sec\. [A-Z]|^[•*◦▪·-]\s|^(\S+) \1$|\bkey points$|"
    r"^read(?:ing)? time\b|"
    r"\b(?:19|20)\d\d issue$|"
    r"^home\s*[>/»›|]|\bdoi:\s?10\.|;\d+:\w|^\S+\.(?:com|org|net|info)$|"
    r"^[A-Z][\w’' .()-]{0,50}\b(?:number|id|code|status|authority|date|type)\s?:\s",
    re.I,
)
"""Rows of a table or a list, mark-up, a site's name twice, a section, an issue of a journal, the
way to the page, a reference, an address, a field."""
_GUIDANCE = re.compile(r"\bguid(?:ance|eline)$", re.I)
_KICKER_WORDS = 5
_SUBJECT_WORDS = 3
_ENTRY_LINES = 60


def title_like(text: str) -> bool:
    if _LABEL_HEAD.match(text) or TYPE_LINE.fullmatch(text) or _PRONUNCIATION.match(text):
        return False
    if text.endswith(":") or _NO_TITLE.search(text):
        return False
    if not 8 <= len(text) <= 400 or len(re.findall(r"[^\W\d_]{2,}", text)) < 2:
        return False
    if whole_date(text) or parse_authors(text) or is_section_name(text):
        return False
    if re.match(r"(?:https?:|www\.|doi|10\.\d|©|copyright|\(?\d+\)?\s|[¹²³⁴-⁹✉])", text, re.I):
        return False
    if registry_ids(text[:20]) or re.search(r"https?://|\.\s(?:19|20)\d\d(?: [A-Z]\S+)?\.?$", text):
        return False
    if re.match(
        r"(?:first |date )?(?:published|posted|received|accepted|updated|available online|"
        r"revised)\b.{0,40}\b(?:19|20)\d\d\b",
        text,
        re.I,
    ):
        return False
    return not re.search(r"(?:19|20)\d\d\s?;\s?\d|;\d+\(\d+\):", text)


def site_like(page: Page, number: int) -> bool:
    """A short name of an organisation above something that can be the title itself."""
    text = page.lines[number].text
    if len(text) > 90 or not SITE.search(text):
        return False
    return any(
        not x.role and title_like(x.text) and not is_prose(x.text)
        for x in page.lines[number + 1 : number + 6]
    )


def is_kicker(page: Page, number: int) -> bool:
    """A few words in capitals, the name of a series or of a subject, above what can be the title
    itself."""
    text = page.lines[number].text
    if len(text.split()) <= _SUBJECT_WORDS and any(
        text.casefold() in x.text.casefold() and len(x.text) > 2 * len(text) and title_like(x.text)
        for x in page.lines[number + 1 : number + 4]
        if not x.role and not is_prose(x.text)
    ):
        return True
    if not _SERIES.fullmatch(text) and not (text.isupper() and len(text.split()) < _KICKER_WORDS):
        return False
    return any(
        not x.role and title_like(x.text) and not is_prose(x.text) and not x.text.isupper()
        for x in page.lines[number + 1 : number + 4]
    )


def by_type(lines: list[Line]) -> list[Line]:
    """What stands right below the kind of article, or right above a kind of guidance."""
    found = []
    for above, below in pairwise(lines):
        if _GUIDANCE.search(below.text) and TYPE_LINE.fullmatch(below.text):
            found.append(above)
        elif TYPE_LINE.fullmatch(above.text.lstrip("•*◦▪·- ")) and not _GUIDANCE.search(above.text):
            found.append(below)
    return found


def runs_on(line: Line) -> bool:
    """Whether the line is the rest of the one above it."""
    goes_on = not line.blank_before and line.text[:1].islower() and " " in line.text
    return goes_on and not line.text.startswith(("pronounced", "http", "doi"))


def is_broken_title(page: Page, number: int) -> bool:
    """Whether two short lines, with a blank line below them and no full stop, are one title."""
    first, second = page.lines[number : number + 2]
    below = page.lines[number + 2 : number + 3]
    ended = bool(below) and below[0].blank_before and not second.text.endswith((".", ":"))
    return (
        ended and title_like(f"{first.text} {second.text}") and len(second.text) < len(first.text)
    )


def first_of(lines: list[Line], line: Line) -> Line:
    """The line a title begins on: above its rest, or above a subtitle that tells the design."""
    number = lines.index(line)
    above = lines[number - 1] if number else None
    if above is None or above.role or not title_like(above.text):
        return line
    if runs_on(line):
        return above
    if _DESIGN.fullmatch(line.text) and not line.blank_before:
        line.role = "title"
        return above
    return line


def defined_below(page: Page, number: int) -> bool:
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
    common = any(re.search(rf"\b{re.escape(word.lower())}\b", line.text) for line in below)
    return not number and is_prose(first) and (named > 1 or (named == 1 and not common))


def product_line(page: Page) -> Line | None:
    """The product a drug label opens with: ``NAME (substance) injection, for ... use``."""
    if not any(_LABEL_HEAD.match(line.text) for line in page.lines[:12]):
        return None
    top = page.lines[:20]
    for number, line in enumerate(top):
        if _PRODUCT.search(line.text) and len(line.text) < 200:
            named = [x for x in top[: number + 1] if x.text[:1].isupper()]
            return named[-1] if not _LABEL_HEAD.match(named[-1].text) else line
    return None
