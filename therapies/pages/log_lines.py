"""Log entries as lists of changes and histories show them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from publication import log
from publication.actions import APPROVE, WITHDRAW
from publication.entries import Entry
from publication.remembered import Remembered
from sources.wording import date_in_words
from therapies.links import Links
from therapies.pages.news import news_of
from therapies.what_changed import News
from therapies.wording import moment


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words, with where to look."""

    seq: int
    at: dt.datetime
    action: str
    what: str
    """Such as ``version 2 approved``."""
    news: News
    """What it changed, in a sentence."""
    record_type: str
    name: str
    url: str
    """The permanent address of what was approved; otherwise the record's history."""
    version: int
    difference: str
    """The address of the difference from the version before; empty for the first."""
    digest: str
    head: str
    """The log's head when this was its newest entry, ``SEQ:HASH``: kept elsewhere, it proves that
    the log up to here is the same.
    """
    contributors: tuple[str, ...]
    by: str
    interests: str
    """What the one who did it had declared of their interests; empty for nothing."""
    declared: str
    """The day of that, in words."""
    note: str
    demonstration: bool

    @property
    def remark(self) -> str:
        """The note, unless the sentence says it whole."""
        return "" if " ".join(self.note.split()) in self.news.rest else self.note


_lines: Remembered[Line] = Remembered(most=4_000_000)
_SIZE = 2_000
"""Bytes of one without its note, about."""


def lines(entries: Sequence[Entry], links: Links | None = None, keep: str = "") -> list[Line]:
    """Entries with what they changed. Of most the log up to an entry says it alone, for which the
    entry's hash stands.
    """
    known = {entry.seq: _lines.get((entry.hash, links, keep)) for entry in entries}
    news = news_of([entry for entry in entries if known[entry.seq] is None])
    return [
        known[entry.seq] or _made(entry, links, keep, news=news[entry.seq]) for entry in entries
    ]


def _made(entry: Entry, links: Links | None, keep: str, *, news: News) -> Line:
    made = line(entry, links, keep, news=news)
    if entry.action not in (APPROVE, WITHDRAW):  # not by the log alone
        return made
    return _lines.keep((entry.hash, links, keep), made, _SIZE + 4 * len(entry.note))


def line(
    entry: Entry, links: Links | None = None, keep: str = "", *, news: News | None = None
) -> Line:
    """``links`` are the record's present ones; without them the entry's own address serves.

    Without ``news`` no more is told than what was done.
    """
    body = entry.body
    links = links or Links(entry.record_type, body["slug"], keep)
    approved, interests = entry.action == APPROVE, entry.interests
    return Line(
        seq=entry.seq,
        at=moment(entry.at),
        action=entry.action,
        what=log.said(entry),
        news=news or News(body["name"], log.said(entry)),
        record_type=entry.record_type,
        name=body["name"],
        url=links.version(entry.version) if approved else f"{links.history}#entry-{entry.seq}",
        version=entry.version,
        difference=links.difference(entry.version - 1, entry.version)
        if approved and entry.version > 1
        else "",
        digest=entry.digest,
        head=str(entry.anchor),
        contributors=tuple(person["name"] for person in entry.contributor_list),
        by=entry.approver_name,
        interests=interests["text"] if interests else "",
        declared=date_in_words(interests["on"]) if interests else "",
        note=entry.note,
        demonstration=entry.demonstration,
    )
