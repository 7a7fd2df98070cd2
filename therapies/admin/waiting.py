"""The proposals that wait on a source, as its workroom page lists them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from editorial.models import Record, User
from therapies.admin.drafted_forms import DraftedForm, ProposalForm
from therapies.admin.drafted_rows import Done, DraftedRows, filled_in
from therapies.drafting.proposals import accept, dismiss, support
from therapies.models import Mechanism, Proposal, Subject, Therapy

__all__ = ["Proposals", "waiting_on"]


def waiting_on(source: Record) -> Any:
    """The proposals that wait for an editor, in the order of the text."""
    rows = Proposal.objects.filter(document__source=source.pk, fate=Proposal.Fate.WAITING)
    return rows.select_related("document", "resembles")


class Proposals(DraftedRows):
    """Each as the claim that it would be."""

    form_class = ProposalForm
    letter: ClassVar = "p"
    page_name: ClassVar = "proposals"
    on_a_page: ClassVar = 20
    actions: ClassVar = frozenset({"accept", "revise", "support", "revise-support", "dismiss"})
    of_several: ClassVar = frozenset({"accept", "dismiss"})

    def everything(self) -> Any:
        rows = Proposal.objects.filter(document__source=self.source.pk)
        with_subjects = ("claim__therapy", "claim__mechanism", "resembles")
        return rows.select_related("document", *with_subjects)

    def waiting(self) -> Any:
        return waiting_on(self.source)

    def is_open(self, item: Proposal) -> bool:
        return item.fate == Proposal.Fate.WAITING

    def look_up(self, items: Sequence[Proposal]) -> None:
        for kind in ("therapy", "mechanism"):
            self.records.expect(kind, [p.subject for p in items if p.subject_kind == kind])
        self.records.expect("mechanism", [p.values.get("mechanism", "") for p in items])

    def perform(self, action: str, item: Proposal, form: DraftedForm, by: User) -> Done:
        seen = str(form["seen"].value() or "")
        if action == "dismiss":
            dismiss(item, by=by, seen=seen)
            return Done("dismissed", "The proposal was dismissed and will not come back.")
        if action in ("support", "revise-support"):
            claim = support(item, by=by, seen=seen, revising=action != "support")
            return Done("added", f"The passage was added to a claim about {claim.subject}.")
        filled_in(form)
        claim = accept(
            item,
            by=by,
            wording=form.wording,
            seen=seen,
            revising=action == "revise",
            **_chosen(form.about),
        )
        return Done("accepted", f"A claim about {claim.subject} was drafted.")


def _chosen(about: Subject | str | None) -> dict[str, Any]:
    """The keyword of ``accept``: nothing where no record is chosen."""
    if isinstance(about, Therapy):
        return {"therapy": about}
    return {"mechanism": about} if isinstance(about, Mechanism) else {}
