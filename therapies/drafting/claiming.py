"""A claim as it is written from a sentence: what it says, and the passage that it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from editorial.typed import tidied
from extraction import as_read
from publication import writing
from sources.models import Document, Passage
from therapies.drafting.finding import Finder
from therapies.models import Claim, Evidence, Mechanism, Proposal, Subject, Therapy
from therapies.values import TYPED, VALUES, fitting

__all__ = ["Wording", "mechanism_named", "new_claim", "sentence_at", "write_claim"]


@dataclass(frozen=True, slots=True)
class Wording:
    """What a claim says, whoever it is about."""

    topic: str
    text: str
    certainty: str
    columns: Mapping[str, Any] = field(default_factory=dict)
    """The typed values by column, as far as they are stated; a mechanism as its record."""

    @classmethod
    def read(cls, proposal: Proposal, acts_by: Mechanism | None = None) -> "Wording":
        """As the machine read it; what does not fit into a value is left out, never cut."""
        read = fitting(tidied(proposal.values))
        columns = {value.column: read[value.name] for value in TYPED if value.name in read}
        if acts_by is not None:
            columns["acts_by"] = acts_by
        text = sentence_at(proposal.document, proposal.start, proposal.end)
        return cls(proposal.topic, text, proposal.certainty, columns)

    @classmethod
    def of(cls, claim: Claim) -> "Wording":
        """As a claim has it, be it saved or not."""
        held = {value.column: getattr(claim, value.column) for value in VALUES}
        stated = {column: value for column, value in held.items() if value}
        return cls(claim.topic, claim.text, claim.certainty, stated)


def sentence_at(document: Document, start: int, end: int) -> str:
    """The words of a sentence as a claim begins with them."""
    return writing.tidied(as_read(document.text, start, end))


def mechanism_named(proposal: Proposal, finder: Finder | None = None) -> Mechanism | None:
    """The record of the mechanism that a therapy's claim names, when there is one."""
    named = proposal.values.get("mechanism", "")
    if not named or proposal.subject_kind == "mechanism":
        return None
    found = (finder or Finder()).record("mechanism", named)
    return found if isinstance(found, Mechanism) else None


def write_claim(
    document: Document,
    span: tuple[int, int],
    subject: Subject,
    wording: Wording,
) -> Claim:
    """An editor's claim with the sentence as evidence; the record is locked and editable."""
    position = Claim.objects.about(subject).count()
    claim = new_claim(subject, wording, position=position, machine_proposed=False)
    claim.save()
    Evidence.objects.create(claim=claim, passage=Passage.of(document, *span))
    return claim


def new_claim(
    subject: Subject, wording: Wording, *, position: int, machine_proposed: bool
) -> Claim:
    """Not saved yet. Only a claim about a therapy names a mechanism."""
    columns = dict(wording.columns)
    if not isinstance(subject, Therapy):
        columns.pop("acts_by", None)
    return Claim(
        therapy=subject if isinstance(subject, Therapy) else None,
        mechanism=subject if isinstance(subject, Mechanism) else None,
        topic=wording.topic,
        text=wording.text,
        certainty=wording.certainty,
        position=position,
        machine_proposed=machine_proposed,
        **columns,
    )
