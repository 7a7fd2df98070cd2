"""Pages of sources."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from publication.entries import Entry
from sources.published import PublishedSource
from sources.wording import capital, code_in_words
from therapies import links
from therapies.choices import FAVOURABLE, Certainty, Direction, Topic
from therapies.pages import bibliography, lists, records
from therapies.pages.filters import SourceFilters
from therapies.pages.kinds import SOURCE
from therapies.pages.snapshot import Snapshot
from therapies.published import PublishedClaim, PublishedEvidence
from therapies.wording import kind_label, short_reference, warning_of


@dataclass(slots=True)
class Resting:
    """The claims about one record that rest on the source, or that it disputes."""

    name: str
    record_type: str
    url: str
    claims: list[dict[str, Any]]


def show(entry: Entry, seq: int, snapshot: Snapshot) -> dict[str, Any]:
    body = entry.body
    return {
        "authors": bibliography.authors(body),
        "fields": bibliography.fields(entry),
        "documents": body["documents"],
        "resting": None,
        "standing": None,
    }


def also(public_id: str, snapshot: Snapshot) -> dict[str, Any]:
    """The source's standing and the approved claims that rest on it."""
    row = PublishedSource.objects.as_of(snapshot.seq).get(public_id=public_id)
    return {
        "standing": {"warning": warning_of(row), "note": row.standing_note},
        "resting": _resting(public_id, snapshot),
    }


def _resting(public_id: str, snapshot: Snapshot) -> list[Resting]:
    evidence = PublishedEvidence.objects.as_of(snapshot.seq).filter(source_id=public_id).order_by()
    favourable = evidence.filter(direction__in=FAVOURABLE, claim_id=OuterRef("claim_id"))
    against = evidence.filter(direction=Direction.DISPUTES, claim_id=OuterRef("claim_id"))
    claims = PublishedClaim.objects.as_of(snapshot.seq).annotate(
        disputed=Exists(against) & ~Exists(favourable)
    )
    found: dict[str, Resting] = {}
    for claim in claims.filter(claim_id__in=evidence.values("claim_id")):
        url = links.record(claim.subject_type, claim.subject_slug, snapshot.keep)
        group = found.setdefault(
            claim.subject_id, Resting(claim.subject_name, claim.subject_type, url, [])
        )
        group.claims.append(
            {
                "url": links.claim(claim.claim_id, snapshot.keep),
                "text": claim.text,
                "topic": code_in_words(Topic, claim.topic),
                "certainty": claim.certainty,
                "disputed": claim.disputed,
                "certainty_label": capital(code_in_words(Certainty, claim.certainty)),
            }
        )
    return list(found.values())


def rows(found: list[PublishedSource], snapshot: Snapshot) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "kind": kind_label("source", row.kind),
            "reference": short_reference(row),
            "warning": warning_of(row),
        }
        for row in found
    ]


sources = lists.record_list(SOURCE, SourceFilters, "sources/list.html", rows)
source = records.detail(SOURCE, show, "sources/detail.html", also)
version = records.version(SOURCE, show, "sources/detail.html")
history = records.history(SOURCE)
difference = records.difference(SOURCE)
