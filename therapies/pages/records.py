"""What the pages of every kind of record share: itself, its versions, citation, history."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from publication import log
from publication.actions import APPROVE
from publication.difference import told
from publication.due import is_overdue
from publication.entries import Entry
from publication.published import PublishedRecord
from sources.citing.items import Item
from sources.citing.works import file_name
from therapies.differences import words_of
from therapies.links import Links, for_machines
from therapies.pages import citing, linked_data, log_lines, parts
from therapies.pages.became import became
from therapies.pages.finding import (
    approved,
    as_it_is,
    as_it_was,
    find,
    gone_since,
    meant,
    moved,
    named,
)
from therapies.pages.kinds import Kind
from therapies.pages.licensed import showable
from therapies.pages.made_of import MadeOf
from therapies.pages.parts import Rows
from therapies.pages.sharing import share_links
from therapies.pages.snapshot import Snapshot, bad_request, public_page
from therapies.presentation import Names
from therapies.what_changed import later
from therapies.wording import moment

Context = dict[str, Any]
Show = Callable[[Entry, int, Snapshot], Context]
"""What a kind of record makes of an entry's content, with names as they were at a number."""
Also = Callable[[str, Snapshot], Context]
"""What it adds from elsewhere for the record of this public id as the public has it now."""
Works = Callable[[Entry, PublishedRecord, int, Snapshot], list[Item]]
"""The works that an entry rests on, with names as they were at a number; of a source itself."""


def _nothing(public_id: str, snapshot: Snapshot) -> Context:
    return {}


def detail(
    kind: Kind,
    show: Show,
    template: str,
    also: Also = _nothing,
    *,
    under: str = "",
    made_of: MadeOf | None = None,
) -> Callable[..., HttpResponseBase]:
    """The page of a record as the public has it: its content, its tombstone, or where it went.

    ``under``: where below the record's own address, for a page that search engines leave out.
    ``made_of``: the rows of its two groups of parts, where it is remembered what is made of them.
    """

    def answer(
        request: HttpRequest, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
    ) -> HttpResponse:
        frame = _frame(kind, entry, row, links, snapshot)
        frame["alternates"] = for_machines(f"{kind.plural}-detail", links.keep, address=row.slug)

        def told() -> Context:
            context = show(entry, snapshot.seq, snapshot) | _told(entry, row, links)
            more = {} if under else _passed_on(request, entry, context | frame, links.now)
            return context | more

        def beside() -> Context:
            return {"body": entry.body} | also(row.public_id, snapshot)

        if made_of is None:
            context = frame | told() | beside() | {"noindex": bool(under) or snapshot.is_past}
            return render(request, template, context, status=context.get("status"))
        rows, others = made_of(entry, row, snapshot)
        groups = [(_and_of(rows, frame), told), (others, beside)]
        return parts.answer(request, template, snapshot, frame | {"data": True}, groups)

    return as_it_is(kind, under, answer)


def cite(kind: Kind, works: Works) -> Callable[..., HttpResponseBase]:
    """How to cite a record as the public has it: the version that this is."""

    def answer(
        request: HttpRequest, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
    ) -> HttpResponse:
        context = _common(kind, entry, row, links, snapshot) | {"back": links.record}
        return _cite(request, entry, works(entry, row, snapshot.seq, snapshot), context)

    return as_it_is(kind, "cite/", answer)


