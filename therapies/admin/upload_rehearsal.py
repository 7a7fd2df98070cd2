"""Drafting a document for a look only: read, written by the real code, and undone."""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from editorial.errors import EditorialError
from editorial.locking import undone
from editorial.models import User
from extraction import FileText, extract, read
from extraction.names.vocabulary import Vocabulary
from extraction.output import as_json
from extraction.types import Extraction, ProposedClaim, Reading, SeenSentence
from publication.canonical import digest_of
from sources.models import Document, Source
from sources.receiving import READ_OTHERWISE, document_here
from therapies.drafting.companions import with_mechanism_claims
from therapies.drafting.drafts import KEY, Key, Outcome, draft, key_of
from therapies.drafting.kept import kept_text
from therapies.drafting.vocabularies import vocabulary_in_use
from therapies.models import Claim, Proposal

AT_ONCE = "Somebody else added this document or one of its records at the same moment."
SAME_WORDS = "The same words are here already, with other line ends, spaces or encoding."
_KEY = attrgetter(*KEY)


@dataclass(frozen=True, slots=True)
class Looked:
    """One document as read, and with which names."""

    reading: Reading
    extraction: Extraction
    vocabulary: Vocabulary
    size: int
    data: bytes = b""
    """Of a file that is no text itself."""

    @property
    def digest(self) -> str:
        """Another when the same bytes are read differently, by new names or a new program."""
        return digest_of(as_json(self.reading, self.extraction))

    def claims(self) -> dict[Key, ProposedClaim]:
        """Each claim once, in the order of the text."""
        found: dict[Key, ProposedClaim] = {}
        for claim in self.extraction.claims:
            found.setdefault(key_of(claim), claim)
        return found


def look(name: str, data: bytes, *, known: FileText | None = None) -> Looked:
    """Read a document as the seed command does; raises ``Unreadable``. ``known`` is the text that
    was made of a file when it was handed in.
    """
    reading = read(data, name=name, known=kept_text(data) or known)
    vocabulary = vocabulary_in_use()
    extraction = with_mechanism_claims(extract(reading, vocabulary))
    return Looked(
        reading, extraction, vocabulary, size=len(data), data=data if reading.file else b""
    )


def draft_looked(looked: Looked, *, by: User, **choice: Any) -> Outcome:
    """Draft what was looked at; ``choice`` is what ``draft`` takes of an editor."""
    return draft(
        looked.reading,
        looked.extraction,
        looked.vocabulary,
        size=looked.size,
        by=by,
        data=looked.data,
        **choice,
    )


@dataclass(slots=True)
class Rehearsal:
    """What drafting everything would do, seen from inside a transaction that was undone."""

    outcome: Outcome = field(default_factory=Outcome)
    known_before: dict[Key, str] = field(default_factory=dict)
    """Fates of the proposals that an earlier reading of this document left."""
    fates: dict[Key, str] = field(default_factory=dict)
    """In words: why a new claim waits, or what it is added to; empty for a plain draft."""
    listed: tuple[SeenSentence, ...] = ()
    """Sentences not understood that will be on the source's page."""
    refusal: str = ""
    source: Source | None = None
    """The source that is there already."""


def rehearse(looked: Looked, *, by: User, answer: str = "") -> Rehearsal:
    """Draft everything and undo it: the same code says what will be, whatever its rules are."""
    found = Rehearsal()
    document = Document.objects.filter(sha256=looked.reading.sha256).first()
    if document is not None:
        found.source = document.source
        rows = Proposal.objects.filter(document=document)
        found.known_before = {_KEY(row): row.get_fate_display() for row in rows}
    with undone():
        newest = Claim.objects.aggregate(newest=Max("pk"))["newest"] or 0
        try:
            with transaction.atomic():
                found.outcome = draft_looked(looked, by=by, answer=answer)
        except EditorialError as problem:
            found.refusal = str(problem)
        except IntegrityError:
            found.refusal = AT_ONCE
        else:
            document = document_here(looked.reading)
            if document is not None and not found.outcome.source_new:
                found.source = document.source
            if document is not None and document.sha256 != looked.reading.sha256:
                found.refusal = SAME_WORDS
            elif document is not None and document.text != looked.reading.text:
                found.refusal = f"These are the bytes of a text that is here, {READ_OTHERWISE}."
            for row in Proposal.objects.filter(document=document):
                found.fates[_KEY(row)] = _fate(row, newest)
            if document is not None and not found.refusal:
                listed = set(document.seen_sentences.listed().values_list("start", "end"))
                seen = looked.extraction.seen
                found.listed = tuple(s for s in seen if (s.start, s.end) in listed)
    return found


def _fate(row: Proposal, newest: int) -> str:
    if row.fate == Proposal.Fate.WAITING:
        return f"will wait on the source's page: {row.waits_because or 'an editor has to look'}"
    if row.claim_id is not None and row.claim_id <= newest:
        return "adds its passage to a claim that is there"
    return ""
