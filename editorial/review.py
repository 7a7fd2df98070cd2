"""What review knows of a record: judgements that count, what is missing, what may be done now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from editorial.editing import contributions, has_contributed
from editorial.models import Judgement, Record, ReviewEvent, User
from editorial.moves import SUBMIT, Move, Public
from editorial.pairs import Blocker, Pair, Word
from editorial.permissions import has_role
from editorial.states import State
from editorial.typed import unfit
from publication import log, writing
from publication.canonical import digest_of
from publication.models import Contribution

Content = Mapping[str, Any]


def counting_judgements(
    pairs: Sequence[Pair], people: Sequence[Contribution]
) -> dict[str, list[Judgement]]:
    """By pair digest, the newest judgement of each person who did not contribute."""
    insiders = {p.user_id for p in people}
    newest: dict[tuple[str, int], Judgement] = {}
    digests = [pair.digest for pair in pairs]
    for judgement in Judgement.objects.filter(pair__in=digests).order_by("pk"):
        if judgement.user_id not in insiders:
            newest[judgement.pair, judgement.user_id] = judgement
    found: dict[str, list[Judgement]] = {}
    for (pair, _), judgement in newest.items():
        found.setdefault(pair, []).append(judgement)
    return found


def unsaid(user: User, words: Iterable[Word]) -> list[Word]:
    """Those that are not the person's newest word on their pair already, as they would be kept."""
    words = list(words)
    rows = Judgement.objects.filter(pair__in={word.pair for word in words}, user_id=user.pk)
    newest = {row.pair: (row.verdict, row.note) for row in rows.order_by("pk")}
    return [
        word
        for word in words
        if newest.get(word.pair) != (word.verdict, writing.normal(word.note, lines=True))
    ]


def is_agreed(judgements: Sequence[Judgement]) -> bool:
    """At least one agrees and nobody's newest word is disagree; who is not sure leaves it open."""
    agrees = any(j.verdict == Judgement.Verdict.AGREE for j in judgements)
    return agrees and not is_disputed(judgements)


def is_disputed(judgements: Sequence[Judgement]) -> bool:
    """Somebody's newest word is disagree."""
    return any(j.verdict == Judgement.Verdict.DISAGREE for j in judgements)


def unjudged(pairs: Sequence[Pair], people: Sequence[Contribution]) -> list[Pair]:
    """Pairs that still lack the agreement of a non-contributor."""
    found = counting_judgements(pairs, people)
    return [pair for pair in pairs if not is_agreed(found.get(pair.digest, []))]


def standing_judgements(
    pairs: Sequence[Pair], people: Sequence[Contribution]
) -> list[dict[str, Any]]:
    """The agreements as the log keeps them, in the order of the pairs."""
    found = counting_judgements(pairs, people)
    return [
        {
            "pair": pair.digest,
            "group": pair.group,
            "part": pair.part,
            "by": {"id": j.user_id, "name": j.user_name},
            "at": log.stamp(j.at),
        }
        for pair in pairs
        for j in sorted(found.get(pair.digest, []), key=lambda j: j.pk)
        if j.verdict == Judgement.Verdict.AGREE
    ]


def submission_blockers(record: Record, content: Content | None = None) -> list[Blocker]:
    """What refuses a submission: the record's own faults, but those that submitting mends."""
    content = record.content() if content is None else content
    judged = any(content.get(part) for part in record.judged)
    is_something = judged or bool(record.unvouched())
    return [b for b in _faults(record, content, is_something=is_something) if b.own]


def blockers(
    record: Record, content: Content | None = None, pairs: Sequence[Pair] | None = None
) -> list[Blocker]:
    """What stands in the way of approval, judgements aside; of a draft, after its submission.

    ``content`` and ``pairs`` are the record's, where they are made already.
    """
    content = record.content() if content is None else content
    pairs = record.pairs() if pairs is None else pairs
    is_something = bool(pairs) or bool(record.unvouched())
    found = _faults(record, content, is_something=is_something)
    return [*found, *([] if record.is_editable else not_vouched_for(record))]


