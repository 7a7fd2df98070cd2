"""Which lines can be a title, and which only stand near one."""

import re
from itertools import pairwise

from extraction.bibliography.days import dated_line
from extraction.bibliography.kinds import TYPE_LINE
from extraction.bibliography.people import is_prose
from extraction.bibliography.values import registry_ids
from extraction.page.headings import SECTION, is_section_name
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_authors

SITE = re.compile(
    r"\b(?:university|platform|repository|library|portal|research output|database|archive|pubmed|"
    r"sciencedirect|researchgate|wiley online|springerlink|national (?:center|institute|library)|"
    r"official (?:web)?site|foundation|society|association|hospital|trust)\b",
    re.I,
)
UNDERLINE = re.compile(r"={3,}|-{3,}")
"""The line below a heading in the other way of Markdown."""
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
_ASKS = re.compile(
    r"(?:[#*\d.\s]{0,8})(?:what|how|who|why|when|where|which|before|can|should|do|does|is|are)\b.*\?\W{0,4}$",
    re.I,
)
_LONGEST_NAME, _LONGEST_QUESTION = 60, 200
_PREFACE, _FEWEST_WORDS = 12, 3
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
    if dated_line(text) or parse_authors(text) or is_section_name(text):
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
    if _DESIGN.fullmatch(line.text) and (not line.blank_before or _outweighs(above, line)):
        line.role = "title"
        return above
    return line


def _outweighs(above: Line, line: Line) -> bool:
    """Whether the line above a design says more than it, and names no site."""
    return len(above.text) > len(line.text) and not SITE.search(above.text)


def asked_below(page: Page, number: int) -> bool:
    """Whether the line names what the text below asks about: ``What is Drugol?``, a leaflet."""
    text = page.lines[number].text
    name = re.match(r"[^\W\d_][\w-]{3,40}", text)
    if not name or len(text) > _LONGEST_NAME or re.search(r"[?.!:;,]$", text):
        return False
    if is_section_name(text) or _ASKS.match(text):
        return False
    asked = re.compile(rf"\b{re.escape(name.group())}\b", re.I)
    return any(
        _ASKS.match(line.text) and asked.search(line.text)
        for line in page.lines[number + 1 : number + _ENTRY_LINES]
        if len(line.text) < _LONGEST_QUESTION
    )


def heading_level(page: Page, number: int) -> int:
    """How deep a heading of Markdown is: its number signs, or what underlines it; 0 when none."""
    line = page.lines[number]
    if mark := re.match(r"(#{1,6})\s+\S", line.text):
        return len(mark[1])
    below = page.lines[number + 1] if number + 1 < len(page.lines) else None
    if below is None or below.blank_before or not line.blank_before:
        return 0
    if not UNDERLINE.fullmatch(below.text):
        return 0
    return 1 if below.text[0] == "=" else 2


def markdown_title(page: Page) -> int | None:
    """The number of the line that is the first heading, none above its level and not a section's.

    One of several of a level is a title only where its authors stand below.
    """
    levels = {n: level for n in range(len(page.lines)) if (level := heading_level(page, n))}
    if not levels:
        return None
    number = min(levels)
    line = page.lines[number]
    words = re.sub(r"^#{1,6}\s+|[\s#*_]+$", "", line.text).lstrip("*_")
    if number > _PREFACE or line.role or levels[number] > min(levels.values()):
        return None
    if SECTION.fullmatch(words) or len(words.split()) < _FEWEST_WORDS or _ASKS.match(words):
        return None
    if any(is_prose(x.text) for x in page.lines[:number] if not x.role):
        return None
    alone = sum(level == levels[number] for level in levels.values()) == 1
    below = [
        x for x in page.lines[number + 1 : number + 3] if not re.fullmatch(r"[=-]{3,}", x.text)
    ]
    return number if alone or (below and len(parse_authors(below[0].text)) > 1) else None


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
