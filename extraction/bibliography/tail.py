"""Facts that stand anywhere: identifiers, dates and addresses on lines of their own, copyright,
citation counts, and the lists of other documents."""

import re

from extraction.bibliography.dates import find_dates
from extraction.bibliography.days import dated_line
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import find_dois
from extraction.bibliography.kinds import TYPE_LINE, kind_stated
from extraction.bibliography.values import URL, offer_registry, read_doi, read_value, registry_ids
from extraction.page.telling import is_telling
from extraction.text.lines import Line, Page
from extraction.types import CitationCount
from publication.folding import folded

_PROVIDER = (
    r"Scopus|Web of Science|WoS|Crossref|CrossRef|Google Scholar|Dimensions|PubMed(?: Central)?|"
    r"Europe PMC|Semantic Scholar|Altmetric|PlumX|OpenAlex"
)
_COUNTS = (
    re.compile(rf"citations?\s*:\s*(?P<n>\d[\d,]{{0,9}})\s*\(?(?P<p>{_PROVIDER})?\)?", re.I),
    re.compile(
        rf"(?P<n>\d[\d,]{{0,9}})\s+(?:link is external\s+)?citations?\s*(?:\(|in |from |"
        rf"on )?\s*(?P<p>{_PROVIDER})?\)?",
        re.I,
    ),
    re.compile(
        rf"(?:times )?cited(?: by)?\s*:?\s*(?P<n>\d[\d,]{{0,9}})(?:\s+(?:times|"
        rf"articles))?\s*(?:\(|in |on )?\s*(?P<p>{_PROVIDER})?\)?",
        re.I,
    ),
    re.compile(
        rf"(?P<p>{_PROVIDER})\s*(?:citations?|times cited|"
        rf"cited by)?\s*[:(]?\s*(?P<n>\d[\d,]{{0,9}})\)?(?:\s+citations?)?",
        re.I,
    ),
)
_COPYRIGHT = re.compile(
    r"(?:(?<![^\W\d_])©|\bcopyright\s+(?:the|holder)\b|\bcopyright\b\s*(?:©|\(c\)|(?:19|20)\d\d)|\(c\)\s*(?:19|20)\d\d|℗)",
    re.I,
)
_RIGHTS = re.compile(
    r"all rights reserved\.?|\bCC[ -]BY[-\w .]{0,20}|creative commons[^.\n]{0,80}\.?", re.I
)
_OWNER = re.compile(
    r"(?:copyright|©|\(c\)|[\s,.:–-]|by\b|the year\b|(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)+",
    re.I,
)
_PUBLISHED_BY = re.compile(
    r"(?i:(?:published|produced and hosted)(?: online)? by|licensee|"
    r"published on behalf of [^.]{3,80}? by|"
    r"exclusive licen[cs]e to|under exclusive licen[cs]e to)\s+(?P<who>[A-Z][^\n]{2,80})"
)
_AND_OTHERS = re.compile(r"\bet al\b\.?$")
_NOBODY = re.compile(
    r"(?:the )?(?:authors?(?:\(s\))?|all rights|copyright holder)\b|author\(s\)", re.I
)
_OWN_REGISTRATION = re.compile(
    r"\b(?:(?:trial|study|clinical trials?|review|protocol|prospero|systematic review)[\s:,]{0,3}"
    r"(?:was |is |were |has been |been |prospectively |retrospectively ){0,3}regist(?:ration|ered|"
    r"ry|er)|"
    r"registered (?:at|with|in|on|under|as)|registration\b|registry\b|"
    r"clinical ?trials\.gov (?:identifiers?|numbers?|registration|registry|ids?|nct)|"
    r"(?:trial|eudract) (?:registration )?(?:number|no)\b)",
    re.I,
)
_OTHER_TRIAL = re.compile(
    r"\b(?:parent|core|another|other|previous|earlier|prior|ongoing|complementary to|enrolled in|"
    r"extension of|sub-?study of)\b",
    re.I,
)
_THIS_STUDY = re.compile(
    r"\b(?:this|the (?:present|current)|our) (?:(?:study |trial )?(?:is|was) (?:a|an) )?"
    r"(?:(?!to\b|of\b|with\b|in\b|for\b|from\b|is\b|was\b|has\b|had\b|complementary\b|extension\b)"
    r"[\w,-]+ ){0,8}?(?:study|trial)\b(?!.*\b(?:stud(?:y|ies)|extension|"
    r"trials?(?! (?:code|number|id|registration|regist))|cohort|data|analysis|from|previously|"
    r"earlier)\b)",
    re.I,
)
"""The study itself is spoken of, and no other between it and the number."""
_REGISTRY_HEAD = re.compile(r"regist|clinical ?trials\.gov|\bidentifier", re.I)
_REVISED = re.compile(
    r"\blast (?:revised|updated|reviewed|modified|approved)\b|"
    r"(?:^|[|•·—–]\s*)(?:updated|reviewed|revised) on\b|"
    r"^(?:updated|reviewed|revised)(?= [A-Z][a-z]{2,8} (?:19|20)\d\d$)|\blast update posted\b",
    re.I,
)
_HISTORY = re.compile(
    r"\W{0,3}(?:(?:submission |manuscript )?received|submitted|accepted|revised|"
    r"published|posted|available online|first published|epub)\b",
    re.I,
)
_PUBLISHED = re.compile(r"\b(?:published(?: online)?|posted|available online)\b\W{0,3}", re.I)
_SIGNED = re.compile(r"\s*[|•·,–—-]?\s*by [A-Z][^.]{1,60}$")
_EVENT = re.compile(r"\b(?:start|completion|enrol\w*|due|expiry|accessed)(?: \(\w+\))?$", re.I)
"""A day below such a label is not that of publication."""
_SHORT = 300


