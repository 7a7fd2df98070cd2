"""From rows of claims to claims with all that they rest on, in a fixed number of queries.

What a claim rests on goes with its version; what a reader has to be told of that today does not.
So a claim is written once for each state of its sources, its mechanism and its subject.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from publication import log, plainly
from publication.api import parts
from publication.api.marks import SUPERSEDED, Marks, Seen, in_order, seen_at
from publication.api.named import Named, State, answer, named, page, states
from publication.published import PublishedRecord
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
class EvidenceShown:
    row: PublishedEvidence
    source: Named
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
    api_url: str
    marks: Sequence[str]
    evidence: list[EvidenceShown]
    mechanism: Named | None
    subject: Named
    type: str = "claim"


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


def claims_of(reading: Reading, subjects: Sequence[tuple[str, int]]) -> list[tuple[Claim, ...]]:
    """The claims of each subject in its order, as the entry approved them that is shown;
    ``subjects`` are public ids, each with that entry.
    """

    def anew(missing: list[int]) -> list[tuple[Claim, ...]]:
        ids = [subjects[place][0] for place in missing]
        rows = PublishedClaim.objects.as_of(reading.seq).filter(subject_id__in=ids)
        found = rows.order_by("position", "key").values_list(*COLUMNS)
        by_subject: dict[str, list[Claim]] = {}
        for claim in _with_sources([Claim(*row) for row in found]):
            by_subject.setdefault(claim.subject_id, []).append(claim)
        return [tuple(by_subject.get(one, ())) for one in ids]

    keys = [(reading.log, "claims of", *subject) for subject in subjects]
    return parts.parts(keys, anew, size=lambda claims: _A_CLAIM * len(claims))


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


class Hanging(NamedTuple):
    """By id, the state of each record that claims hang on: the row that is shown, and its marks."""

    sources: Mapping[str, State]
    mechanisms: Mapping[str, State]
    subjects: Mapping[str, tuple[int, Marks]]
    """The newest version, and what has to be told of the record."""


def hanging_on(
    claims: Sequence[Claim],
    reading: Reading,
    subjects: Iterable[Seen],
    *,
    sources: Collection[str] = (),
) -> Hanging:
    """Of some claims, given the present rows of what they are about; ``sources`` are others that
    are asked about in the same query.
    """
    at = reading.seq, reading.head
    return Hanging(
        sources=states(
            PublishedSource, {*sources, *(s for claim in claims for s in claim.sources)}, *at
        ),
        mechanisms=states(PublishedMechanism, {c.mechanism_id for c in claims} - {""}, *at),
        subjects={row.public_id: (row.version, row.warnings) for row in subjects},
    )


def written(
    claims: Sequence[Claim], reading: Reading, serializer: type[ClaimSerializer], on: Hanging
) -> list[parts.Written]:
    """Claims as JSON, of which only those are written that are not kept."""
    same = (reading.log, reading.origin, serializer)
    keys = [
        (
            same,
            claim.key,
            on.subjects[claim.subject_id],
            on.mechanisms.get(claim.mechanism_id),
            tuple(map(on.sources.get, claim.sources)),
        )
        for claim in claims
    ]

    def anew(missing: list[int]) -> list[parts.Written]:
        writer = serializer()
        found = shown([claims[place].key for place in missing], reading, on)
        return [parts.write(writer.to_representation(claim)) for claim in found]

    return parts.parts(keys, anew, size=len)


def told(found: Sequence[Claim], reading: Reading) -> list[ClaimShown]:
    """Claims with all that is told of them."""
    on = hanging_on(found, reading, subjects_now(found, reading))
    return shown([claim.key for claim in found], reading, on)


def shown(keys: Sequence[str], reading: Reading, on: Hanging) -> list[ClaimShown]:
    """Claims as they were at the state shown, marked with what is known today."""
    found = PublishedClaim.objects.in_bulk(keys)
    rows = [found[key] for key in keys]
    evidence = _evidence(rows, reading, on)
    mechanisms = named(PublishedMechanism, on.mechanisms, reading.origin)
    return [_shown(row, reading, on, evidence[row.told], mechanisms) for row in rows]


def _shown(
    row: PublishedClaim,
    reading: Reading,
    on: Hanging,
    evidence: list[EvidenceShown],
    mechanisms: Mapping[str, Named],
) -> ClaimShown:
    version, warnings = on.subjects[row.subject_id]
    superseded = (SUPERSEDED,) if version > row.version else ()
    mechanism = mechanisms.get(row.mechanism_id)
    of_named = [f"source-{mark}" for item in evidence for mark in item.source.marks]
    of_named += [f"mechanism-{mark}" for mark in mechanism.marks] if mechanism else []
    # That there is a newer version of what is named says nothing against the claim.
    of_named = [mark for mark in of_named if not mark.endswith(f"-{SUPERSEDED}")]
    told = in_order(SUBJECTS[row.subject_type], of_named)
    origin = reading.origin
    about = (row.subject_type, row.subject_id, row.subject_slug, row.subject_name)
    return ClaimShown(
        row=row,
        url=page(origin, "claims", row.claim_id),
        api_url=answer(origin, "claims", row.claim_id),
        marks=(*superseded, *warnings, *told),
        evidence=evidence,
        mechanism=mechanism,
        subject=Named(*about, marks=(*superseded, *warnings), origin=origin),
    )


def _evidence(
    rows: Sequence[PublishedClaim], reading: Reading, on: Hanging
) -> dict[Told, list[EvidenceShown]]:
    ids = [row.claim_id for row in rows]
    under = PublishedEvidence.objects.as_of(reading.seq).filter(claim_id__in=ids)
    wanted = {row.told for row in rows}
    passages = [passage for passage in under if passage.told in wanted]
    cited = {passage.source_id for passage in passages}
    sources = named(
        PublishedSource, {i: s for i, s in on.sources.items() if i in cited}, reading.origin
    )
    judged = _judged(row.entry_seq for row in rows)
    found: dict[Told, list[EvidenceShown]] = defaultdict(list)
    for passage in passages:
        source = sources.get(passage.source_id)
        if source is None:  # of a kind that only a newer program knows
            continue
        found[passage.told].append(
            EvidenceShown(
                row=passage,
                source=source,
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


def subjects_now(rows: Sequence[Claim], reading: Reading) -> list[Seen]:
    """The present rows of what claims are about."""
    found: list[Seen] = []
    for subject_type, table in SUBJECTS.items():
        ids = {row.subject_id for row in rows if row.subject_type == subject_type}
        found += seen_at(table, reading.head, ids)
    return found
