"""Therapies, mechanisms and claims as linked data, each claim with the passages under it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from publication import log, plainly, which_log
from publication.api import linked_data
from publication.api.linked_data import Data, Term, dated, reference
from publication.api.marks import of_named, own, seen_at
from publication.columns import lines
from publication.entries import Entry
from publication.published import PublishedRecord
from sources.api import linked_data as of_sources
from sources.published import PublishedSource
from sources.wording import capital
from therapies.absences import Absence, absences, cited_sources
from therapies.api import claims
from therapies.api.claims import SUBJECTS, ClaimShown, EvidenceShown, Reading
from therapies.choices import FAVOURABLE, OWN_FIELDS
from therapies.linked_data import subject
from therapies.published import PublishedClaim, PublishedMechanism
from therapies.values import VALUES, Form, Value

_CLAIM = "a claim"
TOPIC = Term("topic", "a claim or an absence", "What it is on, by a code of ours.")
CERTAINTY = Term(
    "certainty",
    _CLAIM,
    "How sure the source is: stated, hedged, negated (it says that it is not so), or intended (an"
    " aim, never a result).",
)
WEIGHING = Term("weighing", _CLAIM, "Why it stands although passages disagree.")
EVIDENCE = Term("evidence", _CLAIM, "An annotation: a passage that the claim rests on, or not.")
DIRECTION = Term(
    "direction",
    "an annotation",
    "What the passage does for the claim: supports, partly-supports, disputes.",
)
KIND = Term("kind", "a therapy, a mechanism", "Which kind it is, by a code of ours.")
ONE_OF = Term(
    "oneOf", "a therapy, a mechanism", "The class, or the broader mechanism, that it belongs to."
)
NOT_STATED = Term(
    "notStated", "a version", "An absence: a topic on which the sources read state nothing."
)
LOOKED_IN = Term("lookedIn", "an absence", "A work in which the topic was looked for.")
UNTIL = Term("until", "an absence", "The day of the last look.", "date")


def _name(name: str) -> str:
    """A name of ours as terms are written: ``effect_direction`` as ``effectDirection``."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


_VALUES: Mapping[str, Term] = {
    value.name: Term(
        _name(value.name),
        _CLAIM,
        f"{capital(value.label)}, as its source says.",
        "boolean" if value.form == Form.MARK else "",
    )
    for value in VALUES
}
_OWN: Mapping[str, Term] = {
    name: Term(_name(name), "a mechanism", f"{capital(name.replace('_', ' '))}, in words.")
    for name in OWN_FIELDS["mechanism"]
}
TERMS: Sequence[Term] = (
    *of_sources.TERMS,
    *(TOPIC, CERTAINTY, WEIGHING, EVIDENCE, DIRECTION, KIND, ONE_OF),
    *(NOT_STATED, LOOKED_IN, UNTIL),
    *_VALUES.values(),
    *_OWN.values(),
)


def reading_now(origin: str) -> Reading:
    """What is public now, for a site at ``origin`` (without a slash at its end)."""
    head = plainly.head()
    return Reading(which_log.number_of(head), head.seq, head.seq, origin)


def of_row(row: PublishedRecord, reading: Reading) -> Data:
    """A record of any type, by its row at the state of ``reading``."""
    entry = log.entry_at(row.approved_seq)
    url = f"{reading.origin}/{row.plural}/{row.slug}/"
    (now,) = seen_at(type(row), reading.head, [row.public_id])
    from_named = of_named(type(row), [entry.seq], reading.head)
    marks = (*own(row.version, now), *from_named.get(entry.seq, ()))
    if not isinstance(row, PublishedSource):
        return of_record(entry, reading, url=url, marks=marks)
    return of_sources.of_record(row, entry, origin=reading.origin, url=url, marks=marks)


def of_record(entry: Entry, reading: Reading, *, url: str, marks: Sequence[str]) -> Data:
    """A version of a therapy or mechanism with its claims, as known at the state of ``reading``;
    ``url`` is the page of it. In a fixed number of queries.
    """
    body, origin = entry.body, reading.origin
    (found,) = claims.claims_of(reading, [(entry.public_id, entry.seq)])
    shown = claims.told(found, reading)
    version = _version(entry, origin, marks)
    about = _about(entry, reading)
    return {
        "@context": linked_data.context(origin, TERMS),
        **version,
        "url": url,
        "about": about,
        "hasPart": [_claim(claim, version["@id"], about["@id"], origin) for claim in shown],
        "citation": _works(shown, origin),
        NOT_STATED.key: [
            _absence(absence, origin)
            for absence in absences(body["not_stated"], cited_sources(body)).values()
        ],
    }


