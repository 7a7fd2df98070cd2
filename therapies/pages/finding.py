"""What an address leads to: a record, its tombstone, where it went, or who is called so."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render

from publication import log
from publication.addresses import Found
from publication.entries import Entry
from publication.published import PublishedRecord
from publication.search.looking import is_called, look, rows
from sources.wording import capital
from therapies.links import Links
from therapies.pages import log_lines
from therapies.pages.became import became
from therapies.pages.kinds import KINDS, Kind, told_beside
from therapies.pages.snapshot import NotYetPublic, Snapshot, public_page
from therapies.wording import kind_label, moment

MOST_ALIKE = 10
"""Records that an address which nobody has is answered with."""

Answer = Callable[[HttpRequest, Entry, PublishedRecord, Links, Snapshot], HttpResponse]
"""Makes a page of the entry that approved what the address leads to."""


def as_it_is(kind: Kind, under: str, answer: Answer) -> Callable[..., HttpResponseBase]:
    """A page on a record as the public has it, ``under`` its address."""
    return public_page(led_to(kind, under, answer))


def led_to(kind: Kind, under: str, answer: Answer) -> Callable[..., HttpResponse]:
    """The same for a page with headers of its own."""

    def page(request: HttpRequest, snapshot: Snapshot, slug: str) -> HttpResponse:
        found = kind.find(slug, snapshot.seq)
        if found is None:
            require_then(kind, kind.find(slug, snapshot.head), snapshot, under)
            return _unknown(request, kind, slug, snapshot)
        row = found.successor or found.row
        links = kind.links(row.slug, snapshot)
        if found.moved or found.successor:
            return moved(request, links.now if found.successor else f"{links.now}{under}")
        if row.withdrawn:
            return _tombstone(request, row, links, snapshot)
        return answer(request, log.entry_at(row.approved_seq), row, links, snapshot)

    return page


def as_it_was(kind: Kind, under: str, answer: Answer) -> Callable[..., HttpResponseBase]:
    """A page on one version of a record, ``under`` its address."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot, slug: str, number: int) -> HttpResponse:
        found = find(kind, slug, snapshot, f"v/{number}/{under}")
        row, links = found.row, kind.links(found.row.slug, snapshot)
        if found.moved:
            return moved(request, f"{links.plain.version(number)}{under}")
        present = f"{links.plain.version(number)}{under}"
        entry = approved(kind, row, number, snapshot, present)
        if entry is None:
            return meant(request, [named(kind, row, snapshot)], snapshot)
        return answer(request, entry, row, links, snapshot)

    return page


