"""The page on which anybody checks the public log, and what the site itself checks for it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publication import log
from publication.anchors import Anchor, NoAnchor
from publication.chain import Recomputed, recompute
from therapies.pages.snapshot import Snapshot, public_page
from therapies.wording import moment

MOST = 1_000
"""Entries whose hashes are worked out again for one page."""
_SHOWN = 100
"""Characters of what a reader typed that the form shows again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the log says of a head that somebody kept."""

    kind: str
    """``same``, ``changed``, ``cut-off``, ``mistaken`` or ``no-head``."""
    title: str
    text: str

    @property
    def is_mistake(self) -> bool:
        """Whether what was typed is wrong in itself."""
        return self.kind in ("no-head", "mistaken")


@dataclass(frozen=True, slots=True)
class Check:
    """Which entries were looked at, and what came of it."""

    first: int
    last: int
    chain: Recomputed

    @property
    def holds(self) -> bool:
        """Whether the chain fits, from the first of them to the last."""
        return not self.chain.broken_at and self.chain.number == self.last - self.first + 1

    @property
    def whole(self) -> bool:
        """Whether it began with the first entry of the log."""
        return self.first == 1


EXAMPLES = {
    "answer": Answer(
        "same",
        "The log still holds it",
        "2 entries came after it. The chain up to it was worked out again just now.",
    ),
    "check": Check(first=1, last=6, chain=Recomputed(6, log.GENESIS)),
    "most": MOST,
}
"""What the design page shows of it."""


@public_page
def checking(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """The head of the log, what was worked out again up to it, and whether it holds another."""
    kept = request.GET.get("head", "")
    check = check_upto(snapshot.seq)
    head = log.entries_at([snapshot.seq]).get(snapshot.seq)
    context = {
        "kept": kept.strip()[:_SHOWN],
        "answer": answer_to(kept, newest=snapshot.head, check=check) if kept.strip() else None,
        "check": check,
        "head": head.anchor if head else None,
        "head_at": moment(head.at) if head else None,
        "most": MOST,
        "noindex": bool(request.GET),
    }
    return render(request, "site/log.html", context | snapshot.context())


def check_upto(seq: int) -> Check:
    """Works out the hashes of the newest entries up to ``seq`` again, ``MOST`` at most."""
    after = max(0, seq - MOST)
    chain = recompute(log.envelopes(after, seq), after=after, previous=log.hash_at(after))
    return Check(first=after + 1, last=seq, chain=chain)


def answer_to(text: str, *, newest: int, check: Check) -> Answer:
    """Whether the log, which stands at entry ``newest``, still holds a head that was kept."""
    try:
        kept = Anchor.of(text)
    except NoAnchor:
        return Answer(
            "no-head",
            "That is no head of a log",
            "A head is a number, a colon and 64 digits from 0 to 9 and a to f, as this page and "
            "every version’s own page show it.",
        )
    if kept == Anchor(0, log.GENESIS):
        return Answer(
            "same",
            "Every log begins with this head",
            "It is that of a log without entries, and tells nothing of this one.",
        )
    there = log.seq_of(kept.hash)
    if there and there == kept.seq:
        return _same(kept, newest, check)
    if there:
        return Answer(
            "mistaken",
            "Number and hash do not belong together",
            f"The log has this hash, but as that of entry {there}. The number may be mistyped.",
        )
    if not kept.seq:
        return Answer(
            "no-head",
            "No log has this head",
            "Entry 0 stands for a log without entries, whose hash is 64 zeros.",
        )
    if kept.seq > newest:
        return Answer(
            "cut-off",
            "The log does not reach that far",
            f"Its newest entry is {newest}. Either its end was cut off since you kept the head, "
            "or the head is another log’s. Tell us, and keep your head.",
        )
    return Answer(
        "changed",
        f"Entry {kept.seq} has another hash",
        f"Either what the log said up to entry {kept.seq} was changed since you kept the head, or "
        "the head is another log’s. Tell us, and keep your head.",
    )


def _same(kept: Anchor, newest: int, check: Check) -> Answer:
    """That it is there; how much follows hangs on what was worked out again."""
    since = newest - kept.seq
    came = (
        f"{since} entr{'y' if since == 1 else 'ies'} came after it" if since else "It is the head"
    )
    if check.chain.broken_at and check.chain.broken_at <= kept.seq:
        follows = (
            f"But the chain does not hold at entry {check.chain.broken_at}: see below. Do not rely "
            "on what stands before your head."
        )
    elif kept.seq > check.last:
        follows = "What is worked out below ends before it: this is a look back."
    elif check.whole:
        follows = (
            "The chain up to it was worked out again just now: the envelopes of its entries are "
            "those that were there when you kept it, in the same order, none missing, none put in."
        )
    else:
        follows = (
            f"The chain was worked out again from entry {check.first} on only: what stands before "
            "that was not looked at for this answer."
        )
    return Answer("same", "The log still holds it", f"{came}. {follows}")
