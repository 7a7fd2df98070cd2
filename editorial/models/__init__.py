"""People, the working record that every app builds on, and its review."""

from editorial.models.interests import Interests
from editorial.models.people import User
from editorial.models.records import Part, Record, new_public_id, record_classes
from editorial.models.review import Judgement, Reply, ReviewEvent
from editorial.models.waiting import InReview, Need

__all__ = [
    "InReview",
    "Interests",
    "Judgement",
    "Need",
    "Part",
    "Record",
    "Reply",
    "ReviewEvent",
    "User",
    "new_public_id",
    "record_classes",
]
