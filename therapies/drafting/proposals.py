"""What an editor does with a proposal that waits: accept it as a claim, add its passage to the
claim that it resembles, or dismiss it.
"""

from editorial.editing import editing
from editorial.errors import EditorialError
from editorial.locking import lock, whole
from editorial.models import User
from editorial.permissions import require, still_holds
from editorial.states import Role
from sources.models import Passage
from therapies.drafting.drafts import write_claim
from therapies.drafting.finding import Finder
from therapies.models import Claim, Evidence, Mechanism, Proposal, Subject, Therapy


class NotWaiting(EditorialError):
    """The proposal was drafted or dismissed meanwhile."""


class SubjectOpen(EditorialError):
    """The proposal names no subject, and the editor chose none."""


class NothingAlike(EditorialError):
    """There is no claim to which the proposal's passage could be added."""


def accept(
    proposal: Proposal,
    *,
    by: User,
    therapy: Therapy | None = None,
    mechanism: Mechanism | None = None,
) -> Claim:
    """Write the proposal as a claim of the chosen record, else of the one that it names.

    The editor becomes a contributor. Raises ``Locked`` when the record is frozen.
    """
    with whole():
        waiting = _lock_waiting(proposal)
        subject = lock(therapy or mechanism or named_subject(waiting) or _refuse_open())
        what = f"accepted a proposal: {waiting.topic}"
        with editing(subject, by=by, seen_revision=subject.revision, what=what) as locked:
            claim = write_claim(waiting, locked, machine_proposed=False)
        waiting.fate, waiting.claim, waiting.waits_because = Proposal.Fate.DRAFTED, claim, ""
        waiting.save(update_fields=["fate", "claim", "waits_because"])
        return claim


def support(proposal: Proposal, *, by: User) -> Claim:
    """Add the passage to the claim that says nearly the same, as evidence that supports it.

    The editor becomes a contributor. Raises ``Locked`` when the record is frozen.
    """
    with whole():
        waiting = _lock_waiting(proposal)
        claim = waiting.resembles
        if claim is None:
            raise NothingAlike("The claim that said nearly the same is not there any more.")
        subject = lock(claim.subject)
        what = f"added a passage: {claim.topic}"
        with editing(subject, by=by, seen_revision=subject.revision, what=what):
            passage = Passage.of(waiting.document, waiting.start, waiting.end)
            if not claim.evidence.filter(passage=passage).exists():
                Evidence.objects.create(claim=claim, passage=passage)
        waiting.fate, waiting.claim, waiting.waits_because = Proposal.Fate.DRAFTED, claim, ""
        waiting.save(update_fields=["fate", "claim", "waits_because"])
        return claim


def dismiss(proposal: Proposal, *, by: User) -> Proposal:
    """Drop the proposal for good: reading the document again does not bring it back."""
    require(by, Role.EDITOR)
    with whole():
        waiting = _lock_waiting(proposal)
        still_holds(by, Role.EDITOR)
        waiting.fate, waiting.waits_because = Proposal.Fate.DISMISSED, ""
        waiting.save(update_fields=["fate", "waits_because"])
        return waiting


def named_subject(proposal: Proposal, finder: Finder | None = None) -> Subject | None:
    """The record that the proposal names, when there is one; a page of many hands on its finder."""
    if not proposal.subject:
        return None
    kind = "therapy" if proposal.subject_kind == "therapy" else "mechanism"
    return (finder or Finder()).record(kind, proposal.subject)


def _lock_waiting(proposal: Proposal) -> Proposal:
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.fate != Proposal.Fate.WAITING:
        raise NotWaiting(f"This proposal is {locked.get_fate_display()} already.")
    return locked


def _refuse_open() -> Subject:
    raise SubjectOpen("The text leaves the subject open: choose a therapy or a mechanism.")
