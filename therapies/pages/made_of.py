"""Of which rows the parts of a record's page are made: found by their keys alone, in few queries.

What is here and what makes the parts (``subjects``, ``therapies``, ``mechanisms``, ``sources``,
``claims``) belong together: a row that is read there is found here, or a page tells what was.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from publication.entries import Entry
from publication.plainly import LISTED, NEVER, Asked, Found, Where, among, ask, keys, within
from publication.published import PublishedRecord
from publication.remembered import Remembered
from sources.published import PublishedSource
from therapies.differences import cited_in
from therapies.pages.corrections import until
from therapies.pages.parts import Rows
from therapies.pages.snapshot import Snapshot
from therapies.published import (
    ONE,
    PublishedClaim,
    PublishedEvidence,
    PublishedMechanism,
    PublishedSubject,
    PublishedTherapy,
    with_below,
)

MadeOf = Callable[[Entry, PublishedRecord, Snapshot], "list[Rows]"]
"""The groups of parts of a record's page, the first of its content, each with its rows."""

TOLD = ("title", "description", "head", "opening", "sections", "foot")
"""Parts of a subject's page that its content decides, and the rows that it refers to."""
BESIDE = ("first", "last")
"""Those that other records decide."""
OF_SOURCE = ("title", "description", "head", "opening", "foot")
IN_USE = ("passages",)
OF_CLAIM = ("title", "description", "content")
COMPARED = ("title", "description", "opening", "before", "table")
CHOOSE = ("choose",)


# What contents refer to.


@dataclass(frozen=True, slots=True)
class Refers:
    """The public ids of what a content refers to."""

    sources: frozenset[str]
    mechanisms: frozenset[str]
    above: str = ""
    before: frozenset[str] = frozenset()
    """The mechanisms that the versions before named."""


_refers: Remembered[Refers] = Remembered(most=4_000_000)
_AN_ID = 80
"""Bytes of a public id in memory, about."""


def _of_subject(table: type[PublishedSubject], entry: Entry) -> Refers:
    if found := _refers.get((entry.hash, "")):
        return found
    sources, mechanisms = cited_in([entry.body])
    _, before = cited_in([told.says.body for told in until(entry)])
    above = entry.body[table.above]
    refers = Refers(
        frozenset(sources), frozenset(mechanisms), above["id"] if above else "", frozenset(before)
    )
    return _kept(entry, "", refers)


def _of_claim(entry: Entry, claim_id: str) -> Refers:
    if found := _refers.get((entry.hash, claim_id)):
        return found
    claims = [claim for claim in entry.body["claims"] if claim["id"] == claim_id]
    sources, mechanisms = cited_in([{"claims": claims}])
    return _kept(entry, claim_id, Refers(frozenset(sources), frozenset(mechanisms)))


def _kept(entry: Entry, part: str, refers: Refers) -> Refers:
    ids = len(refers.sources) + len(refers.mechanisms) + len(refers.before)
    return _refers.keep((entry.hash, part), refers, _AN_ID * (ids + 8))


# The rows of a page as the public has it.


def therapy(entry: Entry, row: PublishedRecord, snapshot: Snapshot) -> list[Rows]:
    one_of = cast(PublishedTherapy, row).one_of_id
    seq, refers = snapshot.seq, _of_subject(PublishedTherapy, entry)
    acts = _acting(refers.mechanisms, seq)
    near = {row.public_id, one_of, refers.above} - {""}
    named = among("public_id", near | {act.other for act in acts})
    named |= ONE & among("one_of_id", near)
    sources, therapies, referred = _ask(
        refers,
        seq,
        snapshot,
        _sources(refers, seq, acts),
        Asked(PublishedTherapy, seq, LISTED & named),
    )
    return [
        Rows.of(
            TOLD,
            own=[row.key],
            sources=keys(one for one in sources if one.id in refers.sources),
            above=keys(one for one in therapies if one.id == refers.above),
            **referred,
        ),
        Rows.of(
            BESIDE,
            own=[row.key],
            sources=keys(sources),
            therapies=keys(therapies),
            mechanisms=referred["mechanisms"],
            claims=keys(acts),
        ),
    ]


def mechanism(entry: Entry, row: PublishedRecord, snapshot: Snapshot) -> list[Rows]:
    seq, refers = snapshot.seq, _of_subject(PublishedMechanism, entry)
    itself_too = LISTED & with_below(PublishedMechanism, row.public_id, seq)
    (kinds,) = ask(Asked(PublishedMechanism, seq, itself_too))
    acts = _acting([kind.id for kind in kinds], seq)
    named = among("public_id", {act.other for act in acts})
    sources, therapies, above, referred = _ask(
        refers,
        seq,
        snapshot,
        _sources(refers, seq, acts),
        Asked(PublishedTherapy, seq, LISTED & named if acts else NEVER),
        Asked(PublishedMechanism, seq, _is(refers.above)),
    )
    return [
        Rows.of(
            TOLD,
            own=[row.key],
            sources=keys(one for one in sources if one.id in refers.sources),
            above=keys(above),
            **referred,
        ),
        Rows.of(
            BESIDE,
            own=[row.key],
            sources=keys(sources),
            therapies=keys(therapies),
            kinds=keys(kinds),
            claims=keys(acts),
        ),
    ]


def source(entry: Entry, row: PublishedRecord, snapshot: Snapshot) -> list[Rows]:
    told_from_it = Where("source_id = %s", (row.public_id,))
    now, evidence = ask(
        _now(row, snapshot), Asked(PublishedEvidence, snapshot.seq, told_from_it, id="claim_id")
    )
    return [
        Rows.of(OF_SOURCE, own=[row.key], now=keys(now)),
        # With a passage its claim comes and goes.
        Rows.of(IN_USE, own=[row.key], evidence=keys(evidence)),
    ]


