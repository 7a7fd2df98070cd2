"""From what was read to draft records: one source, its document, and claims or proposals.

Safe to repeat: nothing is proposed twice, and nothing that a person touched is changed.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field

from django.db import transaction
from rapidfuzz import fuzz

from editorial.editing import coming_version, contributions, lock, touch
from editorial.errors import Locked
from editorial.models import Record, User
from editorial.slugs import free_slug
from editorial.states import State
from sources.choices import BIBLIOGRAPHIC_FIELDS, SourceKind
from sources.models import Document, FieldReading, Passage, Source
from sources.reading.types import Metadata, Reading
from therapies.extraction.types import Extraction, ProposedClaim
from therapies.models import Claim, Evidence, Mechanism, Proposal, Subject, Therapy
from therapies.vocabulary import Vocabulary

__all__ = ["Key", "Outcome", "draft", "key_of", "write_claim"]

SAME_TEXT = 80.0
"""From this likeness on (rapidfuzz ratio, 0-100), a file of the same name is a changed file."""
COMPARED = 20_000
"""Code points of each text that are compared."""
Key = tuple[int, int, str, str, str, str]
"""Start, end, kind of subject, subject, topic, outcome."""


@dataclass(slots=True)
class Outcome:
    """What drafting one document did."""

    by: User | None = None
    """The editor who chose from the claims; none when a command drafts them all."""
    document_new: bool = False
    source_new: bool = False
    records: list[str] = field(default_factory=list)
    """Names of therapies and mechanisms drafted for the first time."""
    drafted: int = 0
    waiting: int = 0
    dismissed: int = 0
    known: int = 0
    note: str = ""
    changed: dict[tuple[str, int], Record] = field(default_factory=dict)
    """Records that something was written to."""

    def add_changed(self, record: Record) -> None:
        self.changed.setdefault((record.record_type, record.pk), record)


@transaction.atomic
def draft(
    reading: Reading,
    extraction: Extraction,
    vocabulary: Vocabulary,
    *,
    size: int,
    by: User | None = None,
    dismissed: Collection[Key] = (),
) -> Outcome:
    """Write everything that one document of ``size`` bytes yields, or nothing.

    ``by`` is the editor who looked at the claims and dismissed some of them for good; what is
    kept may then go wherever an editor may write, and makes the editor a contributor.
    """
    outcome = Outcome(by=by)
    document = Document.objects.filter(sha256=reading.sha256).first()
    if document is None:
        document = _new_document(reading, size, outcome)
    for claim in extraction.claims:
        if key_of(claim) in dismissed:
            _dismiss(document, claim, outcome)
        else:
            _propose(document, claim, extraction, vocabulary, outcome)
    if by is not None:
        for record in outcome.changed.values():
            touch(record, by=by, what="chose from what a machine proposed")
    return outcome


def key_of(claim: ProposedClaim) -> Key:
    """What makes two proposals of one document the same."""
    subject = (claim.subject_kind or "", claim.subject or "")
    return (claim.start, claim.end, *subject, claim.topic, claim.values.outcome)


def _new_document(reading: Reading, size: int, outcome: Outcome) -> Document:
    source = _same_source(reading)
    if source is not None and outcome.by is not None:
        source = lock(source)
        if not source.is_editable:
            raise Locked(
                f"This is a new text of “{source}”, which is {source.working_state.label} and "
                "takes no new text now."
            )
    outcome.document_new = True
    outcome.source_new = source is None
    if source is None:
        source = _new_source(reading)
    else:
        outcome.note = f"a new text of “{source}”, whose bibliographic data were left as they are"
    document = Document.objects.create(
        source=source,
        sha256=reading.sha256,
        file_name=reading.name,
        encoding=reading.encoding,
        size=size,
        text=reading.text,
    )
    if outcome.source_new:
        _write_field_readings(source, document, reading.metadata)
    outcome.add_changed(source)
    return document


def _same_source(reading: Reading) -> Source | None:
    """The source that has this work already: by identifier, else by file name and likeness."""
    metadata = reading.metadata
    for name in ("doi", "pmid", "registry_id"):
        value = getattr(metadata, name)
        if value:
            found = Source.objects.filter(**{name: value}).order_by("pk").first()
            if found is not None:
                return found
    for document in Document.objects.filter(file_name=reading.name).order_by("-pk")[:20]:
        ratio = fuzz.ratio(document.text[:COMPARED], reading.text[:COMPARED])
        if ratio >= SAME_TEXT:
            return document.source
    return None


def _new_source(reading: Reading) -> Source:
    metadata = reading.metadata
    source = Source(machine_proposed=True)
    for name in BIBLIOGRAPHIC_FIELDS:
        value = getattr(metadata, name)
        if isinstance(value, tuple):
            value = [asdict(item) if not isinstance(item, str) else item for item in value]
        setattr(source, name, value)
    if source.kind not in SourceKind.values:
        source.kind = SourceKind.OTHER
    for author in source.authors:
        author["affiliations"] = list(author["affiliations"])
    words = metadata.title or f"untitled {reading.sha256[:8]}"
    source.slug = free_slug(Source, words)
    source.save()
    return source


def _write_field_readings(source: Source, document: Document, metadata: Metadata) -> None:
    for name in BIBLIOGRAPHIC_FIELDS:
        span = metadata.spans.get(name)
        if span is not None and getattr(source, name) not in (None, "", []):
            FieldReading.objects.create(
                source=source, field=name, passage=Passage.of(document, span.start, span.end)
            )


def _proposal(
    document: Document, claim: ProposedClaim, fate: Proposal.Fate
) -> tuple[Proposal, bool]:
    """The claim's proposal, and whether it is a new one."""
    return Proposal.objects.get_or_create(
        document=document,
        start=claim.start,
        end=claim.end,
        subject_kind=claim.subject_kind or "",
        subject=claim.subject or "",
        topic=claim.topic,
        outcome=claim.values.outcome,
        defaults={
            "certainty": claim.certainty,
            "values": _stored_values(claim),
            "exact": claim.exact,
            "why": claim.why,
            "antecedent_start": claim.antecedent.start if claim.antecedent else None,
            "antecedent_end": claim.antecedent.end if claim.antecedent else None,
            "fate": fate,
        },
    )


