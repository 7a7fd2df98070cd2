"""A therapy's or mechanism's public content as it is stored, and its pairs."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from editorial.models import Record
from editorial.pairs import Bound, Pair
from publication.presentation import Card, EvidenceCard, Fact, SourceLine
from publication.shapes import stated
from sources.content import passage_content
from sources.models import Source
from sources.published import PublishedSource
from sources.wording import code_in_words
from therapies.absences import Absence, absences, looked_for
from therapies.bindings import absence_pair, claim_pair
from therapies.choices import OWN_FIELDS, Topic, topic_order
from therapies.claims import Claim, Evidence, Proposal
from therapies.presentation import claim_card
from therapies.published import PublishedMechanism
from therapies.subjects import Subject
from therapies.values import VALUES, Form, Value


def build(subject: Subject) -> dict[str, Any]:
    """Everything the public may see of the record, in a form that never changes its meaning."""
    body: dict[str, Any] = {
        "schema": subject.schema,
        "type": subject.record_type,
        "id": subject.public_id,
        "slug": subject.slug,
        "name": subject.name,
        "synonyms": subject.synonyms,
        "kind": subject.kind,
    }
    for field in OWN_FIELDS[subject.record_type]:
        body[field] = getattr(subject, field)
    if subject.one_of is not None:
        name = getattr(subject, f"{subject.above}_name")
        body[subject.above] = {"id": subject.one_of.public_id, "name": name}
    # In an order that no list of topics decides: a topic may join or move.
    body["claims"] = [_claim(claim) for claim in sorted(_claims(subject), key=_place)]
    body["not_stated"] = sorted(subject.not_stated, key=itemgetter("topic"))
    return dict(stated(body))


def in_order(subject: Subject) -> list[dict[str, Any]]:
    """What is asserted as not stated, as a reader meets it."""
    return sorted(subject.not_stated, key=lambda item: topic_order(item["topic"]))


def claims_in_order(subject: Subject) -> list[Claim]:
    """The claims as a reader meets them: by topic, then by the editors' order."""
    return sorted(_claims(subject), key=lambda c: (topic_order(c.topic), *_place(c)))


def _place(claim: Claim) -> tuple[int, int]:
    return claim.position, claim.pk


_WITH_PASSAGES = Evidence.objects.select_related("passage__document", "passage__source").defer(
    "passage__document__text"
)


def _claims(subject: Subject) -> list[Claim]:
    if subject.pk is None:
        return []
    rows = (
        Claim.objects.about(subject)
        .select_related("acts_by", "therapy", "mechanism")
        .prefetch_related(Prefetch("evidence", _WITH_PASSAGES))
    )
    return list(rows)


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.public_id,
        "topic": claim.topic,
        "text": claim.text,
        "certainty": claim.certainty,
        "values": values(claim),
        "weighing": claim.weighing,
        "evidence": [evidence_content(e) for e in claim.evidence.all()],
    }


def values(claim: Claim) -> dict[str, Any]:
    """The typed values of a claim, as far as they are stated."""
    found = {value.name: _value(getattr(claim, value.column), value) for value in VALUES}
    return {name: value for name, value in found.items() if value}


def _value(held: Any, value: Value) -> Any:
    """As a content has it; codes in their own order."""
    if isinstance(held, Record):
        return {"id": held.public_id}
    return sorted(held) if value.form == Form.CODES else held


def evidence_content(evidence: Evidence) -> dict[str, Any]:
    return {
        "id": evidence.public_id,
        "direction": evidence.direction,
        "source": {"id": evidence.passage.source.public_id},
        "passage": passage_content(evidence.passage),
    }


_WITH_DOCUMENTS = Proposal.objects.select_related("document")


def pairs(subject: Subject) -> list[Pair]:
    """Every claim beside every passage, then every assertion that a topic is not stated."""
    about = {"type": subject.record_type, "id": subject.public_id, "name": subject.name}
    claims = claims_in_order(subject)
    prefetch_related_objects(claims, Prefetch("proposals", _WITH_DOCUMENTS))
    sources = cited_sources(claims)
    named = public_names(
        [*sources, *looked_in(subject)],
        [claim.acts_by for claim in claims if claim.acts_by],
    )
    found = [pair for claim in claims for pair in _pairs(about, claim, named)]
    asserted = absences(in_order(subject), [source.public_id for source in sources])
    return found + [_absence(about, absence, named) for absence in asserted.values()]


