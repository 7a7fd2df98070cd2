"""Keeps what each save changes of a draft, for good, and finds it again."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from editorial.models import DraftChange, Record, User
from publication import log
from publication.canonical import canonical
from publication.differing import differing

__all__ = ["changes_of", "keep_change"]


def keep_change(record: Record, before: Mapping[str, Any], *, by: User, what: str) -> None:
    """Put on record how the content of a locked draft differs from what it was; nothing when it
    does not.
    """
    stored = type(record)._default_manager.get(pk=record.pk)
    after = stored.content()
    if before == after:
        return
    old, new = differing(before, after)
    DraftChange.objects.create(
        record_type=record.record_type,
        public_id=record.public_id,
        version=log.latest_version(record.record_type, record.public_id) + 1,
        actor_id=by.pk,
        actor_name=by.display_name,
        what=what[:200],
        before=canonical(old),
        after=canonical(new),
        at=timezone.now(),
    )


def changes_of(record: Record) -> QuerySet[DraftChange]:
    """Those of one record, the newest first."""
    rows = DraftChange.objects.filter(record_type=record.record_type, public_id=record.public_id)
    return rows.order_by("-pk")