def _dismiss(document: Document, claim: ProposedClaim, outcome: Outcome) -> None:
    """Remember that the editor does not want it, so that no reading brings it back."""
    _, is_new = _proposal(document, claim, Proposal.Fate.DISMISSED)
    if is_new:
        outcome.dismissed += 1
    else:
        outcome.known += 1


def _propose(
    document: Document,
    claim: ProposedClaim,
    extraction: Extraction,
    vocabulary: Vocabulary,
    outcome: Outcome,
) -> None:
    proposal, is_new = _proposal(document, claim, Proposal.Fate.WAITING)
    if not is_new:
        outcome.known += 1
        return
    subject = _subject(claim, vocabulary, outcome)
    reason = _why_wait(subject, outcome.by)
    if reason:
        proposal.waits_because = reason
        proposal.save(update_fields=["waits_because"])
        outcome.waiting += 1
        return
    assert subject is not None  # noqa: S101 - _why_wait gives a reason for an open subject
    if outcome.by is None or not _why_wait(subject, None):
        _add_synonyms(subject, extraction, document)
    _name_mechanism(claim, vocabulary, outcome)
    proposal.claim = write_claim(proposal, subject, machine_proposed=True)
    proposal.fate = Proposal.Fate.DRAFTED
    proposal.save(update_fields=["claim", "fate"])
    outcome.add_changed(subject)
    outcome.drafted += 1


def _stored_values(claim: ProposedClaim) -> dict[str, object]:
    values = asdict(claim.values)
    values["courses"] = list(claim.values.courses)
    return {name: value for name, value in values.items() if value}


