"""When somebody is to look again at what was approved: ``REVIEW_INTERVAL_DAYS`` after it.

It is overdue once that day (in UTC) is over, so what is overdue hangs on the log and the day alone.
"""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from publication.coordinates import end_of
from publication.published import PublishedRecord, RecordQuerySet, tables


def due(at: str) -> dt.datetime:
    """When it is to be looked at again; ``at`` is the stamp of its approval."""
    return dt.datetime.fromisoformat(at) + _interval()


def newest_overdue() -> str:
    """The stamp up to which all that was approved is overdue today."""
    today = timezone.now().astimezone(dt.UTC).date()
    return end_of(today - _interval() - dt.timedelta(days=1))


def shown_overdue(record_type: str) -> RecordQuerySet[PublishedRecord]:
    """Of what readers see of this type, what was approved too long ago, today."""
    rows = RecordQuerySet[PublishedRecord](tables()[record_type]).current().listed()
    return rows.filter(approved_at__lte=newest_overdue())


def is_overdue(at: str) -> bool:
    """Whether what was approved at this stamp is overdue today."""
    return at <= newest_overdue()


def _interval() -> dt.timedelta:
    return dt.timedelta(days=settings.REVIEW_INTERVAL_DAYS)