def version(
    kind: Kind, show: Show, template: str, *, under: str = "", made_of: MadeOf | None = None
) -> Callable[..., HttpResponseBase]:
    """The permanent address of one version: the stored content, whatever came later; ``under`` and
    ``made_of`` as of ``detail``.
    """

    def answer(
        request: HttpRequest, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
    ) -> HttpResponse:
        frame = _frame(kind, entry, row, links, snapshot)
        fate = _fate(kind, row, entry.version, snapshot)
        is_current = not fate["superseded"] and fate["withdrawal"] is None
        frame |= {"fate": fate}
        frame["alternates"] = for_machines(
            f"{kind.plural}-version", address=row.slug, version=entry.version
        )
        frame["noindex"] |= not is_current or bool(under)
        # The current version is one page under two addresses; the record's own is to be kept.
        url = links.now if is_current else links.plain.version(entry.version)
        frame["canonical"] = request.build_absolute_uri(f"{url}{under}")

        def told() -> Context:
            context = show(entry, entry.seq, snapshot) | _told(entry, row, links)
            context["cite"] = links.cite_version(entry.version)
            more = {} if under else _passed_on(request, entry, context | frame, url)
            return context | more

        if made_of is None:
            context = frame | told()
            return render(request, template, context, status=context.get("status"))
        rows, others = made_of(entry, row, snapshot)
        groups = [(_and_of(rows, frame), told), (others, dict)]
        return parts.answer(request, template, snapshot, frame | {"data": True}, groups)

    return as_it_was(kind, under, answer)


def cite_version(kind: Kind, works: Works) -> Callable[..., HttpResponseBase]:
    """How to cite one version, whatever came later."""

    def answer(
        request: HttpRequest, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
    ) -> HttpResponse:
        context = _common(kind, entry, row, links, snapshot)
        context["fate"] = _fate(kind, row, entry.version, snapshot)
        context["back"] = links.version(entry.version)
        return _cite(request, entry, works(entry, row, entry.seq, snapshot), context)

    return as_it_was(kind, "cite/", answer)