def claim(entry: Entry, row: PublishedClaim, snapshot: Snapshot) -> Rows:
    seq, refers = snapshot.seq, _of_claim(entry, row.claim_id)
    sources, referred = _ask(refers, seq, snapshot, _sources(refers, seq))
    return Rows.of(OF_CLAIM, own=[row.key], sources=keys(sources), **referred)


def compared(chosen: Sequence[PublishedTherapy], snapshot: Snapshot) -> Rows:
    """Of therapies beside each other; in which order is for who asks."""
    seq, ids = snapshot.seq, [row.public_id for row in chosen]
    claims = Asked(PublishedClaim, seq, among("subject_id", ids), id="claim_id")
    evidence = Asked(PublishedEvidence, seq, within("claim_id", claims), id="source_id")
    classes = among("public_id", {row.one_of_id for row in chosen} - {""})
    sources, mechanisms, above = ask(
        Asked(PublishedSource, seq, within("public_id", evidence)),
        Asked(PublishedMechanism, seq, within("public_id", replace(claims, id="mechanism_id"))),
        Asked(PublishedTherapy, seq, LISTED & classes),
    )
    return Rows.of(
        COMPARED,
        own=[row.key for row in chosen],
        sources=keys(sources),
        mechanisms=keys(mechanisms),
        above=keys(above),
    )


def choose(snapshot: Snapshot, *, most: int) -> Rows:
    """Of what may be set beside each other, no more than so many."""
    every = PublishedTherapy.objects.as_of(snapshot.seq).listed().order_by()
    return Rows.of(CHOOSE, therapies=sorted(every.values_list("key", flat=True)[:most]))


# The rows of a version's page.


def therapy_version(entry: Entry, row: PublishedRecord, snapshot: Snapshot) -> list[Rows]:
    return _version(PublishedTherapy, entry, row, snapshot)


def mechanism_version(entry: Entry, row: PublishedRecord, snapshot: Snapshot) -> list[Rows]:
    return _version(PublishedMechanism, entry, row, snapshot)


def _version(
    table: type[PublishedSubject], entry: Entry, row: PublishedRecord, snapshot: Snapshot
) -> list[Rows]:
    seq, refers = entry.seq, _of_subject(table, entry)
    sources, above, referred = _ask(
        refers, seq, snapshot, _sources(refers, seq), Asked(table, seq, _is(refers.above))
    )
    return [
        Rows.of(
            TOLD,
            own=[row.key],
            version=[_key_of(entry)],
            sources=keys(sources),
            above=keys(above),
            **referred,
        ),
        Rows.of(BESIDE, own=[row.key]),
    ]


def source_version(entry: Entry, row: PublishedRecord, snapshot: Snapshot) -> list[Rows]:
    (now,) = ask(_now(row, snapshot))
    return [
        Rows.of(OF_SOURCE, own=[row.key], version=[_key_of(entry)], now=keys(now)),
        Rows.of(IN_USE, own=[row.key]),
    ]


def _key_of(entry: Entry) -> str:
    """The key of the row that the approval made."""
    return f"{entry.public_id}@{entry.seq}"


# What is asked.


def _is(public_id: str) -> Where:
    """The record with this id, if there is one and it is public."""
    return LISTED & among("public_id", [public_id]) if public_id else NEVER


def _acting(mechanisms: Collection[str], seq: int) -> list[Found]:
    """Claims that a therapy (``other``) acts by one of these. Each has passages of its own, which
    come and go with it.
    """
    where = among("mechanism_id", mechanisms)
    where = where & Where("subject_type = 'therapy'") if mechanisms else NEVER
    (found,) = ask(Asked(PublishedClaim, seq, where, id="claim_id", other="subject_id"))
    return found


def _sources(refers: Refers, seq: int, acts: Sequence[Found] = ()) -> Asked:
    """The sources that a content refers to, and those on which claims rest."""
    if not acts:
        return Asked(PublishedSource, seq, among("public_id", refers.sources))
    under = among("claim_id", [act.id for act in acts])
    evidence = Asked(PublishedEvidence, seq, under, id="source_id")
    return Asked(PublishedSource, seq, within("public_id", evidence, refers.sources))


def _ask(refers: Refers, seq: int, snapshot: Snapshot, *asked: Asked) -> tuple[Any, ...]:
    """What is found of each of these; then, by their roles, the other rows that a content refers to
    at ``seq``: the mechanisms that it names, and where they are not the same, those that the
    versions before it named as they are now, its sources as they are in the snapshot, by which is
    told what became of them, and as they are now, by which is told what texts are shown.
    """
    then, head = snapshot.seq, snapshot.head
    named = refers.mechanisms | (refers.before if seq == head else frozenset())
    roles = {"mechanisms": Asked(PublishedMechanism, seq, among("public_id", named))}
    if seq != head:
        before = among("public_id", refers.before)
        roles["mechanisms_now"] = Asked(PublishedMechanism, head, before)
        roles["sources_now"] = _sources(refers, head)
    if then not in (seq, head):
        roles["sources_then"] = _sources(refers, then)
    found = ask(*asked, *roles.values())
    return *found[: len(asked)], dict(zip(roles, map(keys, found[len(asked) :]), strict=True))


def _now(row: PublishedRecord, snapshot: Snapshot) -> Asked:
    """The row of a source that says whether its text is shown now; in the present its own does."""
    present = snapshot.seq == snapshot.head
    where = NEVER if present else among("public_id", [row.public_id])
    return Asked(PublishedSource, snapshot.head, where)
