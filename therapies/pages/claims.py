"""The page of one claim, and how to cite it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from publication import log
from publication.plainly import Where, rows
from therapies import links
from therapies.pages import citing, log_lines, made_of, parts
from therapies.pages.finding import gone_since
from therapies.pages.kinds import KINDS
from therapies.pages.references import References
from therapies.pages.snapshot import NotYetPublic, Snapshot, public_page
from therapies.pages.statements import Teller, Told
from therapies.pages.subjects import names_of, teller_of
from therapies.parts_of_page import label_of, part_of
from therapies.presentation import Names
from therapies.published import PublishedClaim
from therapies.statements import Claim, Saying, Statement


@public_page
def claim(request: HttpRequest, snapshot: Snapshot, claim_id: str) -> HttpResponse:
    row = row_of(snapshot, claim_id)
    if row is None:
        return gone(request, snapshot, claim_id)
    shown = Shown(row, snapshot)
    frame = {
        "row": row,
        "links": shown.links,
        "fate": None,
        "gone_since": shown.gone_since,
        "alternates": links.for_machines("claims-detail", snapshot.keep, claim_id=claim_id),
        "noindex": snapshot.is_past,
        **snapshot.context(),
        "since": shown.links.plain.changes(after=snapshot.seq),
    }

    def told() -> dict[str, Any]:
        return {
            "told": shown.told,
            "part": label_of(row.subject_type, part_of(row.subject_type, shown.stored)),
            "references": shown.references.listed(),
            "version_url": shown.links.version(row.version),
            "cite": links.cite_claim(claim_id, snapshot.keep),
            "report": links.report_claim(claim_id, snapshot.keep),
        }

    withdrawn = shown.gone_since
    made = made_of.claim(shown.entry, row, snapshot).and_of(
        withdrawn["entry"].hash if withdrawn else ""
    )
    return parts.answer(request, "claims/detail.html", snapshot, frame, [(made, told)])


@public_page
def cite(request: HttpRequest, snapshot: Snapshot, claim_id: str) -> HttpResponse:
    """How to cite a claim, as a part of a version, and the works that it rests on."""
    row = row_of(snapshot, claim_id)
    if row is None:
        return gone(request, snapshot, claim_id)
    shown = Shown(row, snapshot)
    cited = shown.cited(request.build_absolute_uri)
    context = {
        "row": row,
        "told": shown.told,
        "line": log_lines.line(shown.entry, shown.links),
        "back": links.claim(claim_id, snapshot.keep),
        "kept": cited[0].items[0]["URL"],
        "fate": None,
        "gone_since": shown.gone_since,
        "noindex": True,
    } | snapshot.context()
    name = f"claim-{claim_id}-v{row.version}"
    return citing.answer(request, "claims/cite.html", context, cited, name)


def row_of(snapshot: Snapshot, claim_id: str) -> PublishedClaim | None:
    """The claim as the newest version has it: it may have gone to another record."""
    found = rows(PublishedClaim, snapshot.seq, Where("claim_id = %s", (claim_id,)))
    return max(found, key=lambda row: row.from_seq, default=None)


class Shown:
    """A public claim as it is stored, told, and what it rests on; each is read when asked for."""

    def __init__(self, row: PublishedClaim, snapshot: Snapshot) -> None:
        self._row, self._snapshot = row, snapshot
        self.entry = log.entry_at(row.entry_seq)
        kind = KINDS[row.subject_type]
        self.gone_since = gone_since(kind, row.subject_id, row.version, snapshot)
        self.links = kind.links(row.subject_slug, snapshot)

    @cached_property
    def stored(self) -> Claim:
        return next(c for c in self.entry.body["claims"] if c["id"] == self._row.claim_id)

    @cached_property
    def names(self) -> Names:
        return names_of([{"claims": [self.stored]}], self._snapshot.seq, self._snapshot)

    @cached_property
    def _teller(self) -> Teller:
        return teller_of(self.entry, self.names, alone=False, on_top=False)

    @cached_property
    def told(self) -> Told:
        return self._teller.statement(Statement(Saying((self.stored,))), "", "")

    def cited(self, at: Callable[[str], str]) -> list[citing.Part]:
        """How it is cited, as a part of its version, and the works that it rests on; ``at`` makes
        an absolute address of a path.
        """
        claim_id = self._row.claim_id
        item = citing.claim_item(
            self.entry,
            claim_id,
            citing.statement_title(self.told.text, is_quotation=self.told.margin.is_quotation),
            f"{at(self.links.plain.version(self._row.version))}#claim-{claim_id}",
            is_void=self.told.is_void,
            withdrawn=bool(self.gone_since),
        )
        return citing.parts_of_claim(item, citing.works(self.references.ids, self.names))

    @property
    def references(self) -> References:
        """Those of what is told."""
        return self._teller.references


def gone(request: HttpRequest, snapshot: Snapshot, claim_id: str) -> HttpResponse:
    """410 for what was public once; what never was is as unknown as any other address."""
    before = PublishedClaim.objects.filter(claim_id=claim_id, from_seq__lte=snapshot.seq)
    last = before.order_by("-from_seq").first()
    if last is None:
        _require_then(snapshot, claim_id)
        raise Http404
    kind = KINDS[last.subject_type]
    record = kind.table._default_manager.as_of(snapshot.seq).get(  # type: ignore[attr-defined]
        public_id=last.subject_id
    )
    to = kind.links(record.slug, snapshot)
    context = {
        "record": record,
        "links": to,
        "last_version": last.version,
        "version_url": f"{to.version(last.version)}#claim-{claim_id}",
        "noindex": True,
        "canonical": "",
    }
    return render(request, "claims/gone.html", context | snapshot.context(), status=410)


def _require_then(snapshot: Snapshot, claim_id: str) -> None:
    """``NotYetPublic`` of a claim that became public later than the snapshot."""
    first = PublishedClaim.objects.filter(claim_id=claim_id).order_by("from_seq").first()
    if snapshot.is_past and first is not None:
        record = KINDS[first.subject_type].find(first.subject_slug, snapshot.head)
        slug = record.row.slug if record else first.subject_slug
        version = links.Links(first.subject_type, slug).version(first.version)
        raise NotYetPublic(
            f"This claim about {first.subject_name}",
            first=first.entry_seq,
            version=f"{version}#claim-{claim_id}",
            present=links.claim(claim_id),
        )
