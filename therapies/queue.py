"""Records to look at again because a source that they rest on became doubtful."""

from django.db.models import Q

from editorial.models import record_classes
from editorial.queue import Item
from sources.choices import Standing
from sources.published import PublishedSource
from therapies.published import PublishedClaim, PublishedEvidence


def resting_on_doubtful_sources() -> list[Item]:
    """Public therapies and mechanisms with a claim from a retracted or withdrawn source."""
    doubtful = PublishedSource.objects.current().filter(
        Q(withdrawn=True) | Q(standing=Standing.RETRACTED)
    )
    names = dict(doubtful.values_list("public_id", "name"))
    evidence = PublishedEvidence.objects.current().filter(source_id__in=names)
    source_of = dict(evidence.order_by("key").values_list("claim_id", "source_id"))
    claims = PublishedClaim.objects.current().filter(claim_id__in=source_of)
    found: dict[tuple[str, str], str] = {}
    for claim in claims.order_by("subject_search", "key"):
        reason = f"rests on “{names[source_of[claim.claim_id]]}”, which is retracted or withdrawn"
        found.setdefault((claim.subject_type, claim.subject_id), reason)
    classes = record_classes()
    return [
        Item(classes[kind]._default_manager.get(public_id=public_id), reason)
        for (kind, public_id), reason in found.items()
    ]