def identified(kind: Kind) -> Callable[..., HttpResponseBase]:
    """Leads from the code by which others know a work to its page."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot, code: str) -> HttpResponse:
        row = kind.identified(code, snapshot.seq)
        if row is None:
            there = kind.identified(code, snapshot.head)
            require_then(kind, Found(there) if there else None, snapshot)
            raise Http404
        return HttpResponseRedirect(kind.links(row.slug, snapshot).record)

    return page


def find(kind: Kind, slug: str, snapshot: Snapshot, under: str = "") -> Found[PublishedRecord]:
    """The record of an address, wherever it is now; ``Http404`` where nobody has or had it, and
    ``NotYetPublic`` where somebody had it only later. ``under``: what stands behind the address.
    """
    found = kind.find(slug, snapshot.seq)
    if found is None:
        require_then(kind, kind.find(slug, snapshot.head), snapshot, under)
        raise Http404
    return found


def require_then(
    kind: Kind, there: Found[PublishedRecord] | None, snapshot: Snapshot, under: str = ""
) -> None:
    """``NotYetPublic`` of a record that is public, or was, but not yet at the snapshot."""
    if not snapshot.is_past or there is None:
        return
    first = log.approvals(kind.record_type, there.row.public_id).first()
    if first is not None and first.seq > snapshot.seq:
        links = Links(kind.record_type, there.row.slug)
        raise NotYetPublic(
            there.row.name,
            first=first.seq,
            version=links.version(first.version),
            present=f"{links.now}{under}",
        )


def _unknown(request: HttpRequest, kind: Kind, slug: str, snapshot: Snapshot) -> HttpResponse:
    """On to the record whose address differs in capitals alone, or whose work has this number; else
    404, with the public records that are found by the words of the address, if there are any: of
    this kind, or of the others.
    """
    if slug != slug.lower() and (there := kind.find(slug.lower(), snapshot.seq)):
        return moved(request, kind.links(there.row.slug, snapshot).now)
    if row := kind.identified(slug, snapshot.seq):
        return HttpResponseRedirect(kind.links(row.slug, snapshot).record)
    text = slug.replace("-", " ")
    found = found_by(kind, text, snapshot)
    for another in KINDS.values():
        found = found or found_by(another, text, snapshot)
    if not found:
        raise Http404
    return meant(request, found, snapshot)


def meant(request: HttpRequest, found: list[dict[str, str]], snapshot: Snapshot) -> HttpResponse:
    """404, with the public records that may have been meant."""
    context = {"found": found, "noindex": True, "canonical": ""}
    return render(request, "records/unknown.html", context | snapshot.context(), status=404)


def found_by(kind: Kind, text: str, snapshot: Snapshot) -> list[dict[str, str]]:
    """The public records that are called so, or nearly so, as a search finds them."""
    answer = look(text, (kind.record_type,), snapshot.seq)
    if answer.left_out or answer.some:
        return []
    alike = [row for row in rows(answer.ids[kind.record_type]) if is_called(row, answer.question)]
    ids = [row.public_id for row in alike[:MOST_ALIKE]]
    table = kind.table._default_manager.as_of(snapshot.seq)  # type: ignore[attr-defined]
    public = {row.public_id: row for row in table.filter(public_id__in=ids)}
    return [named(kind, public[one], snapshot) for one in ids]


def named(kind: Kind, row: Any, snapshot: Snapshot) -> dict[str, str]:
    """A record as it is offered: its name, its page, and what tells it from others."""
    return {
        "name": row.name,
        "slug": row.slug,
        "url": kind.links(row.slug, snapshot).record,
        "also": told_beside(row),
        "kind": capital(kind_label(kind.record_type, row.kind)),
    }


def approved(
    kind: Kind, row: PublishedRecord, number: int, snapshot: Snapshot, present: str
) -> Entry | None:
    """The entry that approved a version, if there was one by then; ``NotYetPublic`` where it came
    later, with the ``present`` address of what was asked for.
    """
    entry = log.approved_version(kind.record_type, row.public_id, number)
    if entry is None or entry.seq <= snapshot.seq:
        return entry
    if not snapshot.is_past:  # it came while the page was put together
        return None
    version = Links(kind.record_type, row.slug).version(number)
    name = f"Version {number} of {row.name}"
    raise NotYetPublic(name, first=entry.seq, version=version, present=present)


def gone_since(
    kind: Kind, public_id: str, version: int, snapshot: Snapshot
) -> dict[str, Any] | None:
    """Of a look back at a version: that it was withdrawn later, or that its record is now."""
    if not snapshot.is_past:
        return None
    tombstones = kind.table._default_manager.filter(
        Q(version=version) | Q(to_seq=None),
        public_id=public_id,
        withdrawn=True,
        from_seq__gt=snapshot.seq,
    )
    tombstone = tombstones.order_by("from_seq").first()
    if tombstone is None:
        return None
    entry = log.entry_at(tombstone.from_seq)
    return {"entry": entry, "at": moment(entry.at)}


def moved(request: HttpRequest, path: str) -> HttpResponse:
    """To the same page at the record's present address, or to the record in its place."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _tombstone(
    request: HttpRequest, row: PublishedRecord, links: Links, snapshot: Snapshot
) -> HttpResponse:
    entry = log.entry_at(row.from_seq)
    context = {
        "row": row,
        "links": links,
        "line": log_lines.line(entry, links),
        "last_version": links.version(row.version),
        "noindex": True,
        "canonical": "",
    } | became(row)
    return render(request, "records/withdrawn.html", context | snapshot.context(), status=410)
