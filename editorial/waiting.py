"""Keeps the table of records in review in step with records, judgements and the log.

Every step of review calls this inside its own transaction; what is read of a record is what the
review page reads. Whether another record can be rested on is written under the log's head lock
alone: at a submission, and when an entry about the other is appended.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Max

from editorial import review
from editorial.models import InReview, Judgement, Need, Record, ReviewEvent, record_classes
from editorial.needs import lacking
from editorial.pairs import Needed, Pair
from editorial.states import State
from publication import log
from publication.folding import words

Facts = dict[str, Any]


def list_submitted(record: Record) -> None:
    """The record was submitted: make its row, and look which others it rests on."""
    log.hold()  # an approval of another that is under way is then seen, or sees the row
    drop(record)
    row = InReview.objects.create(
        record_type=record.record_type, public_id=record.public_id, **facts(record)
    )
    needs = record.needs()
    unmet = lacking(needs)
    Need.objects.bulk_create(
        Need(
            row=row,
            record_type=one.record_type,
            public_id=one.public_id,
            text=one.text,
            met=one not in unmet,
        )
        for one in needs
    )


def list_anew(record: Record) -> None:
    """Somebody else reviews the record: write what that changes."""
    of(record).update(**facts(record))


def list_judged(record: Record, pairs: Sequence[Pair]) -> None:
    """Of the record, which has these pairs, some were judged: that alone may be another now."""
    of(record).update(**_judged(record, pairs), **_reviewing(record))


def drop(record: Record) -> None:
    """Its review ended."""
    of(record).delete()


def of(record: Record) -> Any:
    """The record's row, as a queryset."""
    return InReview.objects.filter(record_type=record.record_type, public_id=record.public_id)


def look_again(record_type: str, public_id: str) -> None:
    """An entry about this record was appended: those that rest on it may wait for it no more, or
    again.
    """
    rows = Need.objects.filter(record_type=record_type, public_id=public_id)
    texts = rows.order_by("text").values_list("text", flat=True).distinct()
    needed = [Needed(record_type, public_id, text) for text in texts]
    unmet = lacking(needed)
    for met in (True, False):
        of_these = [one.text for one in needed if (one not in unmet) is met]
        rows.filter(text__in=of_these).exclude(met=met).update(met=met)


def facts(record: Record) -> Facts:
    """What the row of a record in review says, but for what it rests on."""
    submitted = review.submission(record)
    if submitted is None:
        raise ValueError(f"{record} is in review, and nobody submitted it.")
    pairs = record.pairs()
    blockers = review.blockers(record, pairs=pairs)
    return {
        "name": record.name,
        "words": " ".join(words(f"{record.name} {submitted.actor_name}")),
        "version": submitted.version,
        "submitted_at": submitted.at,
        "submitter_id": submitted.actor_id,
        "submitter_name": submitted.actor_name,
        "note": submitted.note,
        "faults": sum(blocker.own and blocker.is_kept for blocker in blockers),
        **_judged(record, pairs),
        **_reviewing(record),
    }


def _judged(record: Record, pairs: Sequence[Pair]) -> Facts:
    """How many pairs there are, and of how many of them it is said what."""
    said = review.counting_judgements(pairs, review.contributors(record))
    judged = [said.get(pair.digest, []) for pair in pairs]
    return {
        "pairs": len(pairs),
        "agreed": sum(map(review.is_agreed, judged)),
        "disputed": sum(map(review.is_disputed, judged)),
    }


def _reviewing(record: Record) -> Facts:
    """Who reviews what was submitted, since when, and when they did something last."""
    taken = review.taken(record)
    since = None if taken is None else taken.at
    last = None if taken is None else _last_word(record, taken)
    return {
        "reviewer_id": record.reviewer_id,
        "reviewing_since": since,
        "last_judged_at": last,
    }


def _last_word(record: Record, taken: ReviewEvent) -> Any:
    judged = Judgement.objects.filter(
        record_type=record.record_type,
        public_id=record.public_id,
        user_id=taken.actor_id,
        at__gte=taken.at,
    ).aggregate(last=Max("at"))["last"]
    return judged or taken.at


def out_of_step() -> Iterator[tuple[Record, str]]:
    """Every record whose row is missing, wrong, or there although it is not in review."""
    for kind, model in record_classes().items():
        listed = {row.public_id: row for row in InReview.objects.filter(record_type=kind)}
        for record in model._default_manager.filter(state=State.IN_REVIEW).iterator(200):
            row = listed.pop(record.public_id, None)
            if row is None:
                yield record, "is in review, and no queue lists it"
            elif wrong := _wrong(record, row):
                yield record, f"is listed in the queue with another {', '.join(wrong)}"
        for record in model._default_manager.filter(public_id__in=listed):
            yield record, f"is {record.working_state.label}, and the queue lists it as in review"


def _wrong(record: Record, row: InReview) -> list[str]:
    wrong = [name for name, fact in facts(record).items() if getattr(row, name) != fact]
    needs = record.needs()
    unmet = lacking(needs)
    held = {(n.record_type, n.public_id, n.text): n.met for n in row.needs.all()}
    if held != {(n.record_type, n.public_id, n.text): n not in unmet for n in needs}:
        wrong.append("list of what it rests on")
    return wrong


def list_all() -> int:
    """Write every row that is out of step anew; how many there were."""
    found = [record for record, _ in out_of_step()]
    for record in found:
        if record.working_state == State.IN_REVIEW and review.submission(record):
            list_submitted(record)
        else:
            drop(record)
    return len(found)
