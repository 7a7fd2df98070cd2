"""The newest entries of the log, narrowed as on the page of changes, as an Atom feed (RFC 4287)."""

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import urlencode

from publication import log
from publication.entries import Entry
from publication.glyphs import in_text
from therapies import links
from therapies.pages.changes import Narrowing
from therapies.pages.log_lines import Line, lines
from therapies.pages.snapshot import Snapshot, bad_request, public_page

NEWEST = 50


@public_page
def changes_atom(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    chosen = Narrowing(request.GET, seq=snapshot.seq)
    if not chosen.is_valid():
        name, problems = next(iter(chosen.errors.items()))
        return bad_request(request, f"{name} is not understood: {problems[0]}")
    address = request.build_absolute_uri
    entries = list(chosen.entries()[:NEWEST])
    stamps = updated(entries)
    query = f"?{urlencode(chosen.chosen)}" if chosen.chosen else ""
    feed = _Feed(
        title="msportal: changes" + (", narrowed" if query else ""),
        link=address(links.changes(**chosen.chosen, **snapshot.kept)),
        description="What was approved, withdrawn or marked, newest first.",
        language="en",
        feed_url=address(),
        feed_guid=_id(
            f"changes {query}{snapshot.keep} in the log that begins with {_beginning(snapshot)}"
        ),
    )
    for entry, row in zip(entries, lines(entries), strict=True):
        feed.add_item(
            title=in_text(str(row.news)),
            link=address(row.url),
            description=escape(in_text(_summary(row))),  # the format takes it for HTML
            unique_id=_id(f"entry {entry.hash}"),
            pubdate=dt.datetime.fromisoformat(entry.at),
            updateddate=stamps[entry.seq],
            author_name=in_text(row.by),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


def updated(entries: list[Entry]) -> dict[int, dt.datetime]:
    """By number, stamps that differ from entry to entry and never go back.

    A clock that stood still or was behind gives entries the time of the one before them: each such
    is put a microsecond after that one.
    """
    first = log.first_at({entry.at for entry in entries})
    return {
        entry.seq: dt.datetime.fromisoformat(entry.at)
        + dt.timedelta(microseconds=entry.seq - first[entry.at])
        for entry in entries
    }


class _Feed(Atom1Feed):
    """The same answer each time it is asked for, also while it is empty."""

    def latest_post_date(self) -> dt.datetime:
        stamps: list[dt.datetime] = [item["updateddate"] for item in self.items]
        return max(stamps, default=dt.datetime.fromtimestamp(0, dt.UTC))


def _beginning(snapshot: Snapshot) -> str:
    """The hash of the log's first entry, which no other log has."""
    return log.hash_at(min(snapshot.head, 1))


def _id(text: str) -> str:
    """A name made of the log itself: whatever address the site has, and for this log alone."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"msportal {text}").urn


def _summary(row: Line) -> str:
    warning = " Demonstration: not a clinician's approval." if row.demonstration else ""
    said = f"{row.record_type.capitalize()}, {row.what} by {row.by}."
    return f"{row.news} {said} {row.remark}{warning}".replace("  ", " ")
