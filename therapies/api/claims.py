"""From rows of claims to claims with all that they rest on, in a fixed number of queries.

What a claim rests on goes with its version; what a reader has to be told of that today does not.
So a claim is written once for each state of its sources, its mechanism and its subject.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from publication import log, plainly
from publication.api import parts
from publication.api.records import by_public_id, marks, seen_at
from publication.published import PublishedRecord
from sources.api.marks import SourceSeen, source_marks
from sources.published import PublishedSource
from therapies.api.serializers import ClaimSerializer
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


_A_CLAIM = 1_000
"""Bytes in memory, about."""


class Claim(NamedTuple):
    """A row of a claim, as far as what is written of it hangs on other rows."""

    key: str
    claim_id: str
    from_seq: int
    subject_type: str
    subject_id: str
    version: int
    mechanism_id: str
    sources: tuple[str, ...] = ()
    """The public ids of those that it rests on."""


COLUMNS = Claim._fields[:-1]


class Reading(NamedTuple):
    """Which log is read, the state shown and what is known today, and for whom."""

    log: int
    seq: int
    head: int
    origin: str
    """What absolute addresses begin with."""


def claims_of(reading: Reading, subject_id: str, approved_seq: int) -> tuple[Claim, ...]:
    """The claims of a subject in its order, as the entry approved them that is shown."""

    def anew() -> tuple[Claim, ...]:
        rows = PublishedClaim.objects.as_of(reading.seq).filter(subject_id=subject_id)
        found = rows.order_by("position", "key").values_list(*COLUMNS)
        return tuple(_with_sources([Claim(*row) for row in found]))

    key = (reading.log, "claims of", subject_id, approved_seq)
    return parts.part(key, anew, size=lambda claims: _A_CLAIM * len(claims))


def claims_of_each(reading: Reading, subject_ids: Sequence[str]) -> list[Claim]:
    """The same of several subjects, those of each in its order."""
    rows = PublishedClaim.objects.as_of(reading.seq).filter(subject_id__in=subject_ids)
    found = rows.order_by("subject_id", "position", "key").values_list(*COLUMNS)
    return _with_sources([Claim(*row) for row in found])


def claims_from(reading: Reading, rows: Sequence[Any]) -> list[Claim]:
    """The same of some rows, each with the ``COLUMNS``."""
    claims = [Claim(*[getattr(row, column) for column in COLUMNS]) for row in rows]
    return parts.parts(
        [(reading.log, "claim", claim.key) for claim in claims],
        lambda missing: _with_sources([claims[place] for place in missing]),
        size=lambda claim: _A_CLAIM,
    )


def claim_at(reading: Reading, claim_id: str) -> Claim | None:
    """A claim at the state shown; while two versions have it, as the newer one says it."""
    rows = plainly.rows_at(
        PublishedClaim, COLUMNS, reading.seq, column="claim_id", values=[claim_id]
    )
    found = sorted((Claim(*row) for row in rows), key=lambda claim: claim.from_seq)
    return claims_from(reading, found[-1:])[0] if found else None


def _with_sources(claims: Sequence[Claim]) -> list[Claim]:
    """What a claim rests on was approved with it, and is valid for as long as it is."""
    under = PublishedEvidence.objects.filter(
        claim_id__in=[claim.claim_id for claim in claims],
        from_seq__in={claim.from_seq for claim in claims},
    )
    found: dict[Told, list[str]] = defaultdict(list)
    for claim_id, from_seq, source in under.values_list("claim_id", "from_seq", "source_id"):
        found[claim_id, from_seq].append(source)
    return [
        claim._replace(sources=tuple(found[claim.claim_id, claim.from_seq])) for claim in claims
    ]


def written(
    claims: Sequence[Claim],
    reading: Reading,
    serializer: type[ClaimSerializer],
    subjects: Iterable[Any],
) -> list[parts.Written]:
    """Claims as JSON, of which only those are written that are not kept; ``subjects`` are the
    present rows of what they are about.
    """
    source = _source_states(reading, {cited for claim in claims for cited in claim.sources})
    named = {claim.mechanism_id for claim in claims} - {""}
    mechanism = {row.public_id: row.key for row in seen_at(PublishedMechanism, reading.seq, named)}
    present = {row.public_id: row for row in subjects}
    marked = {
        (claim.subject_id, claim.version): tuple(marks(claim.version, present[claim.subject_id]))
        for claim in claims
    }
    same = (reading.log, reading.origin, serializer)
    keys = [
        (
            same,
            claim.key,
            marked[claim.subject_id, claim.version],
            mechanism.get(claim.mechanism_id),
            tuple(map(source.get, claim.sources)),
        )
        for claim in claims
    ]

    def anew(missing: list[int]) -> list[parts.Written]:
        writer = serializer()
        found = shown([claims[place].key for place in missing], reading)
        return [parts.write(writer.to_representation(claim)) for claim in found]

    return parts.parts(keys, anew, size=len)


def _source_states(reading: Reading, cited: set[str]) -> dict[str, tuple[str, ...]]:
    """By id, the row of each source that is shown, and its marks."""
    then = seen_at(PublishedSource, reading.seq, cited, kind=SourceSeen)
    now = then
    if reading.seq != reading.head:
        now = seen_at(PublishedSource, reading.head, cited, kind=SourceSeen)
    present = {row.public_id: row for row in now}
    return {
        row.public_id: (row.key, *source_marks(row.version, present[row.public_id])) for row in then
    }


def shown(keys: Sequence[str], reading: Reading) -> list[ClaimShown]:
    """Claims as they were at the state shown, marked with what is known today."""
    found = PublishedClaim.objects.in_bulk(keys)
    rows = [found[key] for key in keys]
    evidence = _evidence(rows, seq=reading.seq, head=reading.head)
    mechanisms = by_public_id(PublishedMechanism, [row.mechanism_id for row in rows], reading.seq)
    present = {row.public_id: row for row in subjects_now(rows, reading)}
    return [
        ClaimShown(
            row=row,
            url=f"{reading.origin}/claims/{row.claim_id}/",
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


def subjects_now(rows: Sequence[Claim | PublishedClaim], reading: Reading) -> list[Any]:
    """The present rows of what claims are about."""
    found: list[Any] = []
    for subject_type, table in SUBJECTS.items():
        ids = {row.subject_id for row in rows if row.subject_type == subject_type}
        found += seen_at(table, reading.head, ids)
    return found


def _marks(row: PublishedClaim, subject: Any, evidence: Sequence[EvidenceShown]) -> list[str]:
    """Of the version that says so, and of the sources under it."""
    of_sources = {mark for item in evidence for mark in item.source.marks} - {"superseded"}
    return marks(row.version, subject) + sorted(f"source-{mark}" for mark in of_sources)
