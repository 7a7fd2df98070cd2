"""What a record's earlier versions said and the one shown does not say any more."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from publication import log
from publication.entries import Entry
from sources.wording import capital, code_in_words
from therapies.choices import Certainty
from therapies.links import Links
from therapies.published import PublishedClaim
from therapies.values import VALUES, Form
from therapies.wording import moment

MOST_TOLD = 5
"""Corrections that a page tells, the newest; the history has them all."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One claim as it was said until another version came."""

    claim_id: str
    version: int
    """The last one that said it."""
    url: str
    until: dt.datetime
    why: str
    """The note of who approved what came then, or took the version back."""
    said: str
    sure: str
    """How sure the source was said to be, where that is not said any more."""
    values: tuple[str, ...]
    """What else was said of it and is not said any more, in words."""
    now: str
    """The words in its place; empty where they are the same, or none are there."""
    is_gone: bool


def corrections(entry: Entry, seq: int, links: Links) -> list[Correction]:
    """The newest ones up to number ``seq``, the last first; none of a first version."""
    if entry.version == 1:
        return []
    rows = PublishedClaim.objects.filter(
        subject_type=entry.record_type, subject_id=entry.public_id, from_seq__lte=seq
    ).order_by("from_seq", "position", "key")
    by_claim: dict[str, list[PublishedClaim]] = {}
    for row in rows:
        by_claim.setdefault(row.claim_id, []).append(row)
    ended = [end for said in by_claim.values() for end in _ends(said, seq)]
    newest = sorted(ended, key=lambda end: -end[0])[:MOST_TOLD]
    notes = log.notes_at(number for number, _, _ in newest)
    return [
        correction(before, after, *notes[number], links.version(before.version))
        for number, before, after in newest
    ]


_End = tuple[int, PublishedClaim, PublishedClaim | None]
"""The number of the entry that ended a claim, the claim, and the same as it is since."""


def _ends(said: Sequence[PublishedClaim], seq: int) -> Iterator[_End]:
    """Where one claim, version by version, was said otherwise from then on, or not at all."""
    for before, after in pairwise(said):
        if before.to_seq is not None and _content(before) != _content(after):
            yield before.to_seq, before, after
    last = said[-1]
    if last.to_seq is not None and last.to_seq <= seq:
        yield last.to_seq, last, None


def _content(row: PublishedClaim) -> tuple[Any, ...]:
    return row.text, row.certainty, row.values


def correction(
    before: PublishedClaim, after: PublishedClaim | None, at: str, note: str, url: str
) -> Correction:
    """Of a claim that was said otherwise from the entry of this date and note on."""
    same_words = after is not None and after.text == before.text
    surely = code_in_words(Certainty, before.certainty)
    return Correction(
        claim_id=before.claim_id,
        version=before.version,
        url=url,
        until=moment(at),
        why=note,
        said=before.text,
        sure="" if after and after.certainty == before.certainty else capital(surely),
        values=tuple(_values(before.values, after.values)) if after else (),
        now="" if after is None or same_words else after.text,
        is_gone=after is None,
    )


def _values(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Those that were taken back or changed; of another record nothing but that it was another."""
    for value in VALUES:
        was = before.get(value.name)
        if was and was != after.get(value.name):
            is_record = value.form == Form.RECORD
            yield f"another {value.label}" if is_record else f"{value.label}: {value.in_words(was)}"
