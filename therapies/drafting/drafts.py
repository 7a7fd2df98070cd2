"""From what was read to draft records: one source, its document, and claims or proposals.

Safe to repeat: nothing is proposed twice, and nothing that a person touched is changed. What
another document says already is not drafted again: its claim gets one more passage.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace

from django.db import transaction

from editorial.editing import count_saves, touch
from editorial.locking import whole
from editorial.models import Record, User
from extraction import as_read
from extraction.names.grammar import is_name
from extraction.names.vocabulary import Vocabulary
from extraction.types import Extraction, ProposedClaim, Reading
from publication import writing
from publication.folding import folded
from sources.models import Document, Passage, Source
from sources.receiving import Received, receive
from therapies.drafting.claiming import Wording, new_claim
from therapies.drafting.known_claims import KnownClaims
from therapies.drafting.listing import list_first, list_seen
from therapies.drafting.named_records import NamedRecords
from therapies.models import Claim, Evidence, Mechanism, Proposal, Subject, Therapy
from therapies.names import tidy
from therapies.values import fitting

__all__ = ["KEY", "Key", "Outcome", "draft", "key_of"]

ALIKE = "nearly the same as an existing claim"

Key = tuple[int, int, str, str, str, str, str, str, str]
"""Start, end, kind of subject, subject, topic, certainty, outcome, harm, status."""
KEY = (
    "start", "end", "subject_kind", "subject", "topic", "certainty", "outcome", "harm", "status",
)  # fmt: skip
"""The columns of a proposal that hold it."""
Span = tuple[int, int]


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
    joined: int = 0
    """Passages added to claims that say the same already."""
    waiting: int = 0
    listed: int = 0
    """Sentences not understood that were not seen before."""
    dismissed: int = 0
    known: int = 0
    note: str = ""
    changed: dict[tuple[str, int], Record] = field(default_factory=dict)
    """Records that something was written to."""

    def add_changed(self, record: Record) -> None:
        self.changed.setdefault((record.record_type, record.pk), record)


def draft(
    reading: Reading,
    extraction: Extraction,
    vocabulary: Vocabulary,
    *,
    size: int,
    by: User | None = None,
    dismissed: Collection[Key] = (),
    known: KnownClaims | None = None,
    answer: str = "",
    data: bytes = b"",
) -> Outcome:
    """Write everything that one document of ``size`` bytes yields, or nothing.

    ``by`` is the editor who looked at the claims and dismissed some of them for good; what is
    kept may then go wherever an editor may write, and makes the editor a contributor. A run over
    many documents hands the same ``known`` to each. ``answer`` says which work the text is of
    (``sources.receiving.receive``); ``data`` are the bytes of a file that is no text itself.
    """
    known = KnownClaims() if known is None else known
    try:
        # A machine alone waits for whom it has to; a person is told.
        with whole() if by else transaction.atomic():
            records = NamedRecords(vocabulary, by=by)
            drafting = _Drafting(Outcome(by=by), records, known, vocabulary, answer, data)
            return drafting.draft(reading, extraction, size, dismissed)
    except BaseException:
        known.forget()
        raise


def key_of(claim: ProposedClaim) -> Key:
    """What makes two proposals of one document the same."""
    subject = (claim.subject_kind or "", claim.subject or "")
    values = claim.values
    told = (claim.topic, claim.certainty, values.outcome, _harm(claim), values.status)
    return (claim.start, claim.end, *subject, *told)


def _harm(claim: ProposedClaim) -> str:
    """The harm that tells it apart: what fits into its column, and is no outcome as well."""
    harm = claim.values.harm
    return "" if harm == claim.values.outcome or not fitting({"harm": harm}) else harm


@dataclass(slots=True)
class _Drafting:
    """One document being drafted: rows are gathered, then written together."""

    outcome: Outcome
    records: NamedRecords
    known: KnownClaims
    vocabulary: Vocabulary
    answer: str
    data: bytes
    proposals: list[Proposal] = field(default_factory=list)
    claims: list[tuple[Subject, ProposedClaim, Claim]] = field(default_factory=list)
    evidence: list[tuple[Claim, Span]] = field(default_factory=list)

    def draft(
        self, reading: Reading, extraction: Extraction, size: int, dismissed: Collection[Key]
    ) -> Outcome:
        outcome = self.outcome
        received = receive(reading, size=size, by=outcome.by, answer=self.answer, data=self.data)
        document = received.document
        outcome.document_new, outcome.source_new = received.document_new, received.source_new
        outcome.note = received.note
        if received.same_words:
            return outcome
        if received.document_new:
            outcome.add_changed(document.source)
        claims = self._new(document, extraction)
        if claims or received.document_new:
            self._draft(received, extraction, claims, dismissed)
        if received.document_new:
            proposed = [(proposal.start, proposal.end) for proposal in self.proposals]
            outcome.listed = list_first(document, extraction.seen, proposed)
        else:
            outcome.listed = list_seen(document, extraction.seen)
        return outcome

    def _draft(
        self,
        received: Received,
        extraction: Extraction,
        claims: Sequence[ProposedClaim],
        dismissed: Collection[Key],
    ) -> None:
        outcome, document = self.outcome, received.document
        kept = [claim for claim in claims if key_of(claim) not in dismissed]
        self.records.load(
            ((c.subject_kind, c.subject) for c in kept if c.subject_kind and c.subject),
            mentioned=(("mechanism", c.values.mechanism) for c in kept if c.values.mechanism),
        )
        for made in self.records.made:
            self.known.made(made)
        for claim in claims:
            proposal = _proposal(document, claim)
            self.proposals.append(proposal)
            if key_of(claim) in dismissed:
                proposal.fate = Proposal.Fate.DISMISSED
                outcome.dismissed += 1
            else:
                self._decide(proposal, claim)
        self._add_names(extraction, document)
        self._write(received)
        outcome.records += [record.name for record in self.records.made]
        self._count(list(outcome.changed.values()))

    def _count(self, changed: list[Record]) -> None:
        if self.outcome.by is None:
            count_saves(changed)
        else:
            for record in changed:
                chose = "added the document" if isinstance(record, Source) else "chose its claims"
                touch(record, by=self.outcome.by, what=chose)
        for record in changed:
            if isinstance(record, Subject):
                self.known.saved(record)

    def _new(self, document: Document, extraction: Extraction) -> list[ProposedClaim]:
        """The claims that were not proposed before, each once."""
        there = set() if self.outcome.document_new else set(document.proposals.values_list(*KEY))
        claims = {key_of(claim): claim for claim in reversed(extraction.claims)}
        new = [claim for key, claim in reversed(claims.items()) if key not in there]
        self.outcome.known = len(extraction.claims) - len(new)
        return new

    def _decide(self, proposal: Proposal, claim: ProposedClaim) -> None:
        """Wait, join a claim that says the same, or become a claim."""
        subject = self.records.get(claim.subject_kind, claim.subject)
        acts_by = claim.values.mechanism if claim.subject_kind == "therapy" else ""
        reason = self.records.why_wait(claim.subject_kind, claim.subject, mechanism=acts_by)
        told = replace(
            claim, values=replace(claim.values, mechanism=self.records.mechanism_here(acts_by))
        )
        like = self.known.like(subject, told) if subject else None
        if like is not None and (reason or not like.same):
            proposal.resembles_id = like.claim
            reason = f"{ALIKE}; {reason}" if reason else ALIKE
        if reason or subject is None:
            proposal.waits_because = reason
            self.outcome.waiting += 1
            return
        proposal.fate = Proposal.Fate.DRAFTED
        self.outcome.add_changed(subject)
        if like is not None:
            proposal.claim_id = like.claim
            self.evidence.append((Claim(pk=like.claim), (claim.start, claim.end)))
            self.outcome.joined += 1
            return
        position = self.known.count(subject) + len(self.claims)
        wording = Wording.read(proposal, self._acts_by(claim))
        proposal.claim = new_claim(subject, wording, position=position, machine_proposed=True)
        self.claims.append((subject, told, proposal.claim))
        self.evidence.append((proposal.claim, (claim.start, claim.end)))
        self.outcome.drafted += 1

    def _acts_by(self, claim: ProposedClaim) -> Mechanism | None:
        """The mechanism that a therapy's claim names; made when it is new."""
        if not claim.values.mechanism or claim.subject_kind != "therapy":
            return None
        mechanism = self.records.mechanism(claim.values.mechanism)
        if mechanism is not None and mechanism in self.records.made:
            self.outcome.add_changed(mechanism)
        return mechanism

    def _write(self, received: Received) -> None:
        Claim.objects.bulk_create(claim for _, _, claim in self.claims)
        for subject, proposed, claim in self.claims:
            self.known.add(subject, proposed, claim.pk)
        passages = _passages(received, dict.fromkeys(span for _, span in self.evidence))
        there: set[tuple[int, int]] = set()
        if not received.document_new:
            rows = Evidence.objects.filter(passage__document=received.document).order_by()
            there = set(rows.values_list("claim_id", "passage_id"))
        pairs = {(claim.pk, passages[span]): None for claim, span in self.evidence}
        Evidence.objects.bulk_create(
            Evidence(claim_id=claim, passage_id=passage)
            for claim, passage in pairs
            if (claim, passage) not in there
        )
        Proposal.objects.bulk_create(self.proposals)

    def _add_names(self, extraction: Extraction, document: Document) -> None:
        """Names under which the document itself mentions the subjects of claims, each once.

        What a verb says ("selectively deplete B cells") mentions a mechanism and names none; nor
        does a phrase that is only understood as one.
        """
        named = [
            (subject, name)
            for subject in self.outcome.changed.values()
            if isinstance(subject, Subject) and self.records.is_untouched(subject)
            for name in self.records.names_of(subject)
        ]
        forms: dict[tuple[str, str], dict[str, str]]
        forms = {(subject.record_type, name): {} for subject, name in named}
        for mention in extraction.mentions:
            found = forms.get((mention.kind, mention.canonical))
            if found is not None:
                form = writing.tidied(as_read(document.text, mention.start, mention.end))
                found.setdefault(form.casefold(), form)
        for subject, name in named:
            self._name(subject, name, forms[subject.record_type, name].values())

    def _name(self, subject: Subject, name: str, forms: Iterable[str]) -> None:
        """Add forms of a name to a draft that no person touched; what makers say is a brand, and
        what another record is called is nothing new.
        """
        there = {known.casefold() for _, known in subject.all_names()}
        new = [form for form in map(tidy, forms) if form.casefold() not in there]
        new = [form for form in new if self._can_be_name(subject, name, form)]
        new = [form for form in new if not self.records.is_anothers(form, subject)]
        fields = []
        if isinstance(subject, Therapy):
            entry = self.vocabulary.therapy(name)
            makers_say = {folded(brand) for brand in entry.brands} if entry and new else set()
            brands = [form for form in new if folded(form) in makers_say]
            new = [form for form in new if form not in brands]
            if brands:
                subject.brands = [*subject.brands, *brands]
                fields.append("brands")
            group = self.records.class_of(name)
            if subject.member_of_id is None and group is not None and group != subject:
                subject.member_of, subject.member_of_name = group, subject.name_of(group)
                fields += ["member_of", "member_of_name"]
        if new:
            subject.synonyms = [*subject.synonyms, *new]
            fields.append("synonyms")
        if fields:
            subject.save(update_fields=fields)

    def _can_be_name(self, subject: Subject, name: str, form: str) -> bool:
        if isinstance(subject, Mechanism) and not self.vocabulary.names_mechanism(form, name):
            return False
        return is_name(self.vocabulary, form)


