"""Values that a format labels, in the form of their field, for the readers of mark-up."""

import re
from collections.abc import Iterable

from extraction.bibliography.dates import FoundDate, find_dates
from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import normalize_doi, normalize_nct, normalize_pmid
from extraction.bibliography.kinds import kind_stated
from extraction.bibliography.values import LANGUAGES
from extraction.types import Span

_NUMBERS = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?![\d/.-])")
_LONGEST = 2_000
"""Characters; what is longer is no title, name or number."""
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_PRECISION = ("year", "month", "day")
_LEAST = "journal-article"
_NO_SAY = re.compile(
    r"\b(?:book|product|media|software)[ -]review|(?:^|-)reviewer|peer.?review", re.I
)


def offer_stated(findings: Findings, field: str, value: str, span: Span | None) -> None:
    """Take what a label says of a field, if it is a value of that field."""
    if span is None or span.start >= span.end or not 0 < len(value) <= _LONGEST:
        return
    if field == "date":
        offer_date(findings, date_of(value), span)
    elif field == "language":
        code = LANGUAGES.get(value.lower()) or LANGUAGES.get(re.split("[-_]", value.lower())[0])
        findings.offer_raw("language", code, span)
    elif field == "url":
        findings.offer_raw("url", value if re.match(r"https?://", value) else "", span)
    elif form := _FORMS.get(field):
        findings.offer_raw(field, form(value), span)
    else:
        findings.offer_raw(field, value, span)


def stated_kind(value: str) -> str:
    """A review of a book is no review of the literature."""
    return _LEAST if _NO_SAY.search(value) else kind_stated(value)


_FORMS = {
    "doi": normalize_doi,
    "pmid": normalize_pmid,
    "registry_id": normalize_nct,
    "kind": stated_kind,
}


def date_of(value: str) -> FoundDate | None:
    """The date that a field holds, its numbers padded or not: ``2019/3/7``."""
    numbers = _NUMBERS.search(value) or _COMPACT.fullmatch(value.strip())
    if numbers:
        parts = [numbers["y"], numbers["m"].zfill(2), (numbers["d"] or "").zfill(2)]
        value = "-".join(part for part in parts if part.strip("0"))
    return next(find_dates(value), None)


def date_of_parts(year: str, month: str, day: str) -> FoundDate | None:
    """The date of elements for its parts; a month may be a name, a season or a range."""
    if month.isdigit():
        return date_of("-".join(part for part in (year, month, day) if part))
    return next(find_dates(" ".join(part for part in (year, month, day) if part)), None)


def fullest(dates: Iterable[tuple[FoundDate | None, Span]]) -> tuple[FoundDate, Span] | None:
    """The most precise; of equals the first."""
    found = [(date, span) for date, span in dates if date is not None]
    return max(found, key=lambda one: _PRECISION.index(one[0].precision), default=None)


def offer_date(findings: Findings, date: FoundDate | None, span: Span) -> None:
    if date and findings.offer_raw("date", date.value, span):
        findings.offer_raw("date_precision", date.precision, span)


def most_telling(kinds: Iterable[tuple[str, Span]]) -> tuple[str, Span] | None:
    """Of several kinds the one that says most; "article" says least."""
    order = ["guideline", "preprint", "journal-review", "trial-report", "book-chapter", _LEAST]
    known = [(kind, span) for kind, span in kinds if kind in order]
    return min(known, key=lambda one: order.index(one[0]), default=None)