def of_claim(row: PublishedClaim, reading: Reading) -> Data:
    """A claim, as known at the state of ``reading``, as a part of the version that says so."""
    origin, entry = reading.origin, log.entry_at(row.entry_seq)
    (shown,) = claims.told(claims.claims_from(reading, [row]), reading)
    version = _version(entry, origin, shown.subject.marks)
    about = {"@id": _thing(entry, origin), **subject(entry.body)}
    return {
        "@context": linked_data.context(origin, TERMS),
        **_claim(shown, version["@id"], about["@id"], origin),
        "about": about,
        "isPartOf": version,
        "citation": _works([shown], origin),
    }


def _version(entry: Entry, origin: str, marks: Sequence[str]) -> Data:
    plural = SUBJECTS[entry.record_type].plural
    reviewed = {"lastReviewed": entry.at[:10]}
    found = linked_data.version(entry, "MedicalWebPage", origin=origin, plural=plural, marks=marks)
    return found | reviewed | {"reviewedBy": linked_data.person(entry.approver_name)}


def _thing(entry: Entry, origin: str) -> str:
    plural = SUBJECTS[entry.record_type].plural
    return linked_data.thing(origin, plural, entry.record_type, entry.public_id)


def _about(entry: Entry, reading: Reading) -> Data:
    """What a version is about, with what our own words say of it."""
    body = entry.body
    table = SUBJECTS[entry.record_type]
    own = {_OWN[name].key: body[name] for name in _OWN if name in body}
    above: Data | None = None
    if stored := body[table.above]:  # type: ignore[attr-defined]
        above = {"name": stored["name"]}
        public = seen_at(table, reading.seq, [stored["id"]])
        if public and not public[0].withdrawn:
            plural = table.plural
            above["@id"] = linked_data.thing(
                reading.origin, plural, entry.record_type, stored["id"]
            )
    return {
        "@id": _thing(entry, reading.origin),
        **subject(body),
        KIND.key: body["kind"],
        ONE_OF.key: above,
        **own,
    }


def _claim(claim: ClaimShown, version: str, about: str, origin: str) -> Data:
    """Named by the version that says so: another one may word it otherwise."""
    row, name = claim.row, f"{version}#claim-{claim.row.claim_id}"
    rests = [item for item in claim.evidence if item.row.direction in FAVOURABLE]
    works = dict.fromkeys(of_sources.iri(origin, item.row.source_id) for item in rests)
    return {
        "@id": name,
        "@type": ["Claim", "prov:Entity"],
        "text": row.text,
        "about": reference(about),
        "isPartOf": reference(version),
        "url": claim.url,
        **linked_data.marked(claim.marks),
        TOPIC.key: row.topic,
        CERTAINTY.key: row.certainty,
        **dict(_values(claim, origin)),
        WEIGHING.key: row.weighing,
        "prov:specializationOf": reference(claim.url),
        "prov:wasDerivedFrom": list(map(reference, works)),
        EVIDENCE.key: [_evidence(item, version, name, origin) for item in claim.evidence],
    }


def _values(claim: ClaimShown, origin: str) -> Iterator[tuple[str, Any]]:
    """Those that are stated, of those that are known here."""
    for value in VALUES:
        if value.name in claim.row.values:
            yield _VALUES[value.name].key, _value(value, claim, origin)


def _value(value: Value, claim: ClaimShown, origin: str) -> Any:
    held = claim.row.values[value.name]
    if value.form == Form.DATE:
        return dated(held)
    if value.form != Form.RECORD:
        return held
    table = PublishedMechanism
    found = reference(linked_data.thing(origin, table.plural, table.record_type, held["id"]))
    return found | {"name": claim.mechanism.name} if claim.mechanism else found


def _evidence(item: EvidenceShown, version: str, claim: str, origin: str) -> Data:
    row = item.row
    return of_sources.annotation(
        f"{version}#evidence-{row.evidence_id}",
        item.passage,
        of=of_sources.iri(origin, row.source_id),
        about=claim,
        agreed=lines(row.judged_by),
        at=row.judged_at,
    ) | {DIRECTION.key: row.direction}


def _works(shown: Sequence[ClaimShown], origin: str) -> list[Data]:
    """What the claims rest on and what disputes them, each work once."""
    found = {item.source.id: item.source for claim in shown for item in claim.evidence}
    return [
        of_sources.cited(source.row, source.marks, origin)
        for source in found.values()
        if isinstance(source.row, PublishedSource)
    ]


def _absence(absence: Absence, origin: str) -> Data:
    return {
        TOPIC.key: absence.topic,
        LOOKED_IN.key: [reference(of_sources.iri(origin, one)) for one in absence.sources],
        UNTIL.key: absence.until,
    }
