"""The public claims of several records at once, in the shape in which stored contents have them.

For lists and tables that tell many records beside each other: four queries, however many they are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sources.published import PublishedSource
from therapies.pages.snapshot import Snapshot
from therapies.presentation import Names
from therapies.published import PublishedClaim, PublishedEvidence, PublishedMechanism
from therapies.published.parts import Told
from therapies.statements import Claim, plain_spaces
from therapies.values import BLANK


@dataclass(frozen=True, slots=True)
class PublicClaims:
    """What is claimed of some records, and the rows that the claims' ids are looked up in."""

    by_subject: Mapping[str, tuple[Claim, ...]]
    """By the public id of the record, in the order in which its page tells them."""
    names: Names

    def of(self, subject_id: str) -> tuple[Claim, ...]:
        """Those of one record; none where nothing is claimed of it."""
        return self.by_subject.get(subject_id, ())


def public_claims(
    subject_ids: Collection[str], snapshot: Snapshot, *, sentences: Collection[str] | None = None
) -> PublicClaims:
    """The claims of these records as they are public at the snapshot; with ``sentences`` those
    alone that say one of these.
    """
    if not subject_ids:
        return PublicClaims({}, Names({}, {}, {}, snapshot.keep, snapshot.keep))
    rows = PublishedClaim.objects.as_of(snapshot.seq).filter(subject_id__in=subject_ids)
    if sentences is not None:
        wanted = set(map(plain_spaces, sentences))
        said = rows.order_by().values_list("key", "text")
        rows = PublishedClaim.objects.filter(
            key__in=[key for key, text in said if plain_spaces(text) in wanted]
        )
    claims = list(rows.order_by("subject_id", "position", "key"))
    evidence: dict[Told, list[dict[str, Any]]] = {}
    passages = PublishedEvidence.objects.as_of(snapshot.seq)
    passages = passages.filter(claim_id__in=[row.claim_id for row in claims])
    for passage in passages.order_by("claim_id", "position", "key"):
        evidence.setdefault(passage.told, []).append(_item(passage))
    public = {row.told for row in claims}
    evidence = {told: items for told, items in evidence.items() if told in public}
    found: dict[str, list[Claim]] = {}
    for row in claims:
        found.setdefault(row.subject_id, []).append(_claim(row, evidence.get(row.told, [])))
    return PublicClaims(
        {subject_id: tuple(of_one) for subject_id, of_one in found.items()},
        _names(claims, evidence, snapshot),
    )


def _claim(row: PublishedClaim, evidence: list[dict[str, Any]]) -> Claim:
    return {
        "id": row.claim_id,
        "topic": row.topic,
        "text": row.text,
        "certainty": row.certainty,
        "values": {**BLANK, **row.values},
        "weighing": row.weighing,
        "evidence": evidence,
    }


def _item(row: PublishedEvidence) -> dict[str, Any]:
    document = {"sha256": row.document_sha256} if row.document_sha256 else None
    return {
        "id": row.evidence_id,
        "direction": row.direction,
        "source": {"id": row.source_id},
        "passage": {
            "exact": row.exact,
            "prefix": row.prefix,
            "suffix": row.suffix,
            "start": row.start,
            "end": row.end,
            "locator": row.locator,
            "document": document,
        },
    }


def _names(
    claims: list[PublishedClaim], evidence: Mapping[Told, list[dict[str, Any]]], snapshot: Snapshot
) -> Names:
    cited = {item["source"]["id"] for items in evidence.values() for item in items}
    named = {row.mechanism_id for row in claims if row.mechanism_id}
    works = PublishedSource.objects.as_of(snapshot.seq).filter(public_id__in=cited)
    sources = {row.public_id: row for row in works}
    acts_by = PublishedMechanism.objects.as_of(snapshot.seq).filter(public_id__in=named)
    mechanisms = {row.public_id: row for row in acts_by}
    return Names(sources, sources, mechanisms, snapshot.keep, snapshot.keep)
