"""The page of one claim."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from publication import log
from therapies.pages.kinds import KINDS
from therapies.pages.snapshot import Snapshot, public_page
from therapies.presentation import Names, one_claim
from therapies.published import PublishedClaim


@public_page
def claim(request: HttpRequest, snapshot: Snapshot, claim_id: str) -> HttpResponse:
    row = PublishedClaim.objects.as_of(snapshot.seq).filter(claim_id=claim_id).first()
    if row is None:
        return _gone(request, snapshot, claim_id)
    entry = log.entry_at(row.entry_seq)
    names = Names.of(
        [{"claims": [c for c in entry.body["claims"] if c["id"] == claim_id]}],
        seq=snapshot.seq,
        standing_seq=snapshot.seq,
        keep=snapshot.keep,
    )
    links = KINDS[row.subject_type].links(row.subject_slug, snapshot)
    context = {
        "row": row,
        "claim": one_claim(entry, claim_id, names),
        "links": links,
        "version_url": links.version(row.version),
        "noindex": snapshot.is_past,
    }
    return render(request, "claims/detail.html", context | snapshot.context())


def _gone(request: HttpRequest, snapshot: Snapshot, claim_id: str) -> HttpResponse:
    """410 for what was public once; what never was is as unknown as any other address."""
    rows = PublishedClaim.objects.filter(claim_id=claim_id, from_seq__lte=snapshot.seq)
    last = rows.order_by("-from_seq").first()
    if last is None:
        raise Http404
    kind = KINDS[last.subject_type]
    record = kind.table._default_manager.as_of(snapshot.seq).get(  # type: ignore[attr-defined]
        public_id=last.subject_id
    )
    links = kind.links(record.slug, snapshot)
    context = {
        "record": record,
        "links": links,
        "last_version": last.version,
        "version_url": f"{links.version(last.version)}#claim-{claim_id}",
    }
    return render(request, "claims/gone.html", context | snapshot.context(), status=410)
