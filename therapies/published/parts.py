"""Claims, their passages and the values that lists are filtered by, as part of a version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from publication.canonical import digest_of
from publication.columns import Cut, InOrder, in_lines
from publication.entries import Entry
from publication.folding import folded
from publication.shapes import stated
from publication.stretches import Published, PublishedQuerySet
from therapies.choices import FAVOURABLE, Certainty, Topic, topic_order
from therapies.values import VALUES, Form, Value

Body = Mapping[str, Any]
Judged = Mapping[str, list[dict[str, Any]]]
"""By the id of the evidence, the judgements on its pair."""


Told = tuple[str, int]
"""A claim in one version: a claim may go to another record, and for a while both versions are
public, each with words and passages of its own.
"""


def row(entry: Entry, *parts: str) -> dict[str, Any]:
    """The columns that every row of an approval begins with."""
    return {"key": f"{':'.join(parts)}@{entry.seq}", "from_seq": entry.seq}


IN_ORDER = ("subject_search", "subject_id", "position", "key")
"""Claims in the order of their subjects in lists, and in that of each subject."""


class PublishedClaim(Published):
    """One claim while it is part of a public version."""

    claim_id = models.CharField(max_length=12, db_index=True)
    subject_type = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=12, db_index=True)
    subject_slug = models.CharField(max_length=120)
    subject_name = Cut(max_length=200)
    subject_search = InOrder(max_length=200, blank=True)
    """The words of the subject's names, by which lists are ordered."""
    version = models.PositiveIntegerField()
    entry_seq = models.PositiveBigIntegerField()
    position = models.PositiveIntegerField()
    topic = Cut(max_length=40, db_index=True)
    text = models.TextField()
    certainty = Cut(max_length=40)
    values = models.JSONField(default=dict)
    """As they are stored: those that are stated."""
    mechanism_id = models.CharField(max_length=12, blank=True, db_index=True)
    weighing = models.TextField(blank=True)

    @property
    def told(self) -> Told:
        return self.claim_id, self.from_seq

    objects = PublishedQuerySet["PublishedClaim"].as_manager()

    class Meta:
        ordering = list(IN_ORDER)
        indexes = [models.Index(fields=IN_ORDER)]

    @classmethod
    def folded_with(cls) -> list[Any]:
        """Its columns, and the order of topics, by which claims have their position."""
        return [*super().folded_with(), list(Topic.values)]

    @classmethod
    def of(
        cls, entry: Entry, body: Body, claim: Body, position: int, search: str
    ) -> "PublishedClaim":
        """The row of one claim of an approval; ``search`` are the words of its subject's names."""
        mechanism = claim["values"]["mechanism"]
        return cls(
            **row(entry, claim["id"]),
            claim_id=claim["id"],
            subject_type=entry.record_type,
            subject_id=entry.public_id,
            subject_slug=body["slug"],
            subject_name=body["name"],
            subject_search=search,
            version=entry.version,
            entry_seq=entry.seq,
            position=position,
            topic=claim["topic"],
            text=claim["text"],
            certainty=claim["certainty"],
            values=stated(claim["values"]),
            mechanism_id=mechanism["id"] if mechanism else "",
            weighing=claim["weighing"],
        )