def _why_wait(subject: Subject | None, by: User | None) -> str:
    """Why a proposal has to wait; empty when it may be drafted.

    A machine alone keeps away from what a person works on; an editor may add to any draft.
    """
    if subject is None:
        return "the text leaves the subject open"
    if by is not None and subject.is_editable:
        return ""
    if subject.state != State.DRAFT:
        return f"the record is {subject.get_state_display()}"
    if coming_version(subject) > 1:
        return "the record is public"
    if contributions(subject):
        return "an editor works on the record"
    return ""


def _subject(
    claim: ProposedClaim, vocabulary: Vocabulary, outcome: Outcome
) -> Therapy | Mechanism | None:
    if claim.subject is None or claim.subject_kind is None:
        return None
    if claim.subject_kind == "therapy":
        return _therapy(claim.subject, vocabulary, outcome)
    return _mechanism(claim.subject, vocabulary, outcome)


def _therapy(name: str, vocabulary: Vocabulary, outcome: Outcome) -> Therapy:
    found = Therapy.objects.filter(name__iexact=name).first()
    if found is not None:
        return lock(found)
    entry = vocabulary.therapy(name)
    outcome.records.append(name)
    return Therapy.objects.create(
        name=name,
        slug=free_slug(Therapy, name),
        kind=entry.kind if entry else "approach",
        therapy_class=entry.therapy_class if entry else "",
        identifiers=dict(entry.identifiers) if entry else {},
        machine_proposed=True,
    )


def _mechanism(name: str, vocabulary: Vocabulary, outcome: Outcome) -> Mechanism:
    found = Mechanism.objects.filter(name__iexact=name).first()
    if found is not None:
        return lock(found)
    entry = vocabulary.mechanism(name)
    outcome.records.append(name)
    return Mechanism.objects.create(
        name=name,
        slug=free_slug(Mechanism, name),
        kind=entry.kind if entry else "action",
        target=entry.target if entry else "",
        effect=entry.effect if entry else "",
        acts_in=entry.acts_in if entry else "",
        machine_proposed=True,
    )


def _name_mechanism(claim: ProposedClaim, vocabulary: Vocabulary, outcome: Outcome) -> None:
    if claim.values.mechanism and claim.subject_kind == "therapy":
        mechanism = _mechanism(claim.values.mechanism, vocabulary, outcome)
        if mechanism.name in outcome.records:
            outcome.add_changed(mechanism)


def _add_synonyms(subject: Subject, extraction: Extraction, document: Document) -> None:
    """Names under which the document itself mentions the subject, each once."""
    known = {subject.name.casefold(), *(s.casefold() for s in subject.synonyms)}
    for mention in extraction.mentions:
        form = " ".join(document.text[mention.start : mention.end].split())
        if (
            mention.kind == subject.record_type
            and mention.canonical == subject.name
            and form.casefold() not in known
        ):
            known.add(form.casefold())
            subject.synonyms = [*subject.synonyms, form]
            subject.save(update_fields=["synonyms"])


def write_claim(proposal: Proposal, subject: Subject, *, machine_proposed: bool) -> Claim:
    """The draft claim of a proposal, with its sentence as evidence; the record is locked."""
    values = dict(proposal.values)
    direction = values.pop("direction", "")
    mechanism = values.pop("mechanism", "")
    claim = Claim.objects.create(
        therapy=subject if isinstance(subject, Therapy) else None,
        mechanism=subject if isinstance(subject, Mechanism) else None,
        topic=proposal.topic,
        text=" ".join(proposal.exact.split()),
        certainty=proposal.certainty,
        outcome_direction=direction,
        acts_by=Mechanism.objects.filter(name__iexact=mechanism).first()
        if mechanism and isinstance(subject, Therapy)
        else None,
        position=subject.claim_rows().count(),
        machine_proposed=machine_proposed,
        **values,
    )
    Evidence.objects.create(
        claim=claim, passage=Passage.of(proposal.document, proposal.start, proposal.end)
    )
    return claim
