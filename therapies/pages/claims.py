"""The page of one claim."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from publication import log
from therapies.pages.kinds import KINDS
from therapies.pages.snapshot import Snapshot, public_page
from therapies.pages.subjects import teller_of
from therapies.parts_of_page import label_of, part_of
from therapies.presentation import Names
from therapies.published import PublishedClaim
from therapies.statements import Saying, Statement


@public_page
def claim(request: HttpRequest, snapshot: Snapshot, claim_id: str) -> HttpResponse:
    row = PublishedClaim.objects.as_of(snapshot.seq).filter(claim_id=claim_id).first()
    if row is None:
        return _gone(request, snapshot, claim_id)
    entry = log.entry_at(row.entry_seq)
    stored = next(c for c in entry.body["claims"] if c["id"] == claim_id)
    names = Names.of(
        [{"claims": [stored]}],
        seq=snapshot.seq,
        standing_seq=snapshot.seq,
        keep=snapshot.keep,
    )
    teller = teller_of(entry, names, alone=False, on_top=False)
    links = KINDS[row.subject_type].links(row.subject_slug, snapshot)
    context = {
        "row": row,
        "told": teller.statement(Statement(Saying((stored,))), "", ""),
        "part": label_of(row.subject_type, part_of(row.subject_type, stored)),
        "references": teller.references.listed(),
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
        "noindex": True,
        "canonical": "",
    }
    return render(request, "claims/gone.html", context | snapshot.context(), status=410)
