"""What the pages of every kind of record share: finding, tombstone, history, versions."""

from collections.abc import Callable
from typing import Any

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
from publication.difference import told
from publication.entries import Entry
from publication.published import PublishedRecord
from sources.citing.items import Item
from sources.wording import capital
from therapies.differences import words_of
from therapies.links import Links
from therapies.pages import citing, linked_data, log_lines
from therapies.pages.kinds import KINDS, Kind, told_beside
from therapies.pages.sharing import share_links
from therapies.pages.snapshot import Snapshot, public_page
from therapies.presentation import Names
from therapies.wording import kind_label, moment

MOST_ALIKE = 10
"""Records that an address which nobody has is answered with."""

Context = dict[str, Any]
Show = Callable[[Entry, int, Snapshot], Context]
"""What a kind of record makes of an entry's content, with names as they were at a number."""
Also = Callable[[str, Snapshot], Context]
"""What it adds from elsewhere for the record of this public id as the public has it now."""
Works = Callable[[Entry, PublishedRecord, int, Snapshot], list[Item]]
"""The works that an entry rests on, with names as they were at a number; of a source itself."""
Answer = Callable[[HttpRequest, Entry, PublishedRecord, Links, Snapshot], HttpResponse]


def _nothing(public_id: str, snapshot: Snapshot) -> Context:
    return {}


def detail(
    kind: Kind, show: Show, template: str, also: Also = _nothing, *, under: str = ""
) -> Callable[..., HttpResponseBase]:
    """The page of a record as the public has it: its content, its tombstone, or where it went.

    ``under``: where below the record's own address, for a page that search engines leave out.
    """

    def answer(
        request: HttpRequest, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
    ) -> HttpResponse:
        context = show(entry, snapshot.seq, snapshot) | also(row.public_id, snapshot)
        context |= _common(kind, entry, row, links, snapshot)
        if under:
            context["noindex"] = True
        else:
            context |= _passed_on(request, entry, context, links.now)
        return render(request, template, context, status=context.get("status"))

    return _as_it_is(kind, under, answer)


def cite(kind: Kind, works: Works) -> Callable[..., HttpResponseBase]:
    """How to cite a record as the public has it: the version that this is."""

    def answer(
        request: HttpRequest, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
    ) -> HttpResponse:
        context = _common(kind, entry, row, links, snapshot) | {"back": links.record}
        return _cite(request, entry, works(entry, row, snapshot.seq, snapshot), context)

    return _as_it_is(kind, "cite/", answer)


def version(
    kind: Kind, show: Show, template: str, *, under: str = ""
) -> Callable[..., HttpResponseBase]:
    """The permanent address of one version: the stored content, whatever came later; ``under`` as
    of ``detail``.
    """

    def answer(
        request: HttpRequest, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
    ) -> HttpResponse:
        fate = _fate(kind, row, entry.version, snapshot)
        context = show(entry, entry.seq, snapshot) | _common(kind, entry, row, links, snapshot)
        is_current = not fate["superseded"] and fate["withdrawal"] is None
        context |= {"fate": fate, "noindex": not is_current or bool(under)}
        context["cite"] = links.cite_version(entry.version)
        # The current version is one page under two addresses; the record's own is to be kept.
        url = links.now if is_current else links.plain.version(entry.version)
        context["canonical"] = request.build_absolute_uri(f"{url}{under}")
        if not under:
            context |= _passed_on(request, entry, context, url)
        return render(request, template, context, status=context.get("status"))

    return _as_it_was(kind, under, answer)


def cite_version(kind: Kind, works: Works) -> Callable[..., HttpResponseBase]:
    """How to cite one version, whatever came later."""

    def answer(
        request: HttpRequest, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
    ) -> HttpResponse:
        context = _common(kind, entry, row, links, snapshot)
        context["fate"] = _fate(kind, row, entry.version, snapshot)
        context["back"] = links.version(entry.version)
        return _cite(request, entry, works(entry, row, entry.seq, snapshot), context)

    return _as_it_was(kind, "cite/", answer)


