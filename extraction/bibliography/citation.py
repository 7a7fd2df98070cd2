"""Citation lines in which a document names its own journal, volume, issue, pages and date."""

import re
from bisect import bisect_left

from extraction.bibliography.findings import Findings
from extraction.bibliography.values import read_doi, read_value
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_authors
from extraction.text.words import words

_VOLUME = r"(?P<volume>[A-Z]?\d{1,4}[A-Za-z]?)"
_ISSUE = r"(?:\s?\((?P<issue>[^()\n]{1,25})\))?"
_PAGES = (
    r"(?P<pages>[A-Za-z]{0,4}\.?\d[\w.]{0,12}"
    r"(?:\s?[-–—]\s?[A-Za-z]{0,2}\d{1,8}[A-Za-z]?(?:\.[a-z]\d{1,3})?)?)"
)
_DATE = r"(?P<date>(?:19|20)\d\d(?:[\s-][A-Za-z]{3,9}\.?(?:[\s-]\w{1,9})?)?)"
_LOCATORS = (
    # Neuron. 2018 Feb 21;97(4):742-768 — and Lancet Neurol 2018; 17: 162-73
    re.compile(rf"[\s.,(]{{1,3}}{_DATE}\)?\s?;\s?{_VOLUME}{_ISSUE}(?:\s?:\s?{_PAGES})?"),
    # Int. J. Mol. Sci. 2020, 21(5), 1234
    re.compile(rf"[\s.,]{{1,3}}{_DATE},\s?{_VOLUME}{_ISSUE},\s?{_PAGES}"),
    # J Neurol Exp Neurosci 1(2): 25-29 — the year stands elsewhere
    re.compile(
        rf"[\s.,]{{0,3}}{_VOLUME}\s?\((?P<issue>[^()\n]{{1,25}})\)(?:\s?[:,]\s?(?:pp?\.\s?)?|\.?\s(?:pp?\.\s?)){_PAGES}"
    ),
    # 2020, Vol. 26(1) 48–56
    re.compile(rf"(?P<date>(?:19|20)\d\d),\sVol\.\s{_VOLUME}{_ISSUE}\s{_PAGES}$"),
    # Volume 18, 2018 - Issue 4 — and Volume 45, October 2020, 102345
    re.compile(
        r"[\s.,:;|]{0,3}\bvolume\s(?P<volume>[A-Z]?\d{1,4}),\s(?P<date>(?:[A-Z][a-z]{2,8}\s)?"
        r"(?:19|20)\d\d)(?:\s[-–]\sissue\s(?P<issue>[\w–-]{1,12})|,\s(?P<pages>[A-Za-z]?\d{3,9}))$",
        re.I,
    ),
    # Volume 97, Issue 4, 21 February 2018, Pages 742-768
    re.compile(
        r"[\s.,:;|]{0,3}\bvol(?:ume|\.)\s?(?P<volume>[A-Z]?\d{1,4}[A-Za-z]?)"
        r"(?:[,\s(]{1,3}(?:issue|no\.|number)\s?(?P<issue>[\w–-]{1,12})\)?)?"
        r"(?:,\s(?P<date>[\w\s.]{0,20}(?:19|20)\d\d))?"
        r"(?:[,:]?\s(?:pages?|pp?\.)\s?(?P<pages>[A-Za-z]?\d[\w–-]{0,20}))?"
        r"(?:,\s\(?(?P<date2>[A-Za-z]{0,9}\.?\s?(?:19|20)\d\d)\)?)?",
        re.I,
    ),
    # Journal of Neurology (2019) 266:1182–1193
    re.compile(rf"\s\({_DATE}\)\s?{_VOLUME}{_ISSUE}\s?:\s?{_PAGES}"),
    # Frontiers in Immunology 10:1234 (2019) and J Neurol 265:1-9
    re.compile(
        rf"[\s.,]{{1,3}}{_VOLUME}\s?:\s?(?P<pages>\d{{1,6}}(?:\s?[-–]\s?\d{{1,6}})?)(?:\s\({_DATE}\))?"
    ),
    # Online ahead of print: Mult Scler. 2020 Mar 5:1352458520910491 / N Engl J Med. 2020 Mar 5.
    re.compile(r"\.\s(?P<date>(?:19|20)\d\d\s[A-Z][a-z]{2}(?:\s\d{1,2}|-[A-Z][a-z]{2})?)[.:]"),
)
_LEAD = re.compile(
    r"\s*(?:\d{1,3}\.\s+|(?:cite (?:this(?: article| paper)?(?: as)?|as|it)|citation|"
    r"how to cite(?: this article)?|"
    r"(?:recommended|suggested) citation|to cite this article|"
    r"published in(?: final edited form as)?|"
    r"source|reference|in)\s*:\s*)",
    re.I,
)
_CLOSING = re.compile(
    r"[.!?]\s+(?P<journal>[A-Z][A-Za-z &]{2,60}?)"
    rf"\s{_DATE};\s?{_VOLUME}{_ISSUE}\s?:\s?{_PAGES}\.?$"
)
_SMALL = words("of and in the for et de der für & on")
_ABBREVIATED = re.compile(
    r"[A-Z][a-z]{0,9}\.(?: (?:[A-Z][a-z]{0,9}\.|of|and|&))*(?: ?(?:[A-Z][a-z]{1,9}|U\.S\.A?))?"
)
"""``Int. J. Mol. Sci``: the whole line up to the year is one journal."""
_DAY_NAMED = re.compile(
    r"(?:\d{1,2} )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
    r"(?: \d{1,2})?,?(?: (?:19|20)\d\d)?$",
    re.I,
)
"""A day such as ``April 12`` stands before a volume too, and is no journal."""
_TITLE_ONWARD = 25
_MAX_LINE = 1500
_MAX_JOURNAL = 120