def _proposal(document: Document, claim: ProposedClaim) -> Proposal:
    """The claim's proposal, waiting until it is decided."""
    values = asdict(claim.values)
    values["courses"] = list(claim.values.courses)
    return Proposal(
        document=document,
        start=claim.start,
        end=claim.end,
        subject_kind=claim.subject_kind or "",
        subject=claim.subject or "",
        topic=claim.topic,
        outcome=claim.values.outcome,
        harm=_harm(claim),
        status=claim.values.status,
        certainty=claim.certainty,
        values=fitting(values),
        exact=claim.exact,
        why=claim.why,
        antecedent_start=claim.antecedent.start if claim.antecedent else None,
        antecedent_end=claim.antecedent.end if claim.antecedent else None,
        fate=Proposal.Fate.WAITING,
    )


def _passages(received: Received, spans: Collection[Span]) -> dict[Span, int]:
    """The keys of the passages of these spans, made where they are new."""
    document, found = received.document, dict(received.passages)
    if not received.document_new:
        rows = document.passages.order_by().values_list("start", "end", "pk")
        found = {(start or 0, end or 0): key for start, end, key in rows}
    new = {span: Passage.quoting(document, *span) for span in spans if span not in found}
    Passage.objects.bulk_create(new.values())
    return found | {span: passage.pk for span, passage in new.items()}