def history(kind: Kind) -> Callable[..., HttpResponseBase]:
    """Everything the log says of one record, newest first."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot, slug: str) -> HttpResponse:
        found = _find(kind, slug, snapshot)
        row, links = found.row, kind.links(found.row.slug, snapshot)
        if found.moved:
            return _moved(request, links.plain.history)
        entries = [
            entry
            for entry in log.entries(kind.record_type, row.public_id)
            if entry.seq <= snapshot.seq
        ]
        lines = [log_lines.line(entry, links) for entry in reversed(entries)]
        context = {"row": row, "kind": kind, "links": links, "lines": lines}
        return render(request, "records/history.html", context | snapshot.context())

    return page


def identified(kind: Kind) -> Callable[..., HttpResponseBase]:
    """Leads from the code by which others know a work to its page."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot, code: str) -> HttpResponse:
        row = kind.identified(code, snapshot.seq)
        if row is None:
            raise Http404
        return HttpResponseRedirect(kind.links(row.slug, snapshot).record)

    return page


def difference(kind: Kind) -> Callable[..., HttpResponseBase]:
    """What changed for readers from version ``a`` to version ``b``."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot, slug: str, a: int, b: int) -> HttpResponse:
        found = _find(kind, slug, snapshot)
        row, links = found.row, kind.links(found.row.slug, snapshot)
        if found.moved:
            return _moved(request, links.plain.difference(a, b))
        before, after = (_approved(kind, row, number, snapshot) for number in (a, b))
        if before is None or after is None:
            return _other(request, [_named(kind, row, snapshot)], snapshot)
        bodies = before.body, after.body
        names = Names.of(bodies, seq=snapshot.seq, standing_seq=snapshot.seq)
        context = {
            "row": row,
            "kind": kind,
            "links": links,
            "before": log_lines.line(before, links),
            "after": log_lines.line(after, links),
            "groups": told(*bodies, words_of(kind.record_type, names.of_ids)),
        }
        return render(request, "records/diff.html", context | snapshot.context())

    return page


def _as_it_is(kind: Kind, under: str, answer: Answer) -> Callable[..., HttpResponseBase]:
    """A page on a record as the public has it, ``under`` its address."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot, slug: str) -> HttpResponse:
        found = kind.find(slug, snapshot.seq)
        if found is None:
            return _unknown(request, kind, slug, snapshot)
        row = found.successor or found.row
        links = kind.links(row.slug, snapshot)
        if found.moved or found.successor:
            return _moved(request, links.now if found.successor else f"{links.now}{under}")
        if row.withdrawn:
            return _tombstone(request, row, links, snapshot)
        return answer(request, log.entry_at(row.approved_seq), row, links, snapshot)

    return page


