"""What people do to records: one function a verb, one transaction each, the actor always ``by``.

Every verb performs one move of the table, raises a named ``EditorialError`` before anything is
written, and returns the locked record as it is afterwards.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from django.utils import timezone

from editorial import review, waiting
from editorial.assigning import assign as assign
from editorial.assigning import assign_chosen
from editorial.editing import (
    coming_version,
    contributions,
    record_contribution,
    take_over_contributions,
)
from editorial.errors import (
    AlreadyPublicAddress,
    Blocked,
    NoContributor,
    NoSuchChoice,
    NoteMissing,
    StaleContent,
    Unchanged,
    UnknownPair,
)
from editorial.models import Judgement, Record, User
from editorial.moves import (
    APPROVE,
    ASSIGN,
    DISCARD,
    DROP,
    JUDGE,
    RECALL,
    REJECT,
    REOPEN,
    REQUEST_CHANGES,
    REVISE,
    SUBMIT,
    TAKE,
    WITHDRAW,
    Move,
)
from editorial.noting import says_something, written
from editorial.pairs import Blocker, Pair, Word
from editorial.performing import Step, perform
from editorial.review import standing_judgements, unjudged
from publication.canonical import digest_of
from publication.difference import compare
from publication.present import present
from publication.published import PublishedAddress

R = TypeVar("R", bound=Record)


def submit(record: R, *, by: User, note: str = "", seen: str | None = None) -> R:
    """Send a draft to review; the submitter becomes a contributor, and vouches for it: by name for
    what no passage shows and nobody vouched for yet.
    """

    def send(step: Step[R]) -> None:
        step.record.renew()
        step.content = step.record.content()
        if own := review.submission_blockers(step.record, step.content):
            raise Blocked(own)
        record_contribution(step.record, by=step.by, what="submitted")
        for other in step.record.borrowed():
            take_over_contributions(step.record, other)
        if step.record.vouch(step.by):
            step.content = step.record.content()
        if left := review.not_vouched_for(step.record):
            raise Blocked(left)

    return perform(record, SUBMIT, by=by, note=note, seen=seen, effect=send)


def recall(record: R, *, by: User, note: str = "", seen: str | None = None) -> R:
    """Take back what one submitted: it is a draft again."""
    return perform(record, RECALL, by=by, note=note, seen=seen)


def take(record: R, *, by: User, note: str = "", seen: str | None = None) -> R:
    """Say who reviews; another reviewer may take it over."""

    def name(step: Step[R]) -> None:
        if step.record.reviewer == step.by and review.taken(step.record):
            raise Unchanged("You review this already.")
        step.record.reviewer = step.by

    return perform(record, TAKE, by=by, note=note, seen=seen, effect=name)


def judge(record: R, *, pair: str, verdict: str, by: User, note: str = "") -> R:
    """``judge_each`` of one pair."""
    return judge_each(record, words=[Word(pair, verdict, note)], by=by)


def judge_each(record: R, *, words: Sequence[Word], by: User) -> R:
    """Agree or disagree that each pair's passage bears on its statement as directed, or be not
    sure: all are kept or none.

    Who disagrees says why. Who says again what was their newest word on the pair writes nothing.
    """

    def keep(step: Step[R]) -> None:
        pairs = step.record.pairs()
        known = {pair.digest for pair in pairs}
        for word in words:
            _check(word, known)
        for word in review.unsaid(step.by, words):
            _keep(step, word)
        waiting.list_judged(step.record, pairs)

    return perform(record, JUDGE, by=by, effect=keep)


def _check(word: Word, known: Collection[str]) -> None:
    if word.verdict not in Judgement.Verdict.values:
        raise NoSuchChoice("A judgement is agree, disagree or not sure.")
    if word.pair not in known:
        raise UnknownPair(
            "This pair of statement and passage is not part of the present content. "
            "Reload the review page and judge the present one."
        )
    note = written(word.note)
    if word.verdict == Judgement.Verdict.DISAGREE and not says_something(note):
        raise NoteMissing("Disagree: write the reason, so that the editors can mend it.")


def _keep(step: Step[R], word: Word) -> None:
    Judgement.objects.create(
        pair=word.pair,
        record_type=step.record.record_type,
        public_id=step.record.public_id,
        user_id=step.by.pk,
        user_name=step.by.display_name,
        verdict=Judgement.Verdict(word.verdict),
        note=written(word.note),
        at=timezone.now(),
    )


def request_changes(record: R, *, by: User, note: str, seen: str | None = None) -> R:
    """Send the record back to its editors with a note."""
    return perform(record, REQUEST_CHANGES, by=by, note=note, seen=seen)


def reject(record: R, *, by: User, note: str, seen: str | None = None) -> R:
    """Close the review without publishing; ``reopen`` makes it a draft again."""
    return perform(record, REJECT, by=by, note=note, seen=seen)


def revise(record: R, *, by: User, note: str = "", seen: str | None = None) -> R:
    """Open a draft on an approved record; readers keep the public version."""
    return perform(record, REVISE, by=by, note=note, seen=seen)


def reopen(record: R, *, by: User, note: str = "", seen: str | None = None) -> R:
    """Make a rejected or discarded record a draft again."""
    return perform(record, REOPEN, by=by, note=note, seen=seen)


def discard(record: R, *, by: User, digest: str, note: str = "", seen: str | None = None) -> R:
    """Drop the draft whose digest was on the screen: the rows go back to the last approved
    content. What is dropped stays on record in the event.
    """

    def back(step: Step[R]) -> None:
        step.content = step.record.content()
        if digest_of(step.content) != digest:
            raise StaleContent([], known=False)
        newest = step.newest
        if newest is not None:  # which the table demands
            step.record.restore(newest.body)

    return perform(record, DISCARD, by=by, note=note, seen=seen, effect=back)


def drop(record: R, *, by: User, note: str, seen: str | None = None) -> R:
    """Discard a record that never was public, with a reason; nothing of it is lost."""
    return perform(record, DROP, by=by, note=note, seen=seen)


def approve(
    record: R,
    *,
    by: User,
    digest: str,
    note: str,
    seen: str | None = None,
    dated: str = "",
) -> R:
    """Publish exactly the content whose digest was on the reviewer's screen."""

    def publish(step: Step[R]) -> None:
        people = contributions(step.record)
        if not people:
            raise NoContributor(
                "Nobody is recorded as contributor of this version, so nobody vouches for it. "
                "Send it back; it has to be submitted by a person."
            )
        step.content, pairs = step.record.content(), step.record.pairs()
        _require_seen(step.record, seen=digest, content=step.content)
        _require_ready(step.record, step.content, pairs, unjudged=unjudged(pairs, people))
        step.append(
            step.content,
            version=coming_version(step.record),
            contributors=[{"id": p.user_id, "name": p.user_name} for p in people],
            judgements=standing_judgements(pairs, people),
        )

    return perform(record, APPROVE, by=by, note=note, seen=seen, dated=dated, effect=publish)


