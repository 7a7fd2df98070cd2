"""From the stored content of a log entry to what templates show of claims and their evidence."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publication.entries import Entry
from sources.published import PublishedSource
from therapies.bindings import claim_digest
from therapies.choices import (
    FIXED_TOPICS,
    Certainty,
    Course,
    Direction,
    OutcomeDirection,
    Route,
    Status,
    Topic,
)
from therapies.pages import links
from therapies.published import PublishedMechanism, PublishedSubject
from therapies.wording import capital, date_in_words, label, moment, short_reference, warning_of

Body = Mapping[str, Any]

CONTEXT = 80
"""Code points of context that a passage keeps on either side where the document has them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value in words."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Who agreed that a passage bears on its statement, and when."""

    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim passage and the words around it; offsets are code points, or ``None``."""

    exact: str
    before: str
    after: str
    start: int | None
    end: int | None
    locator: str
    sha256: str
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it is named under a quote; ``warning`` is empty while all is well."""

    name: str
    url: str
    reference: str
    warning: str
    note: str


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    direction: str
    direction_label: str
    quote: Quote
    source: SourceLine


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """One claim with everything a reader may check it against."""

    id: str
    url: str
    topic_label: str
    text: str
    certainty: str
    certainty_label: str
    facts: tuple[Fact, ...]
    evidence: tuple[EvidenceCard, ...]
    warnings: tuple[SourceLine, ...]
    """The sources under it that were retracted, corrected or withdrawn, each once."""


@dataclass(frozen=True, slots=True)
class Section:
    """One topic of a record: its claims, or that there are none and why."""

    topic: str
    label: str
    claims: tuple[ClaimCard, ...]
    not_stated: bool
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The rows that stored ids are looked up in, by public id.

    ``sources`` name the sources; ``standings`` say what became of them, which may be later.
    """

    sources: Mapping[str, PublishedSource]
    standings: Mapping[str, PublishedSource]
    mechanisms: Mapping[str, PublishedSubject]
    keep: str = ""

    @classmethod
    def of(cls, bodies: Sequence[Body], *, seq: int, standing_seq: int, keep: str = "") -> "Names":
        """Everything the contents refer to, in at most three queries."""
        claims = [claim for body in bodies for claim in body.get("claims", [])]
        wanted = {item["source"]["id"] for claim in claims for item in claim["evidence"]}
        named = {c["values"]["mechanism"]["id"] for c in claims if c["values"]["mechanism"]}
        sources = _by_id(PublishedSource.objects.as_of(seq).filter(public_id__in=wanted))
        standings = sources
        if standing_seq != seq:
            later = PublishedSource.objects.as_of(standing_seq)
            standings = _by_id(later.filter(public_id__in=wanted))
        rows = PublishedMechanism.objects.as_of(seq).filter(public_id__in=named)
        return cls(sources, standings, {row.public_id: row for row in rows}, keep)


def _by_id(rows: Iterable[PublishedSource]) -> dict[str, PublishedSource]:
    return {row.public_id: row for row in rows}


def sections(entry: Entry, names: Names) -> list[Section]:
    """A record's topics in order: those with claims, and every fixed one."""
    body, judged = entry.body, by_pair(entry)
    found = []
    for topic in Topic:
        claims = tuple(
            claim_card(body, claim, judged, names)
            for claim in body["claims"]
            if claim["topic"] == topic
        )
        if claims or topic in FIXED_TOPICS:
            asserted = tuple(
                _judged(j) for j in entry.judgement_list if j["group"] == f"not-stated:{topic}"
            )
            found.append(Section(topic, topic.label, claims, topic in body["not_stated"], asserted))
    return found


def one_claim(entry: Entry, claim_id: str, names: Names) -> ClaimCard:
    """One claim of an entry."""
    body = entry.body
    claim = next(claim for claim in body["claims"] if claim["id"] == claim_id)
    return claim_card(body, claim, by_pair(entry), names)


def claim_card(
    body: Body, claim: Body, judged: Mapping[str, tuple[Judged, ...]], names: Names
) -> ClaimCard:
    evidence = tuple(
        EvidenceCard(
            direction=item["direction"],
            direction_label=capital(Direction(item["direction"]).label),
            quote=quote(item["passage"], judged.get(claim_digest(body, claim, item), ())),
            source=_source_line(item["source"]["id"], names),
        )
        for item in claim["evidence"]
    )
    return ClaimCard(
        id=claim["id"],
        url=links.claim(claim["id"], names.keep),
        topic_label=Topic(claim["topic"]).label,
        text=claim["text"],
        certainty=claim["certainty"],
        certainty_label=capital(Certainty(claim["certainty"]).label),
        facts=_claim_facts(claim["values"], names),
        evidence=evidence,
        warnings=tuple({e.source: None for e in evidence if e.source.warning}),
    )


def quote(passage: Body, judged: tuple[Judged, ...]) -> Quote:
    return Quote(
        exact=passage["exact"],
        before=_from_word(passage["prefix"], passage["start"]),
        after=_to_word(passage["suffix"]),
        start=passage["start"],
        end=passage["end"],
        locator=passage["locator"],
        sha256=passage["document"]["sha256"] if passage["document"] else "",
        judged=judged,
    )


def _from_word(prefix: str, start: int | None) -> str:
    """The context from its first whole word; an ellipsis says that the document goes further."""
    if start == len(prefix):
        return prefix
    first, space, rest = prefix.partition(" ")
    return f"…{rest if space else first}" if prefix else ""


def _to_word(suffix: str) -> str:
    """The context up to its last whole word; short context ends with the document."""
    if len(suffix) < CONTEXT:
        return suffix
    rest, space, last = suffix.rpartition(" ")
    return f"{rest if space else last}…"


def by_pair(entry: Entry) -> dict[str, tuple[Judged, ...]]:
    found: dict[str, tuple[Judged, ...]] = {}
    for judgement in entry.judgement_list:
        found[judgement["pair"]] = (*found.get(judgement["pair"], ()), _judged(judgement))
    return found


def _judged(judgement: Body) -> Judged:
    return Judged(judgement["by"]["name"], moment(judgement["at"]))


def _claim_facts(values: Body, names: Names) -> tuple[Fact, ...]:
    courses = ", ".join(Course(code).label for code in values["courses"])
    rows = [
        Fact("Disease course", courses),
        Fact("Route", label(Route, values["route"])),
        Fact("Status", label(Status, values["status"])),
        Fact("Regulator or country", values["jurisdiction"]),
        Fact("Date of status", date_in_words(values["status_date"])),
        Fact("Outcome", values["outcome"]),
        Fact("Change for the patient", label(OutcomeDirection, values["outcome_direction"])),
        Fact("Compared with", values["comparator"]),
        Fact("Size of effect", values["effect"]),
    ]
    if values["mechanism"]:
        row = names.mechanisms.get(values["mechanism"]["id"])
        if row is not None:
            url = links.record("mechanism", row.slug, names.keep)
            rows.append(Fact("Mechanism", row.name, url))
    return tuple(row for row in rows if row.value)


def _source_line(source_id: str, names: Names) -> SourceLine:
    row = names.sources.get(source_id)
    if row is None:  # no approval lets this happen; an incomplete page beats an error
        return SourceLine("A source that is not public", "", "", "is not public", "")
    present = names.standings.get(source_id, row)
    return SourceLine(
        name=row.name,
        url=links.record("source", row.slug, names.keep),
        reference=short_reference(row),
        warning=warning_of(present),
        note=present.standing_note,
    )
