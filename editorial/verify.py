"""Checks of the workflow against the log: every entry is tied to what made it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from editorial import waiting
from editorial.dossiers import Dossier, dossiers
from editorial.models import Judgement, Record, User
from editorial.moves import APPROVE, MOVES, SUBMIT
from editorial.states import State
from publication import actions as log_actions
from publication import log, writing
from publication.canonical import digest
from publication.clock import TOLERANCE
from publication.entries import Entry
from publication.log import Person
from publication.present import known
from publication.verify import Check, Finding, Watch, each

People = dict[int, bool]
"""By the id of every account, whether it is one of the demonstration."""


def records(watch: Watch) -> Iterator[Finding]:
    """Log, reviews, contributions, judgements and working rows tell the same of every record."""
    people: People = dict(User.objects.values_list("pk", "demonstration"))
    yield from each(watch(dossiers(), 0), str, partial(_record, people=people))


def _record(dossier: Dossier, people: People) -> Iterator[Finding]:
    yield from _people(dossier, people)
    yield from _events(dossier)
    if dossier.model is None:
        return
    yield from _told(dossier)
    yield from _dated(dossier)
    for entry in dossier.approvals:
        yield from _submitted(entry, dossier)
        yield from _four_eyes(entry, dossier)
        yield from _agreed(entry, dossier)
    yield from _working(dossier)


# Who did it


def _people(dossier: Dossier, people: People) -> Iterator[Finding]:
    """Everybody who is named has an account, and a demonstration is called one."""
    for entry in dossier.entries:
        named: list[Person] = [{"id": entry.approver_id, "name": entry.approver_name}]
        named += entry.contributor_list
        named += [judgement["by"] for judgement in entry.judgement_list]
        for person in {person["id"]: person for person in named}.values():
            if person["id"] not in people:
                yield Finding(
                    f"log entry {entry.seq}",
                    f"names {person['name']}, and no account has the id {person['id']}",
                )
        one = any(people.get(person["id"]) for person in named)
        if one and not entry.demonstration:
            yield Finding(f"log entry {entry.seq}", "is not marked as demonstration, and is one")
        elif entry.demonstration and not one:
            yield Finding(f"log entry {entry.seq}", "is marked as demonstration, and is none")
    rows = [
        *((f"event of review {e.pk}", e.actor_id, e.actor_name) for e in dossier.events),
        *((f"contribution {c.pk}", c.user_id, c.user_name) for c in dossier.contributions),
        *((f"judgement {j.pk}", j.user_id, j.user_name) for j in dossier.judgements),
    ]
    for where, user_id, name in rows:
        if user_id not in people:
            yield Finding(where, f"names {name}, and no account has the id {user_id}")
    for judgement in dossier.judgements:
        if judgement.verdict not in Judgement.Verdict.values:
            yield Finding(f"judgement {judgement.pk}", f"is neither: {judgement.verdict!r}")


# What led to it


_KEEP = frozenset(move.name for move in MOVES if move.keeps_content)


def _events(dossier: Dossier) -> Iterator[Finding]:
    """Each step of a record starts where the one before ended, and keeps what it says it keeps."""
    state = State.DRAFT.value
    for event in dossier.events:
        where = f"event of review {event.pk}"
        if event.action in _KEEP and not event.content and dossier.model is not None:
            yield Finding(where, f"“{event.action}” keeps the content, and has none")
        if event.content and event.digest != digest(event.content):
            yield Finding(where, "its digest is not the digest of its content")
        if dossier.model is not None and event.from_state != state:
            yield Finding(
                where, f"starts from “{event.from_state}”, and {dossier} was “{state}” before it"
            )
        state = event.to_state


class Told(NamedTuple):
    """What an entry and its event both say."""

    version: int
    move: str
    by: int
    name: str
    note: str
    digest: str


def _told(dossier: Dossier) -> Iterator[Finding]:
    """Who moved what into the log, with which note, is the same in the log and in the events."""
    moves = dossier.logged_moves
    logged = Counter(
        Told(
            version=entry.version,
            move=moves.get(entry.action, entry.action),
            by=entry.approver_id,
            name=writing.tidied(entry.approver_name),
            note=entry.note,
            digest=entry.digest if entry.action == log_actions.APPROVE else "",
        )
        for entry in dossier.entries
    )
    told = Counter(
        Told(
            version=event.version,
            move=event.action,
            by=event.actor_id,
            name=writing.tidied(event.actor_name),
            note=event.note,
            digest=event.digest,
        )
        for event in dossier.events
        if event.action in moves.values()
    )
    for it in logged - told:
        what = f"the log has “{it.move}” by {it.by}, and no event of review tells it so"
        yield Finding(f"{dossier}, version {it.version}", what)
    for it in told - logged:
        what = f"an event of review tells “{it.move}” by {it.by}, and the log not so"
        yield Finding(f"{dossier}, version {it.version}", what)


def _submitted(entry: Entry, dossier: Dossier) -> Iterator[Finding]:
    """What was approved had been submitted, byte for byte, by one of its contributors."""
    where = f"log entry {entry.seq}"
    submissions = [
        event
        for event in dossier.events
        if (event.action, event.version) == (SUBMIT.name, entry.version)
        and event.digest == entry.digest
    ]
    if not submissions:
        yield Finding(where, "approves what nobody submitted: no event has this very content")
        return
    contributors = {person["id"] for person in entry.contributor_list}
    if not contributors.intersection(event.actor_id for event in submissions):
        yield Finding(where, f"{submissions[-1].actor_name} submitted it and is no contributor")
    approved = [e for e in dossier.events if (e.action, e.version) == (APPROVE.name, entry.version)]
    if approved and min(e.pk for e in submissions) > max(e.pk for e in approved):
        yield Finding(where, "was submitted after it was approved")


def _dated(dossier: Dossier) -> Iterator[Finding]:
    """An entry bears the time of its event, or repeats that of the entry before it."""
    moves = dossier.logged_moves
    times: dict[tuple[str, int], list[dt.datetime]] = {}
    for event in dossier.events:
        times.setdefault((event.action, event.version), []).append(event.at)
    for entry in dossier.entries:
        at = dt.datetime.fromisoformat(entry.at)
        its = times.get((moves.get(entry.action, ""), entry.version), [])
        if not its or any(abs(at - when) <= TOLERANCE for when in its):
            continue
        if not Entry.objects.filter(seq=entry.seq - 1, at=entry.at).exists():
            yield Finding(f"log entry {entry.seq}", "is dated otherwise than the event of it")


# Who agreed


def _four_eyes(entry: Entry, dossier: Dossier) -> Iterator[Finding]:
    """No approval by a contributor, none without contributors, none that leaves one out."""
    where = f"log entry {entry.seq}"
    named = {person["id"] for person in entry.contributor_list}
    recorded = {c.user_id for c in dossier.contributions if c.version == entry.version}
    if not recorded:
        yield Finding(where, "no contributor is recorded")
    if entry.approver_id in named | recorded:
        yield Finding(where, "the approver is a contributor")
    if recorded - named:
        yield Finding(where, "a recorded contributor is not named in it")
    if recorded and named - recorded:
        yield Finding(where, "names a contributor of whom no contribution is recorded")
    called = {
        (c.user_id, writing.tidied(c.user_name))
        for c in dossier.contributions
        if c.version == entry.version
    }
    for person in entry.contributor_list:
        if person["id"] in recorded and (person["id"], person["name"]) not in called:
            yield Finding(where, f"names {person['name']}, and the contribution another name")


def _agreed(entry: Entry, dossier: Dossier) -> Iterator[Finding]:
    """To every published pair somebody agreed who is no contributor: in the entry and in the
    table of judgements, and nobody's last word was against it.
    """
    where = f"log entry {entry.seq}"
    insiders = {person["id"] for person in entry.contributor_list}
    at = dt.datetime.fromisoformat(entry.at)
    given = {
        (
            *(judgement.pair, judgement.user_id, log.stamp(judgement.at)),
            writing.tidied(judgement.user_name),
        )
        for judgement in dossier.judgements
        if judgement.verdict == Judgement.Verdict.AGREE
    }
    pairs, parts, seen = set(), set(), set()
    for named in entry.judgement_list:
        said = (named["pair"], named["by"]["id"], named["at"], named["by"]["name"])
        # Two claims of the same words have one pair between them, and each a place of its own.
        place = (*said, named["group"], named["part"])
        if place in seen:
            yield Finding(where, f"has the judgement of {named['by']['name']} twice")
        seen.add(place)
        if said not in given:
            yield Finding(
                where,
                f"{named['by']['name']} did not agree to the pair {named['pair'][:12]} then",
            )
        if named["by"]["id"] in insiders:
            yield Finding(where, f"{named['by']['name']} judged it and is a contributor")
        elif said in given:
            pairs.add((named["pair"], named["group"], named["part"]))
            parts.add((named["group"], named["part"]))
    yield from _covered(entry, dossier, pairs=pairs, parts=parts)
    for against in _last_words(dossier, insiders, until=at - TOLERANCE):
        if (
            against.pair in {pair for pair, _, _ in pairs}
            and against.verdict == Judgement.Verdict.DISAGREE
        ):
            yield Finding(
                where,
                f"{against.user_name} disagreed to the pair {against.pair[:12]} (judgement "
                f"{against.pk}) and did not change their mind",
            )


def _covered(
    entry: Entry,
    dossier: Dossier,
    *,
    pairs: set[tuple[str, str, str]],
    parts: set[tuple[str, str]],
) -> Iterator[Finding]:
    """A content of an older schema is asked by the names of its pairs alone: what a judgement is
    bound to may have been called otherwise when it was given.
    """
    assert dossier.model is not None  # noqa: S101
    where, schema = f"log entry {entry.seq}", entry.stored.get("schema")
    if not isinstance(schema, int) or schema > dossier.model.schema:
        yield Finding(
            where,
            f"is of schema {schema}, and this program knows {dossier.model.schema}: whether "
            "somebody agreed to all of it cannot be told",
        )
        return
    for pair in dossier.model.bound(entry.body):
        if schema == dossier.model.schema:
            agreed = (pair.digest, pair.group, pair.part) in pairs
        else:
            agreed = (pair.group, pair.part) in parts
        if not agreed:
            name = " ".join(filter(None, (pair.group, pair.part)))
            yield Finding(where, f"publishes the pair {name}, and nobody agreed to it")


def _last_words(dossier: Dossier, insiders: set[int], *, until: dt.datetime) -> Iterator[Judgement]:
    """The newest judgement of each outsider on each pair, up to a moment; a change of mind counts
    until a little later, since two machines' clocks differ.
    """
    newest: dict[tuple[str, int], Judgement] = {}
    for judgement in dossier.judgements:
        late = judgement.at > until
        if judgement.user_id in insiders or (
            late and judgement.verdict == Judgement.Verdict.DISAGREE
        ):
            continue
        newest[judgement.pair, judgement.user_id] = judgement
    yield from newest.values()


# What became of it


def _working(dossier: Dossier) -> Iterator[Finding]:
    """The working row is there, in the state that its events led to, and what is frozen is what
    was approved or submitted.
    """
    assert dossier.model is not None  # noqa: S101
    if not dossier.working:
        yield Finding(str(dossier), "is in log or reviews, and its working record is gone")
        return
    record = dossier.model._default_manager.get(pk=dossier.working[0])
    where = f"{dossier.record_type} “{record.name}”"
    state = dossier.events[-1].to_state if dossier.events else State.DRAFT.value
    if record.state != state:
        yield Finding(where, f"is in state “{record.state}”, and its events end in “{state}”")
    if record.state == State.APPROVED:
        yield from _as_approved(record, dossier, where)
    elif record.state in (State.IN_REVIEW, State.REJECTED):
        yield from _as_submitted(record, dossier, where)


def _as_approved(record: Record, dossier: Dossier, where: str) -> Iterator[Finding]:
    if not dossier.approvals:
        yield Finding(where, "is in state approved, and the log has no approval of it")
        return
    newest = dossier.approvals[-1]
    if known(record.content()) != known(newest.stored):
        yield Finding(where, f"was changed after its approval in entry {newest.seq}")


def _as_submitted(record: Record, dossier: Dossier, where: str) -> Iterator[Finding]:
    submissions = [event for event in dossier.events if event.action == SUBMIT.name]
    if not submissions:
        yield Finding(where, "is in review, and nobody submitted it")
        return
    newest = submissions[-1]
    recorded = {c.user_id for c in dossier.contributions if c.version == newest.version}
    if newest.actor_id not in recorded:
        yield Finding(where, f"{newest.actor_name} submitted it, and no contribution is recorded")
    if known(record.content()) != known(newest.body):
        yield Finding(where, f"was changed after its submission (event {newest.pk})")


def queue(watch: Watch) -> Iterator[Finding]:
    """The queue lists what is in review, as it is."""
    for record, what in watch(waiting.out_of_step(), 0):
        yield Finding(f"{record.record_type} “{record.name}”", what)


CHECKS: tuple[Check, ...] = (
    Check("records, reviews and judgements equal the log", records),
    Check("the queue equals the records in review", queue),
)
