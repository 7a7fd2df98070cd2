"""The fixed codes of sources: kinds, standing, precision of dates, licences."""

from django.db.models import TextChoices


class SourceKind(TextChoices):
    JOURNAL_REVIEW = "journal-review", "journal review"
    JOURNAL_ARTICLE = "journal-article", "journal article"
    TRIAL_REPORT = "trial-report", "trial report"
    TRIAL_REGISTRATION = "trial-registration", "trial registration"
    BOOK_CHAPTER = "book-chapter", "book chapter"
    WEB_PAGE = "web-page", "web page"
    LABEL = "label", "drug label"
    GUIDELINE = "guideline", "guideline"
    PREPRINT = "preprint", "preprint"
    OTHER = "other", "other"


STRENGTH: tuple[SourceKind, ...] = (
    SourceKind.TRIAL_REPORT,
    SourceKind.GUIDELINE,
    SourceKind.LABEL,
    SourceKind.JOURNAL_ARTICLE,
    SourceKind.JOURNAL_REVIEW,
    SourceKind.BOOK_CHAPTER,
    SourceKind.TRIAL_REGISTRATION,
    SourceKind.PREPRINT,
    SourceKind.WEB_PAGE,
    SourceKind.OTHER,
)
"""Which source is heard first where several say the same: closest to what was measured."""


class Standing(TextChoices):
    """What became of a work after it was published."""

    CURRENT = "current", "current"
    CORRECTED = "corrected", "corrected"
    RETRACTED = "retracted", "retracted"


SEVERITY: dict[str, int] = {Standing.CURRENT: 0, Standing.CORRECTED: 1, Standing.RETRACTED: 2}
"""How much a standing warns readers: to set a lower one lifts a mark."""


class DatePrecision(TextChoices):
    YEAR = "year", "year"
    MONTH = "month", "month"
    DAY = "day", "day"


class LicenceCode(TextChoices):
    """Under which a document says it may be passed on; by SPDX, where SPDX has a code."""

    CC0_1 = "CC0-1.0", "CC0 1.0"
    BY_4 = "CC-BY-4.0", "CC BY 4.0"
    BY_3 = "CC-BY-3.0", "CC BY 3.0"
    BY_SA_4 = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    BY_SA_3 = "CC-BY-SA-3.0", "CC BY-SA 3.0"
    BY_NC_4 = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    BY_NC_SA_4 = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0"
    BY_ND_4 = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    BY_NC_ND_4 = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    PUBLIC_DOMAIN = "public-domain", "public domain"
    RESERVED = "all-rights-reserved", "all rights reserved"


READ_FIELDS: tuple[str, ...] = (
    "title",
    "kind",
    "authors",
    "affiliations",
    "container_title",
    "publisher",
    "volume",
    "issue",
    "pages",
    "number_of_pages",
    "date",
    "doi",
    "pmid",
    "registry_id",
    "url",
    "language",
    "hosting_site",
    "citation_counts",
    "related_documents",
    "cited_sources",
)
"""Fields of a source that the reader of documents fills, in order of display."""

BIBLIOGRAPHIC_FIELDS: tuple[str, ...] = (*READ_FIELDS, "abstract", "licence")
"""Fields of a source that can be read from a span of a document, in order of display; the last
ones by people alone.
"""
