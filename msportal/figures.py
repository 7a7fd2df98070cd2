"""How review works, with what the public log itself tells of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publication import log
from publication.actions import APPROVE, WITHDRAW
from publication.counting import count
from sources.published import STANDING
from therapies.pages.kinds import KINDS
from therapies.pages.snapshot import Snapshot, public_page
from therapies.published import PublishedClaim, PublishedEvidence


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of what is public, and of what the log holds."""

    records: int
    statements: int
    """Sentences, each once a record."""
    passages: int
    """Pairs of a claim and a passage; each was judged before it became public."""
    versions: int
    withdrawals: int
    marks: int
    approvers: int
    demonstration: int
    """Of the versions, those approved by demonstration accounts."""
    followed: int
    """Versions that followed one of the same record."""
    days: int | None
    """Between these and the ones before, the median."""


EXAMPLE = Figures(3, 21, 34, 8, 1, 1, 2, demonstration=0, followed=3, days=12)
"""What the design page shows."""


@public_page
def reviewing(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """The way from a document to a page, and what approval means."""
    context = {"figures": figures(snapshot)}
    return render(request, "site/review.html", context | snapshot.context())


def figures(snapshot: Snapshot) -> Figures:
    """From the public side alone: nothing that is in the making is counted."""
    claims = PublishedClaim.objects.as_of(snapshot.seq)
    approvals = log.approvals_upto(snapshot.seq)
    gaps = days_between(approvals)
    actions = log.counted(snapshot.seq)
    return Figures(
        records=sum(kind.count(snapshot.seq) for kind in KINDS.values()),
        statements=claims.values("subject_id", "text", "certainty").order_by().distinct().count(),
        passages=count(PublishedEvidence.objects.all(), snapshot.seq),
        versions=actions.get(APPROVE, 0),
        withdrawals=actions.get(WITHDRAW, 0),
        marks=actions.get(STANDING, 0),
        approvers=len({approval.by for approval in approvals}),
        demonstration=sum(approval.demonstration for approval in approvals),
        followed=len(gaps),
        days=round(median(gaps)) if gaps else None,
    )


def days_between(approvals: Iterable[log.Approval]) -> list[float]:
    """The days from each version of a record to its next one."""
    by_record: dict[str, list[dt.datetime]] = {}
    for approval in approvals:
        by_record.setdefault(approval.record, []).append(dt.datetime.fromisoformat(approval.at))
    return [
        (later - earlier) / dt.timedelta(days=1)
        for stamps in by_record.values()
        for earlier, later in pairwise(stamps)
    ]