def history(kind: Kind) -> Callable[..., HttpResponseBase]:
    """Everything the log says of one record, newest first."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot, slug: str) -> HttpResponse:
        found = find(kind, slug, snapshot, "history/")
        row, links = found.row, kind.links(found.row.slug, snapshot)
        if found.moved:
            return moved(request, links.plain.history)
        if "before" in request.GET or "after" in request.GET:
            return _compared(request, links)
        entries = [
            entry
            for entry in log.entries(kind.record_type, row.public_id)
            if entry.seq <= snapshot.seq
        ]
        lines = log_lines.lines(entries[::-1], links)
        month = snapshot.today.replace(day=1)
        context = {
            "row": row,
            "kind": kind,
            "links": links,
            "lines": lines,
            "versions": [line for line in lines if line.action == APPROVE],
            "this_month": links.changes(**{"from": month.isoformat()}, **snapshot.kept),
        }
        context |= snapshot.context() | {"since": links.plain.changes(after=snapshot.seq)}
        return render(request, "records/history.html", context)

    return page


def _compared(request: HttpRequest, links: Links) -> HttpResponse:
    """On to the difference of the two versions that were chosen, the earlier one first."""
    chosen = [request.GET.get(name, "") for name in ("before", "after")]
    if not all(text.isascii() and text.isdigit() and len(text) <= 9 for text in chosen):
        return bad_request(request, "To compare two versions, choose one of each column.")
    a, b = sorted(map(int, chosen))
    return HttpResponseRedirect(links.difference(a, b))


def difference(kind: Kind) -> Callable[..., HttpResponseBase]:
    """What changed for readers from version ``a`` to version ``b``."""

    @public_page
    def page(request: HttpRequest, snapshot: Snapshot, slug: str, a: int, b: int) -> HttpResponse:
        found = find(kind, slug, snapshot, f"diff/{a}/{b}/")
        row, links = found.row, kind.links(found.row.slug, snapshot)
        if found.moved or a > b:  # the earlier one first
            return moved(request, links.plain.difference(min(a, b), max(a, b)))
        present = links.plain.difference(a, b)
        before, after = (approved(kind, row, number, snapshot, present) for number in (a, b))
        if before is None or after is None:
            return meant(request, [named(kind, row, snapshot)], snapshot)
        bodies = showable(before.body, snapshot), showable(after.body, snapshot)
        names = Names.of(bodies, seq=snapshot.seq, standing_seq=snapshot.seq)
        sides = [log_lines.line(entry, links) for entry in (before, after)]
        context = {
            "row": row,
            "kind": kind,
            "links": links,
            "sides": sides,
            "before": sides[0],
            "after": sides[1],
            "news": later(*bodies),
            "groups": told(*bodies, words_of(kind.record_type, names.of_ids)),
            "earlier": links.difference(a - 1, a) if a > 1 else "",
            "later": links.difference(b, b + 1) if b < row.version else "",
        }
        context |= snapshot.context() | {"since": links.plain.changes(after=snapshot.seq)}
        return render(request, "records/diff.html", context)

    return page


def _cite(request: HttpRequest, entry: Entry, works: list[Item], context: Context) -> HttpResponse:
    links: Links = context["links"]
    kept = request.build_absolute_uri(links.plain.version(entry.version))
    fate = context["fate"] or {}
    withdrawn = bool(context["row"].withdrawn or context["gone_since"] or fate.get("withdrawal"))
    page = citing.page_item(entry, kept, withdrawn=withdrawn)
    cited = citing.parts_of_record(entry.record_type, page, works)
    name = file_name(entry.body["slug"], entry.version)
    context |= {"kept": kept, "noindex": True}
    return citing.answer(request, "records/cite.html", context, cited, name)


def _common(
    kind: Kind, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
) -> Context:
    return _frame(kind, entry, row, links, snapshot) | _told(entry, row, links)


def _frame(
    kind: Kind, entry: Entry, row: PublishedRecord, links: Links, snapshot: Snapshot
) -> Context:
    """What is found for each answer: it is asked of the clock, and of what became of the record."""
    return {
        "row": row,
        "kind": kind,
        "links": links,
        "fate": None,
        "gone_since": gone_since(kind, row.public_id, entry.version, snapshot),
        "is_overdue": not snapshot.is_past and is_overdue(entry.at),
        "noindex": snapshot.is_past,
        **snapshot.context(),
        "since": _since(kind, row, entry.version, snapshot),
    }


def _told(entry: Entry, row: PublishedRecord, links: Links) -> Context:
    """What the entry says, and what became of the work that it is on."""
    line = log_lines.line(entry, links)
    return {"body": entry.body, "line": line, "cite": links.cite, **became(row)}


def _and_of(rows: Rows, frame: Context) -> Rows:
    """The rows of what a page tells, with what else it tells of the frame."""
    fate, gone = frame["fate"] or {}, frame["gone_since"]
    withdrawal = fate.get("withdrawal")
    return rows.and_of(
        frame["is_overdue"],
        settings.REVIEW_INTERVAL_DAYS,
        fate.get("current"),
        withdrawal.hash if withdrawal else "",
        gone["entry"].hash if gone else "",
    )


def _since(kind: Kind, row: PublishedRecord, version: int, snapshot: Snapshot) -> str:
    """Of a look back: where to read how the record as it is now differs from what is shown."""
    if not snapshot.is_past:
        return ""
    links = Links(kind.record_type, row.slug)
    present = kind.table._default_manager.filter(public_id=row.public_id, to_seq=None)
    newest = present.filter(withdrawn=False).values_list("version", flat=True).first()
    if newest and newest > version:
        return links.difference(version, newest)
    return links.changes(after=snapshot.seq)


def _passed_on(request: HttpRequest, entry: Entry, context: Context, url: str) -> Context:
    """What the page says of itself to machines, and how people pass it on."""
    whole = request.build_absolute_uri(url)
    return {
        "data": _data(request, entry, context, url),
        "share": share_links(entry.body["name"], whole),
    }


def _data(request: HttpRequest, entry: Entry, context: Context, url: str) -> Context:
    at = request.build_absolute_uri
    # As long as it has been: a version keeps the slug that it was approved with.
    kept = Links(entry.record_type, entry.body["slug"]).version(entry.version)
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
    return fate_of(
        number,
        current=row.version,
        withdrawal=withdrawal,
        difference=kind.links(row.slug, snapshot).difference(number, row.version),
    )


def fate_of(version: int, *, current: int, withdrawal: Entry | None, difference: str) -> Context:
    """The same as templates want it; ``withdrawal`` is the entry that took the version back, and
    ``difference`` where the current one is compared with it.
    """
    return {
        "superseded": current > version,
        "current": current,
        "difference": difference,
        "withdrawal": withdrawal,
        "withdrawn_at": moment(withdrawal.at) if withdrawal else None,
    }