def read_citations(page: Page, findings: Findings, last_head_line: int) -> None:
    """Claim and read the lines that cite the document itself, not others.

    Before the text begins any bare journal reference is its own; later one must repeat the
    title or say that it is how to cite this work.
    """
    title = findings.get("title").lower()
    for number, line in enumerate(page.lines):
        cites = line.role in {"portal_footer", "ui_labels"}
        if (line.role and not cites) or not 10 < len(line.text) < _MAX_LINE:
            continue
        lead = _LEAD.match(line.text)
        at = line.text.lower().find(title) if len(title) >= _TITLE_ONWARD else -1
        labelled = bool(lead and not lead.group().strip()[:1].isdigit())
        if at < 0 and not labelled and not cites and number > last_head_line:
            continue
        start = at + len(title) if at >= 0 else lead.end() if lead else 0
        if read_locator(page, findings, line, start, bare=at < 0 and not labelled):
            _read_before(findings, line, lead.end() if lead else 0, at)
            read_doi(findings, line.text, line.start)
            line.role = "citation_line"


def read_closing_citation(page: Page, findings: Findings) -> None:
    """A reference to the document's own journal that closes its abstract."""
    for line in page.lines:
        match = _CLOSING.search(line.text[-150:]) if not line.role else None
        if match and is_journal(match["journal"]):
            base = max(0, len(line.text) - 150)
            at = line.start + base + match.start("journal")
            findings.offer("container_title", match["journal"], at, at + len(match["journal"]))
            for name in ("date", "volume", "issue", "pages"):
                if match[name]:
                    read_value(findings, name, line, base + match.start(name))
            page.cut(at, line.end, "citation_line")


