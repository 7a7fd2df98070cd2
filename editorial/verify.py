"""Checks of the workflow against the log."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from editorial.models import Judgement, ReviewEvent, record_classes
from editorial.states import State
from publication import log
from publication.entries import Entry
from publication.present import known
from publication.verify import Finding


def working_records() -> Iterator[Finding]:
    """A record that is approved has the very content of its newest approval."""
    for record_type, model in record_classes().items():
        for record in model._default_manager.filter(state=State.APPROVED).iterator(chunk_size=200):
            where = f"{record_type} “{record.name}”"
            entry = log.latest_approval(record_type, record.public_id)
            if entry is None:
                yield Finding(where, "is in state approved, and the log has no approval of it")
            elif known(record.content()) != known(entry.stored):
                yield Finding(where, f"was changed after its approval in entry {entry.seq}")


def review_events() -> Iterator[Finding]:
    """Who moved what into the log, with which note, is the same in the log and in the events."""
    moves = {
        (record_type, move.log_action): move.name
        for record_type, model in record_classes().items()
        for move in model.moves
        if move.log_action
    }
    logged = Counter(
        Told(
            *(e.record_type, e.public_id, e.version, moves[e.record_type, e.action]),
            *(e.approver_id, e.note),
        )
        for e in Entry.objects.defer("content").iterator(chunk_size=200)
    )
    told = Counter(
        Told(e.record_type, e.public_id, e.version, e.action, e.actor_id, e.note)
        for e in ReviewEvent.objects.filter(action__in=set(moves.values())).defer("content")
    )
    for it in logged - told:
        yield Finding(it.where, f"the log has “{it.move}”, and no event of review tells it so")
    for it in told - logged:
        yield Finding(it.where, f"an event of review tells “{it.move}”, and the log not so")


class Told(NamedTuple):
    """What an entry and its event both say."""

    record_type: str
    public_id: str
    version: int
    move: str
    by: int
    note: str

    @property
    def where(self) -> str:
        return f"{self.record_type} {self.public_id}, version {self.version}"


def judgements() -> Iterator[Finding]:
    """Every agreement in the log was given by that person at that time."""
    agreed = {
        (judgement.pair, judgement.user_id, log.stamp(judgement.at))
        for judgement in Judgement.objects.filter(verdict=Judgement.Verdict.AGREE).iterator()
    }
    for entry in Entry.objects.defer("content").iterator(chunk_size=200):
        for named in entry.judgement_list:
            if (named["pair"], named["by"]["id"], named["at"]) not in agreed:
                yield Finding(
                    f"log entry {entry.seq}",
                    f"{named['by']['name']} did not agree to the pair {named['pair'][:12]} then",
                )
