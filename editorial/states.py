"""Working states of a record, and the roles of those who move it."""

from enum import StrEnum

from django.db.models import TextChoices


class State(TextChoices):
    DRAFT = "draft", "draft"
    IN_REVIEW = "in-review", "in review"
    CHANGES_REQUESTED = "changes-requested", "changes requested"
    APPROVED = "approved", "approved"
    REJECTED = "rejected", "rejected"
    DISCARDED = "discarded", "discarded"


EDITABLE = frozenset({State.DRAFT, State.CHANGES_REQUESTED})


class Role(StrEnum):
    EDITOR = "editor"
    REVIEWER = "reviewer"
