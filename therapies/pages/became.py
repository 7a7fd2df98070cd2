"""What became of a work after it was published, on every page that is about it."""

from typing import Any

from publication.published import PublishedRecord
from sources.published import PublishedSource
from therapies.wording import standing_in_words


def became(row: PublishedRecord) -> dict[str, Any]:
    """For ``_components/standing.html``; ``row`` is as the public has the record now."""
    if not isinstance(row, PublishedSource):
        return {}
    return {"standing": {"warning": standing_in_words(row), "note": row.standing_note}}
