"""Bibliographic data as the document states it, each field with the span it was read from."""

import re
from urllib.parse import urlsplit

from extraction.bibliography.citation import read_citations, read_closing_citation
from extraction.bibliography.findings import Findings
from extraction.bibliography.head import claim_site_header, read_head, strip_corpus_marks
from extraction.bibliography.kinds import Clues, kind_judged, language_detected
from extraction.bibliography.labels import read_labelled
from extraction.bibliography.reference_line import read_reference_lines
from extraction.bibliography.tail import (
    read_copyright,
    read_lines_of_facts,
    read_lists,
    read_registration,
    revision_lines,
)
from extraction.bibliography.values import read_value
from extraction.text.lines import Page
from extraction.types import Sentence, Span

__all__ = ["Findings", "judge", "read_metadata"]

_ABSTRACT = re.compile(
    r"^\W{0,8}(?:(?:abstract|introduction|keywords)\b|title[.:]{1,2}[ \t]*$)", re.I | re.M
)
_RESEARCH = frozenset({"research-article", "brief-report", "rapid-communication"})


def read_metadata(page: Page, findings: Findings) -> None:
    """Read every stated field and claim the lines it stands on."""
    if page.view.article:
        _read_article(page, findings)
        return
    marked = strip_corpus_marks(page)
    later_dates = read_labelled(page, findings)
    read_reference_lines(page, findings)
    if page.title_marks and page.is_file:
        findings.forget("title")  # a reference beside the printed title names it in other words
    last_head_line = read_head(page, findings, marked)
    read_citations(page, findings, last_head_line)
    read_lines_of_facts(page, findings)
    claim_site_header(page, findings)
    read_closing_citation(page, findings)
    read_copyright(page, findings)
    read_registration(page, findings)
    read_lists(page, findings)
    later_dates += revision_lines(page)
    for line, start in later_dates:
        if not findings.has("date"):
            read_value(findings, "date", line, start)


def _read_article(page: Page, findings: Findings) -> None:
    """Article XML labels its own data; its text adds the trial that it registered."""
    labelled = set(findings.values)
    read_copyright(page, findings)
    read_registration(page, findings)
    read_lists(page, findings)
    for name in set(findings.values) - labelled - {"registry_id"}:
        findings.forget(name)


def judge(findings: Findings, sentences: tuple[Sentence, ...]) -> None:
    """Language and kind when no label states them: judged from the prose and what was found."""
    text = findings.page.view.raw
    place = Span(sentences[0].start, sentences[0].end) if sentences else findings.spans.get("title")
    if place is None:
        return
    prose = " ".join(text[s.start : s.end] for s in sentences[:60])
    findings.offer_raw("language", language_detected(prose or findings.get("title")), place)
    seen = findings.page.view.text[: findings.page.front]
    clues = Clues(
        title=findings.get("title"),
        scholarly=any(findings.has(x) for x in ("affiliations", "container_title", "doi", "pmid"))
        or findings.page.view.article
        or bool(_ABSTRACT.search(seen[:20_000])),
        book=_is_book(findings),
    )
    kind, start, end = kind_judged(seen, clues)
    span = findings.page.view.to_raw(start, end) if start < end else place
    if findings.get("kind") == "journal-article" and kind in _more_than_article(findings):
        findings.forget("kind")  # "Article" says least
    if not (findings.page.is_file and kind == "web-page"):
        findings.offer_raw("kind", kind, span)
    _host(findings)


def _more_than_article(findings: Findings) -> set[str]:
    """What an article may be judged to be: JATS has words for letters, reviews and the like."""
    stated = findings.spans["kind"].of(findings.page.view.raw).lower()
    if not findings.page.view.article or stated == "journal article":
        return {"trial-report", "journal-review"}
    return {"trial-report"} if stated in _RESEARCH else set()


def _is_book(findings: Findings) -> bool:
    """A subtitled container that has a volume, but neither issue nor pages, is a book."""
    container = findings.get("container_title")
    return ": " in container and findings.has("volume") and not findings.has("issue")


def _host(findings: Findings) -> None:
    """The host of the document's own address is the site that shows it."""
    url = findings.get("url")
    if url:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
        findings.offer_raw("hosting_site", host.removeprefix("www."), findings.spans["url"])