def read_locator(page: Page, findings: Findings, line: Line, start: int, *, bare: bool) -> bool:
    """Read journal and place behind ``start``: "Neuron. 2018;97(4):742-768"."""
    for pattern in _LOCATORS:
        match = pattern.search(line.text, start)
        if not match:
            continue
        begin = _journal_start(page, line, start, match.start())
        journal = line.text[begin : match.start()].strip(" .,:;|")
        if not journal and not match.groupdict().get("volume"):
            continue
        if _DAY_NAMED.match(journal):
            read_value(findings, "date", line, begin)
            journal = ""
        if journal and not is_journal(journal):
            return False
        if bare and (len(line.text) - match.end() > 250 or _is_open(line.text[start:begin])):
            return False
        if not journal:
            _journal_above(page, findings, line)
        findings.offer_part("container_title", line, *_place(line.text, journal, begin))
        for name, value in match.groupdict().items():
            if value:
                read_part(findings, name.rstrip("2"), line, match.span(name))
        return True
    return False


def _is_open(before: str) -> bool:
    """Whether a bracket is open: a sentence that names its source in it."""
    return before.count("(") > before.count(")")


def read_part(findings: Findings, name: str, line: Line, span: tuple[int, int]) -> None:
    """A part of a reference; an issue in brackets that is a number is that number, however long."""
    if name == "issue" and line.text[slice(*span)].isdigit():
        findings.offer_part(name, line, *span)
    else:
        read_value(findings, name, line, span[0])


def _place(text: str, part: str, start: int) -> tuple[int, int]:
    at = text.index(part, start)
    return at, at + len(part)


def _journal_above(page: Page, findings: Findings, line: Line) -> None:
    """``Neuron`` on the line above ``Volume 97, Issue 4, ...``."""
    number = page.lines.index(line)
    above = page.lines[number - 1] if number else None
    if (
        above
        and above.role in {"", "site_header"}
        and is_journal(above.text)
        and len(above.text) < 80
    ) and findings.offer_part("container_title", above, 0, len(above.text)):
        above.role = "citation_line"


def _journal_start(page: Page, line: Line, start: int, end: int) -> int:
    """Where the journal's name before ``end`` begins: at its own tag, or after a full stop."""
    tags = page.view.tags
    until = bisect_left(tags, line.start + end, key=lambda tag: tag.at)
    for tag in reversed(tags[max(0, until - 20) : until]):
        if tag.name in {"em", "i", "cite", "italic"} and not tag.closing:
            at = tag.at - line.start
            if start <= at < end and not re.search(r"[.!?]\s", line.text[at:end]):
                return at
    begin = start
    if _ABBREVIATED.fullmatch(line.text[start:end]):
        return begin
    for stop in re.finditer(r"[.?!]\s+|:\s+|^\W+", line.text[start:end]):
        before = line.text[start : start + stop.start() + 1]
        abbreviated = re.search(r"(?:^|\s)[A-Z][a-z]{0,5}\.$", before)
        if stop.group()[0] in ".?!" and abbreviated and (begin > start or before.count(" ") < 2):
            continue
        begin = start + stop.end()
    return begin


def is_journal(text: str) -> bool:
    """Whether a capitalised phrase may be the name of a journal or a book."""
    if (
        _DAY_NAMED.match(text)
        or not 2 <= len(text) <= _MAX_JOURNAL
        or not text[:1].isupper()
        or len(text.split()) > 14
    ):
        return False
    plain = [w for w in text.split() if w[0].islower() and w not in _SMALL]
    if len(plain) > 2 or "(" in text:
        return False
    if re.search(r"[!?;]|\b(?:is|are|was|were|we|patients|doi)\b|\d{3}", text):
        return False
    return "," not in text or not parse_authors(text)


def _read_before(findings: Findings, line: Line, start: int, title_at: int) -> None:
    """Authors and year before the repeated title: ``Trenova AG, Slavov GS. 2016. Title``."""
    if title_at <= start:
        return
    before = line.text[start:title_at]
    year = re.search(r"[.,]?\s*\(?(?P<year>(?:19|20)\d\d)\)?[.,:]?\s*[\"“]?$", before)
    names_end = year.start() if year else len(before)
    authors = parse_authors(before[:names_end].strip(" .,:"))
    findings.offer("authors", authors, line.start + start, line.start + start + names_end)
    if year and not findings.has("date"):
        read_value(findings, "date", line, start + year.start("year"))
