"""Sources on which nothing may rest any more."""

from collections.abc import Collection, Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from sources.choices import Standing
from sources.published import PublishedSource
from therapies.published import PublishedClaim, PublishedEvidence
from therapies.published.parts import Told


def void_sources(seq: int) -> QuerySet[PublishedSource]:
    """Those that were retracted, or withdrawn from this site."""
    rows = PublishedSource.objects.as_of(seq).order_by()
    return rows.filter(Q(withdrawn=True) | Q(standing=Standing.RETRACTED))


def directions(claims: Collection[PublishedClaim], seq: int) -> Iterator[tuple[Told, str, bool]]:
    """For each passage under one of the claims, as part of the same version: the claim, what it
    does for it, and whether its source is void.
    """
    wanted = {claim.told for claim in claims}
    void = void_sources(seq).filter(public_id=OuterRef("source_id"))
    rows = PublishedEvidence.objects.as_of(seq).order_by()
    rows = rows.filter(claim_id__in={claim_id for claim_id, _ in wanted})
    for row in rows.annotate(is_void=Exists(void)):
        if row.told in wanted:
            yield row.told, row.direction, bool(row.is_void)
