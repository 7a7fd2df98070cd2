"""What agents are told and the API has no address for: which state ``as_of`` names, and a search
over all that is public.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from sources.api.marks import source_marks

from publication import log
from publication.anchors import Anchor
from publication.api.records import by_public_id
from publication.coordinates import BadCoordinate
from publication.published import tables
from publication.search.looking import Found, is_called, look, rows
from publication.search.tables import Findable
from therapies.pages.snapshot import anchor_of, snapshot_of

KINDS = ("therapy", "mechanism", "statement", "source")


def state(request: HttpRequest) -> JsonResponse:
    """Number, hash and time of the entry that ``as_of`` names, and the head."""
    try:
        shown = snapshot_of(request)
    except BadCoordinate as problem:
        wrong = {"detail": str(problem), "errors": [{"parameter": "as_of", "detail": str(problem)}]}
        return JsonResponse(wrong, status=400)
    head = anchor_of(request)
    at = head if shown.seq == head.seq else Anchor(shown.seq, log.hash_at(shown.seq))
    return JsonResponse({
        "seq": at.seq,
        "hash": at.hash,
        "time": log.stamp_at(at.seq) if at.seq else None,
        "head": head.seq,
    })  # fmt: skip


def search(request: HttpRequest) -> JsonResponse:
    """What is found of the wanted kinds, ``limit`` of each at most, best first."""
    seq = snapshot_of(request).seq
    kinds = request.GET.getlist("kind") or list(KINDS)
    found = look(request.GET["q"], kinds, seq)
    limit = int(request.GET["limit"])
    shown = {kind: rows(found.ids[kind][:limit]) for kind in kinds}
    return JsonResponse({
        "kinds": {
            kind: {
                "count": len(found.ids[kind]),
                "or_more": kind in found.more,
                "hits": _hits(kind, shown[kind], found, seq),
            }
            for kind in kinds
        },
        "instead": found.instead or {},
        "left_out": [*found.left_out, *found.question.left_out],
        "some": found.some,
    })  # fmt: skip


def _hits(kind: str, found: Sequence[Findable], answer: Found, seq: int) -> list[dict[str, Any]]:
    table = tables().get(kind)
    public = by_public_id(table, [row.public_id for row in found], seq) if table else {}
    return [
        {
            "id": row.part or row.public_id,
            "slug": row.slug,
            "title": row.title,
            "called": is_called(row, answer.question),
            "marks": _marks(kind, public.get(row.public_id)),
        }
        for row in found
    ]


def _marks(kind: str, row: Any) -> list[str]:
    return source_marks(row.version, row) if kind == "source" and row else []
