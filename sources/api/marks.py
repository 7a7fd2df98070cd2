"""What a reader has to be told about a source, wherever it appears."""

from typing import Any, NamedTuple

from publication.api.records import Marks, marks


class SourceSeen(NamedTuple):
    """What of a source's row answers hang on, wherever it appears."""

    key: str
    public_id: str
    slug: str
    version: int
    withdrawn: bool
    approved_seq: int
    standing: str


def source_marks(version: int, present: Any) -> Marks:
    """The marks of a record, and what became of the work."""
    found = marks(version, present)
    if present.standing != "current":
        found.append(present.standing)
    return found