def bound(body: Mapping[str, Any]) -> list[Bound]:
    """The pairs of a stored content in today's shape."""
    judged = [
        Bound.of(claim_pair(body, claim, item), group=claim["id"], part=item["id"])
        for claim in body["claims"]
        for item in claim["evidence"]
    ]
    looked_for_in_vain = absences(body["not_stated"], ()).values()
    return judged + [
        Bound.of(absence_pair(body, absence), group=absence_group(absence.topic))
        for absence in looked_for_in_vain
    ]


def absence_group(topic: str) -> str:
    """What the pair of an assertion that a topic is not stated is held together by."""
    return f"not-stated:{topic}"


def asserted(subject: Subject) -> dict[str, Absence]:
    """By topic, what is asserted as not stated, and which sources came later."""
    if not subject.not_stated:
        return {}
    cited = cited_sources(claims_in_order(subject))
    return absences(in_order(subject), [source.public_id for source in cited])


def public_names(sources: Iterable[Record], mechanisms: Iterable[Record]) -> dict[str, str]:
    """By public id, what readers see in a record's place: its public name, not that of a draft."""
    found: dict[str, str] = {}
    tables = ((PublishedSource, sources), (PublishedMechanism, mechanisms))
    for table, records in tables:
        names = {record.public_id: record.name for record in records}
        rows = table._default_manager.filter(public_id__in=names, to_seq=None)
        found |= names | dict(rows.values_list("public_id", "name"))
    return found


def _pairs(about: dict[str, str], claim: Claim, named: Mapping[str, str]) -> list[Pair]:
    """A claim beside each of its passages."""
    body = _claim(claim)
    card = claim_card(
        body,
        source=lambda item: SourceLine(named[item["source"]["id"]]),
        mechanism=_mechanism(claim, named),
    )
    return [
        Pair(
            group=claim.public_id,
            card=card,
            evidence=evidence,
            binding=claim_pair(about, body, item),
            part=item["id"],
            aside=why_proposed(claim),
        )
        for evidence, item in zip(card.evidence, body["evidence"], strict=True)
    ]


def _absence(about: dict[str, str], absence: Absence, named: Mapping[str, str]) -> Pair:
    """The assertion that the sources read say nothing of a topic."""
    evidence = EvidenceCard(
        direction="asserts",
        direction_label="Asserts",
        quote=None,
        source=SourceLine(", ".join(named.get(source, source) for source in absence.sources)),
    )
    group = absence_group(absence.topic)
    return Pair(
        group=group,
        card=Card(group, code_in_words(Topic, absence.topic), absence.in_words, (evidence,)),
        evidence=evidence,
        binding=absence_pair(about, absence),
    )


def _mechanism(claim: Claim, named: Mapping[str, str]) -> Fact | None:
    return Fact("Mechanism", named[claim.acts_by.public_id]) if claim.acts_by else None


def why_proposed(claim: Claim) -> str:
    """Which words made the machine propose the claim; empty once a person has edited it."""
    if not claim.machine_proposed:
        return ""
    reasons = dict.fromkeys(_why(proposal) for proposal in claim.proposals.all())
    words = " ".join(reason for reason in reasons if reason)
    return f"Machine-proposed. {words or 'No reason is on record.'}"


def _why(proposal: Proposal) -> str:
    words = proposal.antecedent
    told = not words or f"“{words}”" in proposal.why
    named = "" if told else f"The subject is named earlier in the text: “{words}”."
    return f"{proposal.why} {named}".strip()


def cited_sources(claims: Iterable[Claim]) -> list[Source]:
    """The sources that the claims rest on, each once, in order of first use."""
    found: dict[int, Source] = {}
    for claim in claims:
        for evidence in claim.evidence.all():
            found.setdefault(evidence.passage.source_id, evidence.passage.source)
    return list(found.values())


def looked_in(subject: Subject) -> list[Source]:
    """The sources in which something was looked for and not found."""
    named = {public_id for item in subject.not_stated for public_id in item["sources"]}
    return list(Source.objects.filter(public_id__in=named).order_by("pk")) if named else []


def assertions(
    subject: Subject, topics: Iterable[str], *, again: Collection[str] = ()
) -> list[dict[str, Any]]:
    """What is asserted as not stated when editors say so of these topics today: they looked in
    every source that the record cites.
    """
    cited = [source.public_id for source in cited_sources(claims_in_order(subject))]
    today = timezone.now().astimezone(dt.UTC).date().isoformat()
    return looked_for(subject.not_stated, topics, again=again, sources=cited, today=today)
