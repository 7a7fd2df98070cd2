"""What an editor does with a proposal that waits: accept it as a claim, add its passage to the
claim that it resembles, or dismiss it.
"""

from editorial.actions import revise
from editorial.editing import editing
from editorial.errors import EditorialError
from editorial.locking import lock, whole
from editorial.models import User
from editorial.permissions import require, still_holds
from editorial.states import Role, State
from publication.canonical import digest_of
from sources.models import Passage
from therapies.drafting.claiming import Wording, mechanism_named, write_claim
from therapies.drafting.finding import Finder
from therapies.models import Claim, Evidence, Mechanism, Proposal, Subject, Therapy


class NotWaiting(EditorialError):
    """The proposal was drafted or dismissed meanwhile."""


class ProposalChanged(EditorialError):
    """The proposal is not the one that was on the screen."""


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
    wording: Wording | None = None,
    seen: str | None = None,
    revising: bool = False,
) -> Claim:
    """Write the proposal as a claim of the chosen record, else of the one that it names, in the
    words and with the values of ``wording``, else as the machine read it.

    ``seen`` is the ``token`` of the proposal that was on the screen; ``revising`` opens a draft
    first where the record is approved. The editor becomes a contributor. Raises ``Locked`` when the
    record is frozen.
    """
    with whole():
        waiting = _lock_waiting(proposal, seen)
        subject = open_for(therapy or mechanism or named_subject(waiting), by, revising=revising)
        what = f"accepted a proposal: {waiting.topic}"
        wording = wording or Wording.read(waiting, mechanism_named(waiting))
        with editing(subject, by=by, seen_revision=subject.revision, what=what) as locked:
            span = (waiting.start, waiting.end)
            claim = write_claim(waiting.document, span, locked, wording)
        return _drafted(waiting, claim)


def support(
    proposal: Proposal, *, by: User, seen: str | None = None, revising: bool = False
) -> Claim:
    """Add the passage to the claim that says nearly the same, as evidence that supports it.

    ``seen`` and ``revising`` as in ``accept``. The editor becomes a contributor. Raises ``Locked``
    when the record is frozen.
    """
    with whole():
        waiting = _lock_waiting(proposal, seen)
        claim = waiting.resembles
        if claim is None:
            raise NothingAlike("The claim that said nearly the same is not there any more.")
        subject = open_for(claim.subject, by, revising=revising)
        what = f"added a passage: {claim.topic}"
        with editing(subject, by=by, seen_revision=subject.revision, what=what):
            passage = Passage.of(waiting.document, waiting.start, waiting.end)
            if not claim.evidence.filter(passage=passage).exists():
                Evidence.objects.create(claim=claim, passage=passage)
        return _drafted(waiting, claim)


def open_for(subject: Subject | None, by: User, *, revising: bool) -> Subject:
    """The locked record that takes a claim; with ``revising``, an approved one is a draft by then.

    Called inside ``whole``.
    """
    if subject is None:
        raise SubjectOpen("The text leaves the subject open: choose a therapy or a mechanism.")
    locked = lock(subject)
    if revising and locked.working_state == State.APPROVED:
        return revise(locked, by=by)
    return locked


def token(proposal: Proposal) -> str:
    """What of a proposal an editor looks at, in short."""
    about = (proposal.subject_kind, proposal.subject, proposal.topic, proposal.certainty)
    return digest_of([*about, proposal.exact, proposal.values, proposal.resembles_id or 0])[:16]


def dismiss(proposal: Proposal, *, by: User, seen: str | None = None) -> Proposal:
    """Drop the proposal for good: reading the document again does not bring it back."""
    require(by, Role.EDITOR)
    with whole():
        waiting = _lock_waiting(proposal, seen)
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


def _lock_waiting(proposal: Proposal, seen: str | None) -> Proposal:
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.fate != Proposal.Fate.WAITING:
        raise NotWaiting(f"This proposal is {locked.get_fate_display()} already.")
    if seen is not None and seen != token(locked):
        raise ProposalChanged(
            "This proposal changed after the page was opened, and nothing was done. What you typed "
            "is below; look at the passage again."
        )
    return locked


def _drafted(waiting: Proposal, claim: Claim) -> Claim:
    waiting.fate, waiting.claim, waiting.waits_because = Proposal.Fate.DRAFTED, claim, ""
    waiting.save(update_fields=["fate", "claim", "waits_because"])
    return claim