class PublishedEvidence(Published):
    """One passage under a public claim, with who judged the pair."""

    evidence_id = models.CharField(max_length=12)
    claim_id = models.CharField(max_length=12, db_index=True)
    position = models.PositiveIntegerField()
    direction = Cut(max_length=40)
    source_id = models.CharField(max_length=12, db_index=True)
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    locator = Cut(max_length=100, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    judged_by = models.TextField(blank=True)
    """Names, one a line."""
    judged_at = models.CharField(max_length=27, blank=True)
    """When the newest of these judgements was given."""

    @property
    def told(self) -> Told:
        """The claim, in the version of which the passage is a part."""
        return self.claim_id, self.from_seq

    objects = PublishedQuerySet["PublishedEvidence"].as_manager()

    class Meta:
        ordering = ["claim_id", "position", "key"]
        indexes = [models.Index(fields=["claim_id", "from_seq", "direction", "source_id"])]

    @classmethod
    def of(
        cls, entry: Entry, claim: Body, item: Body, position: int, judged: Judged
    ) -> "PublishedEvidence":
        """The row of one passage under a claim of an approval."""
        passage = item["passage"]
        judgements = judged.get(item["id"], [])
        return cls(
            **row(entry, item["id"]),
            evidence_id=item["id"],
            claim_id=claim["id"],
            position=position,
            direction=item["direction"],
            source_id=item["source"]["id"],
            exact=passage["exact"],
            prefix=passage["prefix"],
            suffix=passage["suffix"],
            start=passage["start"],
            end=passage["end"],
            locator=passage["locator"],
            document_sha256=passage["document"]["sha256"] if passage["document"] else "",
            judged_by=in_lines(j["by"]["name"] for j in judgements),
            judged_at=max((j["at"] for j in judgements), default=""),
        )


class PublishedFacet(Published):
    """One filterable value of a subject, derived from one approved claim."""

    subject_type = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=12)
    claim_id = models.CharField(max_length=12)
    facet = models.CharField(max_length=40)
    """``topic``, ``source``, or the facet of a value."""
    value = Cut(max_length=200)
    compared = Cut(max_length=400, blank=True)
    """The value as it is compared: words folded; a code or an id as it is."""

    objects = PublishedQuerySet["PublishedFacet"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["facet", "compared", "subject_id"]),
            models.Index(fields=["subject_id", "facet"]),
            models.Index(fields=["claim_id", "from_seq", "facet", "compared"]),
        ]

    @classmethod
    def folded_with(cls) -> list[Any]:
        """Its columns, the values that lists are narrowed by, and what a claim rests on."""
        narrowing = [[v.name, v.facet, v.form.name, v.of_results or v.result] for v in VALUES]
        return [*super().folded_with(), narrowing, sorted(FAVOURABLE)]

    @classmethod
    def of(cls, entry: Entry, claim: Body) -> "list[PublishedFacet]":
        """The rows of one claim of an approval, from the passages that it rests on."""
        sources = [e["source"]["id"] for e in claim["evidence"] if e["direction"] in FAVOURABLE]
        if not sources:
            return []
        found = [
            (value.facet, held, held if value.is_coded else folded(held))
            for value in VALUES
            for held in _narrowing(value, claim)
        ]
        found += [("source", source, source) for source in sources]
        found.append(("topic", claim["topic"], claim["topic"]))
        return [
            cls(
                **row(entry, claim["id"], facet, digest_of(value)[:16]),
                subject_type=entry.record_type,
                subject_id=entry.public_id,
                claim_id=claim["id"],
                facet=facet,
                value=value,
                compared=compared,
            )
            for facet, value, compared in found
        ]


MARKED = "true"
"""Stands for a mark that is stated."""


def _narrowing(value: Value, claim: Body) -> list[str]:
    """What lists are narrowed by: codes, texts, and the ids of other records."""
    held = claim["values"][value.name]
    aim = (value.of_results or value.result) and claim["certainty"] == Certainty.INTENDED
    if not value.facet or not held or aim:
        return []
    if value.form == Form.RECORD:
        return [held["id"]]
    if value.form == Form.MARK:
        return [MARKED]
    return held if isinstance(held, list) else [str(held)]


@dataclass(frozen=True, slots=True)
class Rows:
    """The parts of an approved version."""

    claims: list[PublishedClaim] = field(default_factory=list)
    evidence: list[PublishedEvidence] = field(default_factory=list)
    facets: list[PublishedFacet] = field(default_factory=list)

    @classmethod
    def of(cls, entry: Entry, search: str) -> "Rows":
        body, rows = entry.body, cls()
        judged: dict[str, list[dict[str, Any]]] = {}
        for judgement in entry.judgement_list:
            judged.setdefault(judgement["part"], []).append(judgement)
        in_order = sorted(body["claims"], key=lambda claim: topic_order(claim["topic"]))
        facets: dict[str, PublishedFacet] = {}
        for position, claim in enumerate(in_order):
            rows.claims.append(PublishedClaim.of(entry, body, claim, position, search))
            for place, item in enumerate(claim["evidence"]):
                rows.evidence.append(PublishedEvidence.of(entry, claim, item, place, judged))
            facets |= {row.key: row for row in PublishedFacet.of(entry, claim)}
        rows.facets.extend(facets.values())
        return rows


def write(entry: Entry, search: str) -> None:
    """The parts of an approved version; ``search`` are the words of the record's names."""
    rows = Rows.of(entry, search)
    PublishedClaim.objects.bulk_create(rows.claims)
    PublishedEvidence.objects.bulk_create(rows.evidence)
    PublishedFacet.objects.bulk_create(rows.facets)


def close(entry: Entry) -> None:
    """End the parts of the record's present version at ``entry``."""
    claims = PublishedClaim.objects.filter(subject_id=entry.public_id, to_seq=None)
    told = dict(claims.values_list("claim_id", "from_seq"))
    # Not what another record says, to which a claim may have gone meanwhile.
    evidence = PublishedEvidence.objects.filter(claim_id__in=told, from_seq__in=set(told.values()))
    evidence.filter(to_seq=None).update(to_seq=entry.seq)
    PublishedFacet.objects.filter(subject_id=entry.public_id, to_seq=None).update(to_seq=entry.seq)
    claims.update(to_seq=entry.seq)
