"""What a record's earlier versions said and the one shown does not, until when and why."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from publication import log
from publication.actions import APPROVE, WITHDRAW
from publication.entries import Entry
from publication.folding import folded
from sources.wording import capital, code_in_words
from therapies.choices import Certainty
from therapies.corrections import TakenBack, Version, changed, taken_back
from therapies.links import Links
from therapies.parts_of_page import label_of
from therapies.published import PublishedMechanism
from therapies.statements import subject_of
from therapies.values import VALUES, Form
from therapies.wording import moment

MOST_TOLD = 5
"""Corrections that a page tells, the newest; the history has them all."""
MOST_READ = 10
"""Earlier versions that are looked at for them."""

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Correction:
    """What was said until a version that said it otherwise, or not at all."""

    version: int
    """The last one that said it."""
    url: str
    until: dt.datetime
    why: tuple[str, ...]
    """The notes of who took the version back, if somebody did, and who approved what came then."""
    said: str
    sure: str
    """How sure its source was said to be, where that was not plainly stated or is not any more."""
    values: tuple[str, ...]
    """What else was said of it and is not said any more, in words."""
    now: str
    """The words in its place; empty where they are the same, or none are there."""
    at: str
    """The id of the claim in its place; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Told:
    """A version, what it says (read once, for a content is long), and the entry that took it back,
    if one did.
    """

    entry: Entry
    says: Version
    withdrawal: Entry | None = None


def until(entry: Entry) -> list[Told]:
    """The entry's version after those before it, oldest first and not more than are looked at; none
    where it is the first.
    """
    if entry.version == 1:
        return []
    rows = log.history(entry.record_type, entry.public_id).filter(seq__lt=entry.seq)
    before = list(rows.order_by("-seq")[: 2 * MOST_READ])
    withdrawn = {one.version: one for one in before if one.action == WITHDRAW}
    approved = [one for one in before if one.action == APPROVE][:MOST_READ]
    return [
        Told(one, Version(one.body), withdrawn.get(one.version))
        for one in (*reversed(approved), entry)
    ]


def corrections(
    versions: Sequence[Told], links: Links, *, head: int | None = None
) -> list[Correction]:
    """What the earlier of these versions said and the last does not, the newest first; what was
    said and taken back more than once is told once. What is named is so called at the ``head``.
    """
    if not versions:
        return []
    shown = versions[-1].says
    found: dict[Any, tuple[Told, Entry, TakenBack]] = {}
    for one, other in pairwise(versions):
        for back in taken_back(one.says, other.says, shown):
            key = (back.text, back.certainty, back.absence, back.in_part, back.values)
            found.pop(key, None)
            found[key] = one, other.entry, back
    newest = list(reversed(found.values()))[:MOST_TOLD]
    names = _names((held for _, _, back in newest for held in back.values), head)
    return [_correction(*found, names, links) for found in newest]


def changed_claims(versions: Sequence[Told]) -> dict[str, dt.datetime]:
    """The ids of the claims that the last version made otherwise than the one before, and when."""
    if not versions:
        return {}
    before, now = versions[-2:]
    return dict.fromkeys(changed(before.says, now.says), moment(now.entry.at))


def _correction(told: Told, then: Entry, back: TakenBack, names: Names, links: Links) -> Correction:
    """Readers were told it until the version was withdrawn, where it was, or the next one came."""
    said, last = back.text, told.entry
    ended = told.withdrawal or then
    why = [then.note] if ended is then else [ended.note, then.note]
    if back.absence:
        said = f"{label_of(last.record_type, back.absence)}: {said}"
    now = back.now["text"] if back.now else ""
    return Correction(
        version=last.version,
        url=links.version(last.version),
        until=moment(ended.at),
        why=tuple(why),
        said=said,
        sure=_sure(back),
        values=tuple(_values(back, names)),
        now="" if now.split() == said.split() else now,
        at=back.now["id"] if back.now else "",
    )


def _sure(back: TakenBack) -> str:
    certainty = back.certainty
    is_other = back.now is not None and back.now["certainty"] != certainty
    told = certainty and (is_other or certainty != Certainty.STATED)
    return capital(code_in_words(Certainty, certainty)) if told else ""


def _values(back: TakenBack, names: Names) -> Iterator[str]:
    if back.in_part:
        yield "supported as a whole"
    called = {folded(subject_of(claim)): subject_of(claim) for claim in back.said}
    for value, on in product(VALUES, called):
        items = [item for of, name, item in back.values if (of, name) == (on, value.name)]
        if not items:
            continue
        if value.form == Form.RECORD:
            told = ", ".join(sorted(names.get(item, "one that is not public") for item in items))
        else:
            told = value.in_words(items if value.form == Form.CODES else items[0])
        is_name = value.name in ("harm", "outcome")
        of_which = f" ({called[on]})" if len(called) > 1 and on and not is_name else ""
        yield f"{value.label}{of_which}: {told}"


def _names(held: Iterator[tuple[str, str, str]], head: int | None) -> Names:
    """What the mechanisms among these are called now, at the head of the log."""
    records = {value.name for value in VALUES if value.form == Form.RECORD}
    ids = {item for _, name, item in held if name in records}
    if not ids:
        return {}
    rows = PublishedMechanism.objects.as_of(head).filter(public_id__in=ids, withdrawn=False)
    return dict(rows.order_by().values_list("public_id", "name"))