def read_lines_of_facts(page: Page, findings: Findings) -> None:
    """Claim the lines that are nothing but an identifier, a date, an address or a count."""
    counts: list[CitationCount] = []
    for above, line in zip([None, *page.lines], page.lines, strict=False):
        if line.role or len(line.text) > _SHORT:
            continue
        if count := _count(line.text):
            counts.append(count[0])
            if len(counts) == 1:
                start = line.start + count[1]
                findings.spans["citation_counts"] = page.view.to_raw(start, line.start + count[2])
            line.role = "citation_count"
        elif (
            above and not line.blank_before and _EVENT.search(above.text) and dated_line(line.text)
        ):
            line.role = "date_line"
        elif role := _fact(findings, line):
            line.role = role
    if counts:
        findings.values["citation_counts"] = tuple(counts)


def _count(text: str) -> tuple[CitationCount, int, int] | None:
    for pattern in _COUNTS:
        if match := pattern.fullmatch(text.strip(" .|")):
            number = int(match["n"].replace(",", ""))
            return CitationCount(match["p"] or "", number), 0, len(text)
    return None


def _fact(findings: Findings, line: Line) -> str:
    text = line.text
    if (date := dated_line(text)) and (len(date.value) > 4 or not re.fullmatch(r"\d{4}", text)):
        read_value(findings, "date", line, date.start)
        return "date_line"
    dated = next(find_dates(text), None)
    if dated and not dated.start and len(dated.value) > 4 and _SIGNED.match(text, dated.end):
        read_value(findings, "date", line, 0)
        return "date_line"
    if TYPE_LINE.fullmatch(text) and (kind := kind_stated(text)):
        findings.offer("kind", kind, line.start, line.end)
        return "type_line"
    history = _HISTORY.match(text) and len(text) < 250 and not is_telling(text)
    if history and next(find_dates(text), None):
        if published := _PUBLISHED.search(text):
            read_value(findings, "date", line, published.end())
        read_doi(findings, text, line.start)
        return "date_line"
    if re.match(r"[^.]{0,60}\bpreprint\b.{0,40}\bpeer[- ]review", text, re.I):
        return "notice"
    rest = text
    for doi in find_dois(text):
        rest = rest.replace(text[doi.start : doi.end], "")
    if (
        rest != text
        and len(re.findall(r"\w+", re.sub(r"https?://\S*|doi(?:\.org)?|dx", "", rest))) < 4
    ):
        read_value(findings, "doi", line, 0)
        _pmid(findings, line)
        return "doi_line"
    if re.match(r"(?:pmid|pmcid|e?issn|isbn)\b", text, re.I):
        _pmid(findings, line)
        return "identifier_line"
    address = URL.fullmatch(text.strip("<>()"))
    if address and "/" not in text and not text.startswith("www."):
        findings.offer("hosting_site", text, line.start, line.end)
        return "site_header"
    if address:
        read_value(findings, "url", line, 0)
        return "url_line"
    return ""


def _pmid(findings: Findings, line: Line) -> None:
    if match := re.search(r"PMID:?\s*(?=\d)", line.text, re.I):
        read_value(findings, "pmid", line, match.end())


def revision_lines(page: Page) -> list[tuple[Line, int]]:
    """Lines such as ``This leaflet was last revised in 05/2020``, and where the date may begin."""
    found = []
    for line in page.lines:
        if line.role not in {"", "ui_labels"} or len(line.text) > 120:
            continue
        mark = _REVISED.search(line.text)
        if mark and next(find_dates(line.text[mark.end() :]), None):
            line.role = "date_line"
            found.append((line, mark.end()))
    return found


def read_copyright(page: Page, findings: Findings) -> None:
    """Cut copyright notices out of lines; the owner, when it is not the authors, publishes."""
    for line in page.lines:
        if line.role:
            continue
        for mark in _COPYRIGHT.finditer(line.text):
            end = _notice_end(line.text, mark.start())
            notice = line.text[mark.start() : end]
            _read_owner(findings, line, mark.start(), notice)
            if not line.text[: mark.start()].strip() and end >= len(line.text.rstrip()):
                line.role = "copyright"
            else:
                page.cut(line.start + mark.start(), line.start + end, "copyright")
            break


