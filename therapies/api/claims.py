"""From rows of claims to claims with all that they rest on, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from publication import log
from publication.api.records import by_public_id, marks
from publication.published import PublishedRecord
from sources.api.marks import source_marks
from sources.published import PublishedSource
from therapies.published import (
    PublishedClaim,
    PublishedEvidence,
    PublishedMechanism,
    PublishedTherapy,
)
from therapies.published.parts import Told

SUBJECTS: dict[str, type[PublishedRecord]] = {
    "therapy": PublishedTherapy,
    "mechanism": PublishedMechanism,
}


@dataclass(frozen=True, slots=True)
class SourceShown:
    """A source as evidence names it."""

    row: PublishedSource
    marks: list[str]


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    row: PublishedEvidence
    source: SourceShown
    judgements: list[dict[str, Any]]

    @property
    def passage(self) -> dict[str, Any]:
        sha256 = self.row.document_sha256
        return {
            "exact": self.row.exact,
            "prefix": self.row.prefix,
            "suffix": self.row.suffix,
            "start": self.row.start,
            "end": self.row.end,
            "locator": self.row.locator,
            "document": {"sha256": sha256} if sha256 else None,
        }


@dataclass(frozen=True, slots=True)
class ClaimShown:
    row: PublishedClaim
    url: str
    marks: list[str]
    evidence: list[EvidenceShown]
    mechanism: PublishedMechanism | None


def shown(
    rows: Sequence[PublishedClaim], *, seq: int, head: int, absolute: Callable[[str], str]
) -> list[ClaimShown]:
    """Claims as they were at ``seq``, marked with what is known at ``head``."""
    evidence = _evidence(rows, seq=seq, head=head)
    mechanisms = by_public_id(PublishedMechanism, [row.mechanism_id for row in rows], seq)
    present = _present_subjects(rows, head)
    return [
        ClaimShown(
            row=row,
            url=absolute(f"/claims/{row.claim_id}/"),
            marks=_marks(row, present[row.subject_id], evidence[row.told]),
            evidence=evidence[row.told],
            mechanism=mechanisms.get(row.mechanism_id),
        )
        for row in rows
    ]


def _evidence(
    rows: Sequence[PublishedClaim], *, seq: int, head: int
) -> dict[Told, list[EvidenceShown]]:
    under = PublishedEvidence.objects.as_of(seq).filter(claim_id__in=[r.claim_id for r in rows])
    wanted = {row.told for row in rows}
    passages = [passage for passage in under if passage.told in wanted]
    cited = {passage.source_id for passage in passages}
    then = by_public_id(PublishedSource, cited, seq)
    now = then if seq == head else by_public_id(PublishedSource, cited, head)
    judged = _judged(row.entry_seq for row in rows)
    found: dict[Told, list[EvidenceShown]] = defaultdict(list)
    for passage in passages:
        source = then.get(passage.source_id)
        if source is None:  # of a kind that only a newer program knows
            continue
        found[passage.told].append(
            EvidenceShown(
                row=passage,
                source=SourceShown(
                    row=source, marks=source_marks(source.version, now[passage.source_id])
                ),
                judgements=judged[passage.from_seq, passage.evidence_id],
            )
        )
    return found


def _judged(numbers: Any) -> dict[tuple[int, str], list[dict[str, Any]]]:
    """By entry and evidence, who agreed."""
    found: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for seq, judgements in log.judgements_at(numbers).items():
        for judgement in judgements:
            found[seq, judgement["part"]].append(judgement)
    return found


def _present_subjects(rows: Sequence[PublishedClaim], head: int) -> dict[str, PublishedRecord]:
    found: dict[str, PublishedRecord] = {}
    for subject_type, table in SUBJECTS.items():
        ids = [row.subject_id for row in rows if row.subject_type == subject_type]
        found |= by_public_id(table, ids, head)
    return found


def _marks(
    row: PublishedClaim, subject: PublishedRecord, evidence: Sequence[EvidenceShown]
) -> list[str]:
    """Of the version that says so, and of the sources under it."""
    of_sources = {mark for item in evidence for mark in item.source.marks} - {"superseded"}
    return marks(row.version, subject) + sorted(f"source-{mark}" for mark in of_sources)
