"""Sources on which nothing may rest any more, and what rests on nothing else."""

from collections import Counter
from collections.abc import Collection, Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from sources.choices import Standing
from sources.published import PublishedSource
from therapies.choices import FAVOURABLE
from therapies.published import PublishedClaim, PublishedEvidence


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


def void_counts(subject_ids: Collection[str], seq: int) -> Counter[str]:
    """How many approved claims of each subject rest only on void sources."""
    void = set(void_sources(seq).values_list("public_id", flat=True))
    if not void:
        return Counter()
    claims = PublishedClaim.objects.as_of(seq).filter(subject_id__in=subject_ids).order_by()
    about = dict(claims.values_list("claim_id", "subject_id"))
    rests_on: dict[str, set[str]] = {}
    evidence = PublishedEvidence.objects.as_of(seq).filter(
        claim_id__in=about, direction__in=FAVOURABLE
    )
    for claim_id, source_id in evidence.order_by().values_list("claim_id", "source_id"):
        rests_on.setdefault(claim_id, set()).add(source_id)
    return Counter(about[claim] for claim, on in rests_on.items() if on <= void)