def withdraw(record: R, *, by: User, note: str, seen: str | None = None, dated: str = "") -> R:
    """The emergency exit: take the public version down at once; the working state stays."""
    return perform(record, WITHDRAW, by=by, note=note, seen=seen, dated=dated, effect=Step.mark)


Verb = Callable[..., Record]
VERBS: dict[Move, Verb] = {
    SUBMIT: submit,
    TAKE: take,
    ASSIGN: assign_chosen,
    JUDGE: judge,
    APPROVE: approve,
    WITHDRAW: withdraw,
    DISCARD: discard,
}
"""The verbs of moves that do more than change the state."""


def _require_seen(locked: Record, *, seen: str, content: dict[str, Any]) -> None:
    """The content must be the one on the reviewer's screen, which must be the one submitted."""
    now = digest_of(content)
    newest = review.submission(locked)
    if seen == now and newest is not None and newest.digest == now:
        return
    basis = review.submission(locked, seen) if seen != now else newest
    body = basis.body if basis is not None else None
    raise StaleContent(compare(body, present(content)) if body else [], known=body is not None)


def _why_not_agreed(locked: Record, pair: Pair) -> str:
    what = f"{pair.card.heading}: {pair.card.text}"
    said = review.counting_judgements([pair], contributions(locked)).get(pair.digest, [])
    against = [j.user_name for j in said if j.verdict == Judgement.Verdict.DISAGREE]
    if against:
        names = " and ".join(against)
        return f"Judged “disagree” by {names}, who may judge it anew unless it changes: {what}"
    return f"Not judged “agree” by a reviewer: {what}"


def _require_ready(
    locked: Record, content: dict[str, Any], pairs: list[Pair], *, unjudged: list[Pair]
) -> None:
    """Everything that approval demands of the content, all reasons at once."""
    taken = (
        PublishedAddress.objects.filter(record_type=locked.record_type, slug=content["slug"])
        .exclude(public_id=locked.public_id)
        .exists()
    )
    if taken or locked.address_is_an_id():
        raise AlreadyPublicAddress(
            f"The address “{content['slug']}” belongs to another record, now or in the past. "
            "Send it back and choose another address."
        )
    blockers = review.blockers(locked, content, pairs)
    blockers += [Blocker("not-judged", _why_not_agreed(locked, pair)) for pair in unjudged]
    if blockers:
        raise Blocked(blockers)
