"""Which lines are headings, and the section names that documents use."""

import re
from collections.abc import Iterable, Iterator

from extraction.text import frequency
from extraction.text.lines import LIST_MARK, Line, Page
from extraction.text.words import words

SECTION_NAMES = words(
    "abstract summary introduction background aim aims objective objectives purpose rationale "
    "importance context design method methods materials patients participants setting settings "
    "subjects interventions intervention exposure exposures measurements outcomes findings result "
    "results discussion interpretation conclusion conclusions limitations evidence main key data "
    "study recommendation recommendations search selection authors’ authors' keywords trial "
    "registration clinical funding significance relevance"
)
_LABEL = (
    r"abstract|summary|introduction|background(?:(?: and|/| &) (?:purpose|aims?|objectives?))?"
    r"|aims?(?: and objectives?)?|(?:study )?objectives?|purpose(?: of review)?|rationale|"
    r"importance"
    r"|context|(?:study )?design(?:,? setting,? (?:and|&) (?:participants|patients))?"
    r"|(?:(?:patients|materials?|subjects|design|study design)(?: and|/| &) )?methods?"
    r"|methodology|methods?(?:/design| and (?:findings|results|analysis|materials))|search strategy"
    r"|data sources?|study selection|data (?:extraction|synthesis|collection)(?: and (?:analysis|"
    r"synthesis))?|selection criteria|search methods|main results|authors['’] conclusions?"
    r"|patients|participants|setting|settings|subjects|interventions?|exposures?"
    r"|(?:main )?outcomes?(?: (?:and )?measures?)?|main outcomes?(?: and measures?)?|measurements"
    r"|(?:key |main |recent )?findings|(?:key |main )?results|discussion|interpretation"
    r"|conclusions?(?:(?: and|/| &) (?:relevance|implications?|significance|interpretation))?"
    r"|limitations?|significance(?: statement)?|relevance|areas covered|expert opinion|expert "
    r"commentary|key points?|case (?:report|presentation)|scope|evidence acquisition|evidence "
    r"synthesis|classification of evidence|recommendations?|implications|brief summary|detailed "
    r"description|statistical analysis|procedures|highlights|plain language summary"
    r"|trial registration(?: (?:number|information|details))?|(?:clinical )?trial registration"
    r"|(?:key )?(?:inclusion|exclusion|eligibility) criteria|(?:primary|"
    r"secondary) outcomes? measures?"
    r"|registration|funding|funding source|keywords?|key words"
)
SECTION = re.compile(rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*\.?\s+)?(?:{_LABEL})\s*[.:]{{0,3}}", re.I)
INLINE_LABEL = re.compile(
    rf"(?P<name>{_LABEL}|[A-Z][A-Z/&, -]{{3,60}}[A-Z])\s*(?P<sign>[:—]|\s[–-]\s)\s*", re.I
)
_DOTTED = re.compile(r"(?:TITLE|ABSTRACT|BODY)(?:\.[^.\n]{1,80}){0,4}[.:]{0,3}$")
_MARKDOWN = re.compile(r"#{1,6}\s+\S")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|can|may|will|should|must)\b")
_ASKS = re.compile(
    r"(?:\d{1,2}[.)]\s+)?(?:what|how|why|when|who|where|which|is|are|can|should|do|does|if)\b", re.I
)
_MAX_CHARS, _MAX_WORDS = 140, 18
_ENDS_LIKE_TEXT = re.compile(r"[.,;!:)…][\"”’]?$")
_LIST_WITHIN = re.compile(r":\s*[*•]\s|\s[*•]\s.*\s[*•]\s")
"""Of "Common side effects: * nausea * headache", which is no heading."""


def mark_headings(page: Page) -> None:
    """Claim the headings among the free lines (a line followed by nothing heads nothing)."""
    free = list(page.free())
    items = {line.start for line in _items(page.lines)}
    for place, (number, line) in enumerate(free):
        following = free[place + 1][1] if place + 1 < len(free) else None
        previous = page.lines[number - 1] if number else None
        if line.start in items or frequency.is_label(line.text):
            continue  # "Very common" heads a list, beneath a heading that tells of what
        if (
            line.start in page.heading_marks
            or is_section_name(line.text)
            or (following and _heads(line, following, previous))
        ):
            line.role = "heading"


def is_section_name(text: str) -> bool:
    if len(text) > _MAX_CHARS:
        return False
    text = re.sub(r"\[edit(?: source)?\]$", "", text)
    return bool(SECTION.fullmatch(text) or _DOTTED.match(text) or _MARKDOWN.match(text))


def _heads(line: Line, following: Line, previous: Line | None) -> bool:
    text = line.text
    if len(text) > _MAX_CHARS or len(text.split()) > _MAX_WORDS or not following.text:
        return False
    if LIST_MARK.match(text) and not _is_numbered_heading(line, following):
        return False
    if _LIST_WITHIN.search(text) or frequency.has_items(text):
        return False
    if _VERB.search(text) and not _ASKS.match(text) and len(text.split()) > 5:
        return False
    if _ENDS_LIKE_TEXT.search(text) or not (text[:1].isupper() or text[:1].isdigit()):
        return False
    if not re.search(r"[A-Za-z]{2}", text) or following.text[:1].islower():
        return False
    return not (previous and previous.role in {"", "prose"} and _runs_on(previous, line))


def _is_numbered_heading(line: Line, following: Line) -> bool:
    """``1. What X is and what it is used for`` on its own, above text that is no list."""
    numbered = re.match(r"\d{1,2}[.)]\s+[A-Z]", line.text)
    if LIST_MARK.match(following.text):
        return False
    if _ASKS.match(line.text):
        return bool(numbered)
    return bool(numbered and line.blank_before and len(following.text) > len(line.text))


def _runs_on(previous: Line, line: Line) -> bool:
    """Whether ``line`` is the end of a wrapped paragraph rather than a heading of its own."""
    if line.blank_before or frequency.has_items(previous.text):
        return False
    return not re.search(r"[.!?:;…][\"'”’)\]]*(?:\[?\d[\d,–-]*\]?)?$", previous.text)


def _items(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines beneath a label of frequency, up to an empty line or what is no side effect."""
    inside = begun = False
    for line in lines:
        if frequency.is_label(line.text):
            inside, begun = True, False
        elif inside and not (begun and line.blank_before) and frequency.may_be_item(line.text):
            begun = True
            yield line
        else:
            inside = False
