"""Lines of records and claims: by the very code that answers for one of them, in batches.

A batch is read in a fixed number of statements and let go before the next, each by the place where
the last one ended, so that neither memory nor waiting grows with the base.
"""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import Count, Max, QuerySet

from msportal.exporting.moment import Moment, request_at
from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.records import RecordViewSet
from sources.published import PublishedSource
from therapies.api.views import ClaimViewSet
from therapies.published import PublishedClaim, PublishedEvidence

RECORDS, CLAIMS = 20, 200
"""How many make a batch."""

V = TypeVar("V", bound=PublicViewSet)


def _asked(view: type[V], moment: Moment) -> V:
    """The view as it is where it answers for one of its records."""
    found = view()
    found.action, found.request = "retrieve", request_at(moment.origin)
    found.kwargs, found.args, found.format_kwarg = {}, (), None
    found.seq = moment.seq
    vars(found).update(anchor=moment.head, log=moment.log, origin=moment.origin)
    return found


def records(view: type[RecordViewSet], moment: Moment) -> Iterator[bytes]:
    """Every record of a type that is public, as its own address answers; by public id."""
    asked, last = _asked(view, moment), ""
    every = listed(view, moment).order_by("public_id")
    while rows := list(every.filter(public_id__gt=last)[:RECORDS]):
        with parts.not_kept():
            lines = asked.wholes([asked.seen(row) for row in rows])
        yield from lines
        last = rows[-1].public_id
    moment.require_same_log()


def record_count(view: type[RecordViewSet], moment: Moment) -> int:
    return listed(view, moment).count()


def listed(view: type[RecordViewSet], moment: Moment) -> QuerySet[Any]:
    """The whole rows of what is public then."""
    rows: Any = view.table._default_manager
    found: QuerySet[Any] = rows.as_of(moment.seq).filter(withdrawn=False)
    return found


def claims(moment: Moment) -> Iterator[bytes]:
    """Every public claim, as its own address answers; by id. While two versions have one, as the
    newer says it.
    """
    asked, last = _asked(ClaimViewSet, moment), ""
    ids = _claims(moment).order_by("claim_id").values_list("claim_id", flat=True).distinct()
    while batch := list(ids.filter(claim_id__gt=last)[:CLAIMS]):
        rows = _claims(moment).filter(claim_id__in=batch).order_by("claim_id", "from_seq")
        newest = {row.claim_id: row for row in rows}
        with parts.not_kept():
            lines = asked.written(list(newest.values()))
        yield from lines
        last = batch[-1]
    moment.require_same_log()


def claim_count(moment: Moment) -> int:
    return _claims(moment).values("claim_id").distinct().count()


def passage_count(moment: Moment) -> int:
    """How many passages those claims rest on."""
    sources = PublishedSource.objects.as_of(moment.seq).values("public_id")
    every = PublishedEvidence.objects.as_of(moment.seq).filter(source_id__in=sources).order_by()
    twice = _claims(moment).values("claim_id").annotate(said=Count("key"), newest=Max("from_seq"))
    older = sum(
        every.filter(claim_id=claim_id, from_seq__lt=newest).count()
        for claim_id, newest in twice.filter(said__gt=1).values_list("claim_id", "newest")
    )
    return every.count() - older


def _claims(moment: Moment) -> QuerySet[PublishedClaim]:
    return PublishedClaim.objects.as_of(moment.seq).order_by()