def not_vouched_for(record: Record) -> list[Blocker]:
    """What rests on no passage and on nobody's word."""
    return [
        Blocker(
            "not-vouched-for",
            f"“{name}” was read from no passage and nobody vouches for it. "
            "Whoever submits the record again does.",
        )
        for name in record.unvouched()
    ]


def _faults(record: Record, content: Content, *, is_something: bool) -> list[Blocker]:
    """Where there is nothing to judge, “all judged” says nothing: whatever else the record says."""
    found = [*record.blockers(), *unfit(content)]
    if not is_something and not any(b.own for b in found):
        found.append(Blocker("nothing-to-judge", "There is nothing to judge: nothing is stated."))
    return found


def is_public_enough(record: Record, move: Move) -> bool:
    """Whether the record has the public standing that the move needs."""
    if move.needs_public == Public.NOW:
        return log.is_public(record.record_type, record.public_id)
    if move.needs_public == Public.ONCE:
        return log.latest_version(record.record_type, record.public_id) > 0
    if move.needs_public == Public.NEVER:
        return log.latest_version(record.record_type, record.public_id) == 0
    return True


def has_submitted(record: Record, user: User) -> bool:
    """Whether it was this person who sent to review what is in review now."""
    newest = submission(record)
    return newest is not None and newest.actor_id == user.pk


def token(record: Record, move: Move) -> str:
    """What changes when the ground of a decision does: saves and moves of the working record, or,
    for what is done to the public one, entries of the log about it.
    """
    if move.needs_public != Public.NOW:
        return str(record.revision)
    newest = log.newest_entry(record.record_type, record.public_id)
    return f"entry {newest.seq if newest else 0}"


def is_what_was_seen(record: Record, move: Move, seen: str) -> bool:
    """Whether ``seen`` is the present ``token``; the digest of the content will do as well, for
    what is done to the working record.
    """
    if seen == token(record, move):
        return True
    return move.needs_public != Public.NOW and len(seen) == 64 and seen == content_digest(record)


def is_own_work(record: Record, move: Move, user: User) -> bool:
    """Whether the move wants fresh eyes and the person contributed to what it is about."""
    public = bool(move.needs_public) or record.working_state == State.APPROVED
    return move.fresh_eyes and has_contributed(record, user, newest_too=public)


@dataclass(frozen=True, slots=True)
class Offer:
    """One move for one person now; ``refusal`` is empty when it is open to them."""

    move: Move
    refusal: str
    seen: str = ""
    """What has to come back with the move: the ``token`` of what the person is shown."""


def offers(record: Record, user: User) -> list[Offer]:
    """The moves that start from the present state, each with the reason if refused."""
    found = []
    for move in record.moves:
        if record.working_state not in move.sources or move.of_a_pair:
            continue
        if not is_public_enough(record, move):
            continue
        refusal = ""
        if not has_role(user, move.role):
            refusal = f"needs the role {move.role}"
        elif is_own_work(record, move, user):
            refusal = "you contributed to this version; somebody else has to review it"
        elif move.by_submitter and not has_submitted(record, user):
            continue  # a matter between the submitter and the draft
        elif move == SUBMIT:
            refusal = "; ".join(b.message for b in submission_blockers(record))
        found.append(Offer(move, refusal, token(record, move)))
    return found


def submission(record: Record, digest: str = "") -> ReviewEvent | None:
    """The newest submission, of the content with this digest if one is given."""
    rows = ReviewEvent.objects.filter(
        record_type=record.record_type, public_id=record.public_id, action=SUBMIT.name
    )
    return (rows.filter(digest=digest) if digest else rows).order_by("-pk").first()


def events(record: Record) -> list[ReviewEvent]:
    """The record's review history, oldest first."""
    return list(
        ReviewEvent.objects.filter(record_type=record.record_type, public_id=record.public_id)
    )


def frozen_content(record: Record) -> dict[str, Any] | None:
    """What a frozen record's content was when it was frozen: as approved, else as submitted."""
    if record.working_state == State.APPROVED:
        entry = log.latest_approval(record.record_type, record.public_id)
        return None if entry is None else entry.body
    event = submission(record)
    return None if event is None else event.body


def content_digest(record: Record) -> str:
    """The digest that a decision is bound to."""
    return digest_of(record.content())


def contributors(record: Record) -> list[Contribution]:
    return contributions(record)
