"""People, the working record that every app builds on, and its review."""

from editorial.models.drafts import DraftChange
from editorial.models.people import User
from editorial.models.records import Part, Record, new_public_id, record_classes
from editorial.models.review import Judgement, ReviewEvent

__all__ = [
    "DraftChange",
    "Judgement",
    "Part",
    "Record",
    "ReviewEvent",
    "User",
    "new_public_id",
    "record_classes",
]
