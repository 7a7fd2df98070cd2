"""What a reader has to be told about a source, wherever it appears."""

from publication.api.records import Marks, marks
from sources.published import PublishedSource


def source_marks(version: int, present: PublishedSource) -> Marks:
    """The marks of a record, and what became of the work."""
    found = marks(version, present)
    if present.standing != "current":
        found.append(present.standing)
    return found
