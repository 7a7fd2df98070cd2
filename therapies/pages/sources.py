"""Pages of sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from publication.entries import Entry
from publication.published import PublishedRecord
from sources.citing.items import Item
from sources.citing.works import work
from sources.licences import terms
from sources.narrowing import SOURCES
from sources.published import PublishedSource
from sources.wording import code_in_words
from therapies import links
from therapies.choices import FAVOURABLE, Certainty, Direction
from therapies.pages import bibliography, finding, lists, made_of, records
from therapies.pages.filters import ListFilters
from therapies.pages.kinds import SOURCE
from therapies.pages.licensed import showable
from therapies.pages.marks import certainty_mark
from therapies.pages.snapshot import Snapshot
from therapies.parts_of_page import label_of, part_of
from therapies.published import PublishedClaim, PublishedEvidence
from therapies.wording import kind_label, short_reference, warning_of

_PARTICULARS = frozenset(
    {"doi", "pmid", "registry_id", "url", "publisher", "language", "number_of_pages"}
    | {"hosting_site", "citation_counts", "licence"}
)
"""Fields that stand beneath the citation, each with its label."""


@dataclass(frozen=True, slots=True)
class Use:
    """A claim that a passage of the source stands under."""

    url: str
    subject: str
    record_type: str
    subject_url: str
    part: str
    """Under which heading it stands there."""
    certainty: str
    text: str
    """What the claim says, where it is not the passage itself."""
    direction: str
    """What the passage does for it, where it does not plainly support it."""


@dataclass(slots=True)
class Passage:
    """A passage of the source, and the claims that it stands under."""

    exact: str
    locator: str
    sha256: str
    """Of its document; empty without a text."""
    start: int | None
    end: int | None
    uses: list[Use]


def show(entry: Entry, seq: int, snapshot: Snapshot) -> dict[str, Any]:
    """What a version states, without what its licence let us show and does not any more."""
    return stated(entry, showable(entry.body, snapshot))


def stated(entry: Entry, body: Mapping[str, Any]) -> dict[str, Any]:
    """What a version states, from its content alone; ``body`` is as much of it as is shown."""
    fields = [field for field in bibliography.fields(entry) if body[field.name]]
    return {
        "authors": bibliography.authors(body),
        "fields": fields,
        "particulars": [field for field in fields if field.name in _PARTICULARS],
        "stated": {field.name: field for field in fields},
        "documents": body["documents"],
        "has_text": any(document["text"] for document in body["documents"]),
        "terms": terms(body["licence"]),
        "abstract": [line for line in body["abstract"].splitlines() if line.strip()],
        "passages": None,
    }


def also(public_id: str, snapshot: Snapshot) -> dict[str, Any]:
    """Its passages under approved claims, in the order of the text."""
    return {"passages": passages(public_id, snapshot)}


def passages(public_id: str, snapshot: Snapshot) -> list[Passage]:
    """The passages of a source under approved claims, in the order of the text."""
    rows = PublishedEvidence.objects.as_of(snapshot.seq).filter(source_id=public_id)
    evidence = list(rows.order_by("key"))
    ids = {row.claim_id for row in evidence}
    claims = PublishedClaim.objects.as_of(snapshot.seq).filter(claim_id__in=ids)
    return in_use(evidence, claims, snapshot)


def in_use(
    evidence: Iterable[PublishedEvidence], claims: Iterable[PublishedClaim], snapshot: Snapshot
) -> list[Passage]:
    """Each passage once, in the order of the text, with the claims that it stands under."""
    by_id = {claim.told: claim for claim in claims}
    found: dict[tuple[Any, ...], Passage] = {}
    for row in sorted(evidence, key=lambda row: (row.start is None, row.start or 0)):
        if claim := by_id.get(row.told):
            key = (row.document_sha256, row.start, row.locator, row.exact)
            place = (row.document_sha256, row.start, row.end)
            passage = found.setdefault(key, Passage(row.exact, row.locator, *place, []))
            passage.uses.append(_use(claim, row, snapshot))
    for passage in found.values():
        passage.uses.sort(key=lambda use: (use.record_type != "therapy", use.subject, use.part))
    return list(found.values())


def _surely(claim: PublishedClaim) -> str:
    """How sure its source is, in the words of the marks."""
    shown = {"certainty": claim.certainty, "topic": claim.topic, "text": claim.text}
    direction = claim.values.get("effect_direction", "")
    mark = certainty_mark([{**shown, "values": {"effect_direction": direction}}])
    return mark.text[:1].lower() + mark.text[1:]


def _use(claim: PublishedClaim, row: PublishedEvidence, snapshot: Snapshot) -> Use:
    part = part_of(claim.subject_type, {"topic": claim.topic, "text": claim.text})
    plain = row.direction == Direction.SUPPORTS
    return Use(
        url=links.claim(claim.claim_id, snapshot.keep),
        subject=claim.subject_name,
        record_type=claim.subject_type,
        subject_url=links.record(claim.subject_type, claim.subject_slug, snapshot.keep),
        part=label_of(claim.subject_type, part),
        certainty="" if claim.certainty == Certainty.STATED else _surely(claim),
        text=claim.text if claim.text.split() != row.exact.split() else "",
        direction="" if plain else code_in_words(Direction, row.direction),
    )


def rows(
    found: list[PublishedSource], chosen: ListFilters, snapshot: Snapshot
) -> list[dict[str, Any]]:
    resting = _resting([row.public_id for row in found], snapshot)
    return [
        {
            "row": row,
            "kind": kind_label("source", row.kind),
            "reference": short_reference(row),
            "warning": warning_of(row),
            "statements": len(resting.get(row.public_id, ())),
            "records": len({subject for subject, *_ in resting.get(row.public_id, ())}),
        }
        for row in found
    ]


def _resting(source_ids: list[str], snapshot: Snapshot) -> dict[str, set[tuple[str, ...]]]:
    """By source, the statements that rest on it, wholly or in part: of which record, in which part,
    in which words and how surely.
    """
    passages = PublishedEvidence.objects.as_of(snapshot.seq).order_by()
    passages = passages.filter(source_id__in=source_ids, direction__in=FAVOURABLE)
    pairs = list(passages.values_list("source_id", "claim_id"))
    claims = PublishedClaim.objects.as_of(snapshot.seq).order_by()
    claims = claims.filter(claim_id__in={claim_id for _, claim_id in pairs})
    said = {
        row.claim_id: (
            row.subject_id,
            part_of(row.subject_type, {"topic": row.topic, "text": row.text}),
            " ".join(row.text.split()),
            row.certainty,
        )
        for row in claims
    }
    found: dict[str, set[tuple[str, ...]]] = {}
    for source_id, claim_id in pairs:
        if claim_id in said:
            found.setdefault(source_id, set()).add(said[claim_id])
    return found


def itself(entry: Entry, row: PublishedRecord, seq: int, snapshot: Snapshot) -> list[Item]:
    """The work that a version tells of, with what became of it until now."""
    return [work(entry.body, cast(PublishedSource, row))]


sources = lists.record_list(
    SOURCE, SOURCES, "sources/list.html", rows, line="_components/source_row.html"
)
source = records.detail(SOURCE, show, "sources/detail.html", also, made_of=made_of.source)
version = records.version(SOURCE, show, "sources/detail.html", made_of=made_of.source_version)
cite = records.cite(SOURCE, itself)
cite_version = records.cite_version(SOURCE, itself)
history = records.history(SOURCE)
difference = records.difference(SOURCE)
by_doi = finding.identified(SOURCE)
