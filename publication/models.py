"""Every table of the ground, where Django looks for them."""

from publication.contributions import Contribution
from publication.entries import Entry, LogHead
from publication.folded_by import FoldedBy
from publication.published import PublishedAddress, PublishedSuccessor
from publication.references import PublishedReference
from publication.reports import Report, ReportOutcome
from publication.search.tables import Findable, KnownWord

__all__ = [
    "Contribution",
    "Entry",
    "Findable",
    "FoldedBy",
    "KnownWord",
    "LogHead",
    "PublishedAddress",
    "PublishedReference",
    "PublishedSuccessor",
    "Report",
    "ReportOutcome",
]