def _as_it_was(kind: Kind, under: str, answer: Answer) -> Callable[..., HttpResponseBase]:
    """A page on one version of a record, ``under`` its address."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot, slug: str, number: int) -> HttpResponse:
        found = _find(kind, slug, snapshot)
        row, links = found.row, kind.links(found.row.slug, snapshot)
        if found.moved:
            return _moved(request, f"{links.plain.version(number)}{under}")
        entry = _approved(kind, row, number, snapshot)
        if entry is None:
            return _other(request, [_named(kind, row, snapshot)], snapshot)
        return answer(request, entry, row, links, snapshot)

    return page


def _cite(request: HttpRequest, entry: Entry, works: list[Item], context: Context) -> HttpResponse:
    links: Links = context["links"]
    kept = request.build_absolute_uri(links.plain.version(entry.version))
    withdrawn = bool(context["fate"] and context["fate"]["withdrawal"])
    page = citing.page_item(entry, kept, withdrawn=withdrawn)
    parts = citing.parts_of_record(entry.record_type, page, works)
    name = f"{entry.body['slug']}-v{entry.version}"
    context |= {"kept": kept, "noindex": True}
    return citing.answer(request, "records/cite.html", context, parts, name)


def _find(kind: Kind, slug: str, snapshot: Snapshot) -> Found[PublishedRecord]:
    found = kind.find(slug, snapshot.seq)
    if found is None:
        raise Http404
    return found


def _unknown(request: HttpRequest, kind: Kind, slug: str, snapshot: Snapshot) -> HttpResponse:
    """On to the record whose address differs in capitals alone, or whose work has this number; else
    404, with the public records that are found by the words of the address, if there are any: of
    this kind, or of the others.
    """
    if slug != slug.lower() and (there := kind.find(slug.lower(), snapshot.seq)):
        return _moved(request, kind.links(there.row.slug, snapshot).now)
    if row := kind.identified(slug, snapshot.seq):
        return HttpResponseRedirect(kind.links(row.slug, snapshot).record)
    text = slug.replace("-", " ")
    found = _found_by(kind, text, snapshot)
    for other in KINDS.values():
        found = found or _found_by(other, text, snapshot)
    if not found:
        raise Http404
    return _other(request, found, snapshot)


def _other(request: HttpRequest, found: list[dict[str, str]], snapshot: Snapshot) -> HttpResponse:
    """404, with the public records that may have been meant."""
    context = {"found": found, "noindex": True, "canonical": ""}
    return render(request, "records/unknown.html", context | snapshot.context(), status=404)


def _found_by(kind: Kind, text: str, snapshot: Snapshot) -> list[dict[str, str]]:
    rows = kind.table._default_manager.as_of(snapshot.seq).listed()  # type: ignore[attr-defined]
    alike = rows.found_by(text).order_by("name", "key")[:MOST_ALIKE]
    return [_named(kind, row, snapshot) for row in alike]


def _named(kind: Kind, row: Any, snapshot: Snapshot) -> dict[str, str]:
    return {
        "name": row.name,
        "url": kind.links(row.slug, snapshot).record,
        "also": told_beside(row),
        "kind": capital(kind_label(kind.record_type, row.kind)),
    }


def _approved(kind: Kind, row: PublishedRecord, number: int, snapshot: Snapshot) -> Entry | None:
    entry = log.approved_version(kind.record_type, row.public_id, number)
    return entry if entry and entry.seq <= snapshot.seq else None


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    """To the same page at the record's present address, or to the record in its place."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _common(
    kind: Kind, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
) -> Context:
    return {
        "row": row,
        "kind": kind,
        "links": links,
        "body": entry.body,
        "line": log_lines.line(entry, links),
        "cite": links.cite,
        "fate": None,
        "noindex": snapshot.is_past,
    } | snapshot.context()


def _passed_on(request: HttpRequest, entry: Entry, context: Context, url: str) -> Context:
    """What the page says of itself to machines, and how people pass it on."""
    whole = request.build_absolute_uri(url)
    return {
        "data": _data(request, entry, context, url),
        "share": share_links(entry.body["name"], whole),
    }


def _data(request: HttpRequest, entry: Entry, context: Context, url: str) -> Context:
    links: Links = context["links"]
    kept, at = links.plain.version(entry.version), request.build_absolute_uri
    if entry.record_type == "source":
        return linked_data.of_source(entry, kept=kept, url=url, at=at)
    cited = [reference for reference, _ in context["references"]]
    return linked_data.of_subject(entry, kept=kept, url=url, references=cited, at=at)


def _fate(kind: Kind, row: PublishedRecord, number: int, snapshot: Snapshot) -> Context:
    """What became of a version: superseded by a newer one, withdrawn, or neither."""
    tombstone = (
        kind.table._default_manager.filter(
            public_id=row.public_id, version=number, withdrawn=True, from_seq__lte=snapshot.seq
        )
        .order_by("from_seq")
        .first()
    )
    withdrawal = log.entry_at(tombstone.from_seq) if tombstone else None
    return fate_of(number, current=row.version, withdrawal=withdrawal)


def fate_of(version: int, *, current: int, withdrawal: Entry | None) -> Context:
    """The same as templates want it; ``withdrawal`` is the entry that took the version back."""
    return {
        "superseded": current > version,
        "current": current,
        "withdrawal": withdrawal,
        "withdrawn_at": moment(withdrawal.at) if withdrawal else None,
    }


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
    }
    return render(request, "records/withdrawn.html", context | snapshot.context(), status=410)