def _notice_end(text: str, start: int) -> int:
    """A notice runs to the rights clause, else to the end of a line that ends soon."""
    window = text[start : start + 400]
    rights = list(_RIGHTS.finditer(window))
    if rights:
        return start + rights[-1].end()
    if len(text) - start <= 200:
        return len(text)
    stop = re.search(r"(?<!Inc)(?<!Ltd)(?<!Co)\.\s+(?=[A-Z])", window)
    return start + stop.start() + 1 if stop else start + len(window)


def _read_owner(findings: Findings, line: Line, at: int, notice: str) -> None:
    published = _PUBLISHED_BY.search(notice)
    start = published.start("who") if published else 0
    if not published:
        lead = _OWNER.match(notice)
        start = lead.end() if lead else 0
        if _NOBODY.match(notice[start:]):
            return
    rest = notice[start:]
    end = re.search(
        r"(?<=Inc)\.|(?<=Ltd)\.|(?<=Co)\.|(?<=Corp)\.|\.(?:\s|$)|;|\bon behalf of\b|"
        r",? all rights\b|\ba (?:member|part) of\b"
        r"|\s[|•]|\sdoi\b|\shttps?:|,?\s(?:19|20)\d\d\b|"
        r",\s(?:Basel|part of|under|a division)\b|\bCC\b|$",
        rest,
    )
    stop = end.start() if end else len(rest)
    if end and end.group() == "." and re.search(r"(?:Inc|Ltd|Co|Corp)$", rest[:stop]):
        stop += 1 if re.search(r"(?:Inc|Co|Corp)$", rest[:stop]) else 0
    owner = rest[:stop].strip(" ,")
    if re.match(r"[^.;]{0,40}\.?\s[^.;]{0,30}\bet al\b", rest):
        return
    if _are_authors(findings, owner) or re.search(r"\b(?:is|are|was|holder|holds)\b", owner):
        return
    if 1 < len(owner) <= 90 and owner[0].isupper():
        findings.offer_part(
            "publisher", line, at + start, at + start + len(rest[:stop].rstrip(" ,"))
        )


def _are_authors(findings: Findings, owner: str) -> bool:
    """Whether the notice names the authors by their families: ``Roe, Li and Ito``."""
    if _AND_OTHERS.search(owner):
        return True
    families = {folded(author.family) for author in findings.values.get("authors", ())}
    named = re.split(r",?\s+and\s+|,\s+|\s+&\s+", folded(owner.removesuffix(" et al")))
    return any(name.split()[-1:] and name.split()[-1] in families for name in named)


def read_registration(page: Page, findings: Findings) -> None:
    """A registration number counts only where the text says it is this study's own."""
    heading = ""
    for line in page.lines:
        if line.role == "heading" or (
            _REGISTRY_HEAD.search(line.text[:60])
            and len(line.text) < 60
            and not registry_ids(line.text)
        ):
            heading = line.text
        if line.role in {"related_docs", "sources", "share_link"} or not registry_ids(line.text):
            continue
        for sentence in re.finditer(r"[^.;]{0,600}(?:\.(?=\w)[^.;]{0,300}){0,6}", line.text):
            found = registry_ids(sentence.group())
            if not found:
                continue
            before = sentence.group()[: found[0][1]]
            alone = re.fullmatch(
                r"\W*(?:clinical ?trials\.gov|ISRCTN|EudraCT|NCT)?\W*", before, re.I
            )
            headed = _REGISTRY_HEAD.search(heading)
            own = _OWN_REGISTRATION.search(before[-120:]) or (headed and alone)
            if not own and not _OTHER_TRIAL.search(before):
                own = _THIS_STUDY.search(before)
            if own and not _OTHER_TRIAL.search(before[-120:]):
                offer_registry(findings, found, line.start + sentence.start())
                if (
                    len(line.text) < 160
                    and not line.role
                    and (headed or line.start == sentence.start())
                ):
                    line.role = "registration_line"


def read_lists(page: Page, findings: Findings) -> None:
    """The titles in the related-documents and cited-sources lists, without their headings."""
    for role, field in (("related_docs", "related_documents"), ("sources", "cited_sources")):
        lines = [line for line in page.lines if line.role == role]
        items = [
            re.sub(r"^(?:\[?\d{1,3}[.)\]]\s*|[-*•]\s+)", "", line.text)
            for line in lines
            if not _is_list_heading(line.text)
        ]
        if items:
            findings.offer(field, tuple(items), lines[0].start, lines[-1].end)


def _is_list_heading(text: str) -> bool:
    from extraction.page.boilerplate import section_label

    return section_label(text) in {"related_docs", "sources"}
