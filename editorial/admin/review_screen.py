"""What the review page of a record shows one person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from editorial import interests, review, rounds, sheet
from editorial.admin.judging import REPLY, Sent
from editorial.editing import has_contributed
from editorial.models import Judgement, Record, User
from editorial.moves import JUDGE, SUBMIT
from editorial.pairs import Pair
from editorial.permissions import has_role
from editorial.places import page_of
from editorial.readiness import Readiness, readiness
from editorial.sheet import Line
from editorial.states import Role, State
from publication import log
from publication.canonical import digest_of
from publication.difference import Body, Group, Row
from publication.present import present

Tell = Callable[[Body, Body], list[Group]]
InTexts = Callable[[Sequence[Pair]], Mapping[str, sheet.InText]]
ASKED_EVERYWHERE = frozenset({"digest"})
"""What the page's own forms give; a move that takes more has a form of its own."""


def context(
    record: Record, by: User, typed: Sent, *, tell: Tell, in_texts: InTexts
) -> dict[str, Any]:
    """``tell`` says in words what differs between two contents; ``in_texts`` where the text of
    each pair is.
    """
    pairs, content = record.pairs(), record.content()
    people, events = review.contributors(record), review.events(record)
    said = review.counting_judgements(pairs, people)
    blockers = review.blockers(record, content, pairs)
    mine = rounds.last_round(record, by, events)
    public = log.latest_approval(record.record_type, record.public_id)
    digests, insiders = {pair.digest for pair in pairs}, {p.user_id for p in people}
    against = [
        replace(one, typed=typed.answers.get(one.judgement.pk, ""))
        for one in rounds.disagreements(record, events, digests, insiders)
    ]
    now = present(content)
    base = mine.body if mine else public.body if public else None
    groups = tell(base, now) if base is not None else []
    lines = sheet.lines(
        pairs,
        said=said,
        by=by.pk,
        typed=typed.words,
        before=_before(record, base, groups),
        disagreements=against,
        in_texts=in_texts(pairs),
    )
    since = _since_public(record, public, now, pairs, tell)
    shown = {pair.group for pair in pairs}
    contributed = has_contributed(record, by)
    no_judging = why_no_judging(record, by, contributed=contributed)
    return {
        "typed": typed,
        "lines": lines,
        "passages": sheet.by_passage(lines),
        "verdicts": Judgement.Verdict.choices,
        "next_pair": _next(lines),
        **_readiness(record, readiness(pairs, said, blockers)),
        "no_judging": no_judging,
        "homeless_words": _homeless(typed, [] if no_judging else pairs),
        "digest": digest_of(content),
        "seen": str(record.revision),
        "unvouched": record.unvouched() if record.is_editable else [],
        "changes": _beside(since, shown),
        "is_same": public is not None and not since,
        "round": mine,
        "since_mine": _beside(groups, shown) if mine else [],
        "submitted": _submitted(record),
        "gone": [one for one in against if one.group not in shown],
        "may_reply": has_role(by, Role.EDITOR),
        "interests": interests.declared(by),
        "people": people,
        "contributed": contributed,
        **_offers(record, by, typed),
    }


def _homeless(typed: Sent, pairs: Sequence[Pair]) -> list[str]:
    """Notes beside pairs that have no field any more; ``pairs`` have one."""
    there = {pair.digest for pair in pairs}
    return [word.note for pair, word in typed.words.items() if word.note and pair not in there]


def _next(lines: Sequence[Line]) -> str:
    """The first pair that the person has not judged and that lacks an agreement."""
    open_ones = (line for line in lines if not (line.agreed or line.mine.verdict))
    return next((line.pair.digest for line in open_ones), "")


def _readiness(record: Record, ready: Readiness) -> dict[str, Any]:
    return {
        "readiness": ready,
        "awaited": [(one, page_of(one.record, "review")) for one in ready.awaited],
        "bundle_url": page_of(record, "bundle") if ready.is_judged and ready.may_be_bundled else "",
    }


def _before(record: Record, base: Body | None, groups: list[Group]) -> sheet.Before | None:
    if base is None:
        return None
    rows = (row for group in groups for row in group.rows)
    return sheet.Before.of(record.bound(base), rows)


def _since_public(
    record: Record, public: Any, now: Body, pairs: list[Pair], tell: Tell
) -> list[Group]:
    """Of a record that was never public, everything that is not judged pair by pair."""
    if public is not None:
        return tell(public.body, now)
    judged = record.judged | {pair.group for pair in pairs}
    return tell({}, {key: part for key, part in now.items() if key not in judged})


def _beside(groups: list[Group], shown: set[str]) -> list[Group]:
    """Without what is told at its statement."""

    def elsewhere(row: Row) -> bool:
        return len(row.path) > 1 and row.path[1] in shown

    kept = [
        Group(group.heading, group.quoted, [row for row in group.rows if not elsewhere(row)])
        for group in groups
    ]
    return [group for group in kept if group.rows]


def _submitted(record: Record) -> Any:
    return review.submission(record) if record.working_state == State.IN_REVIEW else None


def _offers(record: Record, by: User, typed: Sent) -> dict[str, Any]:
    """The moves, by the kind of form that each has; what cannot be done by whoever looks is not
    among the decisions.
    """
    offers = review.offers(record, by)
    own = [o for o in offers if not ASKED_EVERYWHERE.issuperset(o.move.takes)]
    decisions = [o for o in offers if o.move.decides]
    explained = [o for o in offers if o.move.explained and o not in (*own, *decisions)]
    may = [o for o in decisions if not o.refusal]
    deciding = {JUDGE.name, *(o.move.name for o in may)} if may else set()
    fields = {o.move.name for o in (*own, *explained) if not o.refusal} | deciding | {"", REPLY}
    fields |= {o.move.name for o in offers if o.move == SUBMIT and not o.refusal}
    return {
        "decisions": may,
        "no_deciding": "" if may or not decisions else decisions[0].refusal,
        "plain": [o for o in offers if o not in (*own, *explained, *decisions)],
        "explained": explained,
        "decision_note": typed.note if typed.action in deciding else "",
        # Where it has no form any more, what was written is shown all the same.
        "homeless_note": "" if typed.action in fields else typed.note,
    }


def why_no_judging(record: Record, by: User, *, contributed: bool) -> str:
    """Why this person cannot judge now; empty when they can."""
    if record.working_state != State.IN_REVIEW:
        return f"The record is now “{record.working_state.label}”: pairs are judged in review."
    if not has_role(by, Role.REVIEWER):
        return "Judging needs the role reviewer."
    if contributed:
        return "You contributed to this version, so somebody else has to judge it."
    return ""
