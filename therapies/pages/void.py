"""Sources on which nothing may rest any more."""

from collections.abc import Collection, Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from sources.choices import Standing
from sources.published import PublishedSource
from therapies.published import PublishedEvidence


def void_sources(seq: int) -> QuerySet[PublishedSource]:
    """Those that were retracted, or withdrawn from this site."""
    rows = PublishedSource.objects.as_of(seq).order_by()
    return rows.filter(Q(withdrawn=True) | Q(standing=Standing.RETRACTED))


def directions(claim_ids: Collection[str], seq: int) -> Iterator[tuple[str, str, bool]]:
    """For each passage under one of the claims: the claim, what it does for it, and whether its
    source is void.
    """
    void = void_sources(seq).filter(public_id=OuterRef("source_id"))
    rows = PublishedEvidence.objects.as_of(seq).filter(claim_id__in=claim_ids).order_by()
    marked = rows.annotate(is_void=Exists(void))
    yield from marked.values_list("claim_id", "direction", "is_void")
